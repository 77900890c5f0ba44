"""Letters on their way: by a real SMTP server, in the reader's language, with nothing personal."""

from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from core.notices import preferences, reminders, sender
from core.notices.delivery import Dispatcher
from core.notices.feed import NoticeRow
from core.notices.kinds import Notice
from core.notices.preferences import Delivery
from core.notices.sender import Message, RunResult
from core.people import own_account
from core.process.terms import Flow, Kind, Role
from core.services import cases
from core.store import tables
from tests.support.absences import leave
from tests.support.drive_case import FAILS, World
from tests.support.mailbox import Mailbox, text
from tests.support.people import ALIANZAS, COMERCIAL, DAY, ID, MINUTE, OPERADOR_2
from ui.words import emails
from ui.words.format import Format

PUBLIC = "https://aprobaciones.casa.example"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    yield box
    server.stop()


def postman(box: Mailbox, **more: Any) -> Dispatcher:
    return Dispatcher(box.url, "Avisos <avisos@casa.example>", **more)


def run(w: World, box: Mailbox) -> RunResult:
    def clock() -> int:
        return w.now

    return sender.run(w.db, postman(box), emails.writer(w.db, PUBLIC, clock), clock)


def choose(w: World, who: str, how: Delivery = Delivery.AT_ONCE, **but: str) -> None:
    chosen = dict.fromkeys(Notice, how) | {Notice(kind): Delivery(other) for kind, other in but.items()}
    preferences.save(w.db, ID[who], chosen, f"{who}@casa.example", w.now)


# --- mail ---
def test_a_letter_goes_by_the_mail_server_in_its_reader_s_language(both: World, mailbox: Mailbox):
    own_account.set_language(both.db, ID[COMERCIAL], "en", both.now)
    code = both.open(flow=Flow.B2B)
    both.to(code, 3, Kind.REVIEW)
    choose(both, COMERCIAL)
    choose(both, OPERADOR_2, work="app")
    assert run(both, mailbox).sent == 1
    [english] = mailbox.messages
    assert english["To"] == "carla@casa.example"
    assert english["From"] == "Avisos <avisos@casa.example>"
    assert english["Subject"] == f"{code} · New work for Gerente Comercial: Revisar Contrato, due Wed 4 Mar, 08:11"
    assert text(english).strip().splitlines() == [
        "New work for Gerente Comercial: Revisar Contrato, due Wed 4 Mar, 08:11",
        f"{code} · Cliente k1",
        f"{PUBLIC}/caso?caso={code}",
        "",
        "You get this message because you chose so in “My account”. The link only opens the case, after signing in.",
    ]
    both.review(code, verdict="return", answers=FAILS, reason="el precio de Rosa Peña")
    assert run(both, mailbox).sent == 1
    spanish = mailbox.messages[-1]
    assert spanish["To"] == "oscar@casa.example"
    assert spanish["Subject"] == f"{code} · Devuelto: Corregir Contrato, vence mié 4 mar, 08:12"


def test_a_letter_holds_the_code_the_client_and_what_is_asked_and_nothing_else_of_a_case(both: World, mailbox: Mailbox):
    choose(both, COMERCIAL)
    code = both.open(flow=Flow.B2B)
    cases.comment(both.db, ID[ALIANZAS], code, "@carla: llame a Rosa Peña, 601 555 0100", both.tick())
    run(both, mailbox)
    [message] = mailbox.messages
    assert text(message).strip().splitlines()[:3] == [
        "Le escribieron en un comentario", f"{code} · Cliente k1", f"{PUBLIC}/caso?caso={code}",
    ]  # fmt: skip
    whole = f"{message['Subject']}\n{text(message)}"
    assert not any(word in whole for word in ("Rosa", "601", "Alba", "Integraci"))


