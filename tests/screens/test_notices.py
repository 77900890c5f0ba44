"""Avisos and the bell: what one is told, one click from its case; and how one chooses to be told."""

import pytest

from core.integrations import outbound_calls
from core.notices import preferences
from core.notices.kinds import Notice
from core.notices.preferences import Delivery
from core.notices.sender import RETRIES
from core.store.outbox import DeliveryFailure
from tests.support.drive_case import World
from tests.support.mailbox import FakeTransport, choose, mention, row, run
from tests.support.people import ADMIN, COMERCIAL, ID, MINUTE, OPERADOR_2, OUTSIDER, PROCESO
from tests.support.screen import LANGUAGES, Screen
from ui.words.messages import bare

ALL = {"es": "Marcar todos como leídos", "en": "Mark all as read"}
NONE = {"es": "No tiene avisos sin leer.", "en": "You have no unread notices."}
SAID = {
    "es": [
        ":blue[●] **Le escribieron en un comentario**",
        ":blue[●] **Nueva tarea para Operador Operación: Validar solicitud, vence mar 3 mar, 08:01**",
    ],
    "en": [
        ":blue[●] **Somebody mentioned you in a comment**",
        ":blue[●] **New work for Operador Operación: Validar solicitud, due Tue 3 Mar, 08:01**",
    ],
}
READ = {"es": "2 avisos quedaron como leídos.", "en": "2 notices are marked as read."}


