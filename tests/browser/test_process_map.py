"""Mapa in the browser: bpmn-js draws it with its mark in sight, it is fetched once, and a shape leads to its cases."""

import re

import pytest
from playwright.sync_api import FrameLocator, expect
from sqlalchemy import select

from core.store import tables
from tests.browser.browser_user import BrowserUser, UserFactory
from tests.browser.server import Server

pytestmark = pytest.mark.browser


def drawn(one: BrowserUser) -> FrameLocator:
    """The map, when it stands."""
    found = one.main.frame_locator("iframe[title*=bpmn]")
    expect(found.locator("body[data-drawn=true]")).to_be_visible()
    expect(found.locator("[data-element-id=review_4_proceso]")).to_have_count(1)
    return found


@pytest.mark.parametrize("dark", [False, True])
def test_the_map_is_drawn_with_its_mark_and_leads_to_the_cases(signed_in: UserFactory, dark: bool) -> None:
    one = signed_in("proceso", dark=dark)
    one.go("/mapa")
    chart = drawn(one)
    expect(chart.get_by_role("link", name=re.compile("bpmn.io", re.I))).to_be_visible()
    box = chart.locator(".bjs-powered-by").bounding_box() or pytest.fail("no mark")
    on_top = chart.locator(".bjs-powered-by").evaluate(
        "e => { const r = e.getBoundingClientRect();"
        " return e.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)) }"
    )
    assert on_top and box["width"] > 20  # noqa: PT018
    ground = chart.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    assert ground == ("rgb(18, 23, 29)" if dark else "rgb(255, 255, 255)")
    one.picture("mapa-oscuro" if dark else "mapa")
    chart.get_by_role("button", name="Ver todo el proceso").press("Enter")
    chart.get_by_role("button", name=re.compile("^1 Inicio · Operador Operación · Validar solicitud")).press("Enter")
    expect(one.page).to_have_url(re.compile("detras=element_times%3A1%3Aoperador_operacion%3Avalidate"))
    expect(one.page.get_by_role("dialog")).to_contain_text("Tiempo de la tarea · 1 Inicio · Operador Operación")
    assert not one.troubles
    assert not one.outside


def test_the_drawing_is_fetched_once_and_each_look_sends_its_figures_alone(signed_in: UserFactory) -> None:
    one = signed_in("proceso")
    sent: list[int] = []
    fetched: list[str] = []
    one.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sent.append(len(frame))))
    one.page.on("response", lambda answer: fetched.append(answer.url) if "/process/" in answer.url else None)
    one.go("/mapa?flujo=b2b")
    chart = drawn(one)
    for figure in ("p85", "En cola"):
        sent.clear()
        one.choose(figure)
        expect(chart.get_by_role("button", name=re.compile(f"^1 Inicio · .*: {figure} "))).not_to_have_count(0)
        assert max(sent) < 10_000, figure
    assert len(fetched) == 1
    assert not one.troubles


def test_a_case_is_on_the_map(signed_in: UserFactory, server: Server) -> None:
    with server.db.reading() as connection:
        code = connection.scalars(select(tables.cases.c.code).where(tables.cases.c.outcome.is_(None))).first()
    one = signed_in("proceso")
    one.case(code or pytest.fail("no case runs"), view="map")
    chart = drawn(one)
    expect(chart.locator(".badge.now").first).to_contain_text("▶")
    assert not one.troubles
    assert not one.outside
