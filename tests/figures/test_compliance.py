"""Cumplimiento: exact figures on cases counted by hand, and once more from the events of a demonstration."""

from collections import Counter
from itertools import cycle
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.conformance import check
from core.figures.base.evidence import FigureRef, cases, evidence_of, question_of
from core.figures.catalogue import FIGURES
from core.figures.pages import compliance
from core.figures.pages.compliance import Checked, Compliance
from core.process.definition import phase_of
from core.process.terms import Flow, Kind, Outcome, Role
from core.queries.selection import Selection
from core.store import tables
from core.store.database import Database
from tests.support import countable_cases
from tests.support.drive_case import World
from tests.support.figures_from_events import CHOICES, of_kind, record, until, visits
from tests.support.people import DAY, HOUR, LIVED_UNTIL, MINUTE

END = LIVED_UNTIL


def found(db: Database, now: int, **chosen: Any) -> Compliance:
    with db.reading() as connection:
        return compliance.compute(connection, Selection(**chosen), now)


def listed(frame: pd.DataFrame, *columns: str) -> list[list[Any]]:
    return frame[list(columns)].to_numpy().tolist()


def behind(db: Database, of: FigureRef, now: int) -> tuple[list[int], int]:
    with db.reading() as connection:
        question = question_of(connection, of, Selection(), now)
        told = evidence_of(connection, FIGURES[of.figure], question)
        return list(told.counts.values()), sum(c.times for c in cases(connection, FIGURES[of.figure], question, None))


def test_the_paths_of_the_twelve_cases(both: World) -> None:
    countable_cases.play(both)
    told = found(both.db, both.now).variants
    assert listed(told, "variant", "cases", "share") == [
        ["closed-9-0", 2, 1 / 3],
        ["rejected-1-0", 2, 1 / 3],
        ["closed-9-10", 1, 1 / 6],
        ["rejected-3-10", 1, 1 / 6],
    ]
    # The first two cases took 1:36 and 2:36 hours.
    assert listed(told, "n", "p50")[0] == [2, 2 * HOUR + 6 * MINUTE]
    assert listed(told, "reached", "outcome", "returns_2", "returns_3")[3] == [3, "rejected", 1, 0]
    assert behind(both.db, FigureRef("variant", detail="closed-9-10"), both.now) == ([1], 1)
    assert behind(both.db, FigureRef("variant", detail="nonsense"), both.now) == ([0], 0)


def test_work_is_within_its_deadline_late_or_overdue(both: World) -> None:
    in_time = both.open("a", flow=Flow.B2B)
    both.validate(in_time)
    late = both.open("b", flow=Flow.B2B)
    both.now = both.item(late).due_at
    both.validate(late)  # a minute after it
    open_ = both.open("c", flow=Flow.B2B)
    both.now = max(both.item(code).due_at for code in (in_time, late, open_)) + 1
    told = found(both.db, both.now).lanes
    # Two validations were done, one of them late; three pieces of work are open after their deadline.
    assert listed(told, "phase", "role", "within", "late", "overdue", "share") == [
        [1, "operador_operacion", 1, 1, 3, 1 / 5]
    ]
    lane = (1, Role.OPERADOR_OPERACION)
    assert behind(both.db, FigureRef("sla", *lane), both.now) == ([1, 1, 3], 1)
    assert behind(both.db, FigureRef("sla_overdue", *lane), both.now) == ([3, 1, 1], 3)


def test_a_deadline_itself_is_in_time_in_number_and_list(both: World) -> None:
    done, open_ = both.open("a", flow=Flow.B2B), both.open("b", flow=Flow.B2B)
    both.now = both.item(done).due_at - MINUTE
    both.validate(done)
    due, lane = both.item(open_).due_at, FigureRef("sla", 1, Role.OPERADOR_OPERACION)
    for now, overdue in ((due, 0), (due + 1, 1)):
        told = found(both.db, now).lanes
        assert listed(told, "within", "late", "overdue") == [[1, 0, overdue]]
        assert behind(both.db, lane, now) == ([1, 0, overdue], 1)
        assert behind(both.db, lane._replace(figure="sla_overdue"), now)[1] == overdue


