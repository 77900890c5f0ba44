"""Letters on their way: by a real SMTP server, in the reader's language, with nothing personal."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from cast import ALIANZAS, COMERCIAL, DAY, ID, MINUTE, OPERADOR_2
from driver import FAILS, World
from sqlalchemy import select

from core import notice_choices, outbox, people, reminders, schema, services
from core.bell import Told
from core.db import ROOT
from core.notice_choices import Delivery
from core.notices import Notice
from core.outbox import Ran
from core.postman import BadMailSettings, Postman
from core.terms import Flow, Kind
from ui import letters
from ui.format import Format

PUBLIC = "https://aprobaciones.casa.example"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Mailbox:
    """What a real SMTP server took, or refuses while `refusing`."""

    def __init__(self) -> None:
        self.refusing = False
        self.messages: list[EmailMessage] = []
        self.port = free_port()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802
        if self.refusing:
            return "451 not now"
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    yield box
    server.stop()


def postman(box: Mailbox, **more: Any) -> Postman:
    return Postman(box.url, "Avisos <avisos@casa.example>", **more)


def run(w: World, box: Mailbox) -> Ran:
    def clock() -> int:
        return w.now

    return outbox.run(w.db, postman(box), letters.writer(w.db, PUBLIC, clock), clock)


def choose(w: World, who: str, how: Delivery = Delivery.AT_ONCE, **but: str) -> None:
    chosen = dict.fromkeys(Notice, how) | {Notice(kind): Delivery(other) for kind, other in but.items()}
    notice_choices.save(w.db, ID[who], chosen, f"{who}@casa.example", w.now)


def text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


# --- mail ---
def test_a_letter_goes_by_the_mail_server_in_its_reader_s_language(both: World, mailbox: Mailbox):
    people.set_language(both.db, ID[COMERCIAL], "en", both.now)
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
        "You get this message because you chose so in “My account”. The link decides nothing: one signs in first.",
    ]
    both.review(code, verdict="return", answers=FAILS, reason="el precio de Rosa Peña")
    assert run(both, mailbox).sent == 1
    spanish = mailbox.messages[-1]
    assert spanish["To"] == "oscar@casa.example"
    assert spanish["Subject"] == f"{code} · Devuelto: Corregir Contrato, vence mié 4 mar, 08:12"


def test_a_letter_holds_the_code_the_client_and_what_is_asked_and_nothing_else_of_a_case(both: World, mailbox: Mailbox):
    choose(both, COMERCIAL)
    code = both.open(flow=Flow.B2B)
    services.comment(both.db, ID[ALIANZAS], code, "@carla: llame a Rosa Peña, 601 555 0100", both.tick())
    run(both, mailbox)
    [message] = mailbox.messages
    assert text(message).strip().splitlines()[:3] == [
        "Le escribieron en un comentario", f"{code} · Cliente k1", f"{PUBLIC}/caso?caso={code}",
    ]  # fmt: skip
    assert not any(word in message.as_string() for word in ("Rosa", "601", "Alba", "Integraci"))


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
    services.comment(world.db, ID[ALIANZAS], code, "@oscar", world.tick())
    reminders.remind(world.db, world.item(code).soon_at)
    reminders.remind(world.db, world.item(code).due_at)
    world.to(code, 2, Kind.REVIEW)
    world.review(code, verdict="return", answers=FAILS)
    world.to_end(code)
    with world.db.reading() as connection:
        columns = outbox.COLUMNS
        rows = connection.execute(select(*columns).select_from(outbox.JOINED)).all()
    told: list[Told] = [outbox.told(tuple(row)) for row in rows]
    assert {notice.kind for notice in told} == set(Notice)
    said = {letters.letter(Format(language, world.now), [notice], False, PUBLIC).subject for notice in told}
    assert not any(word in subject for subject in said for word in ("_", "{", "None"))
    assert all(subject.startswith(f"{code} · ") for subject in said)


def test_without_a_public_address_a_letter_has_no_link(world: World):
    world.open()
    with world.db.reading() as connection:
        row = connection.execute(select(*outbox.COLUMNS).select_from(outbox.JOINED)).first()
    assert row is not None
    assert "caso?" not in letters.letter(Format("es", world.now), [outbox.told(tuple(row))], False, "").body


def test_a_client_s_name_adds_no_line_to_a_letter(world: World):
    notice = Told(1, Notice.ENDED, "S-1", "Casa\r\nBcc: otto@b.example", {"outcome": "closed"}, 0, None)
    made = letters.letter(Format("es", world.now), [notice], False, "")
    assert "\nBcc" not in made.body
    assert "\n" not in made.subject + letters.letter(Format("es", world.now), [notice], True, "").subject


def test_what_a_mail_server_refuses_is_tried_again_until_it_takes_it(both: World, mailbox: Mailbox):
    choose(both, OPERADOR_2)
    both.open()
    mailbox.refusing = True
    assert run(both, mailbox) == Ran(again=1)
    mailbox.refusing = False
    both.now += MINUTE
    assert run(both, mailbox) == Ran(sent=1)
    assert len(mailbox.messages) == 1


def test_while_there_is_no_mail_server_people_decide_and_the_letters_wait(both: World):
    nobody = Mailbox()
    choose(both, OPERADOR_2)
    code = both.open()
    assert run(both, nobody) == Ran(again=1)
    both.validate(code, who="olga")
    with both.db.reading() as connection:
        waiting = select(schema.notices.c.next_try_at).where(schema.notices.c.next_try_at.is_not(None))
        assert len(connection.scalars(waiting.where(schema.notices.c.person_id == ID[OPERADOR_2])).all()) == 1


# --- the command ---
def notify(w: World, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    url = w.db.url.render_as_string(hide_password=False)
    return subprocess.run(
        [sys.executable, "-m", "core", "notify", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "PUBLIC_URL": f"{PUBLIC}/", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_one_run_of_the_command_sends_what_waits(both: World, mailbox: Mailbox):
    both.now = people_now() - 5 * MINUTE
    choose(both, OPERADOR_2)
    code = both.open()
    ran = notify(both, SMTP_URL=mailbox.url, MAIL_FROM="avisos@casa.example")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "0 reminders; letters: 1 sent, 0 to be tried again, 0 given up\n"
    [message] = mailbox.messages
    assert f"{PUBLIC}/caso?caso={code}" in text(message)
    assert notify(both, SMTP_URL=mailbox.url, MAIL_FROM="avisos@casa.example").stdout.startswith(
        "0 reminders; letters: 0 sent"
    )


def people_now() -> int:
    """This moment: the command has no other clock."""
    return time.time_ns() // 1_000_000


def test_a_mail_server_that_is_named_wrongly_is_said_in_a_sentence(world: World):
    ran = notify(world, SMTP_URL="http://127.0.0.1", MAIL_FROM="avisos@casa.example")
    assert ran.returncode == 1
    assert ran.stderr.startswith("SMTP_URL is none of smtp://host:port")
    assert "MAIL_FROM must say" in notify(world, SMTP_URL="smtp://127.0.0.1", MAIL_FROM="").stderr


def test_the_postman_takes_its_settings_from_the_environment():
    assert Postman.of({}) == Postman()
    given = {"SMTP_URL": "smtps://u:p@mail.example", "MAIL_FROM": "a@b.example", "NOTIFY_PRIVATE_TARGETS": "1"}
    assert Postman.of(given) == Postman("smtps://u:p@mail.example", "a@b.example", private=True)
    with pytest.raises(BadMailSettings):
        Postman.of({"SMTP_URL": "mail.example"})
