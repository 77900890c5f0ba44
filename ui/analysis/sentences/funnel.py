"""The findings of Embudo, one sentence each, from frames."""

from collections.abc import Hashable, Sequence
from itertools import takewhile
from typing import Any

import pandas as pd

from core.process.definition import PHASES, phase_name
from ui.analysis.charts.funnel import cohort_name
from ui.analysis.charts.style import days
from ui.words.format import Format
from ui.words.messages import text

FEW = 2  # phases that a sentence names one by one
ENOUGH = 5  # minimum of finished visits for a phase's percentiles

Record = dict[Hashable, Any]


def main_finding(frame: pd.DataFrame, language: str) -> str:
    """Where cases are now and which phase is the slowest; for a single phase, how many it holds and its p85."""
    if len(frame) == 1:
        return _one_phase(frame, language)
    phases = most(frame, "running")[1]
    held, slowest = _held(frame, language), _slowest(frame)
    if slowest is None:
        return text(language, "finding-few-times" if frame["n"].any() else "finding-no-times", held=held)
    time = days(slowest["p85"], language)
    if phases == [slowest["phase"]]:
        return text(language, "finding-same", held=held, days=time)
    return text(language, "finding-main", held=held, phase=named([slowest["phase"]], language), days=time)


def funnel_finding(frame: pd.DataFrame, language: str) -> str:
    """The outcomes of the cases and where they are rejected; for a single phase, the outcomes of its cases."""
    if len(frame) == 1:
        return _passed(frame.iloc[0], language)
    ends = {name: int(frame[name].sum()) for name in ("closed", "rejected", "running")}
    ended = text(language, "finding-ended", opened=int(frame["entered"].iloc[0]), **ends)
    highest, phases = most(frame, "rejected")
    if not highest:
        return text(language, "finding-none-rejected", ended=ended)
    plural = "yes" if len(phases) > 1 else "no"
    return text(language, "finding-rejected", ended=ended, phases=named(phases, language), most=highest, many=plural)


def cohorts_finding(frame: pd.DataFrame, language: str) -> str:
    """The closed share of the finished cohorts, or of the oldest one when none is finished."""
    fmt = Format(language, 0)
    rows = frame.to_dict("records")
    over = list(takewhile(lambda row: not row["running"], rows))
    chosen = over or rows[:1]
    opened, closed = (sum(int(row[name]) for row in chosen) for name in ("opened", "closed"))
    month = cohort_name(str(chosen[-1]["month"]), language)
    share = fmt.percent(closed / opened)
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


def _one_phase(frame: pd.DataFrame, language: str) -> str:
    row = frame.iloc[0]
    held = text(language, "finding-one-held", phase=phase_name(int(row["phase"])), running=int(row["running"]))
    if row["n"] < ENOUGH:
        return text(language, "finding-one-few", held=held)
    return text(language, "finding-one", held=held, days=days(row["p85"], language))


def _passed(row: pd.Series, language: str) -> str:
    """Cases that advanced from a single phase; only the last phase closes cases."""
    counts = {name: int(row[name]) for name in ("entered", "advanced", "closed", "rejected", "running")}
    last = "yes" if row["phase"] == PHASES[-1].number else "no"
    return text(language, "finding-passed", phase=phase_name(int(row["phase"])), last=last, **counts)


def _held(frame: pd.DataFrame, language: str) -> str:
    """The phase with the most running cases."""
    running = int(frame["running"].sum())
    if not running:
        return text(language, "finding-none-running")
    highest, phases = most(frame, "running")
    plural = "yes" if len(phases) > 1 else "no"
    return text(language, "finding-held", phases=named(phases, language), most=highest, running=running, many=plural)


def most(frame: pd.DataFrame, counted: str) -> tuple[int, list[int]]:
    """The highest count and the phases that have it."""
    highest = int(frame[counted].max())
    return highest, [row["phase"] for row in frame.to_dict("records") if row[counted] == highest]


def _slowest(frame: pd.DataFrame) -> Record | None:
    """The phase with the highest 85th percentile among those with enough finished visits."""
    timed = [row for row in frame.to_dict("records") if row["n"] >= ENOUGH]
    return max(timed, key=lambda row: float(row["p85"]), default=None)


def named(phases: Sequence[int], language: str) -> str | list[str]:
    """«Fase 4 Análisis Técnico», for a few; «5 fases» for more."""
    if len(phases) > FEW:
        return text(language, "phases-many", n=len(phases))
    return [text(language, "phase-named", phase=phase_name(number)) for number in phases]
