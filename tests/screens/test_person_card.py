"""One person on the page Personas: name and e-mail, sessions, lockout, found among many, and their record in words."""

import pytest

from core.errors import Refused
from core.people import accounts, own_account, sessions
from core.staff.directory import PersonEvent
from tests.support.drive_case import World
from tests.support.ftl import calls, values
from tests.support.people import ADMIN, ID, OPERADORA, PASSWORD
from tests.support.people_screen import expanders, listed, opened, press
from tests.support.screen import LANGUAGES
from ui.screens import person_card


# --- name, e-mail, sessions, lockout ---
@pytest.mark.parametrize(
    ("language", "name", "email", "save", "done", "wrong"),
    [
        ("es", "Nombre completo", "Correo", "Guardar datos", "Los datos de Olga Ruiz cambiaron.",
         ("Escriba el nombre\\.", "«olga» no parece un correo\\. Revíselo\\.")),
        ("en", "Full name", "E-mail", "Save details", "The details of Olga Ruiz have changed.",
         ("Write the name\\.", "“olga” does not look like an e\\-mail address\\. Check it\\.")),
    ],
)  # fmt: skip
def test_a_name_and_an_e_mail_change_and_what_is_wrong_is_said_by_its_field(
    see, world: World, language, name, email, save, done, wrong
):
    screen = opened(see(ADMIN, language).go("personas"), OPERADORA)
    screen.write(name, " ", 1).write(email, "olga", 1).click(save)
    assert screen.problems == [f":red[:small[↑ {each}]]" for each in wrong]
    assert (listed(world, OPERADORA).name, screen.value(email, 1)) == ("Olga", "olga")
    screen.write(name, "Olga Ruiz", 1).write(email, "olga@casa.example", 1).click(save)
    assert (screen.done, screen.problems) == ([done], [])
    assert listed(world, OPERADORA)[2:4] == ("Olga Ruiz", "olga@casa.example")


@pytest.mark.parametrize(
    ("language", "ended", "two", "none"),
    [
        ("es", "La sesión de Olga terminó.", "Las 2 sesiones de Olga terminaron.",
         "No se hizo nada: esa persona no tiene sesiones abiertas. Vuelva a cargar la página."),
        ("en", "The session of Olga has ended.", "The 2 sessions of Olga have ended.",
         "Nothing was done: this person has no open sessions. Load the page again."),
    ],
)  # fmt: skip
def test_the_sessions_of_a_person_end_at_once(see, world: World, language: str, ended: str, two: str, none: str):
    token = sessions.sign_in(world.db, OPERADORA, PASSWORD, world.now)
    screen = see(ADMIN, language).go("personas")
    assert press(screen, OPERADORA, "sessions").done == [ended]
    assert sessions.session(world.db, token, world.now) is None
    assert press(screen, OPERADORA, "sessions").refused == [none]
    for _ in range(2):
        sessions.sign_in(world.db, OPERADORA, PASSWORD, world.now)
    assert press(screen, OPERADORA, "sessions").done == [two]


@pytest.mark.parametrize(
    ("language", "button", "done"),
    [
        ("es", "Desbloquear", "Marta puede intentar ingresar de nuevo."),
        ("en", "Unlock", "Marta may try to sign in again."),
    ],
)
def test_somebody_who_is_locked_out_is_let_in_again(see, world: World, language: str, button: str, done: str):
    screen = opened(see(ADMIN, language).go("personas"), "marta")
    assert button not in screen.buttons
    for _ in range(sessions.FAILURES):
        with pytest.raises(Refused):
            sessions.sign_in(world.db, "marta", "wrong", world.now)
    assert screen.run().click(button).done == [done]
    assert sessions.sign_in(world.db, "marta", PASSWORD, world.now)
    assert button not in screen.run().buttons


# --- finding somebody ---
@pytest.mark.parametrize(
    ("address", "names"),
    [
        ({"buscar": "olga"}, ["Olga"]),
        ({"buscar": "CASA.example rui"}, ["Mateo Ruíz"]),
        ({"rol": "mesa_de_ayuda"}, ["Fabio", "Maria", "Marta", "Mateo Ruíz"]),
        ({"rol": "mesa_de_ayuda", "estado": "active"}, ["Maria", "Marta", "Mateo Ruíz"]),
        ({"estado": "disabled"}, ["Fabio"]),
        ({"estado": "locked"}, ["Marta"]),
        ({"estado": "no_roles"}, ["Otto"]),
        ({"rol": "jefe", "estado": "x", "buscar": "adela"}, ["Adela"]),
    ],
)
def test_people_are_found_by_words_role_and_state_from_the_address(see, world: World, address, names: list[str]):
    accounts.describe(world.db, "mateo", "Mateo Ruíz", "m@casa.example", None, world.now)
    for _ in range(sessions.FAILURES):
        with pytest.raises(Refused):
            sessions.sign_in(world.db, "marta", "wrong", world.now)
    screen = see(ADMIN, "en").go("personas", **address)
    assert [label.split("**")[1] for label in expanders(screen)[1:]] == names
    assert screen.captions[-1] == ("1 person" if len(names) == 1 else f"{len(names)} people")


