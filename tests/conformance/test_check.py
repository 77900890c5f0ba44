"""Every record that the product writes follows the process, and each planted deviation is found and named."""

from collections.abc import Callable, Sequence

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import select

from core.case import events as happened
from core.case import recall
from core.case.events import Event, PanelTaken
from core.cli.integrity import show_conformance
from core.conformance.check import check, deviations
from core.conformance.deviations import deviations as every
from core.conformance.rules import JUDGED, ConformanceRule, Deviation
from core.process.terms import REVIEW_ROLES, Channel, Document, Flow, Kind, Outcome, Role
from core.store import tables
from core.store.database import Database
from tests.store.test_replay import tampering
from tests.support import countable_cases
from tests.support.drive_case import FAILS, MEETS, World
from tests.support.people import HOUR, ID, LIVED_UNTIL, OPERADORA
from ui.words.messages import text

END = LIVED_UNTIL
Record = list[Event]


def deviation(record: Record) -> Deviation | None:
    """The first deviation of a record."""
    return next(every(record), None)


def test_every_record_of_a_long_life_follows_the_process(lived: Database) -> None:
    with lived.reading() as connection:
        kinds = set(connection.scalars(select(tables.events.c.kind).distinct()))
    assert {"DecisionTakenBack", "ChannelHanded", "EnvironmentRegistered"} <= kinds
    assert check(lived, END) == 40
    assert deviations(lived) == []


def test_every_record_of_the_twelve_cases_follows_the_process(both: World) -> None:
    codes = countable_cases.play(both)
    assert [deviation(both.record(code)) for code in codes] == [None] * 12
    assert check(both.db, both.now) == 12
    assert deviations(both.db) == []


def test_what_was_taken_back_is_done_again_under_another_number(world: World) -> None:
    code = world.open(flow=Flow.ESTANDAR)
    world.to(code, 2, Kind.REVIEW)
    world.review(code)
    assert recall.revocable(world.case(code), world.item(code, Role.PROCESO).item) is None
    assert deviation(world.record(code)) is None


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


def later(event: Event) -> Sequence[Event]:
    return [replace(event, at=event.at + 1)]


def by(person: int | None) -> Callable[[Event], Sequence[Event]]:
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
        (happened.CaseOpened, 0, gone, ConformanceRule.BEGINNING),
        (happened.CaseOpened, 0, twice, ConformanceRule.ACTIVITY),
        (happened.CaseOpened, 0, by(None), ConformanceRule.BEGINNING),
        (happened.PhaseEntered, 0, gone, ConformanceRule.PHASE_ORDER),
        (happened.PhaseEntered, 1, with_body(phase=4), ConformanceRule.PHASE_ORDER),
        (happened.PhaseEntered, 1, lambda event: [replace(event, phase=2)], ConformanceRule.WRONG_PHASE),
        (happened.DocumentApproved, 0, gone, ConformanceRule.APPROVAL),
        (happened.DraftPrepared, 0, with_body(document=Document.FACTURA), ConformanceRule.DRAFT),
        (happened.Reviewed, 0, with_body(verdict="yes"), ConformanceRule.VERDICT),
        (happened.Reviewed, 1, with_body(verdict="approve", answers=FAILS), ConformanceRule.FAILED_APPROVED),
        (happened.Reviewed, 0, with_body(answers=MEETS, reason=""), ConformanceRule.RETURN_WITHOUT_FINDING),
        (happened.Reviewed, 0, with_body(findings=()), ConformanceRule.FINDINGS),
        (happened.Reviewed, 1, with_body(answers=MEETS[:1]), ConformanceRule.CRITERIA),
        (happened.Reviewed, 1, with_body(version=1), ConformanceRule.WRONG_DOCUMENT),
        (happened.Reviewed, 1, by(ID[OPERADORA]), ConformanceRule.FOUR_EYES),
        (happened.Reviewed, 2, by(None), ConformanceRule.PERSON),
        (happened.Reviewed, 1, twice, ConformanceRule.ACTIVITY),
        (happened.ItemOpened, 1, with_body(role=Role.MESA_DE_AYUDA), ConformanceRule.WORK_OUT_OF_TURN),
        (happened.ItemOpened, 2, with_body(work=Kind.CLOSE), ConformanceRule.WORK_OUT_OF_TURN),
        (happened.ItemWithdrawn, 0, gone, ConformanceRule.WORK_WITHDRAWN),
        (happened.ItemDueMoved, 0, gone, ConformanceRule.DUE_MOVED),
        (happened.Validated, 1, with_body(item=99), ConformanceRule.NOT_OPEN),
        (happened.Validated, 1, with_body(verdict="no", reason="no"), ConformanceRule.ACTIVITY),
        (happened.EnvironmentRegistered, 0, with_body(evidence=" "), ConformanceRule.REASON),
        (happened.DocumentAttached, 1, gone, ConformanceRule.ACTIVITY),
        (happened.DocumentAttached, 2, gone, ConformanceRule.NOT_ATTACHED),
        (happened.DocumentAttached, 1, with_body(document=Document.FACTURA), ConformanceRule.WRONG_DOCUMENT),
        (happened.DocumentSent, 2, with_body(version=1), ConformanceRule.NOT_ATTACHED),
        (happened.DocumentSent, 2, with_body(answers={}), ConformanceRule.ANSWERS),
        (happened.DocumentSent, 1, with_body(panel=PanelTaken("any", REVIEW_ROLES, 2)), ConformanceRule.PANEL),
        (happened.Performed, 20, with_body(phase=9), ConformanceRule.ACTIVITY),
        (happened.Performed, 20, with_body(position=9), ConformanceRule.ACTIVITY),
        (happened.Performed, 20, later, ConformanceRule.ONE_DECISION),
        (happened.Performed, -1, gone, ConformanceRule.ACTIVITY),
        (happened.LaneClosed, -1, gone, ConformanceRule.ACTIVITY),
        (happened.CaseEnded, 0, with_body(outcome=Outcome.REJECTED), ConformanceRule.END),
        (happened.CaseEnded, 0, gone, ConformanceRule.UNFINISHED),
        (happened.CaseEnded, 0, twice, ConformanceRule.AFTER_END),
    ],
)
def test_a_planted_deviation_is_named(
    record: Record, kind: type, nth: int, change: Callable[[Event], Sequence[Event]], rule: ConformanceRule
) -> None:
    found = plant(record, kind, nth, change)
    assert found is not None
    assert found.rule == rule


