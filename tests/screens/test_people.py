"""People, for the administrator: creating, roles, one-time passwords, disabling; and one's own account."""

import pytest

from core.errors import NotAllowed, Refused
from core.people import accounts, sessions
from core.process.terms import Channel, Role
from core.staff.person import Person
from tests.support.drive_case import World, dump
from tests.support.people import ADMIN, EVERYTHING, FORMER, ID, OPERADORA, OUTSIDER, PASSWORD, PROCESO
from tests.support.people_screen import choose_roles, expanders, listed, opened, press
from tests.support.screen import LANGUAGES, Screen

CREATE = {"es": "Crear persona", "en": "Create person"}


# --- the list ---
@pytest.mark.parametrize(
    ("language", "title", "no_roles", "disabled", "locked"),
    [
        ("es", "Personas", "sin roles", "desactivada", "bloqueada hasta lun 2 mar, 08:15"),
        ("en", "People", "no roles", "disabled", "locked until Mon 2 Mar, 08:15"),
    ],
)
def test_the_list_names_everybody_with_their_roles_and_state(see, world, language, title, no_roles, disabled, locked):
    for _ in range(sessions.FAILURES):
        with pytest.raises(Refused):
            sessions.sign_in(world.db, "marta", "wrong", world.now)
    screen = see(ADMIN, language).go("personas")
    assert screen.titles == [title]
    names = expanders(screen)
    assert len(names) == 1 + len(ID)
    assert "**Adela** · adela · Administrador" in names
    assert f"**Marta** · marta · Mesa de Ayuda :orange-badge[{locked}]" in names
    assert f"**Otto** · otto · {no_roles}" in names
    everything = ", ".join([
        "Operador Operación", "Mesa de Ayuda", "Gerente Alianzas", "Gerente Comercial",
        "Responsable Implementación B2B", "Proceso", "Administrador",
    ])  # fmt: skip
    assert f"**Fabio** · fabio · {everything} :red-badge[{disabled}]" in names


# --- somebody new ---
@pytest.mark.parametrize(
    ("language", "labels", "told", "done", "problems"),
    [
        (
            "es",
            ("Usuario", "Nombre completo", "Correo"),
            "Contraseña de un solo uso para **ana\\.paz**. Entréguela ahora: no se vuelve a mostrar.",
            "Ana Paz ya puede ingresar.",
            ("El usuario lleva de 2 a 40 caracteres\\: letras sin tilde, números, punto, guion o guion bajo\\.",
             "Escriba el nombre\\.", "Ya existe el usuario «olga»\\. Elija otro\\."),
        ),
        (
            "en",
            ("Login", "Full name", "E-mail"),
            "One-time password for **ana\\.paz**. Hand it over now: it is not shown again.",
            "Ana Paz can sign in now.",
            ("A login has 2 to 40 characters\\: letters without accents, digits, dot, hyphen or underscore\\.",
             "Write the name\\.", "The login “olga” exists already\\. Choose another\\."),
        ),
    ],
)  # fmt: skip
def test_a_new_person_gets_a_one_time_password_that_is_shown_once(see, world, language, labels, told, done, problems):
    login, name, email = labels
    screen = see(ADMIN, language).go("personas")
    screen.write(login, "Añ!").click(CREATE[language])
    assert screen.problems == [f":red[:small[↑ {problem}]]" for problem in problems[:2]]
    screen.write(login, "olga").write(name, "Ana Paz").write(email, " ana@casa.example ").click(CREATE[language])
    assert screen.problems == [f":red[:small[↑ {problems[2]}]]"]
    assert (screen.value(login), screen.value(name)) == ("olga", "Ana Paz")
    screen.at.button_group(key="person:roles").set_value(["proceso", "gerente_comercial"])
    screen.run().write(login, "ana.paz").click(CREATE[language])
    assert (screen.done, screen.lines[0]) == ([done], told)
    made = listed(world, "ana.paz")
    assert made[2:] == ("Ana Paz", "ana@casa.example", True, None, None, (Role.GERENTE_COMERCIAL, Role.PROCESO), ())
    one_time = screen.at.code[0].value
    token = sessions.sign_in(world.db, "ana.paz", one_time, world.now)
    signed_in = sessions.session(world.db, token, world.now)
    assert signed_in is not None
    assert signed_in.must_change_password
    assert (screen.run().at.code.len, screen.value(login)) == (0, "")


# --- what can be done to somebody ---
@pytest.mark.parametrize(
    ("language", "done"),
    [
        ("es", "Los roles de Olga cambiaron; sus sesiones terminaron."),
        ("en", "The roles of Olga have changed; their sessions have ended."),
    ],
)
def test_new_roles_hold_at_once_and_end_the_sessions(see, world: World, language: str, done: str):
    token = sessions.sign_in(world.db, OPERADORA, PASSWORD, world.now)
    screen = choose_roles(see(ADMIN, language).go("personas"), OPERADORA, Role.PROCESO, Role.GERENTE_ALIANZAS)
    assert screen.done == [done]
    assert listed(world, OPERADORA).roles == (Role.GERENTE_ALIANZAS, Role.PROCESO)
    assert sessions.session(world.db, token, world.now) is None
    assert "**Olga** · olga · Gerente Alianzas, Proceso" in expanders(screen)


def test_a_one_time_password_replaces_the_old_one_and_ends_the_sessions(see, world: World):
    token = sessions.sign_in(world.db, OPERADORA, PASSWORD, world.now)
    screen = press(see(ADMIN).go("personas"), OPERADORA, "reset")
    assert screen.done == ["Olga tiene una contraseña de un solo uso; sus sesiones terminaron."]
    assert sessions.session(world.db, token, world.now) is None
    with pytest.raises(Refused):
        sessions.sign_in(world.db, OPERADORA, PASSWORD, world.now)
    assert sessions.sign_in(world.db, OPERADORA, screen.at.code[0].value, world.now)


