"""What the weekly report says: its three sentences and the findings over its charts."""

from typing import Any

import pandas as pd

from core.figures.pages.weekly import Weekly
from core.process.definition import phase_name
from core.process.terms import ROLE_NAMES, Role
from core.queries.phase_durations import ENOUGH
from ui.words.format import DAY, Format
from ui.words.messages import text

COUNTED = ("entered", "advanced", "closed", "rejected", "running")
MANY = 99.95  # days from which a decimal says nothing


def three(found: Weekly, fmt: Format) -> list[str]:
    """What moved, where time goes, and what wants attention."""
    return [_moved(found, fmt), _slowest(found, fmt), _attention(found, fmt)]


def funnel_finding(found: Weekly, fmt: Format) -> str:
    if len(found.phases) == 1:  # closes no case unless it is the last
        row = {str(name): int(count) for name, count in found.phases.iloc[0].items() if name in COUNTED}
        return text(fmt.language, "report-funnel-phase", onward=row["advanced"] + row["closed"], **row)
    ends = {name: int(found.phases[name].sum()) for name in ("closed", "rejected", "running")}
    return text(fmt.language, "report-funnel-finding", opened=int(found.phases["entered"].iloc[0]), **ends)


def cycle_finding(found: Weekly, fmt: Format) -> str:
    slowest = slowest_phase(found.phases)
    if slowest is None:
        return text(fmt.language, "report-few-times")
    return text(
        fmt.language, "report-cycle-finding", phase=phase_name(slowest["phase"]), days=days(slowest["p85"], fmt)
    )


def ageing_finding(found: Weekly, fmt: Format) -> str:
    return text(fmt.language, "report-ageing-finding", late=int(found.ages["late"].sum()), running=len(found.ages))


def weeks_finding(found: Weekly, fmt: Format) -> str:
    opened = int(found.weeks["opened"].sum())
    ended = int((found.weeks["closed"] + found.weeks["rejected"]).sum())
    return text(fmt.language, "report-weeks-finding", weeks=len(found.weeks), opened=opened, ended=ended)


def slowest_phase(phases: pd.DataFrame) -> dict[Any, Any] | None:
    """The phase with the highest 85th percentile, among those with enough finished visits."""
    timed = [row for row in phases.to_dict("records") if row["n"] >= ENOUGH]
    return max(timed, key=lambda row: float(row["p85"]), default=None)


def days(ms: float, fmt: Format) -> str:
    """«4,2»: days of 24 hours."""
    value = ms / DAY
    return fmt.number(value, 1 if value < MANY else 0)


def _moved(found: Weekly, fmt: Format) -> str:
    moved = found.moved
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


def _slowest(found: Weekly, fmt: Format) -> str:
    slowest = slowest_phase(found.phases)
    alone = "-phase" if len(found.phases) == 1 else ""
    if slowest is None:
        return text(fmt.language, f"report-no-slowest{alone}", n=ENOUGH)
    return text(
        fmt.language,
        f"report-slowest{alone}",
        phase=phase_name(slowest["phase"]),
        half=days(slowest["p50"], fmt),
        most=days(slowest["p85"], fmt),
        here=int(slowest["running"]),
        running=found.moved.running,
    )


def _attention(found: Weekly, fmt: Format) -> str:
    total, highest = int(found.roles["overdue"].sum()), int(found.roles["overdue"].max())
    late = found.ages[found.ages["late"]]
    who = [ROLE_NAMES[Role(role)] for role in found.roles.loc[found.roles["overdue"] == highest, "role"]]
    given = {"overdue": total, "role": who, "most": highest, "many": "yes" if len(who) > 1 else "no"}
    if not len(late):
        return text(fmt.language, "report-none-late", **given)
    oldest = late.iloc[0]
    return text(
        fmt.language,
        "report-late-cases",
        late=len(late),
        code=oldest["code"],
        phase=phase_name(int(oldest["phase"])),
        days=days(oldest["age"], fmt),
        **given,
    )
