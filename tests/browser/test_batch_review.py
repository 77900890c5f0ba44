"""Several reviews approved together in the browser, one of them settled meanwhile by somebody else."""

import re
import time

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from core.process.terms import Kind, Role
from core.services import cases as services_cases
from core.store import tables
from tests.browser.browser_user import UserFactory
from tests.browser.server import Server
from tests.browser.test_two_people import cases, items, verdicts

pytestmark = pytest.mark.browser
ROLE = Role.RESPONSABLE_IMPLEMENTACION_B2B


def test_several_are_approved_after_one_look_and_what_cannot_be_says_why(
    signed_in: UserFactory, server: Server
) -> None:
    waiting = (
        select(cases.code, items.item, items.held_by)
        .join(tables.work_items)
        .where(items.role == ROLE, items.ended_at.is_(None), items.kind == Kind.REVIEW)
        .order_by(items.due_at, items.id)
    )
    with server.db.reading() as connection:
        found = connection.execute(waiting).all()[:3]
    for code, item, holder in found:
        if holder is not None:  # whoever holds one gives it back first
            services_cases.give_back(server.db, holder, code, item, int(time.time() * 1000))
    codes = [code for code, _, _ in found]
    assert len(codes) == 3
    before = [verdicts(server, code, ROLE) for code in codes]
    one = signed_in("implementacion")
    one.inbox(ROLE)
    one.main.get_by_text("Varios a la vez").click()
    one.settle()
    expect(one.page).to_have_url(re.compile("varios=true"))
    for code in codes:
        one.main.get_by_test_id("stCheckbox").filter(has=one.page.get_by_label(f"Elegir {code}")).click()
        one.settle()
    one.picture("bandeja-varios")
    one.click("Ver lo elegido (3)")
    one.sees("3 casos por decidir juntos", re.compile("^Si aprueba, afirma que cada criterio de cada cliente"))
    expect(one.main.get_by_text(re.compile("^Si aprueba: "))).to_have_count(3)
    expect(one.main.get_by_text(re.compile("^Si devuelve: "))).to_have_count(3)
    one.picture("bandeja-varios-mirada")
    other = signed_in("proceso")
    other.case(codes[1])
    other.type("Motivo", "Falta el anexo")
    other.click("Todos cumplen")
    other.click("Devolver")
    other.sees(re.compile("^Devolvió "))
    one.click("Aprobar los 3")
    one.sees("Aprobó 2 de 3. Abajo se dice por qué no se decidió lo demás.")
    one.sees(re.compile("otro rol devolvió el documento .* y esta revisión se retiró"))
    one.picture("bandeja-varios-resultado")
    after = [verdicts(server, code, ROLE) for code in codes]
    assert after == [before[0] + 1, before[1], before[2] + 1]
    for user in (one, other):
        assert not user.troubles
        assert not user.outside