def test_somebody_is_disabled_and_enabled_again(see, world: World):
    token = sessions.sign_in(world.db, OPERADORA, PASSWORD, world.now)
    screen = see(ADMIN).go("personas")
    assert opened(screen, FORMER).at.button(key=f"roles-{ID[FORMER]}-active").label == "Activar"
    assert press(screen, OPERADORA, "active").done == ["Olga ya no puede ingresar; sus sesiones terminaron."]
    assert (listed(world, OPERADORA).active, sessions.session(world.db, token, world.now)) == (False, None)
    assert press(screen, OPERADORA, "active").done == ["Olga puede ingresar de nuevo."]
    assert listed(world, OPERADORA).active
    assert press(see(ADMIN, "en").go("personas"), FORMER, "active").done == ["Fabio can sign in again."]


@pytest.mark.parametrize(
    ("language", "refused"),
    [
        ("es", "No se guardó: es la única persona que administra el sistema. Dé antes ese rol a otra."),
        ("en", "Not saved: this is the only administrator. Give that role to somebody else first."),
    ],
)
def test_the_last_administrator_stays(see, world: World, language: str, refused: str):
    screen = choose_roles(see(ADMIN, language).go("personas"), EVERYTHING, Role.PROCESO)
    assert choose_roles(screen, ADMIN, Role.PROCESO).refused == [refused]
    assert press(screen, ADMIN, "active").refused == [refused]
    assert (listed(world, ADMIN).roles, listed(world, ADMIN).active) == ((Role.ADMINISTRADOR,), True)


@pytest.mark.parametrize(
    ("language", "refused"),
    [
        ("es", "No se guardó: dejaría un caso en curso sin nadie que pueda decidir: S-2026-0001. "
         "Dé antes el rol a otra persona."),
        ("en", "Not saved: it would leave one running case that nobody may decide: S-2026-0001. "
         "Give the role to somebody else first."),
    ],
)  # fmt: skip
def test_a_role_that_an_open_case_needs_stays_with_somebody(see, world: World, language: str, refused: str):
    for login in ("mateo", EVERYTHING):
        accounts.disable(world.db, login, None, world.now)
    world.open(channel=Channel.MESA_DE_AYUDA)
    screen = see(ADMIN, language).go("personas")
    assert choose_roles(screen, "marta", Role.PROCESO).refused == [refused]
    assert press(screen, "marta", "active").refused == [refused]
    assert (listed(world, "marta").roles, listed(world, "marta").active) == ((Role.MESA_DE_AYUDA,), True)


def test_whoever_lost_the_administration_meanwhile_changes_nothing_by_a_click(see, world: World):
    screen = opened(see(EVERYTHING).go("personas"), OPERADORA)
    accounts.set_roles(world.db, EVERYTHING, [Role.PROCESO], ID[ADMIN], world.now)
    before = dump(world.db)
    screen.at.button(key=f"roles-{ID[OPERADORA]}-active").click()
    screen.run()
    assert dump(world.db) == before
    assert screen.titles == ["Aprobaciones de servicios"]


@pytest.mark.parametrize("who", [PROCESO, OUTSIDER, FORMER])
def test_only_an_administrator_manages_people_however_it_is_asked(world: World, who: str):
    db, by, at = world.db, ID[who], world.now
    before = dump(db)
    for attempt in (
        lambda: accounts.create(db, "ana", "Ana", [Role.ADMINISTRADOR], None, by, at=at),
        lambda: accounts.set_roles(db, who, [Role.ADMINISTRADOR], by, at),
        lambda: accounts.reset(db, ADMIN, by, at),
        lambda: accounts.disable(db, ADMIN, by, at),
        lambda: accounts.enable(db, FORMER, by, at),
        lambda: accounts.describe(db, who, "Otro", None, by, at),
        lambda: sessions.end_sessions(db, ADMIN, by, at),
        lambda: sessions.unlock(db, who, by, at),
    ):
        with pytest.raises(NotAllowed) as refusal:
            attempt()
        assert (refusal.value.code, refusal.value.params) == ("role_needed", {"role": Role.ADMINISTRADOR})
    assert dump(db) == before


# --- one's own account ---
ACCOUNT = {
    "es": ("Mi cuenta", "Proceso", "Usted no tiene roles en el proceso.", "Cambiar contraseña",
           "Su contraseña cambió. Sus otras sesiones terminaron.", "La contraseña actual no es correcta."),
    "en": ("My account", "Proceso", "You hold no role in the process.", "Change password",
           "Your password has changed. Your other sessions have ended.", "The current password is wrong."),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_account_says_who_one_is_and_changes_the_password(see, world: World, language: str):
    title, role, no_roles, button, done, wrong = ACCOUNT[language]
    assert see(OUTSIDER, language).go("cuenta").main_texts == ["Otto · otto", no_roles]
    screen, elsewhere = (see(PROCESO, language).go("cuenta") for _ in range(2))
    assert (screen.titles, screen.main_texts) == ([title], ["Pablo · pablo", role])

    def change(*typed: str) -> Screen:
        for field, text in zip(screen.at.text_input[-3:], typed, strict=True):
            field.input(text)
        return screen.click(button)

    assert change("wrong", "a long new one", "a long new one").refused == [wrong]
    assert change(PASSWORD, "a long new one", "a long new one").done == [done]
    assert screen.run().titles == [title]
    assert elsewhere.run().titles != [title]
    signed_in = sessions.session(world.db, sessions.sign_in(world.db, PROCESO, "a long new one", world.now), world.now)
    assert isinstance(signed_in, Person)
