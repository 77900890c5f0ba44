"""Where the time goes: by hand over the twelve cases of `twelve`, and counted anew in pandas from the raw rows."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import select

from core.figures.base.evidence import FigureRef, cases, evidence_of, question_of
from core.figures.catalogue import FIGURES
from core.figures.pages import bottlenecks
from core.figures.pages.bottlenecks import Bottlenecks, trend
from core.process.terms import Channel, Flow, Kind, Role
from core.queries.selection import Selection
from core.services import cases as services_cases
from core.store import tables
from core.store.database import Database
from tests.support import countable_cases
from tests.support.drive_case import World
from tests.support.people import DAY, HOUR, ID, LIVED_UNTIL, MINUTE, START

EVERYTHING = Selection()
OPERADOR, COMERCIAL = Role.OPERADOR_OPERACION, Role.GERENTE_COMERCIAL
END = LIVED_UNTIL
QUARTER = 91 * DAY


@pytest.fixture
def played(both: World) -> World:
    countable_cases.play(both)
    return both


def computed(db: Database, now: int, selection: Selection = EVERYTHING) -> Bottlenecks:
    with db.reading() as connection:
        return bottlenecks.compute(connection, selection, now)


def lane(found: Bottlenecks, phase: int, role: Role) -> dict[str, Any]:
    rows = found.lanes[(found.lanes["phase"] == phase) & (found.lanes["role"] == role)]
    (only,) = rows.to_dict("records")
    return only


def test_the_time_of_a_lane_is_of_its_finished_and_its_open_work_items(played: World) -> None:
    first = lane(computed(played.db, played.now), 1, OPERADOR)
    # Nine validated after 1, 3, 4, 6, 7, 8, 9, 10 and 11 hours and a minute; eight of these produced in two minutes.
    assert [first[name] for name in ("n", "p50")] == [17, HOUR + MINUTE]
    assert first["p85"] == pytest.approx(8 * HOUR + 37 * MINUTE)
    assert first["p95"] == pytest.approx(10 * HOUR + 13 * MINUTE)
    with played.db.reading() as connection:
        seventh = connection.scalar(select(tables.cases.c.opened_at).where(tables.cases.c.code.like("%07")))
    assert first["time"] == 59 * HOUR + 9 * MINUTE + 8 * 2 * MINUTE + played.now - seventh
    assert [first[name] for name in ("open", "waiting", "held", "blocked")] == [1, 1, 0, 0]


def test_the_wait_for_an_environment_is_nobodys_time(played: World) -> None:
    sixth = lane(computed(played.db, played.now), 6, OPERADOR)
    # Three waited a minute or more and were validated a minute later; one still waits. Three were produced in two.
    assert [sixth[name] for name in ("n", "p50", "time")] == [6, 1.5 * MINUTE, 9 * MINUTE]
    assert [sixth[name] for name in ("open", "waiting", "held", "blocked", "overdue")] == [1, 0, 0, 1, 0]


def test_what_was_withdrawn_does_not_count(played: World) -> None:
    second = lane(computed(played.db, played.now), 2, COMERCIAL)
    # Nine decided a minute after they got it, one after two; in the estándar case another's return withdrew one.
    assert [second[name] for name in ("n", "p50", "p85")] == [10, MINUTE, MINUTE]
    assert second["p95"] == pytest.approx(1.55 * MINUTE)
    assert [second[name] for name in ("open", "waiting")] == [1, 1]


def test_shares_add_up_and_the_largest_comes_first(played: World) -> None:
    lanes = computed(played.db, played.now).lanes
    assert lanes["share"].sum() == pytest.approx(1)
    assert lanes["time"].tolist() == sorted(lanes["time"], reverse=True)
    assert (lanes["phase"][0], lanes["role"][0]) == (1, OPERADOR)


def test_held_work_waits_no_more(world: World) -> None:
    code = world.open(flow=Flow.B2B)
    opened = world.now
    services_cases.take(world.db, ID["olga"], code, world.item(code).item, opened + 2 * HOUR)
    found = computed(world.db, opened + 5 * HOUR)
    first = lane(found, 1, OPERADOR)
    assert [first[name] for name in ("time", "held_time", "waiting", "held")] == [5 * HOUR, 3 * HOUR, 0, 1]
    services_cases.give_back(world.db, ID["olga"], code, world.item(code).item, opened + 6 * HOUR)
    first = lane(computed(world.db, opened + 9 * HOUR), 1, OPERADOR)
    assert [first[name] for name in ("time", "held_time", "waiting", "held")] == [9 * HOUR, 4 * HOUR, 1, 0]
    past = lane(computed(world.db, opened + 9 * HOUR, Selection(as_of=opened + 5 * HOUR)), 1, OPERADOR)
    assert [past[name] for name in ("time", "held_time", "waiting", "held")] == [5 * HOUR, 3 * HOUR, 0, 1]


def test_a_role_has_its_queue_and_the_people_who_share_it(played: World) -> None:
    roles = computed(played.db, played.now).roles.set_index("role")
    # Olga, Óscar and María hold the role and are active, Fabio is not; cases 10 and 11 wait for an environment.
    assert roles.loc[OPERADOR, ["waiting", "held", "queue", "people"]].tolist() == [3, 0, 3, 3]
    assert roles.loc[OPERADOR, "per_person"] == 1
    assert roles.loc[COMERCIAL, ["queue", "people"]].tolist() == [1, 3]
    assert roles["share"].sum() == pytest.approx(1)


def test_deadlines_are_kept_missed_or_already_over(world: World) -> None:
    late = world.open("late", flow=Flow.B2B)
    world.tick(30 * DAY)
    world.validate(late)
    soon = world.open("soon", flow=Flow.B2B)
    world.validate(soon)
    world.open("open", flow=Flow.B2B)
    world.tick(20 * DAY)
    first = lane(computed(world.db, world.now), 1, OPERADOR)
    # Kept: one of two validated; open and over: what `late` and `soon` produce and what `open` validates.
    assert [first[name] for name in ("kept", "n", "overdue", "within")] == [1, 2, 3, 0.2]


def test_the_period_before_is_compared_and_what_is_older_is_not(world: World) -> None:
    for n, (at, hours) in enumerate([(0, 99), *[(20, 2)] * 5, *[(120, 7)] * 5]):
        world.now = START + at * DAY
        code = world.open(f"k{n}", flow=Flow.B2B)
        world.tick(hours * HOUR - MINUTE)
        world.validate(code, "no")
    now = START + 5 * DAY + 2 * QUARTER
    first = lane(computed(world.db, now), 1, OPERADOR)
    assert [first[name] for name in ("n", "p85", "before_n", "before_p85")] == [5, 7 * HOUR, 5, 2 * HOUR]
    assert first["trend"] == "worse"


@pytest.mark.parametrize(
    ("now", "before", "found"), [(110, 100, "same"), (111, 100, "worse"), (90, 100, "better"), (91, 100, "same")]
)
def test_a_trend_is_told_from_a_tenth_on_and_of_enough(now: int, before: int, found: str) -> None:
    assert trend(5, now, 5, before) == found
    assert trend(4, now, 5, before) == trend(5, now, 4, before) == ""


def test_no_work_gives_no_lane_and_six_idle_roles(both: World) -> None:
    found = computed(both.db, both.now)
    assert len(found.lanes) == 0
    assert found.roles["queue"].tolist() == [0] * 6


@pytest.mark.parametrize(
    ("of", "behind", "left_out", "codes"),
    [
        (
            FigureRef("share_of_time", 1, OPERADOR),
            {"items": 18, "tasks_done": 17, "tasks_open": 1},
            {"tasks_withdrawn": 0},
            10,
        ),
        (FigureRef("lane_times", 2, COMERCIAL), {"tasks_done": 10}, {"tasks_open": 1, "tasks_withdrawn": 1}, 8),
        (FigureRef("lane_queue", None, OPERADOR), {"queue": 3, "waiting": 3, "tasks_held": 0}, {"at_gate": 2}, 3),
        (FigureRef("lane_waiting", 1, OPERADOR), {"waiting": 1}, {"tasks_held": 0, "at_gate": 0}, 1),
        (FigureRef("lane_before", 1, OPERADOR), {"before": 0}, {"tasks_done": 17, "tasks_open": 1}, 0),
    ],
    ids=str,
)
def test_every_number_has_its_cases(
    played: World, of: FigureRef, behind: dict[str, int], left_out: dict[str, int], codes: int
) -> None:
    with played.db.reading() as connection:
        question = question_of(connection, of, EVERYTHING, played.now)
        found = evidence_of(connection, FIGURES[of.figure], question)
        rows = cases(connection, FIGURES[of.figure], question)
    assert (found.counts, found.excluded) == (behind, left_out)
    assert len(rows) == codes
    assert sum(row.times for row in rows) == next(iter(behind.values()))


# --- the same in pandas, from the raw rows ---
def read(db: Database, table: Any) -> pd.DataFrame:
    with db.reading() as connection:
        return pd.DataFrame(connection.execute(select(table)).mappings().all(), columns=[c.key for c in table.c])


def expected(db: Database, now: int, chosen: pd.Series) -> dict[tuple[int, str], dict[str, Any]]:
    """Row by row, with nothing of the product but the tables."""
    blocks = read(db, tables.blocks)
    visits = read(db, tables.phase_visits).set_index(["case_id", "phase"])
    items = read(db, tables.work_items)
    items = items[items["case_id"].isin(chosen)]
    found: dict[tuple[int, str], dict[str, Any]] = {}
    for item in items.itertuples():
        is_open = pd.isna(item.ended_at)
        end = now if is_open else item.ended_at
        if not is_open and (item.ended_as.startswith("withdrawn") or end <= now - 2 * QUARTER):
            continue
        waited, blocked = 0, False
        if item.kind == Kind.VALIDATE:
            mine = blocks[(blocks["case_id"] == item.case_id) & (blocks["phase"] == item.phase)]
            mine = mine[(mine["until"] > item.opened_at) & (mine["until"] <= end)]
            waited = int((mine["until"] - mine["since"]).sum())
            since = visits.loc[(item.case_id, item.phase), "blocks_at"] if is_open else None
            blocked = is_open and not pd.isna(since) and since <= now
            waited += int(now - max(since, item.opened_at)) if blocked else 0
        row = found.setdefault((item.phase, item.role), {"late": [], "before": [], "time": 0, "waiting": 0, "held": 0})
        elapsed = max(int(end) - item.opened_at - waited, 0)
        if is_open or end > now - QUARTER:
            row["time"] += elapsed
        if is_open:
            row["waiting"] += not blocked and pd.isna(item.held_since)
            row["held"] += not blocked and not pd.isna(item.held_since)
        else:
            row["late" if end > now - QUARTER else "before"].append(elapsed)
    return found


@pytest.mark.parametrize("chosen", [{}, {"channel": Channel.MESA_DE_AYUDA}, {"flow": Flow.ESTANDAR}], ids=str)
def test_the_same_is_counted_in_pandas(lived: Database, chosen: dict[str, Any]) -> None:
    whole = read(lived, tables.cases)
    for column, value in chosen.items():
        whole = whole[whole[column] == value]
    anew = expected(lived, END, whole["id"])
    found = computed(lived, END, Selection(**chosen)).lanes
    total = sum(row["time"] for row in anew.values())
    assert len(found) > 20
    for row in found.to_dict("records"):
        same = anew.pop((row["phase"], row["role"]))
        assert [row[name] for name in ("time", "waiting", "held")] == [same[n] for n in ("time", "waiting", "held")]
        assert (row["n"], row["before_n"]) == (len(same["late"]), len(same["before"]))
        assert row["share"] == pytest.approx(same["time"] / total)
        if same["late"]:
            assert [row["p50"], row["p85"]] == pytest.approx(np.quantile(same["late"], [0.5, 0.85]).tolist())
        if same["before"]:
            assert row["before_p85"] == pytest.approx(np.quantile(same["before"], 0.85))
    assert all(not row["late"] and not row["time"] for row in anew.values())
