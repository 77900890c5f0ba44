"""The generated history of the bench: whole, always the same, and what the record says."""

from pathlib import Path

from sqlalchemy import func, select

from bench.history import history
from core.store import replay, tables
from tests.support.drive_case import dump


def test_its_rows_are_what_its_events_say(tmp_path: Path):
    db = history(tmp_path / "h.db", events=6_000)
    assert list(replay.differences(db)) == []


def test_the_same_seed_makes_the_same_rows_and_another_does_not(tmp_path: Path):
    made = [dump(history(tmp_path / f"{n}.db", events=2_000, seed=seed)) for n, seed in enumerate((1, 1, 2))]
    assert made[0] == made[1]
    assert made[0]["events"] != made[2]["events"]


def test_it_has_returns_rejections_waits_and_running_cases(tmp_path: Path):
    db = history(tmp_path / "h.db", events=20_000)
    visits, cases = tables.phase_visits.c, tables.cases.c
    with db.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.events)) >= 20_000
        assert connection.scalar(select(func.sum(visits.returns))) > 0
        assert connection.scalar(select(func.count()).where(visits.blocked > 0)) > 0
        outcomes = set(connection.scalars(select(cases.outcome)))
    assert outcomes == {None, "closed", "rejected"}
