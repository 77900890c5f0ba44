"""Coming in, finding one's way back, and going out."""

import re

import pytest
from playwright.sync_api import Route, expect

from core.people.sessions import FAILURES
from core.process.terms import PROCESS_ROLES, ROLE_NAMES, Role
from core.queries import inbox
from tests.browser.browser_user import BrowserUser, UserFactory
from tests.browser.server import FORGETFUL, NEWCOMER, PASSWORD, VISITOR, Server

pytestmark = pytest.mark.browser
LOGINS = dict(
    zip(PROCESS_ROLES, ("operador", "mesa", "alianzas", "comercial", "implementacion", "proceso"), strict=True)
)
CASE = re.compile(r"/caso\?caso=S-\d{4}-\d{4}")
FORM = "Ingresar"


@pytest.mark.parametrize("role", PROCESS_ROLES)
def test_each_role_signs_in_and_opens_the_first_item_of_its_inbox(
    role: Role, new_user: UserFactory, server: Server
) -> None:
    with server.db.reading() as connection:
        count = inbox.pending(connection, [role], 500)[role]
    one = new_user()
    one.sign_in(LOGINS[role])
    menu = one.page.get_by_test_id("stSidebarNav")
    menu.get_by_role("link", name=f"{ROLE_NAMES[role]} ({count})").click()
    expect(one.page).to_have_url(f"{server.url}/{role.value}")
    expect(one.main.get_by_role("heading", name=ROLE_NAMES[role])).to_be_visible()
    one.settle()
    expect(one.rows).to_have_count(count)
    code = one.rows.first.inner_text()[:11]
    one.rows.first.click()
    expect(one.page).to_have_url(re.compile(f"caso={code}"))
    expect(one.main.get_by_role("heading", level=1)).to_contain_text(code)
    assert not one.troubles
    assert not one.outside


def test_back_returns_to_the_same_place_in_the_inbox(signed_in: UserFactory) -> None:
    one = signed_in("comercial")
    one.inbox(Role.GERENTE_COMERCIAL)
    expect(one.rows.first).to_be_visible()
    everything = one.rows.count()
    one.main.get_by_role("combobox", name="Flujo").click()
    one.page.get_by_role("option", name="B2B").click()
    one.settle()
    expect(one.page).to_have_url(re.compile("flujo="))
    narrowed, place = one.rows.count(), one.page.url
    assert 0 < narrowed < everything
    one.rows.first.click()
    expect(one.page).to_have_url(CASE)
    one.settle()
    one.page.go_back()
    expect(one.page).to_have_url(place)
    expect(one.rows).to_have_count(narrowed)
    one.rows.first.click()
    expect(one.page).to_have_url(CASE)
    one.settle()
    one.main.get_by_role("link", name="← Gerente Comercial").click()
    expect(one.page).to_have_url(place)
    expect(one.rows).to_have_count(narrowed)


def test_a_reload_keeps_the_session_and_the_filters(signed_in: UserFactory) -> None:
    one = signed_in("comercial")
    one.inbox(Role.GERENTE_COMERCIAL)
    one.type("Buscar", "S-20")
    expect(one.page).to_have_url(re.compile("buscar=S-20"))
    found = one.rows.count()
    one.page.reload()
    one.arrive()
    expect(one.field("Buscar")).to_have_value("S-20")
    expect(one.rows).to_have_count(found)


@pytest.mark.smoke
def test_signing_out_ends_the_session_on_the_server(new_user: UserFactory) -> None:
    one = new_user()
    one.sign_in("alianzas")
    cookies = one.context.cookies()
    assert any(cookie["name"] == "approvals_session" for cookie in cookies)
    one.page.get_by_role("button", name="Salir").click()
    expect(one.button(FORM)).to_be_visible()
    thief = new_user(cookies=cookies)
    thief.go("/gerente_alianzas")
    expect(thief.button(FORM)).to_be_visible()
    expect(thief.rows).to_have_count(0)


def test_a_window_that_outlives_its_session_says_so(new_user: UserFactory) -> None:
    one = new_user()
    one.sign_in("alianzas")
    two = new_user(cookies=one.context.cookies())
    two.go("/gerente_alianzas")
    expect(two.rows.first).to_be_visible()
    one.page.get_by_role("button", name="Salir").click()
    expect(one.button(FORM)).to_be_visible()
    two.type("Buscar", "S")
    two.sees("Su sesión terminó. Ingrese de nuevo para continuar.")
    expect(two.rows).to_have_count(0)