def unread(screen: Screen) -> list[str]:
    return [line for line in screen.lines if line.startswith(":blue[●]")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_unread_are_listed_newest_first_with_their_case_and_are_read_together(see, world: World, language: str):
    code = world.open(client_name="Casa *Azul*")
    mention(world, code, OPERADOR_2)
    screen = see(OPERADOR_2, language).go("avisos")
    assert [line.replace("\\", "") for line in unread(screen)] == SAID[language]
    link = (f"**{code}** Casa \\*Azul\\*", "caso", {"caso": code})
    assert [each for each in screen.links() if each[1] == "caso"] == [link, link]
    screen.click(ALL[language])
    assert (screen.done, screen.infos, unread(screen)) == ([READ[language]], [NONE[language]], [])
    assert len([each for each in screen.go("avisos", ver="all").links() if each[1] == "caso"]) == 2


def test_one_notice_is_marked_as_read_and_the_others_stay(see, world: World):
    for key in "ab":
        world.open(key)
    screen = see(OPERADOR_2).go("avisos")
    screen.at.button(key=f"read-{2 * 2 - 1}").click()  # two of the role are told of each case
    screen.run()
    assert len(unread(screen)) == 1


def test_whoever_opens_a_case_has_read_what_they_were_told_of_it(see, world: World):
    codes = [world.open(key) for key in "ab"]
    screen = see(OPERADOR_2).case(codes[0]).go("avisos")
    assert [query for _, page, query in screen.links() if page == "caso"] == [{"caso": codes[1]}]


def test_nobody_sees_the_notices_of_another(see, world: World):
    world.open()
    assert unread(see(OUTSIDER).go("avisos")) == []


# --- dead letters ---
def dead_letter(w: World) -> int:
    choose(w, COMERCIAL, "carla@casa.example")
    number = mention(w, w.open())
    transport = FakeTransport()
    transport.down = True
    for minutes in (0, *RETRIES):
        run(w, transport, w.tick(minutes * MINUTE))
    return number


def test_the_administrator_sees_what_could_not_be_delivered_and_has_it_tried_again(see, world: World):
    number = dead_letter(world)
    screen = see(ADMIN).go("avisos")
    assert "Avisos que no se pudieron entregar" in screen.tasks
    caption = next(each for each in screen.captions if each.startswith("para Carla"))
    assert caption.endswith("el servidor no lo recibió después de varios intentos")
    screen.click("Reintentar")
    assert screen.done == ["El aviso para Carla vuelve a la cola de envío."]
    assert row(world.db, number) == (world.now, 0, None, None)
    assert screen.tasks == []


def test_the_administrator_dismisses_a_dead_letter_in_english(see, world: World):
    dead_letter(world)
    screen = see(ADMIN, "en").go("avisos").click("Dismiss")
    assert screen.done == ["The notice for Carla is dismissed; it stays in their app."]
    assert screen.tasks == []


def test_nobody_else_sees_dead_letters(see, world: World):
    dead_letter(world)
    failed_call(world)
    assert see(COMERCIAL).go("avisos").tasks == []


# --- what other systems did not carry out ---
def failed_call(w: World) -> str:
    w.setting("endpoints", {"booking": {"url": "https://booking.example/"}})
    code = w.open(key="booking", client_name="Casa *Azul*")
    w.settle(code, outcome="failed")
    return code


@pytest.mark.parametrize(
    ("language", "title", "button", "done"),
    [
        (
            "es",
            "Peticiones que otros sistemas no atendieron",
            "Pedir de nuevo",
            "Confirmación Booking del caso {} vuelve a la cola de envío.",
        ),
        (
            "en",
            "Requests that other systems did not carry out",
            "Ask again",
            "Confirmación Booking of case {} is back in the queue.",
        ),
    ],
)
def test_the_administrator_has_another_system_asked_again(see, world: World, language, title, button, done):
    code = failed_call(world)
    screen = see(ADMIN, language).go("avisos")
    assert screen.tasks == [title]
    assert f"**{code}** Casa \\*Azul\\* · Confirmación Booking" in screen.lines
    screen.click(button)
    assert (screen.done, screen.tasks) == ([done.format(code)], [])
    assert world.case(code).called(1, "pending") == {3}
    history = see(PROCESO, language).case(code).table
    assert any("Se volvió a pedir" in str(row) or "asked again" in str(row) for row in history)


@pytest.mark.parametrize(
    ("language", "why"), [("es", "el sistema la rechazó (HTTP 422)"), ("en", "the system refused it (HTTP 422)")]
)
def test_the_administrator_reads_why_another_system_has_failed(see, world: World, language: str, why: str):
    failed_call(world)
    with world.db.writing() as tx:
        outbound_calls.OUTBOX.give_up(tx, (1, 1), DeliveryFailure("refused", {"status": 422}), world.now)
    captions = see(ADMIN, language).go("avisos").captions
    assert [bare(caption).rpartition(" · ")[2] for caption in captions if "422" in caption] == [why]


def test_what_somebody_did_by_hand_meanwhile_is_not_asked_again(see, world: World):
    code = failed_call(world)
    screen = see(ADMIN).go("avisos")
    world.validate(code)
    screen.click("Pedir de nuevo")
    assert "alguien ya siguió con la tarea" in screen.refused[0]
    assert screen.tasks == []


# --- choices ---
@pytest.mark.parametrize(
    ("language", "label", "address", "save", "done"),
    [
        ("es", "Tarea nueva de mi rol", "Dirección", "Guardar avisos", "Se guardó cómo quiere enterarse."),
        ("en", "New work for my role", "Address", "Save notices", "Your notice settings are saved."),
    ],
)
def test_each_person_chooses_in_their_account(see, world: World, language, label, address, save, done):
    screen = see(COMERCIAL, language).go("cuenta")
    assert screen.value(label) == "digest"
    screen.answer(label, "at_once").write(address, "carla@casa.example").click(save)
    assert screen.done == [done]
    with world.db.reading() as connection:
        kept = preferences.read(connection, ID[COMERCIAL])
    assert (kept.deliveries[Notice.WORK], kept.target) == (Delivery.AT_ONCE, "carla@casa.example")
    assert see(COMERCIAL, language).go("cuenta").value(label) == "at_once"


def test_a_wrong_address_is_refused_beside_its_field_and_stays_typed(see, world: World):
    screen = see(COMERCIAL).go("cuenta").write("Dirección", "json://10.0.0.1/").click("Guardar avisos")
    assert len(screen.problems) == 1
    assert "slack" in screen.problems[0]
    assert screen.value("Dirección") == "json://10.0.0.1/"
    with world.db.reading() as connection:
        assert preferences.read(connection, ID[COMERCIAL]).address == ""
