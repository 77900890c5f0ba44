"""A session that ends under an open form: whoever signs in again finds what they typed, and nobody else does."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update

from core.people import accounts, sessions
from core.staff import person as staff_person
from core.store import form_drafts, tables
from tests.browser.browser_user import BrowserUser, UserFactory
from tests.browser.server import PASSWORD, Server, now

pytestmark = pytest.mark.browser
HOUR = 3_600_000


def idle(server: Server, login: str) -> None:
    _moved(server, login, seen_at=now() - 365 * 24 * HOUR)


def too_old(server: Server, login: str) -> None:
    _moved(server, login, expires_at=now() - HOUR)


def revoked(server: Server, login: str) -> None:
    sessions.end_sessions(server.db, login, _id(server, "admin"), now())


def roles_set(server: Server, login: str) -> None:
    with server.db.reading() as connection:
        person = staff_person.read(connection, _id(server, login))
    assert person is not None
    accounts.set_roles(server.db, login, person.roles, _id(server, "admin"), now())


def _moved(server: Server, login: str, **values: int) -> None:
    s = tables.sessions.c
    with server.db.writing() as tx:
        tx.run(update(tables.sessions).where(s.person_id == _id(server, login)).values(**values))


def _id(server: Server, login: str) -> int:
    with server.db.reading() as connection:
        return int(connection.scalars(select(tables.people.c.id).where(tables.people.c.login == login)).one())


def draft(server: Server, login: str, name: str) -> dict[str, object]:
    with server.db.reading() as connection:
        return form_drafts.load(connection, _id(server, login), name)


def signs_in_again(user: BrowserUser, login: str) -> None:
    user.sees("Su sesión terminó. Ingrese de nuevo para continuar.")
    user.settle()  # a click during the last run of the page before may get lost: that is not what is tested here
    user.fill_sign_in(login, PASSWORD)
    expect(user.main.get_by_text("Usuario", exact=True)).to_have_count(0)
    user.page.wait_for_timeout(1500)  # the runs that give the browser its cookie
    user.settle()


@pytest.fixture(autouse=True)
def nothing_is_left(server: Server, cookies: dict[str, list[Any]]) -> Iterator[None]:
    """Nothing that others have typed; and whoever's sessions end here signs in anew in the tests that follow."""
    for login in ("mesa", "operador"):
        form_drafts.forget(server.db, _id(server, login), "nuevo")
    yield
    cookies.clear()


@pytest.mark.parametrize("end", [idle, too_old, revoked, roles_set])
def test_texts_and_choices_are_there_after_signing_in_again(
    new_user: UserFactory, server: Server, end: Callable[[Server, str], None]
) -> None:
    one = new_user()
    one.sign_in("mesa", path="/nuevo")
    one.choose("B2B")
    one.type("Nombre del cliente", "Peña Hermanos")
    one.field("Correo").fill("rosa@cliente.example")  # still in the field when the session ends
    end(server, "mesa")
    one.field("Servicio solicitado").click()
    signs_in_again(one, "mesa")
    expect(one.field("Nombre del cliente")).to_have_value("Peña Hermanos")
    expect(one.field("Correo")).to_have_value("rosa@cliente.example")
    expect(one.main.get_by_role("radio", name="B2B", exact=True)).to_be_checked()
    one.type("Servicio solicitado", "Doscientas licencias")
    kept = draft(server, "mesa", "nuevo")
    typed = {field: kept[f"nuevo:{field}"] for field in ("client_name", "contact_email", "flow", "service")}
    assert typed == {
        "client_name": "Peña Hermanos",
        "contact_email": "rosa@cliente.example",
        "flow": "b2b",
        "service": "Doscientas licencias",
    }
    form_drafts.forget(server.db, _id(server, "mesa"), "nuevo")


def test_days_ticks_and_people_are_there_after_signing_in_again(new_user: UserFactory, server: Server) -> None:
    one = new_user()
    one.sign_in("comercial", path="/cuenta")
    one.main.get_by_text("Registrar una ausencia").click()
    one.settle()
    one.main.get_by_role("combobox", name=re.compile("Decide como Gerente Comercial")).click()
    one.page.get_by_role("option", name="Andrés Felipe Zuluaga").click()
    one.settle()
    one.field("Último día").fill("26/11/2027")
    revoked(server, "comercial")
    one.button("Guardar ausencia").click()
    signs_in_again(one, "comercial")
    expect(one.field("Último día")).to_have_value("26 nov 2027")
    name = f"absence-{_id(server, 'comercial')}"
    kept = draft(server, "comercial", name)
    chosen = (kept[f"{name}:open"], kept[f"{name}:last"], kept[f"{name}:gerente_comercial"])
    assert chosen == (True, "26 nov 2027", _id(server, "comercial2"))
    form_drafts.forget(server.db, _id(server, "comercial"), name)


def test_another_person_in_the_same_tab_finds_nothing_of_it_and_changes_nothing(
    new_user: UserFactory, server: Server
) -> None:
    one = new_user()
    one.sign_in("mesa", path="/nuevo")
    one.type("Nombre del cliente", "Peña Hermanos")
    before = draft(server, "mesa", "nuevo")
    one.field("Servicio solicitado").fill("x")
    revoked(server, "mesa")
    one.field("Nombre del cliente").click()
    kept = {**before, "nuevo:service": "x"}
    signs_in_again(one, "operador")
    expect(one.field("Nombre del cliente")).to_have_value("")
    one.type("Nombre del cliente", "Otro")
    assert draft(server, "mesa", "nuevo") == kept
    assert draft(server, "operador", "nuevo")["nuevo:client_name"] == "Otro"
    for login in ("mesa", "operador"):
        form_drafts.forget(server.db, _id(server, login), "nuevo")


def test_what_a_page_off_the_screen_held_is_not_the_next_persons(new_user: UserFactory, server: Server) -> None:
    one = new_user()
    one.sign_in("mesa", path="/nuevo")
    one.type("Nombre del cliente", "Peña Hermanos")
    _by_menu(one, "Mi cuenta")
    revoked(server, "mesa")
    one.main.get_by_text("Registrar una ausencia").click()
    signs_in_again(one, "operador")
    _by_menu(one, "Abrir un caso")
    expect(one.field("Nombre del cliente")).to_have_value("")
    one.type("Correo", "otro@cliente.example")
    assert draft(server, "mesa", "nuevo")["nuevo:client_name"] == "Peña Hermanos"
    assert draft(server, "operador", "nuevo")["nuevo:client_name"] == ""
    for login in ("mesa", "operador"):
        form_drafts.forget(server.db, _id(server, login), "nuevo")


def _by_menu(user: BrowserUser, page: str) -> None:
    user.page.get_by_test_id("stSidebar").get_by_role("link", name=page, exact=True).click()
    user.settle()