def test_a_deep_link_survives_the_sign_in(new_user: UserFactory, signed_in: UserFactory) -> None:
    other = signed_in("comercial")
    other.inbox(Role.GERENTE_COMERCIAL)
    code = other.rows.first.inner_text()[:11]
    one = new_user()
    one.sign_in("proceso", path=f"/caso?caso={code}&vista=documents")
    expect(one.page).to_have_url(re.compile(f"/caso.*caso={code}"))
    assert "vista=documents" in one.page.url
    expect(one.main.get_by_role("heading", level=1)).to_contain_text(code)
    expect(one.main.get_by_role("radio", name="Documentos")).to_be_checked()


def test_the_session_is_kept_however_slowly_the_form_arrives(new_user: UserFactory) -> None:
    """The form's own frames answer late: the run that signs in is overtaken before its cookie is written."""
    one = new_user()
    held: list[Route] = []
    signing_in = True

    def hold(route: Route) -> None:
        if signing_in:
            held.append(route)
        else:
            route.continue_()

    one.page.route("**/component/**/index.html**", hold)
    one.page.goto(one.server.url)
    expect(one.button(FORM)).to_be_visible()
    one.settle()
    one.fill_sign_in("proceso", PASSWORD)
    expect(one.page.get_by_test_id("stSidebar")).to_be_visible()
    signing_in = False
    for route in held:
        route.continue_()
    one.wait_for_cookie()


@pytest.mark.smoke
def test_a_wrong_password_and_the_lockout_are_sentences(new_user: UserFactory) -> None:
    one = new_user()
    one.go()
    for _ in range(FAILURES - 1):
        one.fill_sign_in(FORGETFUL, "no es esta")
        one.sees("No se pudo ingresar: el usuario o la contraseña no coinciden.")
        one.settle()
    one.fill_sign_in(FORGETFUL, "no es esta")
    one.sees(re.compile("hubo demasiados intentos fallidos. Espere 15 minutos y vuelva a intentarlo"))
    one.settle()
    one.fill_sign_in(FORGETFUL, PASSWORD)
    one.sees(re.compile("hubo demasiados intentos fallidos"))
    expect(one.button(FORM)).to_be_visible()


def test_a_one_time_password_forces_the_change(new_user: UserFactory, server: Server) -> None:
    one = new_user()
    one.go("/proceso")
    one.fill_sign_in(NEWCOMER, server.one_time)
    one.sees("Elija su contraseña")
    one.settle()
    expect(one.rows).to_have_count(0)
    expect(one.page.get_by_test_id("stSidebar")).to_have_count(0)
    _choose(one, server.one_time, "corta", "corta")
    one.sees("Use al menos 10 caracteres.")
    _choose(one, "otra cosa", "una frase mas larga", "una frase mas larga")
    one.sees("La contraseña actual no es correcta.")
    _choose(one, server.one_time, "una frase mas larga", "una frase distinta")
    one.sees("Las dos contraseñas nuevas no son iguales.")
    _choose(one, server.one_time, "una frase mas larga", "una frase mas larga")
    expect(one.main.get_by_role("heading", name="Proceso")).to_be_visible()
    expect(one.rows.first).to_be_visible()
    again = new_user()
    again.go()
    again.fill_sign_in(NEWCOMER, server.one_time)
    again.sees("No se pudo ingresar")
    again.fill_sign_in(NEWCOMER, "una frase mas larga")
    expect(again.rows.first).to_be_visible()


def _choose(one: BrowserUser, old: str, new: str, repeated: str) -> None:
    for label, text in (
        ("Contraseña actual", old),
        ("Contraseña nueva", new),
        ("Repita la contraseña nueva", repeated),
    ):
        one.page.get_by_label(label, exact=True).fill(text)
    one.button("Cambiar contraseña").click()
    one.settle()


@pytest.mark.parametrize(
    ("login", "path", "whose"),
    [
        ("operador", "/gerente_comercial", "Gerente Comercial"),
        ("comercial", "/operador_operacion", "Operador Operación"),
        ("alianzas", "/personas", "Administrador"),
        ("proceso", "/nuevo", "Operador Operación y Mesa de Ayuda"),
        (VISITOR, "/proceso", "Proceso"),
    ],
)
def test_a_page_of_another_role_says_whose_it_is(login: str, path: str, whose: str, signed_in: UserFactory) -> None:
    one = signed_in(login)
    one.go(path)
    one.sees(f"Esta página es para {whose}. Usted no tiene ese rol")
    expect(one.rows).to_have_count(0)
    expect(one.main.get_by_role("button")).to_have_count(0)


def test_an_address_that_nobody_knows_and_a_case_that_is_not_there(signed_in: UserFactory) -> None:
    one = signed_in("proceso")
    one.case("S-1999-0001")
    one.sees("No existe ese caso. Revise el código o búsquelo en «Todos los casos».")
    one.go("/caso")
    one.sees("No existe ese caso.")
