"""Two people at one work item, one person clicking twice, and a screen that is no longer so."""

import re
import time

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from core.process.terms import Flow, Kind, Role
from core.services import cases as services_cases
from core.store import tables
from tests.browser.browser_user import UserFactory
from tests.browser.server import CROWD, Server

pytestmark = pytest.mark.browser
FASTER = re.compile(
    r"^No se guardó: Beatriz Elena Montoya ya decidió esta tarea \(aprobó\) "
    r"el \S+ \d+ \S+, \d\d:\d\d\. Vea la historia del caso\.$"
)
cases, items = tables.cases.c, tables.work_items.c


def waiting(server: Server, role: Role, kind: Kind, flow: Flow = Flow.ESTANDAR) -> str:
    """The code of a case in which this work waits for this role, held by nobody; the one opened last."""
    chosen = (
        select(cases.code, items.item, items.held_by)
        .join(tables.work_items)
        .where(items.role == role, items.kind == kind, items.ended_at.is_(None), cases.flow == flow, items.phase < 6)
        .order_by(cases.id.desc())
    )
    with server.db.reading() as connection:
        found = connection.execute(chosen).first() or pytest.fail(f"nothing waits for {role}: {kind}")
    if found.held_by is not None:
        services_cases.give_back(server.db, found.held_by, found.code, found.item, time.time_ns() // 1_000_000)
    return str(found.code)


def verdicts(server: Server, code: str, role: Role) -> int:
    v = tables.verdicts.c
    counted = select(func.count()).select_from(tables.verdicts.join(tables.cases, v.case_id == cases.id))
    with server.db.reading() as connection:
        return connection.scalar(counted.where(cases.code == code, v.role == role)) or 0


@pytest.mark.smoke
def test_whoever_is_second_reads_who_decided_what_and_when(signed_in: UserFactory, server: Server) -> None:
    code = waiting(server, Role.GERENTE_COMERCIAL, Kind.REVIEW)
    before = verdicts(server, code, Role.GERENTE_COMERCIAL)
    first, second = signed_in("comercial"), signed_in("comercial2")
    for user in (first, second):
        user.case(code)
        user.click("Todos cumplen")
    first.click("Aprobar")
    first.sees(re.compile("^Aprobó "))
    second.click("Devolver")
    second.sees(FASTER)
    second.picture("caso-decidido-por-otra-persona")
    expect(second.button("Devolver")).to_have_count(0)
    assert verdicts(server, code, Role.GERENTE_COMERCIAL) == before + 1


def test_whoever_still_writes_reads_that_somebody_has_decided(signed_in: UserFactory, server: Server) -> None:
    code = waiting(server, Role.GERENTE_COMERCIAL, Kind.REVIEW)
    first, second = signed_in("comercial"), signed_in("comercial2")
    for user in (first, second):
        user.case(code)
    first.click("Todos cumplen")
    first.click("Aprobar")
    first.sees(re.compile("^Aprobó "))
    second.type("Motivo", "Prefiero devolverlo")
    second.sees(FASTER)
    expect(second.button("Devolver")).to_have_count(0)
    first.type("Comentario", "Listo")
    first.sees_not(re.compile("^No se guardó"))


def test_a_double_click_decides_once(signed_in: UserFactory, server: Server) -> None:
    code = waiting(server, Role.GERENTE_ALIANZAS, Kind.REVIEW)
    before = verdicts(server, code, Role.GERENTE_ALIANZAS)
    one = signed_in("alianzas")
    one.case(code)
    one.click("Todos cumplen")
    one.button("Aprobar").dblclick()
    one.settle()
    expect(one.button("Aprobar")).to_have_count(0)
    expect(one.messages().first).to_be_visible()
    said = " ".join(one.messages().all_inner_texts())
    assert re.search(r"Aprobó|usted ya decidió esta tarea", said), said
    assert verdicts(server, code, Role.GERENTE_ALIANZAS) == before + 1


def test_a_version_that_came_meanwhile_is_to_be_read_first(signed_in: UserFactory, server: Server) -> None:
    code = waiting(server, Role.OPERADOR_OPERACION, Kind.PRODUCE)
    first, second = signed_in("operador"), signed_in("operador2")
    for user in (first, second):
        user.case(code)
    first.attach("de la primera.png", b"\x89PNG\r\n\x1a\n" + b"1" * 100)
    first.sees("Se adjuntó de la primera.png.")
    second.main.get_by_role("button", name=re.compile("^Enviar ")).click()
    second.sees(
        re.compile(r"^No se guardó: Luz Marina Quintero adjuntó otra versión el .*, después de que usted abrió")
    )
    second.sees(re.compile("de la primera.png ·"))
    second.main.get_by_role("button", name=re.compile("^Enviar ")).click()
    second.sees(re.compile("^Envió "))


def test_who_holds_two_review_roles_decides_for_each(signed_in: UserFactory, server: Server) -> None:
    code = waiting(server, Role.PROCESO, Kind.REVIEW)
    one = signed_in(CROWD)
    one.case(code)
    expect(one.button("Aprobar").first).to_be_visible()
    before = one.button("Aprobar").count()
    one.button("Todos cumplen").first.click()
    one.settle()
    one.button("Aprobar").first.click()
    one.sees(re.compile("^Aprobó "))
    expect(one.button("Aprobar")).to_have_count(before - 1)
