"""The findings of Trabajo en curso, one sentence each, from frames."""

import pandas as pd

from core.process.definition import PHASES, phase_name
from ui.analysis.sentences.funnel import most, named
from ui.words.format import DAY, Format
from ui.words.messages import text

WEEKS = 4


def ages_finding(frame: pd.DataFrame, language: str) -> str:
    """How many open cases are beyond their phase's p85, and where most of them are."""
    if len(frame) == 1:
        return _phase_finding(frame.iloc[0], language)
    over, running = int(frame["over_85"].sum()), int(frame["running"].sum())
    if not over:
        return text(language, "wip-ages-none" if running else "wip-nothing", running=running)
    highest, phases = most(frame, "over_85")
    place = {"phases": named(phases, language), "most": highest, "many": "yes" if len(phases) > 1 else "no"}
    return text(language, "wip-ages", over=over, running=running, **place)


def beyond_finding(frame: pd.DataFrame, language: str) -> str:
    """How many open cases are beyond each band of their phase."""
    past = {name: int(frame[f"over_{share}"].sum()) for name, share in (("half", 50), ("most", 85), ("slow", 95))}
    return text(language, "wip-beyond", **past)


def flow_finding(frame: pd.DataFrame, language: str) -> str:
    """How many cases are open, and how many were four weeks earlier."""
    columns = [f"phase_{phase.number}" for phase in PHASES]
    phases = frame[columns].sum(axis=1)
    now = int(phases.iloc[-1])
    before = phases[frame["at"] <= frame["at"].iloc[-1] - WEEKS * 7 * DAY]
    if before.empty:
        return text(language, "wip-flow-new", now=now)
    then = {"now": now, "before": int(before.iloc[-1]), "weeks": WEEKS}
    present = [n for n, column in enumerate(columns, 1) if frame[column].any()]
    if len(present) == 1:
        return text(language, "wip-flow-phase", phase=phase_name(present[0]), **then)
    return text(language, "wip-flow", **then)


def weeks_finding(frame: pd.DataFrame, language: str) -> str:
    """Arrived and finished cases of the last four finished weeks."""
    last = frame.tail(WEEKS)
    if last.empty:
        return text(language, "wip-weeks-none")
    arrived, finished = int(last["arrived"].sum()), int(last["finished"].sum())
    return text(language, "wip-weeks", n=len(last), arrived=arrived, finished=finished)


def behaviour_finding(frame: pd.DataFrame, language: str) -> str:
    """Whether the last finished week is a signal, and how many weeks are."""
    if frame.empty or "low" not in frame or pd.isna(frame["low"].iloc[0]):
        return text(language, "wip-behaviour-few")
    last, number = frame.iloc[-1], Format(language, 0).number
    limits = {"low": number(last["low"], 1), "high": number(last["high"], 1), "n": int(last["finished"])}
    signals = int((frame["signal"] != "").sum())
    if last["signal"]:
        rule = text(language, f"wip-signal-{last['signal']}")
        return text(language, "wip-behaviour-signal", rule=rule, signals=signals, **limits)
    return text(language, "wip-behaviour-noise", signals=signals, **limits)


def _phase_finding(row: pd.Series, language: str) -> str:
    over, running = int(row["over_85"]), int(row["running"])
    return text(language, "wip-ages-phase", phase=phase_name(int(row["phase"])), over=over, running=running)
