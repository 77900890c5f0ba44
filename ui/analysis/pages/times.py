"""The sections of Tiempos, all by the same clock."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pandas as pd

from core.figures.pages.times import POINTS, Times
from core.figures.waiting.overload import PER_PERSON
from ui.analysis.charts import times
from ui.analysis.section import Section
from ui.analysis.sentences import times as times_sentences

SPREAD = ("n", "p25", "p50", "p75", "p85", "p95")
BLOCKED = {"blocked_n": "blocked", "blocked_p50": "blocked"}  # only by the calendar
SUMS = {"items": "waiting", "waiting": "waiting", "held": "held"}


def by_clock(frame: pd.DataFrame, clock: str) -> pd.DataFrame:
    """The rows of one clock."""
    return frame[frame["clock"] == clock].reset_index(drop=True)


def sections(figures: Times, clock: str) -> Iterator[tuple[Section, pd.DataFrame]]:
    """The sections with their frames, from top to bottom."""

    def section(name: str, columns: dict[str, str], *explained: str, **note_values: int) -> Section:
        finding: Callable[..., str] = getattr(times_sentences, f"{name}_finding")
        chart = partial(charts[name], clock=clock)
        return Section(name, partial(finding, clock=clock), chart, columns, explained, clock, note_values)

    points = by_clock(figures.points, clock)
    charts: dict[str, Callable[..., Any]] = {
        "scatter": lambda cases, language, clock: times.scatter(points, cases, language, clock),
        **dict.fromkeys(("stays", "lanes"), times.boxes),
        "waits": times.waits,
        "causes": times.causes,
    }
    yield section("scatter", dict.fromkeys(SPREAD, "cycle"), "cycle", n=POINTS), by_clock(figures.cases, clock)
    stays, blocked = by_clock(figures.stays, clock), BLOCKED if clock == "calendar" else {}
    stays = stays.merge(figures.phases[["phase", *BLOCKED]], on="phase")
    yield section("stays", dict.fromkeys(SPREAD, "phase") | blocked, "phase", "blocked"), stays
    yield section("lanes", dict.fromkeys(SPREAD, "by_role"), "by_role"), by_clock(figures.lanes, clock)
    yield section("waits", SUMS, "waiting", "held"), by_clock(figures.waits, clock)
    causes = by_clock(figures.causes, clock)
    causes = causes[causes["items"] > 0].sort_values("waited", ascending=False, kind="stable").reset_index(drop=True)
    explained = [f"cause_{name}" for name in ("prerequisite", "correction", "document", "away", "overloaded", "nobody")]
    yield section("causes", dict.fromkeys(("items", "waited"), "waiting"), *explained, load=PER_PERSON), causes
