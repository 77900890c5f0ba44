"""What a chart shows, as one sentence: a frame in, words out."""

from collections.abc import Hashable, Sequence
from itertools import takewhile
from typing import Any

import pandas as pd

from core.process import phase_name
from ui.analysis.funnel_charts import cohort_name
from ui.analysis.style import days
from ui.format import Format
from ui.i18n import text

FEW = 2  # phases that a sentence names one by one
ENOUGH = 5  # finished visits below which percentiles say nothing of a phase

Record = dict[Hashable, Any]


def main_finding(frame: pd.DataFrame, language: str) -> str:
    """Where cases stand now and which phase is the slowest."""
    phases = _most(frame, "running")[1]
    held, slowest = _held(frame, language), _slowest(frame)
    if slowest is None:
        return text(language, "finding-few-times" if frame["n"].any() else "finding-no-times", held=held)
    time = days(slowest["p85"], language)
    if phases == [slowest["phase"]]:
        return text(language, "finding-same", held=held, days=time)
    return text(language, "finding-main", held=held, phase=_named([slowest["phase"]], language), days=time)


def funnel_finding(frame: pd.DataFrame, language: str) -> str:
    """What became of the cases, and where they are rejected."""
    ends = {name: int(frame[name].sum()) for name in ("closed", "rejected", "running")}
    ended = text(language, "finding-ended", opened=int(frame["entered"].iloc[0]), **ends)
    most, phases = _most(frame, "rejected")
    if not most:
        return text(language, "finding-none-rejected", ended=ended)
    many = "yes" if len(phases) > 1 else "no"
    return text(language, "finding-rejected", ended=ended, phases=_named(phases, language), most=most, many=many)


def cohorts_finding(frame: pd.DataFrame, language: str) -> str:
    """How many closed of the cohorts that have run their course; of the oldest one when none has."""
    say = Format(language, 0)
    rows = frame.to_dict("records")
    over = list(takewhile(lambda row: not row["running"], rows))
    chosen = over or rows[:1]
    opened, closed = (sum(int(row[name]) for row in chosen) for name in ("opened", "closed"))
    month = cohort_name(str(chosen[-1]["month"]), language)
    share = say.percent(closed / opened)
    return text(
        language,
        "finding-cohorts-over" if over else "finding-cohorts-running",
        month=month,
        opened=opened,
        share=share,
    )


def ends_finding(frame: pd.DataFrame, language: str) -> str:
    """The share of the finished cases that closed, and how many have not finished."""
    closed, rejected, running = (int(frame[name].sum()) for name in ("closed", "rejected", "running"))
    if not closed + rejected:
        return text(language, "finding-no-ends", running=running)
    share = Format(language, 0).percent(closed / (closed + rejected))
    return text(language, "finding-ends", share=share, ended=closed + rejected, running=running)


def _held(frame: pd.DataFrame, language: str) -> str:
    """Which phase holds the most running cases."""
    running = int(frame["running"].sum())
    if not running:
        return text(language, "finding-none-running")
    most, phases = _most(frame, "running")
    many = "yes" if len(phases) > 1 else "no"
    return text(language, "finding-held", phases=_named(phases, language), most=most, running=running, many=many)


def _most(frame: pd.DataFrame, counted: str) -> tuple[int, list[int]]:
    """The highest count, and the phases that have it."""
    most = int(frame[counted].max())
    return most, [row["phase"] for row in frame.to_dict("records") if row[counted] == most]


def _slowest(frame: pd.DataFrame) -> Record | None:
    """The phase with the highest 85th percentile, among those with enough finished visits."""
    timed = [row for row in frame.to_dict("records") if row["n"] >= ENOUGH]
    return max(timed, key=lambda row: float(row["p85"]), default=None)


def _named(phases: Sequence[int], language: str) -> str | list[str]:
    """«Fase 4 Análisis Técnico», for a few; «5 fases» for more."""
    if len(phases) > FEW:
        return text(language, "phases-many", n=len(phases))
    return [text(language, "phase-named", phase=phase_name(number)) for number in phases]
