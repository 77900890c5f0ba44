"""Nobody sees or does anything without a session: the sign-in form, forced passwords, pages of a role, the way out."""

import ast

import pytest

from core.paths import ROOT
from core.people import accounts, sessions
from core.process.terms import ROLE_NAMES, Flow, Kind, Role
from tests.support.drive_case import World, dump
from tests.support.people import ADMIN, COMERCIAL, FORMER, ID, MINUTE, OPERADORA, OUTSIDER, PASSWORD, PROCESO
from tests.support.screen import LANGUAGES, Screen, app
from ui.shell import guard
from ui.shell.menu import ANALYSIS

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
OF_ROLES = {
    **{role.value: (role,) for role in Role if role is not Role.ADMINISTRADOR},
    "nuevo": (Role.OPERADOR_OPERACION, Role.MESA_DE_AYUDA),
    "plazos": (Role.PROCESO,),
    "personas": (Role.ADMINISTRADOR,),
    "cobertura": (Role.PROCESO, Role.ADMINISTRADOR),
    "ambientes": tuple(role for role in Role if role is not Role.ADMINISTRADOR),
}
NO_PAGE = {
    "es": "Esta página es para {}. Usted no tiene ese rol; si lo necesita, pídalo a quien administra el sistema.",
    "en": "This page is for {}. You do not have that role; if you need it, ask your administrator.",
}
ENDED = {
    "es": "Su sesión terminó. Ingrese de nuevo para continuar.",
    "en": "Your session has ended. Sign in again to go on.",
}


def only_the_form(at) -> bool:
    """Whether the page holds the sign-in form and the language switch and nothing else."""
    fields = [field.label for field in at.text_input]
    return (
        [title.value for title in at.title] == ["Aprobaciones de servicios"]
        and fields == ["Usuario", "Contraseña"]
        and [button.label for button in at.button] == ["Ingresar"]
        and [len(at.get(kind)) for kind in ("markdown", "text", "dataframe", "page_link", "selectbox")] == [0] * 5
    )


def test_there_is_a_page_for_each_inbox_and_each_job():
    assert sorted({*OF_ROLES, *ANALYSIS, "descargas", "inicio", "caso", "casos", "cuenta", "avisos"}) == PAGES


@pytest.mark.parametrize("page", PAGES)
def test_a_page_file_opened_alone_without_a_session_shows_the_sign_in_form_and_nothing_else(world: World, page: str):
    code = world.open()
    at = app(f"pages/{page}.py")
    at.query_params["caso"] = code
    guard.database()  # opening it keeps the templates of today
    before = dump(world.db)
    at.run()
    assert [each.message for each in at.exception] == []
    assert only_the_form(at)
    assert dump(world.db) == before


@pytest.mark.parametrize("page", PAGES)
def test_a_page_calls_the_guard_before_anything_else(page: str):
    body = ast.parse((ROOT / "pages" / f"{page}.py").read_text(encoding="utf-8")).body
    calls = (ast.Import, ast.ImportFrom, ast.Constant)
    acting = [line for line in body if not isinstance(line, calls) and not isinstance(getattr(line, "value", 0), calls)]
    first = next(
        line for line in acting if any(isinstance(part, ast.Call) and _is_ours(part) for part in ast.walk(line))
    )
    called = [
        part.func.id for part in ast.walk(first) if isinstance(part, ast.Call) and isinstance(part.func, ast.Name)
    ]
    assert called == ["enter"]


def _is_ours(call: ast.Call) -> bool:
    """Not the making of a constant."""
    return not (isinstance(call.func, ast.Name) and call.func.id[0].isupper())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", OF_ROLES)
def test_a_page_of_a_role_says_whose_it_is_to_somebody_without_it(see, page: str, language: str):
    screen = see(OUTSIDER, language).go(page)
    joined = {"es": " y ", "en": " and "}[language]
    *names, last = [ROLE_NAMES[role] for role in OF_ROLES[page]]
    comma = "," if language == "en" and len(names) > 1 else ""
    named = f"{', '.join(names)}{comma}{joined}{last}" if names else last
    assert screen.warned == [NO_PAGE[language].format(named)]
    assert (screen.titles, screen.buttons, screen.at.main.dataframe.len) == ([], [], 0)


# --- signing in ---
@pytest.mark.parametrize(
    ("language", "title", "labels", "refused", "locked"),
    [
        (
            "es",
            "Aprobaciones de servicios",
            ("Usuario", "Contraseña", "Ingresar"),
            "No se pudo ingresar: el usuario o la contraseña no coinciden. Revíselos y vuelva a intentarlo; "
            "si olvidó su contraseña, pida una nueva a quien administra el sistema.",
            "No se pudo ingresar: hubo demasiados intentos fallidos. Espere 15 minutos y vuelva a intentarlo.",
        ),
        (
            "en",
            "Service approvals",
            ("Login", "Password", "Sign in"),
            "You could not sign in: the login or the password does not match. Check both and try again; "
            "if you forgot your password, ask your administrator for a new one.",
            "You could not sign in: there were too many failed attempts. Wait 15 minutes and try again.",
        ),
    ],
)
def test_a_wrong_password_is_refused_and_the_fifth_one_locks(see, language, title, labels, refused, locked):
    screen = see("", language)
    login, password, button = labels
    assert screen.titles == [title]
    for attempt in range(1, 6):
        screen.at.text_input[0].input(OPERADORA)
        screen.at.text_input[1].input("wrong")
        screen.click(button)
        assert screen.refused == [locked if attempt == 5 else refused]
    screen.at.text_input[0].input(OPERADORA)
    screen.at.text_input[1].input(PASSWORD)
    assert screen.click(button).refused == [locked]
    assert [field.label for field in screen.at.text_input] == [login, password]