def test_a_gap_is_named(record: Record) -> None:
    assert deviation([*record[:5], *record[6:]]) == Deviation(7, "numbers")
    assert deviation([]) == Deviation(0, "beginning")


def test_what_follows_a_decision_is_of_its_moment(record: Record) -> None:
    moved = replace(record[5], at=record[5].at - 10 * HOUR)
    assert deviation([*record[:5], moved, *record[6:]]) == Deviation(6, "one_decision")


def test_a_hand_over_to_the_same_channel_is_named(world: World) -> None:
    code = world.open(flow=Flow.B2B)
    world.hand_over(code)
    assert plant(world.record(code), happened.ChannelHanded, 0, with_body(channel=Channel.OPERACION)) == Deviation(
        4, "channel"
    )


def test_a_yes_without_the_environment_is_named(record: Record) -> None:
    """The registration is gone, and so is what followed it."""
    moved = next(n for n, event in enumerate(record) if isinstance(event.body, happened.ItemDueMoved))
    without = [*record[: moved - 1], *record[moved + 1 :]]
    assert isinstance(record[moved - 1].body, happened.EnvironmentRegistered)
    found = deviation([replace(event, seq=seq) for seq, event in enumerate(without, start=1)])
    assert found is not None
    assert found.rule is ConformanceRule.PREREQUISITE


def test_a_record_may_end_after_a_decision_and_never_within_one(record: Record) -> None:
    for n in range(1, len(record)):
        within = record[n].at == record[n - 1].at  # every act of the cast has a minute of its own
        assert deviation(record[:n]) == (Deviation(n, ConformanceRule.UNFINISHED) if within else None)


def test_a_wrong_decision_is_told_and_the_record_read_on(record: Record) -> None:
    """Each of three breaks of four eyes, and what can't be judged any more after the fourth deviation is not told."""
    wrong = [event.seq for event in record if isinstance(event.body, happened.Reviewed)][2:5]

    def sent_it(event: Event) -> Event:
        decides = any(event.at == record[seq - 1].at for seq in wrong)
        return replace(event, person=ID[OPERADORA]) if decides and event.person is not None else event

    planted = [sent_it(event) for event in record]
    assert list(every(planted)) == [Deviation(seq, ConformanceRule.FOUR_EYES) for seq in wrong]
    assert {rule for _, rule in every(planted)} <= JUDGED
    last = len(planted) - 1
    planted[last] = replace(planted[last], body=happened.CaseEnded(Outcome.REJECTED))
    assert [seq for seq, _ in every(planted)] == [*wrong, last + 1]
    planted[wrong[0]] = replace(planted[wrong[0]], phase=9)
    assert list(every(planted)) == [
        Deviation(wrong[0], ConformanceRule.FOUR_EYES),
        Deviation(wrong[0] + 1, ConformanceRule.WRONG_PHASE),
    ]


def test_every_rule_is_said_in_both_languages() -> None:
    for language in ("es", "en"):
        said = [text(language, f"rule-{rule.value.replace('_', '-')}") for rule in ConformanceRule]
        assert len(set(said)) == len(said)


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
        e = tables.events.c
        connection.execute(tables.events.update().where(e.case_id == 1, e.seq == approval.seq).values(data=body))
    assert show_conformance(both.db, both.now) == 1
    assert deviations(both.db) == [(code, approval.seq, "failed_approved")]
    assert capsys.readouterr().out == f"{code} seq={approval.seq}: failed_approved\n2 cases checked, 1 deviate\n"


def test_every_deviation_of_a_case_is_kept_until_its_next_check(both: World) -> None:
    code = both.open("a", flow=Flow.B2B)
    both.to(code, 4)
    seqs = [e.seq for e in both.record(code) if isinstance(e.body, happened.Reviewed)]
    right = {e.seq: e.body for e in both.record(code)}
    e = tables.events.c
    for wrong, expected in ((True, [(code, seq, "criteria") for seq in seqs]), (False, [])):
        with tampering(both.db) as connection:
            for seq in seqs:
                body = replace(right[seq], answers=MEETS[:1]) if wrong else right[seq]
                data = msgspec.json.encode(body).decode()
                connection.execute(tables.events.update().where(e.case_id == 1, e.seq == seq).values(data=data))
        both.validate(code) if wrong else both.hand_over(code)
        assert show_conformance(both.db, both.now) == int(wrong)
        assert deviations(both.db) == expected
