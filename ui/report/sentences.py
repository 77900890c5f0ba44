"""The three summary sentences of the weekly report and the findings above its charts."""

from typing import Any

import pandas as pd

from core.figures.pages.weekly import Weekly
from core.process.definition import phase_name
from core.process.terms import ROLE_NAMES, Role
from core.queries.phase_durations import ENOUGH
from ui.words.format import DAY, Format
from ui.words.messages import text

COUNTED = ("entered", "advanced", "closed", "rejected", "running")
MANY = 99.95  # days from which no decimal is shown


def three(weekly: Weekly, fmt: Format) -> list[str]:
    """What moved, where time goes, and what needs attention."""
    return [_moved(weekly, fmt), _slowest(weekly, fmt), _attention(weekly, fmt)]


def funnel_finding(weekly: Weekly, fmt: Format) -> str:
    if len(weekly.phases) == 1:  # no case closes in it unless it is the last
        row = {str(name): int(count) for name, count in weekly.phases.iloc[0].items() if name in COUNTED}
        return text(fmt.language, "report-funnel-phase", onward=row["advanced"] + row["closed"], **row)
    ends = {name: int(weekly.phases[name].sum()) for name in ("closed", "rejected", "running")}
    return text(fmt.language, "report-funnel-finding", opened=int(weekly.phases["entered"].iloc[0]), **ends)


def cycle_finding(weekly: Weekly, fmt: Format) -> str:
    slowest = slowest_phase(weekly.phases)
    if slowest is None:
        return text(fmt.language, "report-few-times")
    return text(
        fmt.language, "report-cycle-finding", phase=phase_name(slowest["phase"]), days=days(slowest["p85"], fmt)
    )


def ageing_finding(weekly: Weekly, fmt: Format) -> str:
    return text(fmt.language, "report-ageing-finding", late=int(weekly.ages["late"].sum()), running=len(weekly.ages))


def weeks_finding(weekly: Weekly, fmt: Format) -> str:
    opened = int(weekly.weeks["opened"].sum())
    ended = int((weekly.weeks["closed"] + weekly.weeks["rejected"]).sum())
    return text(fmt.language, "report-weeks-finding", weeks=len(weekly.weeks), opened=opened, ended=ended)


def slowest_phase(phases: pd.DataFrame) -> dict[Any, Any] | None:
    """The phase with the highest 85th percentile among those with enough finished visits."""
    timed = [row for row in phases.to_dict("records") if row["n"] >= ENOUGH]
    return max(timed, key=lambda row: float(row["p85"]), default=None)


def days(ms: float, fmt: Format) -> str:
    """«4,2»: days of 24 hours."""
    value = ms / DAY
    return fmt.number(value, 1 if value < MANY else 0)


def _moved(weekly: Weekly, fmt: Format) -> str:
    moved = weekly.moved
    change = moved.running - moved.running_before
    return text(
        fmt.language,
        "report-moved",
        opened=moved.opened,
        ended=moved.closed + moved.rejected,
        closed=moved.closed,
        rejected=moved.rejected,
        running=moved.running,
        change="more" if change > 0 else "less" if change else "same",
        by=abs(change),
    )


def _slowest(weekly: Weekly, fmt: Format) -> str:
    slowest = slowest_phase(weekly.phases)
    alone = "-phase" if len(weekly.phases) == 1 else ""
    if slowest is None:
        return text(fmt.language, f"report-no-slowest{alone}", n=ENOUGH)
    return text(
        fmt.language,
        f"report-slowest{alone}",
        phase=phase_name(slowest["phase"]),
        half=days(slowest["p50"], fmt),
        most=days(slowest["p85"], fmt),
        here=int(slowest["running"]),
        running=weekly.moved.running,
    )


def _attention(weekly: Weekly, fmt: Format) -> str:
    total, highest = int(weekly.roles["overdue"].sum()), int(weekly.roles["overdue"].max())
    late = weekly.ages[weekly.ages["late"]]
    roles = [ROLE_NAMES[Role(role)] for role in weekly.roles.loc[weekly.roles["overdue"] == highest, "role"]]
    params = {"overdue": total, "role": roles, "most": highest, "many": "yes" if len(roles) > 1 else "no"}
    if not len(late):
        return text(fmt.language, "report-none-late", **params)
    oldest = late.iloc[0]
    return text(
        fmt.language,
        "report-late-cases",
        late=len(late),
        code=oldest["code"],
        phase=phase_name(int(oldest["phase"])),
        days=days(oldest["age"], fmt),
        **params,
    )
