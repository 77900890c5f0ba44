"""The findings of Tiempos, one sentence each, from frames of one clock."""

from typing import Any

import pandas as pd

from core.process.definition import phase_name
from core.process.terms import ROLE_NAMES, Role
from ui.analysis.charts.units import lengths
from ui.words.format import Format
from ui.words.messages import text

OUTSIDE = "outside_hours"
ENOUGH = 5  # minimum of finished visits or items for percentiles


def expectation(cases: pd.DataFrame, language: str, clock: str) -> str:
    """The service level expectation: the time within which 85 of 100 cases finished."""
    row = cases.iloc[0]
    if row["n"] < ENOUGH:
        return text(language, "expectation-few", n=ENOUGH)
    most = lengths(row["p85"], language, clock)
    return text(language, "expectation", days=_days(most, language, clock), n=int(row["n"]))


def scatter_finding(cases: pd.DataFrame, language: str, clock: str) -> str:
    """The gap between usual and slow cases."""
    row = cases.iloc[0]
    if row["n"] < ENOUGH:
        return text(language, "scatter-few")
    half, slow = (_days(lengths(row[name], language, clock), language, clock) for name in ("p50", "p95"))
    ratio = Format(language, 0).number(row["p95"] / row["p50"], 1) if row["p50"] else "–"
    return text(language, "scatter-finding", half=half, slow=slow, ratio=ratio)


def stays_finding(frame: pd.DataFrame, language: str, clock: str) -> str:
    """The phase with the highest p85 among those with enough visits; for a single phase, its duration."""
    row, message = _slowest(frame), "one" if len(frame) == 1 else "most"
    if row is None:
        return text(language, f"stays-few-{message}", n=ENOUGH, phase=phase_name(frame["phase"].iloc[0]))
    return text(language, f"stays-finding-{message}", phase=phase_name(row["phase"]), **_spread(row, language, clock))


def lanes_finding(frame: pd.DataFrame, language: str, clock: str) -> str:
    """The lane with the highest p85 among those with enough work items."""
    row = _slowest(frame)
    if row is None:
        return text(language, "lanes-few", n=ENOUGH)
    return text(language, "lanes-finding", role=ROLE_NAMES[Role(row["role"])], **_spread(row, language, clock))


def waits_finding(frame: pd.DataFrame, language: str, clock: str) -> str:
    """The share of waiting in the time of all work items."""
    waiting, held = int(frame["waiting"].sum()), int(frame["held"].sum())
    if not waiting + held:
        return text(language, "waits-none")
    share = Format(language, 0).percent(waiting / (waiting + held))
    return text(language, f"waits-finding-{clock}", share=share)


def causes_finding(frame: pd.DataFrame, language: str, clock: str) -> str:
    """The share outside working hours, and the largest cause of waiting within them."""
    within = frame[frame["wait"] != OUTSIDE]
    total, working = int(frame["waited"].sum()), int(within["waited"].sum())
    if not working:
        return text(language, "causes-none")
    percent = Format(language, 0).percent
    row = max(within.to_dict("records"), key=lambda row: int(row["waited"]))
    cause = text(language, f"cause-{row['wait'].replace('_', '-')}")
    share = percent(row["waited"] / working)
    if clock == "working":
        return text(language, "causes-finding", cause=cause, share=share)
    return text(language, "causes-finding-outside", cause=cause, share=share, outside=percent(1 - working / total))


def _days(number: str, language: str, clock: str) -> str:
    return text(language, f"days-{clock}", days=number)


def _spread(row: dict[Any, Any], language: str, clock: str) -> dict[str, Any]:
    half, most = (_days(lengths(row[name], language, clock), language, clock) for name in ("p50", "p85"))
    return {"half": half, "most": most, "n": int(row["n"])}


def _slowest(frame: pd.DataFrame) -> dict[Any, Any] | None:
    timed = [row for row in frame.to_dict("records") if row["n"] >= ENOUGH]
    return max(timed, key=lambda row: float(row["p85"]), default=None)
