"""Every record that the product writes follows the process, and each planted deviation is found and named."""

from collections.abc import Callable, Sequence
from itertools import groupby

import msgspec
import pytest
import twelve
from cast import HOUR, ID, LIVED_UNTIL, OPERADORA
from driver import FAILS, World
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import select
from test_replay import tampering

from core import conforming, schema, taking_back
from core import events as happened
from core.conformance import Deviation, deviation
from core.conforming import check, deviations
from core.db import Database
from core.events import Event
from core.terms import Channel, Document, Flow, Kind, Outcome, Role

END = LIVED_UNTIL
Record = list[Event]


def test_every_record_of_a_long_life_follows_the_process(lived: Database) -> None:
    with lived.reading() as connection:
        kinds = set(connection.scalars(select(schema.events.c.kind).distinct()))
    assert {"DecisionTakenBack", "ChannelHanded", "EnvironmentRegistered"} <= kinds
    assert check(lived, END) == 40
    assert deviations(lived) == []


def test_every_record_of_the_twelve_cases_follows_the_process(both: World) -> None:
    codes = twelve.play(both)
    assert [deviation(both.record(code)) for code in codes] == [None] * 12
    assert check(both.db, both.now) == 12
    assert deviations(both.db) == []


def test_what_was_taken_back_is_done_again_under_another_number(world: World) -> None:
    code = world.open(flow=Flow.ESTANDAR)
    world.to(code, 2, Kind.REVIEW)
    world.review(code)
    assert taking_back.revocable(world.case(code), world.item(code, Role.PROCESO).item) is None
    assert deviation(world.record(code)) is None


LEADS = (
    happened.ItemOpened,
    happened.Validated,
    happened.DocumentSent,
    happened.DocumentApproved,
    happened.PhaseEntered,
    happened.LaneClosed,
    happened.DecisionTakenBack,
)


@pytest.fixture(scope="module")
def ended(lived: Database) -> list[Record]:
    """The whole records of the cases that have ended."""
    e = schema.events.c
    columns = (e.case_id, e.seq, e.at, e.phase, e.person_id, e.for_person_id, e.data)
    with lived.reading() as connection:
        rows = connection.execute(select(*columns).order_by(e.case_id, e.seq)).all()
    records = [[happened.from_row(*row[1:]) for row in each] for _, each in groupby(rows, lambda row: row[0])]
    return [record for record in records if any(isinstance(e.body, happened.CaseEnded) for e in record)]


@given(which=st.integers(0, 999), step=st.integers(0, 999))
@settings(max_examples=60)
def test_a_record_that_lacks_any_step_or_has_it_twice_is_found_out(ended: list[Record], which: int, step: int) -> None:
    record = ended[which % len(ended)]
    steps = [n for n, event in enumerate(record) if isinstance(event.body, LEADS)]
    place = steps[step % len(steps)]
    lacking = record[:place] + record[place + 1 :]
    doubled = record[: place + 1] + record[place:]
    for planted in (lacking, doubled):
        found = deviation([replace(event, seq=n) for n, event in enumerate(planted, start=1)])
        assert found is not None
        assert found.seq > place


# --- planted deviations ---
def plant(record: Record, kind: type, nth: int, change: Callable[[Event], Sequence[Event]]) -> Deviation | None:
    """The record with its nth event of a kind (from the end when negative) replaced, numbered anew."""
    places = [at for at, event in enumerate(record) if isinstance(event.body, kind)]
    at = places[nth]
    changed = [*record[:at], *change(record[at]), *record[at + 1 :]]
    return deviation([replace(event, seq=seq) for seq, event in enumerate(changed, start=1)])


def with_body(**fields: object) -> Callable[[Event], Sequence[Event]]:
    return lambda event: [replace(event, body=replace(event.body, **fields))]


def gone(_: Event) -> Sequence[Event]:
    return []


def twice(event: Event) -> Sequence[Event]:
    return [event, event]


def by(person: int) -> Callable[[Event], Sequence[Event]]:
    return lambda event: [replace(event, person=person)]


@pytest.fixture
def record(world: World) -> Record:
    """A case in the estándar flow with a return and a wait, from its opening to its close."""
    code = world.open(flow=Flow.ESTANDAR)
    world.to(code, 2, Kind.REVIEW)
    world.review(code, Role.PROCESO, "return", answers=FAILS)
    world.to_end(code)
    assert deviation(world.record(code)) is None
    return world.record(code)


