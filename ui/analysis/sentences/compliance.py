"""The findings of Cumplimiento, one sentence each, from frames."""

import pandas as pd

from core.figures.pages.compliance import Checked
from core.process.definition import phase_name
from core.process.terms import ROLE_NAMES, Role
from ui.analysis.charts.compliance import path_name
from ui.analysis.charts.style import days
from ui.words.format import Format
from ui.words.messages import text

ENOUGH = 5  # minimum of work items for a lane's share
FEW = 80  # per cent of the cases that the most frequent paths make up


def compliance_finding(lanes: pd.DataFrame, checked: Checked, language: str) -> str:
    """How much of the work was in time, and how many of the checked records follow the process."""
    if lanes.empty:
        return deadlines_finding(lanes, language)
    total = int(lanes[["within", "late", "overdue"]].sum().sum())
    share = Format(language, 0).percent(int(lanes["within"].sum()) / total)
    if not checked.checked:
        return text(language, "finding-compliance-unchecked", share=share, n=total)
    follow = checked.checked - checked.deviating
    return text(language, "finding-compliance", share=share, n=total, follow=follow, checked=checked.checked)


def deadlines_finding(frame: pd.DataFrame, language: str) -> str:
    """How much of the work was within its deadline, and the lane with the lowest share."""
    if frame.empty:
        return text(language, "finding-no-deadlines")
    fmt = Format(language, 0)
    totals = frame[["within", "late", "overdue"]].sum(axis=1)
    total = int(totals.sum())
    share = fmt.percent(int(frame["within"].sum()) / total)
    lanes = frame[totals >= ENOUGH].sort_values(["share", "phase", "role"])
    if lanes.empty or lanes.iloc[0]["share"] == 1:
        return text(language, "finding-deadlines-all", share=share, n=total)
    worst = lanes.iloc[0]
    return text(
        language,
        "finding-deadlines",
        share=share,
        n=total,
        phase=phase_name(int(worst["phase"])),
        role=ROLE_NAMES[Role(worst["role"])],
        worst=fmt.percent(worst["share"]),
    )


def variants_finding(frame: pd.DataFrame, language: str) -> str:
    """How many paths there are, and the most frequent one."""
    if frame.empty:
        return text(language, "finding-no-variants")
    first = frame.iloc[0]
    return text(
        language,
        "finding-variants",
        paths=len(frame),
        n=int(frame["cases"].sum()),
        path=path_name(first["variant"], language),
        share=Format(language, 0).percent(first["share"]),
        days=days(first["p50"], language),
    )


def conformance_finding(checked: Checked, language: str) -> str:
    """How many of the checked records follow the process."""
    if not checked.checked:
        return text(language, "finding-unchecked", cases=checked.cases)
    share = Format(language, 0).percent(
        (checked.checked - checked.deviating) / checked.checked, 0 if not checked.deviating else 2
    )
    state = "deviating" if checked.deviating else "conforming"
    return text(language, f"finding-{state}", share=share, checked=checked.checked, deviating=checked.deviating)