def test_the_right_password_opens_the_page_of_the_address_with_a_session_of_ones_own(see, world: World):
    code = world.open()
    screen = see()
    screen.at.query_params["caso"] = code
    screen.at.switch_page("pages/caso.py")
    screen.run()
    assert only_the_form(screen.at)
    screen.at.text_input[0].input(" OLGA ")
    screen.at.text_input[1].input(PASSWORD)
    screen.click("Ingresar")
    assert screen.titles == ["S-2026-0001 · Cliente k1"]
    whose = sessions.session(world.db, screen.at.session_state["token"], world.now)
    assert whose is not None
    assert whose.id == ID[OPERADORA]


def test_somebody_disabled_is_not_let_in(see):
    screen = see()
    screen.at.text_input[0].input(FORMER)
    screen.at.text_input[1].input(PASSWORD)
    assert screen.click("Ingresar").refused[0].startswith("No se pudo ingresar: el usuario o la contraseña")
    assert only_the_form(screen.at)


# --- a one-time password ---
@pytest.mark.parametrize(
    ("language", "title", "labels", "problems"),
    [
        (
            "es",
            "Elija su contraseña",
            ("Contraseña actual", "Contraseña nueva", "Repita la contraseña nueva", "Cambiar contraseña"),
            (
                "Las dos contraseñas nuevas no son iguales.",
                ["La contraseña actual no es correcta.", "Use al menos 10 caracteres."],
                "La contraseña nueva es igual a la actual. Elija otra.",
            ),
        ),
        (
            "en",
            "Choose your password",
            ("Current password", "New password", "Repeat the new password", "Change password"),
            (
                "The two new passwords are not the same.",
                ["The current password is wrong.", "Use at least 10 characters."],
                "The new password is the same as the current one. Choose another.",
            ),
        ),
    ],
)
def test_a_one_time_password_opens_only_the_form_that_replaces_it(see, world: World, language, title, labels, problems):
    one_time = accounts.reset(world.db, OPERADORA, ID[ADMIN], world.now)
    at = app()
    at.session_state["language"] = language
    at.session_state["token"] = sessions.sign_in(world.db, OPERADORA, one_time, world.now)
    screen = see()
    screen.at = at
    screen.run()
    assert (screen.titles, [field.label for field in at.text_input]) == ([title], list(labels[:3]))
    assert screen.go("operador_operacion").titles == [title]
    told = []
    for old, new, again in [(one_time, "a long new one", "another"), ("no", "short", "short"), (one_time,) * 3]:
        for field, text in zip(at.text_input, (old, new, again), strict=True):
            field.input(text)
        told.append(screen.click(labels[3]).refused)
    assert told == [[problems[0]], problems[1], [problems[2]]]
    for field, text in zip(at.text_input, (one_time, "a long new one", "a long new one"), strict=True):
        field.input(text)
    assert screen.click(labels[3]).titles == ["Operador Operación"]
    assert sessions.sign_in(world.db, OPERADORA, "a long new one", world.now)


# --- the session ends ---
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_click_on_a_page_whose_session_has_ended_changes_nothing_and_says_so(see, world: World, language: str):
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.REVIEW)
    screen: Screen = see(COMERCIAL, language).case(code)
    approve = {"es": "Aprobar", "en": "Approve"}[language]
    sessions.end_session(world.db, screen.at.session_state["token"], world.now)
    before = dump(world.db)
    screen.click(approve)
    assert dump(world.db) == before
    assert (screen.titles, screen.infos) == (
        [{"es": "Aprobaciones de servicios", "en": "Service approvals"}[language]],
        [ENDED[language]],
    )
    assert approve not in screen.buttons


def test_signing_out_ends_the_session_on_the_server(see, world: World):
    screen = see(PROCESO)
    token = screen.at.session_state["token"]
    assert sessions.session(world.db, token, world.now) is not None
    screen.click("Salir")
    assert only_the_form(screen.at)
    assert sessions.session(world.db, token, world.now) is None


def test_a_session_that_was_idle_for_twelve_hours_is_over(see, world: World):
    screen = see(PROCESO)
    world.tick(sessions.IDLE - MINUTE)
    assert screen.run().titles == ["Proceso"]
    world.tick(sessions.IDLE + 1)
    assert only_the_form(screen.run().at)
    assert screen.infos == [ENDED["es"]]