@pytest.mark.parametrize(
    ("language", "none"),
    [
        ("es", "Nadie coincide con la búsqueda y los filtros. Quite alguno para ver a las demás personas."),
        ("en", "Nobody matches the search and the filters. Remove one to see the others."),
    ],
)
def test_when_nobody_is_found_the_page_says_how_to_see_the_others(see, world: World, language: str, none: str):
    screen = see(ADMIN, language).go("personas", buscar="zzz")
    assert screen.infos == [none]
    assert world.now


def test_many_people_come_in_pages_without_a_gap_or_a_repeat(see, world: World):
    for number in range(50):
        accounts.create(world.db, f"p{number:02}", f"Persona {number:02}", [], at=world.now, password=PASSWORD)
    screen = see(ADMIN).go("personas")
    first = expanders(screen)[1:]
    assert len(first) == 50
    screen.click("Siguientes 50")
    rest = expanders(screen)[1:]
    assert (len(rest), len({*first, *rest})) == (len(ID), 50 + len(ID))
    assert expanders(screen.click("Volver al principio"))[1:] == first


# --- the record of a person ---
LIFE = {
    "es": [
        ("Adela", "Nombre: «Olga» → «Olga Paz». Correo: – → olga@casa.example."),
        ("Adela", "Sesiones terminadas: 1."),
        ("Olga", "Ingresó."),
        ("Adela", "Desbloqueada."),
        ("sistema", "Bloqueada hasta lun 2 mar, 08:15 por intentos fallidos."),
        ("Adela", "Contraseña de un solo uso; sus sesiones terminaron."),
        ("Adela", "Activada."),
        ("Adela", "Desactivada; sus sesiones terminaron."),
        ("Adela", "Roles cambiados. Antes: Operador Operación. Después: sin roles."),
        ("Olga", "Idioma: English."),
        ("sistema", "Usuario olga creado. Roles: Operador Operación."),
    ],
    "en": [
        ("Adela", "Name: “Olga” → “Olga Paz”. E-mail: – → olga@casa.example."),
        ("Adela", "Sessions ended: 1."),
        ("Olga", "Signed in."),
        ("Adela", "Unlocked."),
        ("system", "Locked until Mon 2 Mar, 08:15 after failed attempts."),
        ("Adela", "One-time password; their sessions ended."),
        ("Adela", "Enabled."),
        ("Adela", "Disabled; their sessions ended."),
        ("Adela", "Roles changed. Before: Operador Operación. After: no roles."),
        ("Olga", "Language: English."),
        ("system", "Login olga created. Roles: Operador Operación."),
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_record_of_a_person_says_in_words_who_did_what(see, world: World, language: str):
    db, by, at = world.db, ID[ADMIN], world.now
    own_account.set_language(db, ID[OPERADORA], "en", at)
    accounts.set_roles(db, OPERADORA, [], by, at)
    accounts.disable(db, OPERADORA, by, at)
    accounts.enable(db, OPERADORA, by, at)
    told = accounts.reset(db, OPERADORA, by, at)
    for _ in range(sessions.FAILURES):
        with pytest.raises(Refused):
            sessions.sign_in(db, OPERADORA, "wrong", at)
    sessions.unlock(db, OPERADORA, by, at)
    sessions.sign_in(db, OPERADORA, told, at)
    sessions.end_sessions(db, OPERADORA, by, at)
    accounts.describe(db, OPERADORA, "Olga Paz", "olga@casa.example", by, at)
    screen = opened(see(ADMIN, language).go("personas"), OPERADORA)
    name = "Olga Paz"
    expected = [(who.replace("Olga", name), what) for who, what in LIFE[language]]
    assert [(who, what) for _, who, what in screen.table] == expected
    assert {when for when, _, _ in screen.table} == {{"es": "lun 2 mar, 08:00", "en": "Mon 2 Mar, 08:00"}[language]}
    last = {"es": "Último ingreso: lun 2 mar, 08:00 (ahora)", "en": "Last sign-in: Mon 2 Mar, 08:00 (now)"}[language]
    assert last in screen.captions


def test_every_kind_of_entry_that_the_core_records_has_its_words():
    kinds = {
        kind
        for _, call, name in calls("core")
        if name == "record" and len(call.args) >= 3
        for kind in values(call.args[2])
    }
    assert {"created", "signed_in", "disabled", "enabled"} <= kinds
    assert kinds == person_card.KINDS
    assert person_card.describe(PersonEvent(0, None, "unheard_of", {})) == "Otro cambio."
