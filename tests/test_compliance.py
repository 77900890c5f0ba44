"""Cumplimiento: exact figures on cases counted by hand, and once more from the events of a demonstration."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
import twelve
from cast import DAY, HOUR, MINUTE, START
from driver import World
from told_by_events import of_kind, record

from core import conforming, demo
from core.db import Database
from core.documents import Store
from core.figures import compliance
from core.figures.compliance import Checked, Compliance
from core.figures.everything import FIGURES
from core.figures.evidence import Of, asked, cases, founded
from core.figures.selection import Selection
from core.terms import Flow, Kind, Role

END = START + 250 * DAY


def found(db: Database, now: int, **chosen: Any) -> Compliance:
    with db.reading() as connection:
        return compliance.compute(connection, Selection(**chosen), now)


def listed(frame: pd.DataFrame, *columns: str) -> list[list[Any]]:
    return frame[list(columns)].to_numpy().tolist()


def behind(db: Database, of: Of, now: int) -> tuple[list[int], int]:
    with db.reading() as connection:
        question = asked(connection, of, Selection(), now)
        told = founded(connection, FIGURES[of.figure], question)
        return list(told.counts.values()), sum(c.times for c in cases(connection, FIGURES[of.figure], question, None))


def test_the_paths_of_the_twelve_cases(both: World) -> None:
    twelve.play(both)
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
    assert behind(both.db, Of("variant", detail="closed-9-10"), both.now) == ([1], 1)
    assert behind(both.db, Of("variant", detail="nonsense"), both.now) == ([0], 0)


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
    assert behind(both.db, Of("sla", *lane), both.now) == ([1, 1, 3], 1)
    assert behind(both.db, Of("sla_overdue", *lane), both.now) == ([3, 1, 1], 3)


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
    conforming.check(both.db, both.now)
    at = both.now
    both.validate(first)
    assert found(both.db, both.now).checked == Checked(2, 1, 0, at)
    assert found(both.db, both.now, flow=Flow.ESTANDAR).checked == Checked(1, 0, 0, None)
    assert behind(both.db, Of("deviating"), both.now) == ([0, 1], 0)


# --- once more, from the events ---
@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("lived")
    db = Database(f"sqlite:///{folder / 'approvals.db'}")
    demo.fill(db, Store(folder / "files"), END, cases=40)
    yield db
    db.engine.dispose()


def test_the_deadlines_are_those_of_the_events(lived: Database) -> None:
    events = record(lived)
    due: dict[tuple[int, int], int] = {}
    lanes: dict[tuple[int, int], tuple[int, str]] = {}
    back = {(row.case, row.body.item) for row in events[events["kind"] == "DecisionTakenBack"].itertuples()}
    told: Counter[tuple[int, str, str]] = Counter()
    for row in events.itertuples():
        match row.kind:
            case "ItemOpened":
                due[row.case, row.body.item] = row.body.due_at
                lanes[row.case, row.body.item] = (row.body.phase, row.body.role.value)
            case "ItemDueMoved":
                due[row.case, row.body.item] = row.body.due_at
            case "Validated" | "Reviewed" | "DocumentSent" | "LaneClosed":
                key = (row.case, row.body.item)
                if key not in back:
                    told[(*lanes[key], "within" if row.at <= due[key] else "late")] += 1
    frame = found(lived, END).lanes
    rows = {(r["phase"], r["role"], name): r[name] for r in frame.to_dict("records") for name in ("within", "late")}
    assert {key: n for key, n in rows.items() if n} == dict(told)
    assert sum(told.values()) > 500


def test_the_paths_are_those_of_the_events(lived: Database) -> None:
    events = record(lived)
    ended = events[events["kind"] == "CaseEnded"].set_index("case")
    opened = events[events["kind"] == "CaseOpened"].set_index("case")["at"]
    reviews = of_kind(events, "Reviewed", "verdict")
    back = reviews[reviews["verdict"] == "return"]
    paths: dict[str, list[int]] = {}
    for case, row in ended.iterrows():
        returns = Counter(back[back["case"] == case]["phase"])
        code = sum(min(n, 9) * 10 ** (phase - 1) for phase, n in returns.items())
        paths.setdefault(f"{row['body'].outcome}-{row['phase']}-{code}", []).append(row["at"] - opened[case])
    frame = found(lived, END).variants.set_index("variant")
    assert frame["cases"].to_dict() == {variant: len(took) for variant, took in paths.items()}
    assert frame["p85"].to_dict() == {variant: np.percentile(took, 85) for variant, took in paths.items()}
    assert frame["cases"].is_monotonic_decreasing


def test_behind_each_number_are_as_many_cases(lived: Database) -> None:
    told = found(lived, END)
    for row in told.lanes.to_dict("records"):
        lane = (row["phase"], Role(row["role"]))
        counts = [row[name] for name in ("within", "late", "overdue")]
        assert behind(lived, Of("sla", *lane), END) == (counts, counts[0])
    for row in told.variants.to_dict("records"):
        assert behind(lived, Of("variant", detail=row["variant"]), END) == ([row["cases"]], row["cases"])