def test_a_digest_is_one_letter_with_a_paragraph_for_each_notice(both: World, mailbox: Mailbox):
    choose(both, OPERADOR_2, Delivery.DIGEST, due_soon="app", overdue="app")
    codes = [both.open(key) for key in "ab"]
    both.now += DAY
    assert run(both, mailbox).sent == 1
    [message] = mailbox.messages
    assert message["Subject"] == "2 avisos de sus casos"
    paragraphs = text(message).strip().split("\n\n")
    assert [paragraph.splitlines()[-1] for paragraph in paragraphs[1:3]] == [
        f"{PUBLIC}/caso?caso={code}" for code in codes
    ]
    assert len(paragraphs) == 4


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_kind_of_notice_has_its_sentence(world: World, language: str):
    code = world.open(flow=Flow.B2B)
    world.setting("escalate_after", 0)
    cases.comment(world.db, ID[ALIANZAS], code, "@oscar", world.tick())
    reminders.remind(world.db, world.item(code).soon_at)
    reminders.remind(world.db, world.item(code).due_at + 1)
    world.to(code, 2, Kind.REVIEW)
    world.review(code, verdict="return", answers=FAILS)
    world.to_end(code)
    leave(world, COMERCIAL, {Role.GERENTE_COMERCIAL: ALIANZAS}, 0, 0)
    for _ in range(2):  # it begins, and it is over
        reminders.remind(world.db, world.tick())
        world.tick(2 * DAY)
    with world.db.reading() as connection:
        columns = sender.COLUMNS
        rows = connection.execute(select(*columns).select_from(sender.JOINED)).all()
    told: list[NoticeRow] = [sender.notice_row(tuple(row)) for row in rows]
    assert {notice.kind for notice in told} == set(Notice)
    words = Format(language, world.now)
    said = {(notice.code, emails.compose(words, [notice], False, PUBLIC).subject) for notice in told}
    assert not any(word in subject for _, subject in said for word in ("_", "{", "None"))
    assert all(subject.startswith(f"{code} · ") for code, subject in said if code)
    assert {bool(of) for of, _ in said} == {True, False}


def test_without_a_public_address_a_letter_has_no_link(world: World):
    world.open()
    with world.db.reading() as connection:
        row = connection.execute(select(*sender.COLUMNS).select_from(sender.JOINED)).first()
    assert row is not None
    assert "caso?" not in emails.compose(Format("es", world.now), [sender.notice_row(tuple(row))], False, "").body


def test_a_client_s_name_adds_no_line_to_a_letter(world: World):
    notice = NoticeRow(1, Notice.ENDED, "S-1", "Casa\r\nBcc: otto@b.example", {"outcome": "closed"}, 0, None)
    made = emails.compose(Format("es", world.now), [notice], False, "")
    assert "\nBcc" not in made.body
    assert "\n" not in made.subject + emails.compose(Format("es", world.now), [notice], True, "").subject


def test_what_a_mail_server_refuses_is_tried_again_until_it_takes_it(both: World, mailbox: Mailbox):
    choose(both, OPERADOR_2)
    both.open()
    mailbox.refusing = True
    assert run(both, mailbox) == RunResult(again=1)
    mailbox.refusing = False
    both.now += MINUTE
    assert run(both, mailbox) == RunResult(sent=1)
    assert len(mailbox.messages) == 1


def test_while_there_is_no_mail_server_people_decide_and_the_letters_wait(both: World):
    nobody = Mailbox()
    choose(both, OPERADOR_2)
    code = both.open()
    assert run(both, nobody) == RunResult(again=1)
    both.validate(code, who="olga")
    with both.db.reading() as connection:
        waiting = select(tables.notices.c.next_try_at).where(tables.notices.c.next_try_at.is_not(None))
        assert len(connection.scalars(waiting.where(tables.notices.c.person_id == ID[OPERADOR_2])).all()) == 1


@pytest.mark.parametrize("address", ["sean.o'brien@casa.example", "=1+1@casa.example", "a+b@casa.example"])
def test_a_letter_goes_to_the_whole_address(mailbox: Mailbox, address: str):
    assert postman(mailbox).send(address, Message("Aviso", "Hola")) == ""
    [message] = mailbox.messages
    assert (message["To"], mailbox.recipients) == (address, [address])
