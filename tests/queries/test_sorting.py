"""The orders of an inbox, each paged without a gap or a repeat, and why a row stands where it stands."""

from itertools import pairwise

import pytest

from core.process.terms import Environment, Flow, Kind, Role
from core.queries import inbox as queries_inbox
from core.queries import sorting, urgency
from core.queries.inbox import InboxFilter, InboxRow
from core.queries.sorting import ORDERS, place_of, read_place
from core.queries.urgency import Why
from tests.support.drive_case import FAILS, World
from tests.support.people import DAY, HOUR

pytestmark = pytest.mark.sql

OPERACION = Role.OPERADOR_OPERACION


def inbox(world: World, by: str, after: sorting.Place | None = None, limit: int = 50, **wanted) -> list[InboxRow]:
    with world.db.reading() as connection:
        return queries_inbox.inbox(connection, OPERACION, world.now, InboxFilter(**wanted), after, limit, by)


def paged(world: World, by: str, size: int, **wanted) -> list[InboxRow]:
    """Every row, page after page, each place taken through the address."""
    rows: list[InboxRow] = []
    while page := inbox(world, by, read_place(place_of(rows[-1], by), by) if rows else None, size, **wanted):
        rows += page
    return rows


@pytest.fixture
def mixed(both: World) -> World:
    """Thirty tasks of six clients in several phases and cycles, some of them due at the same moment."""
    w = both
    for number in range(6):
        code = w.open(f"{('ñandú', 'Águila', 'zorro', 'beta')[number % 4]}.{number}", flow=Flow.B2B)
        client = w.case(code).client
        w.to(code, (1, 2, 3, 1, 2, 3)[number], Kind.VALIDATE)
        if number % 3 == 1:
            for _ in range(number // 2 + 1):
                w.to(code, 2, Kind.REVIEW)
                w.review(code, verdict="return", answers=FAILS)
        moment = w.now
        w.tick = lambda moment=moment: moment  # type: ignore[method-assign, assignment, misc]
        for extra in range(4):
            w.open(f"{number}-{extra}", client=client, client_name="")
        del w.tick
    return w


def key(by: str, row: InboxRow) -> tuple:
    match by:
        case "urgency":
            return (row.due_at, row.id)
        case "oldest":
            return (row.opened_at, row.id)
        case "phase":
            return (row.phase, row.due_at, row.id)
        case "cycle":
            return (-row.cycle, row.due_at, row.id)
    return ()


@pytest.mark.parametrize("by", ORDERS)
@pytest.mark.parametrize("size", [1, 4, 7])
def test_every_order_is_paged_without_a_gap_or_a_repeat(mixed: World, by: str, size: int):
    whole = inbox(mixed, by)
    assert len(whole) == 30
    assert paged(mixed, by, size) == whole
    assert {row.id for row in whole} == {row.id for row in inbox(mixed, "urgency")}
    if by != "client":
        assert [key(by, row) for row in whole] == sorted(key(by, row) for row in whole)


def test_by_client_the_tasks_of_one_client_stand_together(mixed: World):
    rows = inbox(mixed, "client")
    names = ["Águila.1", "Águila.5", "beta.3", "ñandú.0", "ñandú.4", "zorro.2"]
    assert [row.client for row in rows] == [f"Cliente {name}" for name in names for _ in range(5)]
    assert all(a.id < b.id for a, b in pairwise(rows) if a.client == b.client)


@pytest.mark.parametrize("by", ORDERS)
def test_an_order_and_filters_go_together(mixed: World, by: str):
    rows = paged(mixed, by, 4, phase=1, flow="estandar")
    assert len(rows) == 24
    assert {(row.phase, row.flow) for row in rows} == {(1, Flow.ESTANDAR)}


def test_a_page_goes_on_when_the_row_before_it_was_decided_meanwhile(mixed: World):
    for by in ORDERS:
        first = inbox(mixed, by, limit=5)
        following = inbox(mixed, by, read_place(place_of(first[-1], by), by), 5)
        last = mixed.case(first[-1].code)
        if last.items[0].work is Kind.VALIDATE:
            mixed.validate(first[-1].code, "no")
        assert inbox(mixed, by, read_place(place_of(first[-1], by), by), 5) == following


@pytest.mark.parametrize(
    ("by", "text"),
    [("urgency", "x.1"), ("urgency", "1"), ("urgency", "1.2.3"), ("phase", "1.2"), ("cycle", "a.b.c"), ("client", "a"),
     ("oldest", "99999999999999999999.1"), ("client", "a.99999999999"), ("urgency", "١.٢")],
)  # fmt: skip
def test_what_an_address_says_wrongly_is_no_place(by: str, text: str):
    assert read_place(text, by) is None


def test_an_unknown_order_is_by_urgency(mixed: World):
    assert inbox(mixed, "alphabet") == inbox(mixed, "urgency")
    assert place_of(inbox(mixed, "urgency")[0], "alphabet") == place_of(inbox(mixed, "urgency")[0], "urgency")


# --- why ---
def told(world: World) -> dict[str, tuple[Why, ...]]:
    with world.db.reading() as connection:
        rows = queries_inbox.inbox(connection, OPERACION, world.now)
        waits = urgency.waits(connection, rows)
    return {row.code: urgency.reasons(row, world.now, waits) for row in rows}


def test_each_row_says_what_its_deadline_says_and_its_cycle(both: World):
    late, back = both.open("late"), both.open("back", flow=Flow.B2B)
    both.to(back, 2, Kind.REVIEW)
    both.review(back, verdict="return", answers=FAILS)
    both.tick(DAY)
    fresh = both.open("fresh")
    both.tick(6 * HOUR)
    new = both.open("new")
    due = {code: both.item(code).due_at for code in (late, back, fresh, new)}
    assert told(both) == {
        late: (Why("overdue", {"due_at": due[late]}),),
        back: (Why("soon", {"due_at": due[back]}), Why("cycle", {"number": 2})),
        fresh: (Why("soon", {"due_at": due[fresh]}),),
        new: (Why("on_time", {"due_at": due[new]}),),
    }


def test_a_blocked_row_says_what_is_missing_and_since_when_as_the_case_itself_says_it(both: World):
    never, expired, renewed, other = (both.open(key, flow=Flow.B2B) for key in ("a", "b", "c", "d"))
    ends = both.now + 5 * DAY
    for code in (expired, renewed):
        both.register(code, Environment.TEST, expires_at=ends)
    both.register(other, Environment.PRODUCTION)
    both.register(renewed, Environment.TEST)
    for code in (never, expired, renewed, other):
        both.to(code, 6)
    both.register(expired, Environment.PRODUCTION)
    both.tick(8 * DAY)
    found = told(both)
    for code in (never, expired, other):
        since = both.case(code).blocked_since(both.now)
        assert found[code] == (Why("blocked", {"environment": Environment.TEST, "since_at": since}),)
    assert found[expired][0].params["since_at"] == ends
    assert found[renewed][0].code == "overdue"


def test_nothing_is_asked_where_nothing_is_blocked(world: World):
    world.open()
    with world.db.reading() as connection:
        assert urgency.waits(connection, queries_inbox.inbox(connection, OPERACION, world.now)) == {}
