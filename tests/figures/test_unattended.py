"""When a role had nobody, by hand and from the rows once more, and what work items waited for it."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.figures.base.evidence import FigureRef, cases, evidence_of, question_of
from core.figures.pages import times
from core.figures.waiting import causes
from core.figures.waiting.causes import Cause
from core.figures.waiting.unattended import Spell, spells
from core.people import absences, accounts
from core.process.terms import PROCESS_ROLES, Flow, Kind, Role
from core.queries.selection import Selection
from core.store.database import Database
from tests.support import countable_cases
from tests.support.absences import leave
from tests.support.drive_case import World
from tests.support.people import (
    ADMIN,
    ALIANZAS,
    COMERCIAL,
    COMERCIAL_2,
    DAY,
    EVERYTHING,
    HOUR,
    ID,
    MINUTE,
    PROCESO,
    START,
    populate,
)
from tests.support.people_from_log import People, unsettle

MIDNIGHT = START - 8 * HOUR
COMERCIALES = (COMERCIAL, COMERCIAL_2, EVERYTHING)


def told(w: World, until: int) -> list[Spell]:
    with w.db.reading() as connection:
        return spells(connection, until)


def waited(w: World, as_of: int | None = None, clock: str = "calendar") -> dict[str, int]:
    with w.db.reading() as connection:
        found = causes.compute(connection, Selection(as_of=as_of), w.now).causes
    chosen = found[found["clock"] == clock]
    return dict(zip(chosen["wait"], chosen["waited"], strict=True))


def behind(w: World) -> tuple[int, list[tuple[str, int]]]:
    """How many work items waited for somebody to be there, and the cases that they are of."""
    figure = times.FIGURES[f"cause_{Cause.AWAY}"]
    with w.db.reading() as connection:
        question = question_of(connection, FigureRef(f"cause_{Cause.AWAY}"), Selection(), w.now)
        listed = [(each.code, each.times) for each in cases(connection, figure, question, None)]
        return evidence_of(connection, figure, question).counts["waited_for"], listed


# --- by hand ---
def test_the_twelve_wait_for_the_commercial_managers_on_the_day_that_all_are_away(both: World) -> None:
    for who in COMERCIALES:
        leave(both, who, {}, 2, 2)
    codes = countable_cases.play(both)
    # Wednesday has eight hours: the eighth is in review since Tuesday evening, the tenth has four reviews of a minute.
    assert waited(both)[Cause.AWAY] == waited(both, clock="working")[Cause.AWAY] == 8 * HOUR + 4 * MINUTE
    assert behind(both) == (5, [(codes[9], 4), (codes[7], 1)])
    with both.db.reading() as connection:
        found = causes.compute(connection, Selection(), both.now)
    for clock in ("calendar", "working"):
        waiting = found.phases[found.phases["clock"] == clock]["waiting"]
        assert waiting.sum() == sum(waited(both, clock=clock).values())


def test_a_role_has_nobody_from_when_the_last_one_leaves_until_the_first_is_back(both: World) -> None:
    leave(both, ALIANZAS, {}, 1, 4)
    leave(both, EVERYTHING, {}, 2, 6)
    away = Spell(Role.GERENTE_ALIANZAS, MIDNIGHT + 2 * DAY, MIDNIGHT + 5 * DAY)
    assert told(both, START + 30 * DAY) == [away]
    assert told(both, START + 3 * DAY) == [away._replace(until=START + 3 * DAY)]
    assert told(both, away.begun) == []


def test_somebody_who_stands_in_is_there_unless_away_themself(both: World) -> None:
    leave(both, ALIANZAS, {Role.GERENTE_ALIANZAS: COMERCIAL}, 1, 4)
    leave(both, EVERYTHING, {}, 1, 4)
    assert told(both, START + 30 * DAY) == []
    accounts.disable(both.db, COMERCIAL, ID[ADMIN], at := both.tick(2 * DAY))
    alone = Spell(Role.GERENTE_ALIANZAS, at, MIDNIGHT + 5 * DAY)
    assert told(both, START + 30 * DAY) == [alone]
    accounts.enable(both.db, COMERCIAL, ID[ADMIN], both.tick())
    assert told(both, START + 30 * DAY) == [alone]  # the substitution had ended


def test_an_absence_counts_from_when_it_was_set_until_it_was_withdrawn(both: World) -> None:
    leave(both, EVERYTHING, {}, 0, 9)
    both.tick(3 * HOUR)
    number = leave(both, ALIANZAS, {}, 0, 9)
    begun = both.now
    absences.end_absence(both.db, number, ID[PROCESO], ended := both.tick(2 * DAY))
    assert told(both, START + 30 * DAY) == [Spell(Role.GERENTE_ALIANZAS, begun, ended)]


def test_absences_of_one_moment_count_from_their_own_with_their_own_substitutes(both: World) -> None:
    """The last entry of the absent lies 20 days ahead, as a clock had it: all that follows has its moment."""
    accounts.describe(both.db, ALIANZAS, "Alicia", None, None, both.tick(20 * DAY))
    both.now -= 20 * DAY
    leave(both, EVERYTHING, {}, 0, 9)
    leave(both, ALIANZAS, {Role.GERENTE_ALIANZAS: COMERCIAL}, 1, 2)
    leave(both, ALIANZAS, {}, 4, 5)
    leave(both, ALIANZAS, {Role.GERENTE_ALIANZAS: COMERCIAL}, 7, 8)
    alone = Spell(Role.GERENTE_ALIANZAS, MIDNIGHT + 4 * DAY, MIDNIGHT + 6 * DAY)
    assert told(both, START + 30 * DAY) == told(both, START + 10 * DAY) == [alone]


def test_roles_count_as_they_were(both: World) -> None:
    leave(both, EVERYTHING, {}, 0, 9)
    leave(both, ALIANZAS, {}, 0, 9)
    begun = both.now
    accounts.set_roles(both.db, PROCESO, [Role.PROCESO, Role.GERENTE_ALIANZAS], ID[ADMIN], given_ := both.tick(HOUR))
    accounts.set_roles(both.db, PROCESO, [Role.PROCESO], ID[ADMIN], taken := both.tick(HOUR))
    for who in (ALIANZAS, EVERYTHING):
        accounts.disable(both.db, who, ID[ADMIN], gone := both.tick(HOUR))
    role = Role.GERENTE_ALIANZAS
    assert told(both, START + 30 * DAY) == [Spell(role, begun, given_), Spell(role, taken, gone)]


def test_a_review_waits_for_who_is_away_and_then_for_nobody_and_what_is_said_of_the_past_stays(both: World) -> None:
    for who in (ALIANZAS, EVERYTHING):
        leave(both, who, {}, 1, 1)
    code = both.open(flow=Flow.ESTANDAR)
    both.to(code, 2, Kind.REVIEW)
    assert behind(both) == (0, [])
    both.now = MIDNIGHT + DAY + 10 * HOUR
    before = waited(both, MIDNIGHT + DAY - 1), waited(both)
    assert [each[Cause.AWAY] for each in before] == [0, 2 * HOUR]  # from eight to ten
    both.now = MIDNIGHT + 2 * DAY + 9 * HOUR
    both.review(code, Role.GERENTE_ALIANZAS)
    assert waited(both)[Cause.AWAY] == 8 * HOUR
    assert waited(both, clock="working")[Cause.AWAY] == 8 * HOUR
    assert behind(both) == (1, [(code, 1)])
    assert (waited(both, MIDNIGHT + DAY - 1), waited(both, MIDNIGHT + DAY + 10 * HOUR)) == before


def test_what_is_to_be_corrected_waits_for_that_whoever_is_away(both: World) -> None:
    for who in ("olga", "oscar", EVERYTHING):
        leave(both, who, {}, 1, 1)
    code = both.open(flow=Flow.B2B)
    both.to(code, 2, Kind.PRODUCE)
    both.now = MIDNIGHT + 2 * DAY
    assert [waited(both)[cause] for cause in (Cause.AWAY, Cause.DOCUMENT)] == [
        0,
        15 * HOUR + 54 * MINUTE,
    ]  # the CRO: two minutes


# --- once more from the rows ---
Pieces = dict[str, list[tuple[int, int]]]
LAST = START + 230 * DAY


@pytest.fixture(scope="module")
def unsettled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, Pieces]]:
    """A life of absences, and the pieces of time in which each role had nobody."""
    db = Database(f"sqlite:///{tmp_path_factory.mktemp('unsettled') / 'approvals.db'}")
    db.create()
    populate(db)
    unsettle(db, START, START + 200 * DAY, absences=250)
    yield db, People(db).spells(LAST)
    db.engine.dispose()


@given(after=st.integers(0, 230 * DAY))
@settings(max_examples=20, deadline=None)
def test_the_spells_without_anybody_follow_from_the_rows_alone(unsettled: tuple[Database, Pieces], after: int) -> None:
    db, pieces = unsettled
    until = START + after
    with db.reading() as connection:
        found = spells(connection, until)
    for role in PROCESS_ROLES:
        ours = [(spell.begun, spell.until) for spell in found if spell.role == role]
        theirs = [(begun, min(end, until)) for begun, end in pieces[role] if begun < until]
        # As long in all, and each piece in one of ours: they are the same moments.
        assert sum(b - a for a, b in ours) == sum(b - a for a, b in theirs)
        assert all(any(a <= begun and end <= b for a, b in ours) for begun, end in theirs)


def test_there_are_many_such_spells_of_several_roles(unsettled: tuple[Database, Pieces]) -> None:
    with unsettled[0].reading() as connection:
        found = spells(connection, LAST)
    assert len(found) > 10
    assert len({spell.role for spell in found}) > 2
