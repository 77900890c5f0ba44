"""Behind every number stand exactly the cases that it counts, over the twelve cases of `twelve`."""

import pytest

from core.figures.base import phase_table
from core.figures.base.evidence import FigureRef, cases, evidence_of, question_of
from core.figures.catalogue import FIGURES
from core.process.terms import Channel, Flow, Role
from core.queries.selection import Selection
from tests.support import countable_cases
from tests.support.drive_case import World

EVERYTHING = Selection()


@pytest.fixture
def played(both: World) -> World:
    countable_cases.play(both)
    return both


@pytest.mark.parametrize(
    ("of", "behind", "left_out", "codes"),
    [
        (
            FigureRef("advanced", 3),
            {"advanced": 6, "entered": 7, "closed": 0, "rejected": 1, "running": 0},
            {},
            [12, 11, 10, 3, 2, 1],
        ),
        (FigureRef("rejected", 3), {"rejected": 1, "entered": 7, "advanced": 6, "closed": 0, "running": 0}, {}, [6]),
        (FigureRef("returns", 2), {"returns": 4}, {}, [9, 6, 3]),
        (FigureRef("wip"), {"running": 6}, {"finished": 6}, [12, 11, 10, 9, 8, 7]),
        (FigureRef("case"), {"finished": 6}, {"running": 6}, [6, 5, 4, 3, 2, 1]),
        (FigureRef("phase", 2), {"left": 7}, {"running": 2}, [12, 11, 10, 6, 3, 2, 1]),
        (FigureRef("blocked", 6), {"blocked": 4}, {"never_blocked": 0, "running": 1}, [11, 3, 2, 1]),
        (
            FigureRef("all_closed", detail="2026-03"),
            {"closed": 3, "opened": 12, "rejected": 3, "running": 6},
            {},
            [3, 2, 1],
        ),
        (FigureRef("all_opened", detail="earlier"), {"opened": 0, "closed": 0, "rejected": 0, "running": 0}, {}, []),
    ],
    ids=str,
)
def test_every_number_has_its_cases(
    played: World, of: FigureRef, behind: dict[str, int], left_out: dict[str, int], codes: list[int]
) -> None:
    with played.db.reading() as connection:
        question = question_of(connection, of, EVERYTHING, played.now)
        found = evidence_of(connection, FIGURES[of.figure], question)
        rows = cases(connection, FIGURES[of.figure], question)
    assert (found.counts, found.excluded) == (behind, left_out)
    assert [int(row.code[-2:]) for row in rows] == codes
    assert sum(row.times for row in rows) == next(iter(behind.values()))


def _by_phase(world: World, chosen: Selection) -> list[phase_table.PhaseFigures]:
    with world.db.reading() as connection:
        return phase_table.by_phase(connection, chosen)


def test_the_number_in_the_table_is_the_number_behind_it(played: World) -> None:
    chosen = Selection(flow=Flow.B2B, channel=Channel.OPERACION)
    for row in _by_phase(played, chosen):
        with played.db.reading() as connection:
            for name in phase_table.COUNTS:
                question = question_of(connection, FigureRef(name, row.phase), chosen, played.now)
                first = next(iter(evidence_of(connection, FIGURES[name], question).counts.values()))
                assert first == getattr(row, name), (name, row.phase)


def test_a_figure_is_read_back_from_its_text() -> None:
    for of in (
        FigureRef("wip"),
        FigureRef("advanced", 3),
        FigureRef("late", 3, Role.PROCESO),
        FigureRef("opened", detail="a:b"),
    ):
        assert FigureRef.read(str(of)) == of
    assert [FigureRef.read(text) for text in ("x:10", "x:a", "x:1:nobody")] == [None] * 3
