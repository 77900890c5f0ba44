"""The case on the screen, in the address, in the title and on the record is one: on every way from case to case."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from core.process.terms import Kind, Role
from core.queries import case as queries_case
from core.services import cases
from tests.browser.browser_user import BrowserUser
from tests.browser.server import Server
from tests.browser.window_pool import Windows
from tests.browser.working_day import Verdict, free, inbox, moment, verdicts, working_day

pytestmark = pytest.mark.browser
IMPLEMENTACION, COMERCIAL = Role.RESPONSABLE_IMPLEMENTACION_B2B, Role.GERENTE_COMERCIAL
NEXT = re.compile(r"^Siguiente pendiente: ")
CODE = r"S-\d{4}-\d{4}"
OTHER = "No se guardó: ese botón era del caso {}"


def case_shown(user: BrowserUser) -> str:
    """The code of the case on the screen, after it was compared with address and title."""
    user.settle()
    heading = re.findall(CODE, user.main.get_by_role("heading", level=1).inner_text())
    address = parse_qs(urlsplit(user.page.url).query)["caso"]
    assert (address, re.findall(CODE, user.page.title())) == (heading, heading)
    return str(heading[0])


def go_on(user: BrowserUser) -> str:
    """Press «Siguiente», whatever it is drawn as; the code of the case that comes."""
    link = user.main.get_by_role("link", name=NEXT)
    button = user.main.get_by_role("button", name=NEXT)
    control = button.or_(link)
    said = re.findall(CODE, control.inner_text())[0]
    control.click()
    expect(user.main.get_by_role("heading", level=1)).to_contain_text(said)
    assert case_shown(user) == said
    return str(said)


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with working_day(tmp_path_factory.mktemp("day")) as server:
        yield server


@pytest.fixture
def reviews(demonstration: Server) -> list[str]:
    """Codes of three reviews that stand one after the other in the inbox of `implementacion`, held by nobody."""
    for row in inbox(demonstration, IMPLEMENTACION):
        if row.held_by is not None:
            item = _item(demonstration, row.code, IMPLEMENTACION)
            cases.give_back(demonstration.db, row.held_by, row.code, item, moment())
    rows = inbox(demonstration, IMPLEMENTACION)
    threes = (rows[n : n + 3] for n in range(len(rows) - 2))
    return [row.code for row in next(three for three in threes if {row.kind for row in three} == {Kind.REVIEW})]


def _item(server: Server, code: str, role: Role) -> int:
    with server.db.reading() as connection:
        case = queries_case.header(connection, code).case
    return next(item.item for item in case.items if item.role is role)


@pytest.fixture
def signed_in(demonstration: Server, browser: Browser) -> Iterator[Callable[[str], BrowserUser]]:
    """Open a window of a person who is signed in to the demonstration, given by login."""
    windows, users = Windows(browser, demonstration.url), []

    def open_window(login: str) -> BrowserUser:
        users.append(BrowserUser(windows, demonstration))
        users[-1].sign_in(login)
        return users[-1]

    yield open_window
    for user in users:
        user.leave()


def test_next_a_tab_reload_and_back_show_one_case_and_the_verdict_is_on_it(
    signed_in: Callable[[str], BrowserUser], demonstration: Server, reviews: list[str]
) -> None:
    one = signed_in("implementacion")
    one.inbox(IMPLEMENTACION)
    one.rows.filter(has_text=reviews[0]).click()
    expect(one.page).to_have_url(re.compile("caso="))
    assert [case_shown(one), go_on(one), go_on(one)] == reviews[:3]
    one.choose("Documentos")
    assert case_shown(one) == reviews[2]
    one.page.reload()
    one.arrive()
    assert case_shown(one) == reviews[2]
    for expected in (reviews[2], reviews[1]):  # the tab was a step of its own
        one.page.go_back()
        expect(one.main.get_by_role("heading", level=1)).to_contain_text(expected)
        assert case_shown(one) == expected
    since = moment()
    one.click("Todos cumplen")
    title = one.page.title()
    assert case_shown(one) == reviews[1]
    one.click("Aprobar")
    one.sees(re.compile("^Aprobó "))
    assert case_shown(one) == reviews[1]
    assert [title.startswith(found.code) for found in verdicts(demonstration, since)] == [True]
    assert go_on(one) == reviews[2]  # what followed it, though it has left the list
    one.picture("caso-siguiente")
    assert not one.troubles
    assert not one.outside


LEAVE_AND_CLICK = """async ([address, label]) => {
  const button = [...document.querySelectorAll('[data-testid=stMain] button')].find(b => b.innerText.trim() === label)
  history.pushState({}, '', address)
  dispatchEvent(new PopStateEvent('popstate'))
  await new Promise(done => setTimeout(done))
  button.click()
}"""


def test_a_click_is_refused_when_the_address_names_another_case_by_then(
    signed_in: Callable[[str], BrowserUser], demonstration: Server, reviews: list[str]
) -> None:
    one = signed_in("implementacion")
    one.case(reviews[0])
    one.click("Todos cumplen")
    one.type("Motivo", "Falta el anexo")
    since = moment()
    one.page.evaluate(LEAVE_AND_CLICK, [f"/caso?caso={reviews[1]}", "Devolver"])
    one.settle()
    one.sees(re.compile(OTHER.format(reviews[0])))
    assert verdicts(demonstration, since) == []
    assert case_shown(one) == reviews[1]
    one.picture("caso-otro-en-la-direccion")
    one.page.go_back()
    expect(one.main.get_by_role("heading", level=1)).to_contain_text(reviews[0])
    expect(one.field("Motivo")).to_have_value("Falta el anexo")
    assert case_shown(one) == reviews[0]


NEXT_AND_CLICK = """async ([label]) => {
  const buttons = [...document.querySelectorAll('[data-testid=stMain] button')]
  const named = start => buttons.find(b => b.innerText.trim().startsWith(start))
  const [following, decision] = [named('Siguiente pendiente'), named(label)]
  following.click()
  await new Promise(done => setTimeout(done))
  decision.click()
}"""


def test_a_click_that_overtakes_the_next_case_is_on_the_case_that_was_seen_or_refused(
    signed_in: Callable[[str], BrowserUser], demonstration: Server, reviews: list[str]
) -> None:
    one = signed_in("implementacion")
    one.case(reviews[0])
    one.click("Todos cumplen")
    since = moment()
    one.page.evaluate(NEXT_AND_CLICK, ["Aprobar"])
    one.settle()
    expect(one.messages().first).to_be_visible()
    refused = one.messages().filter(has_text=OTHER.format(reviews[0])).count()
    assert [found.code for found in verdicts(demonstration, since)] == [reviews[0]] * (1 - refused)
    assert case_shown(one) == reviews[refused]


# --- the whole day of a manager ---
def announced(user: BrowserUser, verdict: str) -> Verdict | None:
    """What a click on that verdict would record, as the screen says it; None where the case is in no review."""
    said = user.main.get_by_text(re.compile(r"^En revisión: "))
    found = re.match(r"En revisión: (.+) v(\d+)\. ", said.inner_text()) if said.count() else None
    if found is None or not user.button("Aprobar").count():
        return None
    person = user.page.get_by_test_id("stSidebar").get_by_test_id("stText").first.inner_text()
    return Verdict(case_shown(user), found[1], int(found[2]), verdict, person)


def test_ten_decisions_with_next_are_on_record_as_the_screen_said(
    signed_in: Callable[[str], BrowserUser], demonstration: Server
) -> None:
    expected = free(demonstration, COMERCIAL, "comercial")
    others = {row.code for row in inbox(demonstration, COMERCIAL)} - set(expected)
    assert others
    manager = signed_in("comercial")
    manager.inbox(COMERCIAL)
    manager.rows.filter(has_text=expected[0]).click()
    expect(manager.page).to_have_url(re.compile(expected[0]))
    since, seen = moment(), []
    visited = [case_shown(manager)]
    while len(seen) < 10:
        verdict = "return" if len(seen) % 3 == 1 else "approve"
        said = announced(manager, verdict)
        if said:
            manager.click("Todos cumplen")
            if verdict == "return":
                manager.type("Motivo", f"Falta el anexo {len(seen)}")
            assert announced(manager, verdict) == said
            manager.click("Devolver" if verdict == "return" else "Aprobar")
            manager.sees(re.compile("^Devolvió " if verdict == "return" else "^Aprobó "))
            assert case_shown(manager) == said.code
            seen.append(said)
        if len(seen) < 10:
            visited.append(go_on(manager))
    assert verdicts(demonstration, since) == seen
    assert visited == expected[: len(visited)]
    assert not others & set(visited)
    assert not manager.troubles