@pytest.mark.parametrize(("returns", "told_as"), [(8, 8), (9, 9), (10, 9)])
def test_a_path_tells_up_to_nine_returns_of_a_phase(world: World, returns: int, told_as: int) -> None:
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.REVIEW)
    for _ in range(returns):
        world.review(code, verdict="return", reason="corregir")
        world.to(code, 2, Kind.REVIEW)
    world.to(code, 3)
    world.validate(code, "no")
    assert listed(found(world.db, world.now).variants, "variant", "returns_2") == [[f"rejected-3-{told_as}0", told_as]]
    assert behind(world.db, FigureRef("variant", detail=f"rejected-3-{told_as}0"), world.now) == ([1], 1)


def test_what_waits_for_its_client_is_not_overdue(both: World) -> None:
    code = both.open(flow=Flow.B2B)
    both.to(code, 6)
    both.now = both.item(code).due_at + DAY
    told = found(both.db, both.now, phase=6).lanes
    assert told.empty


def test_withdrawn_work_does_not_count(world: World) -> None:
    code = world.open(flow=Flow.ESTANDAR)
    world.to(code, 2, Kind.REVIEW)
    world.review(code, Role.PROCESO, "return", reason="corregir")
    told = found(world.db, world.now, phase=2).lanes
    assert listed(told, "role", "within", "late", "overdue") == [["operador_operacion", 2, 0, 0], ["proceso", 1, 0, 0]]


def test_nothing_gives_empty_frames(both: World) -> None:
    told = found(both.db, both.now)
    assert (told.lanes.empty, told.variants.empty, told.checked) == (True, True, Checked(0, 0, 0, None))


def test_the_check_counts_the_records_as_they_are_now(both: World) -> None:
    first = both.open("a")
    both.open("b", flow=Flow.B2B)
    check.check(both.db, both.now)
    at = both.now
    both.validate(first)
    assert found(both.db, both.now).checked == Checked(2, 1, 0, at)
    assert found(both.db, both.now, flow=Flow.ESTANDAR).checked == Checked(1, 0, 0, None)
    assert behind(both.db, FigureRef("deviating"), both.now) == ([0, 1], 0)


# --- once more, from the events ---
@pytest.fixture(scope="module")
def events(lived: Database) -> pd.DataFrame:
    return record(lived)


MOMENTS = st.integers(0, 250 * DAY).map(lambda back: END - back)
DECIDED = ("Validated", "Reviewed", "DocumentSent", "LaneClosed")


def lanes(past: pd.DataFrame, at: int) -> Counter[tuple[int, str, str]]:
    """How much work was within its deadline, late, or overdue at a moment: (phase, role, which) from the events."""
    due: dict[tuple[int, int], int] = {}
    work: dict[tuple[int, int], tuple[int, str, str]] = {}
    there: dict[int, dict[str, int | None]] = {}
    told: Counter[tuple[int, str, str]] = Counter()
    back = {(row.case, row.body.item) for row in past[past["kind"] == "DecisionTakenBack"].itertuples()}
    for row in past.itertuples():
        key = (row.case, getattr(row.body, "item", None))
        match row.kind:
            case "CaseOpened":
                there[row.case] = dict(row.body.environments)
            case "EnvironmentRegistered":
                there[row.case][row.body.environment] = row.body.expires_at
            case "ItemOpened":
                due[key], work[key] = row.body.due_at, (row.body.phase, row.body.role.value, row.body.work)
            case "ItemDueMoved":
                due[key] = row.body.due_at
            case "ItemWithdrawn":
                del work[key]
            case kind if kind in DECIDED:
                phase, role, _ = work.pop(key)
                if key not in back:
                    told[phase, role, "within" if row.at <= due[key] else "late"] += 1
    for key, (phase, role, kind) in work.items():
        needs = phase_of(phase).needs
        expires = there[key[0]].get(needs, 0) if needs else None
        if due[key] < at and not (kind == Kind.VALIDATE and expires is not None and expires <= at):
            told[phase, role, "overdue"] += 1
    return told


