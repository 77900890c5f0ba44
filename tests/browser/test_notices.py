"""The bell: what one is told is there with its count, leads to its case, and a link decides nothing by itself."""

import re

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import select

from core.notices import feed
from core.process.terms import Kind, Role
from core.process.working_time import MINUTE
from core.queries import case
from core.store import tables
from tests.browser.browser_user import BrowserUser, UserFactory
from tests.browser.server import Server, now
from tests.browser.test_two_people import waiting
from tests.browser.window_pool import NARROW

pytestmark = pytest.mark.browser
people = tables.people.c


def counted(user: BrowserUser) -> Locator:
    """The bell in the menu."""
    return user.page.get_by_test_id("stSidebarNav").get_by_role("link", name=re.compile("Avisos"))


def version(server: Server, code: str) -> int:
    """How many events a case has."""
    with server.db.reading() as connection:
        return case.header(connection, code).case.version


def test_a_mention_rings_the_bell_and_leads_to_its_case(signed_in: UserFactory, server: Server) -> None:
    code = waiting(server, Role.GERENTE_ALIANZAS, Kind.REVIEW)
    with server.db.reading() as connection:
        proceso = connection.scalars(select(people.id).where(people.login == "proceso")).one()
    feed.read(server.db, proceso, now() + MINUTE)
    reader, writer = signed_in("proceso"), signed_in("alianzas")
    reader.go("/")
    expect(counted(reader)).to_have_text(re.compile("Avisos$"))
    writer.case(code)
    writer.type("Comentario para la historia del caso", "¿Lo vemos hoy, @proceso?")
    writer.click("Comentar")
    writer.sees("Su comentario está en la historia.")
    expect(writer.field("Comentario para la historia del caso")).to_have_value("")
    reader.go("/avisos")
    expect(counted(reader)).to_have_text(re.compile(r"Avisos \(1\)$"))
    reader.sees("Le escribieron en un comentario")
    reader.picture("avisos")
    reader.main.get_by_role("link", name=re.compile(f"^{code}")).click()
    reader.sees(re.compile(f"^{code} · "))
    reader.settle()
    expect(counted(reader)).to_have_text(re.compile("Avisos$"))
    assert reader.troubles == []
    assert reader.outside == []


def test_a_link_leads_through_the_sign_in_to_the_case_and_decides_nothing(
    new_user: UserFactory, server: Server
) -> None:
    code = waiting(server, Role.GERENTE_COMERCIAL, Kind.REVIEW)
    before = version(server, code)
    visitor = new_user()
    visitor.sign_in("comercial", path=f"/caso?caso={code}")
    visitor.sees(re.compile(f"^{code} · "))
    expect(visitor.button("Aprobar").first).to_be_visible()
    assert version(server, code) == before


def test_the_notices_are_legible_on_a_narrow_screen(signed_in: UserFactory) -> None:
    narrow = signed_in("operador", size=NARROW)
    narrow.go("/avisos?ver=all")
    expect(narrow.main.get_by_role("link", name=re.compile(r"^S-\d{4}-\d{4}")).first).to_be_visible()
    narrow.picture("avisos-angosto")
    assert narrow.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