@pytest.mark.parametrize(
    ("kind", "nth", "change", "rule"),
    [
        (happened.CaseOpened, 0, gone, "beginning"),
        (happened.PhaseEntered, 0, gone, "activity"),
        (happened.PhaseEntered, 1, with_body(phase=4), "phase_order"),
        (happened.DocumentApproved, 0, gone, "phase_order"),
        (happened.Reviewed, -1, gone, "too_few_approvals"),
        (happened.Reviewed, 1, with_body(verdict="approve", answers=FAILS), "failed_approved"),
        (happened.Reviewed, 0, with_body(answers=(), reason=""), "return_without_finding"),
        (happened.Reviewed, 1, with_body(version=1), "wrong_document"),
        (happened.Reviewed, 1, by(ID[OPERADORA]), "four_eyes"),
        (happened.Reviewed, 1, twice, "not_open"),
        (happened.ItemOpened, 1, with_body(role=Role.MESA_DE_AYUDA), "work_out_of_turn"),
        (happened.ItemOpened, 2, with_body(work=Kind.CLOSE), "work_out_of_turn"),
        (happened.Validated, 1, twice, "not_open"),
        (happened.Validated, 1, with_body(verdict="no"), "work_out_of_turn"),
        (happened.EnvironmentRegistered, 0, gone, "prerequisite"),
        (happened.EnvironmentRegistered, 0, with_body(expires_at=1), "prerequisite"),
        (happened.DocumentAttached, 1, gone, "not_attached"),
        (happened.DocumentAttached, 1, with_body(document=Document.FACTURA), "wrong_document"),
        (happened.DocumentSent, 2, with_body(version=1), "not_attached"),
        (happened.Performed, 20, with_body(phase=9), "activity"),
        (happened.Performed, 20, with_body(position=9), "activity"),
        (happened.Performed, -1, gone, "activity_missing"),
        (happened.LaneClosed, -1, gone, "end"),
        (happened.CaseEnded, 0, with_body(outcome=Outcome.REJECTED), "end"),
        (happened.CaseEnded, 0, twice, "after_end"),
    ],
)
def test_a_planted_deviation_is_named(
    record: Record, kind: type, nth: int, change: Callable[[Event], Sequence[Event]], rule: str
) -> None:
    found = plant(record, kind, nth, change)
    assert found is not None
    assert found.rule == rule


def test_a_gap_and_a_step_back_in_time_are_named(record: Record) -> None:
    assert deviation([*record[:5], *record[6:]]) == Deviation(7, "order")
    assert deviation([*record[:5], replace(record[5], at=record[5].at - 10 * HOUR), *record[6:]]) == Deviation(
        6, "order"
    )
    assert deviation([]) == Deviation(0, "beginning")


def test_a_hand_over_to_the_same_channel_is_named(world: World) -> None:
    code = world.open(flow=Flow.B2B)
    world.hand_over(code)
    assert plant(world.record(code), happened.ChannelHanded, 0, with_body(channel=Channel.OPERACION)) == Deviation(
        4, "channel"
    )


# --- kept for each case ---
def test_only_what_has_gone_on_is_checked_again(both: World) -> None:
    first, second = both.open("a"), both.open("b")
    assert check(both.db, both.now) == 2
    assert check(both.db, both.now) == 0
    both.validate(second)
    told: list[int] = []
    assert check(both.db, both.now, told.append) == 1
    assert told == [1]
    assert deviations(both.db) == []
    assert first


def test_a_deviation_in_the_database_is_found_and_named(both: World, capsys: pytest.CaptureFixture[str]) -> None:
    code = both.open("a", flow=Flow.B2B)
    both.to(code, 3)
    both.open("b")
    approval = next(e for e in both.record(code) if isinstance(e.body, happened.Reviewed))
    body = msgspec.json.encode(replace(approval.body, answers=FAILS)).decode()
    with tampering(both.db) as connection:
        e = schema.events.c
        connection.execute(schema.events.update().where(e.case_id == 1, e.seq == approval.seq).values(data=body))
    assert conforming._say(both.db, both.now) == 1
    assert deviations(both.db) == [(code, approval.seq, "failed_approved")]
    assert capsys.readouterr().out == f"{code} seq={approval.seq}: failed_approved\n2 cases checked, 1 deviate\n"
