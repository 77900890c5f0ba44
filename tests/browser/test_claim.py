"""Without a mouse, and in a narrow window."""

import re

import pytest
from playwright.sync_api import Locator, expect

from core.process.terms import Kind, Role
from tests.browser.browser_user import BrowserUser, UserFactory
from tests.browser.server import Server
from tests.browser.test_two_people import waiting
from tests.browser.window_pool import NARROW

pytestmark = pytest.mark.browser


def tab_to(user: BrowserUser, wanted: Locator, most: int = 60) -> None:
    """Press Tab until the element has the focus, and see that the focus is visible on it."""
    for _ in range(most):
        user.page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("the keyboard does not get there")


def test_a_decision_by_tab_and_enter_alone(signed_in: UserFactory, server: Server) -> None:
    code = waiting(server, Role.RESPONSABLE_IMPLEMENTACION_B2B, Kind.REVIEW)
    one = signed_in("implementacion")
    one.inbox(Role.RESPONSABLE_IMPLEMENTACION_B2B)
    row = one.main.get_by_role("link", name=re.compile(f"^{code}"))
    tab_to(one, row, most=120)
    one.page.keyboard.press("Enter")
    expect(one.page).to_have_url(re.compile(f"caso={code}"))
    expect(one.main.get_by_role("heading", level=1)).to_contain_text(code)
    one.settle()
    tab_to(one, one.button("Todos cumplen"))
    one.page.keyboard.press("Enter")
    one.settle()
    expect(one.main.get_by_role("radio", name="Cumple", exact=True).first).to_be_checked()
    tab_to(one, one.button("Aprobar"))
    outline = one.button("Aprobar").evaluate(
        "b => { const s = getComputedStyle(b); return s.outlineStyle !== 'none' || s.boxShadow !== 'none' }"
    )
    assert outline, "the focus cannot be seen"
    one.page.keyboard.press("Enter")
    one.sees(re.compile("^Aprobó "))


def inside(wanted: Locator) -> None:
    """In sight as a whole, from left to right, and nothing lies over it."""
    expect(wanted).to_be_visible()
    wanted.scroll_into_view_if_needed()
    box = wanted.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= NARROW[0]
    wanted.click(trial=True)


def fits(user: BrowserUser) -> None:
    """The page does not scroll sideways."""
    for scrolled in ("document.documentElement", "document.querySelector('[data-testid=stMain]')"):
        over = user.page.evaluate(f"{scrolled}.scrollWidth - {scrolled}.clientWidth")
        assert over <= 0, f"{scrolled} is {over} px too wide"


def test_an_answer_is_in_sight_however_far_down_the_button_was(signed_in: UserFactory, server: Server) -> None:
    code = waiting(server, Role.GERENTE_ALIANZAS, Kind.REVIEW)
    one = signed_in("alianzas", size=NARROW)
    one.case(code)
    one.click("Aprobar")
    one.button("Aprobar").scroll_into_view_if_needed()
    expect(one.main.get_by_role("heading", level=1)).not_to_be_in_viewport()
    expect(one.messages().filter(has_text="No se guardó: hay campos por completar o corregir.")).to_be_in_viewport(
        ratio=1
    )
    one.click("Todos cumplen")
    one.click("Aprobar")
    expect(one.messages().filter(has_text="Aprobó ")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(
    ("login", "role"), [("operador", Role.OPERADOR_OPERACION), ("comercial", Role.GERENTE_COMERCIAL)]
)
def test_the_inbox_and_the_case_are_usable_at_400_px(login: str, role: Role, signed_in: UserFactory) -> None:
    one = signed_in(login, size=NARROW)
    one.inbox(role)
    fits(one)
    inside(one.rows.first)
    one.rows.first.click()
    expect(one.page).to_have_url(re.compile("/caso"))
    one.settle()
    fits(one)
    acts = one.main.get_by_role("button", name=re.compile("^(Sí, |No, |Aprobar|Devolver|Enviar )"))
    expect(acts.first).to_be_visible()
    for number in range(acts.count()):
        if acts.nth(number).is_enabled():
            inside(acts.nth(number))
    inside(one.main.get_by_role("link", name="← "))
