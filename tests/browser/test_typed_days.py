"""A day that is typed and a button right after it: what stood in the field is what is recorded, each time."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import delete, select

from core.staff import availability
from core.store import tables
from core.store.settings import policy
from tests.browser.browser_user import BrowserUser, UserFactory
from tests.browser.server import Server, now

pytestmark = pytest.mark.browser
TRIES = 3  # of each way
HELD = 120  # ms for which a finger keeps the button of the mouse down
WAYS = ("mouse", "held", "enter", "keys")


def press(user: BrowserUser, way: str, button: Locator) -> None:
    """The button at once after what was typed: by the mouse, or by the keys that lead to it."""
    if way == "keys":
        button.focus()
        user.page.keyboard.press("Enter")
        return
    if way == "enter":
        user.page.keyboard.press("Enter")
    button.click(delay=HELD if way == "held" else 0)


def today(server: Server) -> date:
    with server.db.reading() as connection:
        return availability.today(policy(connection).calendar, now())


@pytest.mark.parametrize("way", WAYS)
def test_an_absence_has_the_days_that_were_typed(signed_in: UserFactory, server: Server, way: str) -> None:
    user = signed_in("comercial")
    first = today(server) + timedelta(days=200)
    for number in range(TRIES):
        last = first + timedelta(days=number)
        with server.db.writing() as tx:
            tx.run(delete(tables.absence_substitutes))
            tx.run(delete(tables.absences))
        user.go("/cuenta")
        user.main.get_by_text("Registrar una ausencia").click()
        user.settle()
        user.field("Primer día").click()
        user.page.keyboard.press("Control+A")
        user.page.keyboard.type(f"{first:%d/%m/%Y}")
        user.page.keyboard.press("Tab")
        user.field("Último día").click()
        user.page.keyboard.press("Control+A")
        user.page.keyboard.type(f"{last:%d%m%Y}")
        press(user, way, user.button("Guardar ausencia"))
        user.sees(re.compile("^Quedó registrada la ausencia"))
        a = tables.absences.c
        with server.db.reading() as connection:
            calendar = policy(connection).calendar
            kept = connection.execute(select(a.from_at, a.until_at)).all()
        assert [tuple(row) for row in kept] == [
            (calendar.midnight(first), calendar.midnight(last + timedelta(days=1)))
        ], f"try {number}"
    with server.db.writing() as tx:
        tx.run(delete(tables.absences))


@pytest.mark.parametrize("way", WAYS)
def test_an_environment_expires_on_the_day_that_was_typed(signed_in: UserFactory, server: Server, way: str) -> None:
    user = signed_in("proceso")
    e = tables.environments.c
    for number in range(TRIES):
        day = today(server) + timedelta(days=400 + number)
        with server.db.reading() as connection:
            code = connection.scalars(select(tables.cases.c.code).where(tables.cases.c.outcome.is_(None))).first()
        assert code is not None
        user.case(code, "client")
        user.field("Evidencia").fill(f"acta {way} {number}")
        user.field("Vence").click()
        user.page.keyboard.type(f"{day:%d%m%Y}")
        press(user, way, user.button("Registrar ambiente"))
        user.sees(re.compile("^Se registró el ambiente"))
        with server.db.reading() as connection:
            ends = connection.scalars(select(e.expires_at).where(e.evidence == f"acta {way} {number}")).one()
        local = datetime.fromtimestamp(ends / 1000, ZoneInfo("America/Bogota"))
        assert local.date() == day, f"try {number}"


def test_a_day_that_cannot_be_read_is_refused_at_its_field_and_stays(signed_in: UserFactory, server: Server) -> None:
    user = signed_in("proceso")
    with server.db.reading() as connection:
        code = connection.scalars(select(tables.cases.c.code).where(tables.cases.c.outcome.is_(None))).first()
        before = len(connection.execute(select(tables.environments.c.id)).all())
    assert code is not None
    user.case(code, "client")
    user.field("Evidencia").fill("acta 5")
    user.field("Vence").fill("31/02/2027")
    user.button("Registrar ambiente").click()
    user.sees(re.compile("«31/02/2027» no se lee como una fecha"))
    user.settle()
    expect(user.field("Vence")).to_have_value("31/02/2027")
    expect(user.field("Evidencia")).to_have_value("acta 5")
    with server.db.reading() as connection:
        assert len(connection.execute(select(tables.environments.c.id)).all()) == before


def test_a_filter_has_the_day_that_was_typed_and_a_picked_one(signed_in: UserFactory, server: Server) -> None:
    user = signed_in("proceso")
    user.go("/embudo")
    field = user.field("Como estaba al final del")
    for number in range(TRIES):
        day = today(server) - timedelta(days=20 + number)
        field.click()
        user.page.keyboard.press("Control+A")
        user.page.keyboard.type(f"{day:%d/%m/%Y}")
        user.button("Vistas").click()
        expect(user.page).to_have_url(re.compile(f"al={day.isoformat()}"))
        user.page.keyboard.press("Escape")
        user.settle()
    field.fill("31/02/2026")
    field.press("Enter")
    user.sees(re.compile("«31/02/2026» no se lee como una fecha"))
    user.page.reload()
    user.arrive()
    expect(user.field("Como estaba al final del")).to_have_value("31/02/2026")
    user.type("Como estaba al final del", "26/05/2026")
    user.main.get_by_role("button", name="calendar_month").first.click()
    user.page.get_by_test_id("stPopoverBody").get_by_role("button", name="20", exact=True).click()
    expect(user.page).to_have_url(re.compile("al=2026-05-20"))
    expect(user.field("Como estaba al final del")).to_have_value("20 may 2026")
