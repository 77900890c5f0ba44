"""A day that is typed and a button right after it: what stood in the field is what is recorded, each time."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import delete, select

from core.staff import availability
from core.store import tables
from core.store.settings import policy
from tests.browser.browser_user import Seat
from tests.browser.server import House, now

pytestmark = pytest.mark.browser
Sit = Callable[..., Seat]
TRIES = 3  # of each way
HELD = 120  # ms for which a finger keeps the button of the mouse down
WAYS = ("mouse", "held", "enter", "keys")


def press(seat: Seat, way: str, button: Locator) -> None:
    """The button at once after what was typed: by the mouse, or by the keys that lead to it."""
    if way == "keys":
        button.focus()
        seat.page.keyboard.press("Enter")
        return
    if way == "enter":
        seat.page.keyboard.press("Enter")
    button.click(delay=HELD if way == "held" else 0)


def today(house: House) -> date:
    with house.db.reading() as connection:
        return availability.today(policy(connection).calendar, now())


@pytest.mark.parametrize("way", WAYS)
def test_an_absence_has_the_days_that_were_typed(at: Sit, house: House, way: str) -> None:
    seat = at("comercial")
    first = today(house) + timedelta(days=200)
    for number in range(TRIES):
        last = first + timedelta(days=number)
        with house.db.writing() as tx:
            tx.run(delete(tables.absence_substitutes))
            tx.run(delete(tables.absences))
        seat.go("/cuenta")
        seat.main.get_by_text("Registrar una ausencia").click()
        seat.settle()
        seat.field("Primer día").click()
        seat.page.keyboard.press("Control+A")
        seat.page.keyboard.type(f"{first:%d/%m/%Y}")
        seat.page.keyboard.press("Tab")
        seat.field("Último día").click()
        seat.page.keyboard.press("Control+A")
        seat.page.keyboard.type(f"{last:%d%m%Y}")
        press(seat, way, seat.button("Guardar ausencia"))
        seat.sees(re.compile("^Quedó registrada la ausencia"))
        a = tables.absences.c
        with house.db.reading() as connection:
            calendar = policy(connection).calendar
            kept = connection.execute(select(a.from_at, a.until_at)).all()
        assert [tuple(row) for row in kept] == [
            (calendar.midnight(first), calendar.midnight(last + timedelta(days=1)))
        ], f"try {number}"
    with house.db.writing() as tx:
        tx.run(delete(tables.absences))


@pytest.mark.parametrize("way", WAYS)
def test_an_environment_expires_on_the_day_that_was_typed(at: Sit, house: House, way: str) -> None:
    seat = at("proceso")
    e = tables.environments.c
    for number in range(TRIES):
        day = today(house) + timedelta(days=400 + number)
        with house.db.reading() as connection:
            code = connection.scalars(select(tables.cases.c.code).where(tables.cases.c.outcome.is_(None))).first()
        assert code is not None
        seat.case(code, "client")
        seat.field("Evidencia").fill(f"acta {way} {number}")
        seat.field("Vence").click()
        seat.page.keyboard.type(f"{day:%d%m%Y}")
        press(seat, way, seat.button("Registrar ambiente"))
        seat.sees(re.compile("^Se registró el ambiente"))
        with house.db.reading() as connection:
            ends = connection.scalars(select(e.expires_at).where(e.evidence == f"acta {way} {number}")).one()
        local = datetime.fromtimestamp(ends / 1000, ZoneInfo("America/Bogota"))
        assert local.date() == day, f"try {number}"


def test_a_day_that_cannot_be_read_is_refused_at_its_field_and_stays(at: Sit, house: House) -> None:
    seat = at("proceso")
    with house.db.reading() as connection:
        code = connection.scalars(select(tables.cases.c.code).where(tables.cases.c.outcome.is_(None))).first()
        before = len(connection.execute(select(tables.environments.c.id)).all())
    assert code is not None
    seat.case(code, "client")
    seat.field("Evidencia").fill("acta 5")
    seat.field("Vence").fill("31/02/2027")
    seat.button("Registrar ambiente").click()
    seat.sees(re.compile("«31/02/2027» no se lee como una fecha"))
    seat.settle()
    expect(seat.field("Vence")).to_have_value("31/02/2027")
    expect(seat.field("Evidencia")).to_have_value("acta 5")
    with house.db.reading() as connection:
        assert len(connection.execute(select(tables.environments.c.id)).all()) == before


def test_a_filter_has_the_day_that_was_typed_and_a_picked_one(at: Sit, house: House) -> None:
    seat = at("proceso")
    seat.go("/embudo")
    field = seat.field("Como estaba al final del")
    for number in range(TRIES):
        day = today(house) - timedelta(days=20 + number)
        field.click()
        seat.page.keyboard.press("Control+A")
        seat.page.keyboard.type(f"{day:%d/%m/%Y}")
        seat.button("Vistas").click()
        expect(seat.page).to_have_url(re.compile(f"al={day.isoformat()}"))
        seat.page.keyboard.press("Escape")
        seat.settle()
    field.fill("31/02/2026")
    field.press("Enter")
    seat.sees(re.compile("«31/02/2026» no se lee como una fecha"))
    seat.page.reload()
    seat.arrive()
    expect(seat.field("Como estaba al final del")).to_have_value("31/02/2026")
    seat.type("Como estaba al final del", "26/05/2026")
    seat.main.get_by_role("button", name="calendar_month").first.click()
    seat.page.get_by_test_id("stPopoverBody").get_by_role("button", name="20", exact=True).click()
    expect(seat.page).to_have_url(re.compile("al=2026-05-20"))
    expect(seat.field("Como estaba al final del")).to_have_value("20 may 2026")
