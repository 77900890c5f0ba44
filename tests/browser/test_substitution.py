"""Somebody is away today, another decides for them, and both read of it."""

import re

import pytest
from playwright.sync_api import expect

from core.process.terms import Flow, Kind, Role
from core.queries import case
from tests.browser.browser_user import UserFactory
from tests.browser.server import Server
from tests.browser.test_two_people import waiting

pytestmark = pytest.mark.browser
ABSENT, SUBSTITUTE = "Beatriz Elena Montoya", "Ignacio Valderrama Ospina"


def test_a_substitute_decides_today_and_the_absent_person_reads_of_it(signed_in: UserFactory, server: Server) -> None:
    code = waiting(server, Role.GERENTE_COMERCIAL, Kind.REVIEW, Flow.B2B)
    away, other = signed_in("comercial"), signed_in("alianzas")
    away.go("/cuenta")
    away.main.get_by_text("Registrar una ausencia").click()
    away.settle()
    away.main.get_by_role("combobox", name=re.compile("Decide como Gerente Comercial")).click()
    away.page.get_by_role("option", name=SUBSTITUTE).click()
    away.settle()
    away.click("Guardar ausencia")
    away.sees(re.compile("^Quedó registrada la ausencia"))
    away.picture("cuenta-ausencia")

    other.inbox(Role.GERENTE_COMERCIAL)
    other.sees(re.compile(f"^Por {ABSENT}, hasta el "))
    other.picture("bandeja-de-quien-sustituye")
    other.case(code)
    other.sees(re.compile(f"^Por {ABSENT}, hasta el "))
    other.click("Todos cumplen")
    other.click("Aprobar")
    other.sees(re.compile("^Aprobó "))
    with server.db.reading() as connection:
        entries = case.history(connection, case.header(connection, code).id)
    assert (SUBSTITUTE, ABSENT) in {(each.person, each.for_person) for each in entries}
    expect(other.main.get_by_text(f"{SUBSTITUTE} por {ABSENT}").first).to_be_attached()

    away.go("/cuenta")
    away.click("Terminar hoy la ausencia")
    away.sees("Durante su ausencia se tomó una decisión en su nombre.")
    away.picture("lo-decidido-en-su-nombre")
    away.click("Leído")
    away.sees_not("Durante su ausencia se tomó una decisión en su nombre.")
    other.go(f"/{Role.GERENTE_COMERCIAL.value}")
    other.sees(re.compile("^Esta página es para "))