@given(at=MOMENTS, chosen=CHOICES)
@example(at=END, chosen={})
@settings(max_examples=8)
def test_the_deadlines_are_those_of_the_events(
    lived: Database, events: pd.DataFrame, at: int, chosen: dict[str, Any]
) -> None:
    told = lanes(until(events, at, **chosen), at)
    told = Counter({key: n for key, n in told.items() if chosen.get("phase") in (None, key[0])})
    frame = found(lived, END + DAY, as_of=at, **chosen).lanes
    names = ("within", "late", "overdue")
    rows = {(r["phase"], r["role"], name): r[name] for r in frame.to_dict("records") for name in names}
    assert {key: n for key, n in rows.items() if n} == dict(told)
    for row in frame.itertuples():
        assert row.share == row.within / (row.within + row.late + row.overdue)
    if not chosen and at == END:
        assert {name for *_, name in told} == set(names)
        assert sum(told.values()) > 500


@given(at=MOMENTS, chosen=CHOICES)
@example(at=END, chosen={})
@settings(max_examples=8)
def test_the_paths_are_those_of_the_events(
    lived: Database, events: pd.DataFrame, at: int, chosen: dict[str, Any]
) -> None:
    past = until(events, at, **chosen)
    stays = visits(past)
    if "phase" in chosen:
        stays = stays[stays["case"].isin(stays[stays["phase"] == chosen["phase"]]["case"])]
    reviews = of_kind(past, "Reviewed", "verdict")
    back = reviews[reviews["verdict"] == "return"]
    paths: dict[str, list[int]] = {}
    for case, mine in stays.groupby("case"):
        last = mine.iloc[-1]
        if last["outcome"] not in list(Outcome):
            continue
        returns = Counter(back[back["case"] == case]["phase"])
        code = sum(min(n, 9) * 10 ** (phase - 1) for phase, n in returns.items())
        path = f"{last['outcome']}-{last['phase']}-{code}"
        paths.setdefault(path, []).append(last["left"] - mine["entered"].iloc[0])
    frame = found(lived, END + DAY, as_of=at, **chosen).variants.set_index("variant")
    assert frame["cases"].to_dict() == {variant: len(took) for variant, took in paths.items()}
    assert frame["p85"].to_dict() == {variant: np.percentile(took, 85) for variant, took in paths.items()}
    assert frame["cases"].is_monotonic_decreasing
    if not chosen and at == END:
        assert len(paths) > 5


@given(checked_at=MOMENTS, chosen=CHOICES)
@settings(max_examples=4)
def test_the_check_counts_the_cases_of_the_events(
    lived: Database, events: pd.DataFrame, checked_at: int, chosen: dict[str, Any]
) -> None:
    """What was checked by then is checked; a case that has gone on since is not."""
    last, told = events.groupby("case")["at"].max(), tables.conformance
    versions = events.groupby("case")["seq"].max()
    with lived.engine.begin() as connection:
        connection.execute(told.delete())
        rows = [
            {
                "case_id": case,
                "version": int(versions[case] - (last[case] > checked_at)),
                "at": checked_at,
                "rule": rule,
            }
            for case, rule in zip(last.index.tolist(), cycle(("", "", "four_eyes")), strict=False)
        ]
        connection.execute(told.insert(), [{**row, "seq": 1} for row in rows])
    stays = visits(until(events, END, **chosen))
    if "phase" in chosen:
        stays = stays[stays["phase"] == chosen["phase"]]
    here = [row for row in rows if row["case_id"] in set(stays["case"]) and last[row["case_id"]] <= checked_at]
    deviating = sum(row["rule"] != "" for row in here)
    expected = Checked(stays["case"].nunique(), len(here), deviating, checked_at if here else None)
    assert found(lived, END, **chosen).checked == expected


def test_behind_each_number_are_as_many_cases(lived: Database) -> None:
    told = found(lived, END)
    for row in told.lanes.to_dict("records"):
        lane = (row["phase"], Role(row["role"]))
        counts = [row[name] for name in ("within", "late", "overdue")]
        assert behind(lived, FigureRef("sla", *lane), END) == (counts, counts[0])
    for row in told.variants.to_dict("records"):
        assert behind(lived, FigureRef("variant", detail=row["variant"]), END) == ([row["cases"]], row["cases"])
