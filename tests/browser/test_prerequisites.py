"""The prerequisite board in the browser: what a case waits for is registered there, and the case goes on."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from core.process.terms import Kind
from core.store import tables
from tests.browser.browser_user import UserFactory
from tests.browser.server import Server
from tests.browser.test_two_people import cases, items

pytestmark = pytest.mark.browser


def test_what_a_case_waits_for_is_registered_on_the_board(signed_in: UserFactory, server: Server) -> None:
    at_gate = select(cases.code, tables.clients.c.name).select_from(
        tables.work_items.join(tables.cases).join(tables.clients)
    )
    with server.db.reading() as connection:
        waiting = at_gate.where(items.kind == Kind.VALIDATE, items.phase == 7, items.ended_at.is_(None))
        code, client = connection.execute(waiting.order_by(cases.id)).first() or pytest.fail("no case waits")
    one = signed_in("implementacion")
    one.go("/ambientes")
    one.sees(re.compile(r"^\d+ casos esperan"), re.compile("^espera hace|^● espera hace"))
    one.picture("ambientes-tablero")
    one.type("Buscar", code)
    expect(one.page).to_have_url(re.compile(f"buscar={code}"))
    one.sees(
        f"{client} · ambiente de producción · falta", "El caso está detenido en 7 Facturación hasta que se registre."
    )
    one.click("Registrar")
    one.click("Registrar ambiente")
    one.sees("↑ Escriba la evidencia: dónde consta el ambiente.")
    one.type("Evidencia", "Acta 12, carpeta del cliente")
    one.click("Registrar ambiente")
    one.sees("Se registró el ambiente de producción. Consta en su caso en curso.")
    one.sees("Ningún ambiente coincide con los filtros.")
    one.case(code)
    one.sees_not(re.compile("^Falta el ambiente de producción"))
    reader = signed_in("comercial")
    reader.go("/ambientes")
    reader.sees("Los registran Proceso y Responsable Implementación B2B.")
    expect(reader.button("Registrar")).to_have_count(0)
    for user in (one, reader):
        assert not user.troubles
        assert not user.outside
