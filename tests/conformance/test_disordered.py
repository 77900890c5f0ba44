"""Records that a clock disordered before moments were kept in order: judged by the order of their entries."""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import select

from core.case.model import load
from core.conformance import check
from core.conformance.deviations import deviations, remarks
from core.conformance.rules import ConformanceRule, Deviation
from core.figures.pages import compliance
from core.integrations import outbound_calls
from core.process.terms import Kind, Role
from core.queries.selection import Selection
from core.services import cases, environments, execute
from core.store import tables
from core.store.database import Database
from tests.support.clocks import BACK, lived, moments, sane
from tests.support.drive_case import World
from tests.support.people import COMERCIAL, HOUR, ID, MINUTE
from tests.support.selection import slow


# --- records that are there already ---
@contextmanager
def as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Decisions are written as they were: at the moment that was asked for, and the state knows none."""
    with monkeypatch.context() as then:
        for module in (execute, outbound_calls, environments):
            then.setattr(module, "load_locked", lambda _, __, state: replace(load(state), moment=0))
        yield


def without_moments(db: Database) -> None:
    """The states as they were kept before there was this field."""
    with db.engine.begin() as connection:
        for number, state in connection.execute(select(tables.cases.c.id, tables.cases.c.state)).all():
            kept = msgspec.json.decode(state)
            del kept["moment"]
            old = tables.cases.update().where(tables.cases.c.id == number)
            connection.execute(old.values(state=msgspec.json.encode(kept).decode()))


@pytest.mark.parametrize("back", [2000, BACK[1], *slow(BACK[0], *BACK[2:])])
def test_a_record_that_a_clock_disordered_is_judged_by_its_order(
    both: World, back: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with as_before(monkeypatch):
        code = lived(both, back + MINUTE)  # the tick of a minute goes before each act
        running = both.open("k2")
        both.to(running, 3, Kind.REVIEW)
        item = both.item(running, Role.GERENTE_COMERCIAL).item
        cases.take(both.db, ID[COMERCIAL], running, item, both.tick())
        both.now -= back + MINUTE
        cases.give_back(both.db, ID[COMERCIAL], running, item, both.tick())
    without_moments(both.db)
    for each in (code, running):
        record = both.record(each)
        assert moments(both, each) != sorted(moments(both, each))
        assert list(deviations(record)) == []
        assert bool(list(remarks(record))) is (back > MINUTE)
    assert check.check(both.db, both.now) == 2
    assert check.deviations(both.db) == []
    sane(both, moments(both, code)[-1], moments(both, running)[-1])
    last = moments(both, running)[-1]
    both.now = last - HOUR
    both.review(running, Role.GERENTE_COMERCIAL)
    assert moments(both, running)[-1] == last
    assert both.case(running).moment == last
    sane(both)


@pytest.mark.parametrize(("ms", "remarked"), [(529, False), (60_000, False), (60_001, True), (HOUR, True)])
def test_a_decision_whose_moment_lies_before_the_last_is_no_deviation(world: World, ms: int, remarked: bool) -> None:
    """It is judged by its place; beyond the tolerance its moment is remarked upon."""
    code = world.open()
    world.to_end(code)
    record, at = world.record(code), sorted({*moments(world, code)})
    here = {at[n]: at[n - 1] - ms for n in range(3, len(at), 4)}
    early = [replace(event, at=here.get(event.at, event.at)) for event in record]
    assert list(deviations(early)) == []
    first = {event.at: event.seq for event in reversed(record)}
    assert list(remarks(early)) == ([Deviation(first[at], ConformanceRule.CLOCK) for at in here] if remarked else [])
    assert list(remarks(record)) == []


def test_what_was_found_by_a_rule_that_is_gone_is_checked_again(both: World) -> None:
    """Records that a clock had disordered were deviations of the rule `order`."""
    both.open("a")
    both.open("b")
    assert check.check(both.db, both.now) == 2
    with both.db.engine.begin() as connection:
        connection.execute(tables.conformance.update().where(tables.conformance.c.case_id == 1).values(rule="order"))
        connection.execute(tables.further_deviations.insert().values(case_id=2, seq=4, rule="order"))
    assert check.deviations(both.db) == []
    with both.db.reading() as connection:
        found = compliance.checked(connection, Selection())
    assert (found.cases, found.checked, found.deviating) == (2, 1, 0)
    assert check.check(both.db, both.now) == 2
    assert check.check(both.db, both.now) == 0
    with both.db.reading() as connection:
        assert connection.execute(select(tables.further_deviations)).all() == []
        assert connection.scalars(select(tables.conformance.c.rule)).all() == ["", ""]
