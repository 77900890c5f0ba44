"""The findings of Cuellos de botella as sentences, from frames."""

from typing import Any

import pandas as pd

from core.process.definition import LAST_PHASE, phase_name
from core.process.terms import INTAKE_ROLES, ROLE_NAMES, Role
from ui.analysis.charts.style import days
from ui.words.format import Format
from ui.words.messages import text

ENOUGH = 5  # minimum of finished work items for an 85th percentile
ALONE = 1000  # weight of one open work item in a role without people
APART = 1.25  # minimum ratio of the first share to the second to name a bottleneck
MOSTLY = 0.5  # share within deadline below which a role is named
Row = dict[Any, Any]


def main_finding(lanes: pd.DataFrame, language: str) -> str:
    """The bottleneck lane and its share."""
    first, *runners_up = lanes.head(2).to_dict("records")
    apart = not runners_up or first["share"] >= APART * runners_up[0]["share"]
    sentence = f"{_lane(first, language)}: {_share(first, language)}."
    message = "bottleneck-is" if apart else "bottleneck-none-apart"
    return text(language, message, said=sentence[:1].lower() + sentence[1:])


def sentence(row: Row, language: str) -> str:
    """«Revisión de … en Fase 4 …: 31 % del tiempo total, p85 6,2 días, 9 esperando, peor que el trimestre anterior»."""
    fmt = Format(language, 0)
    parts = [_share(row, language)]
    message = "bottleneck-p85" if row["n"] >= ENOUGH else "bottleneck-few"
    parts += [text(language, message, n=row["n"], days=_days(row, "p85", language))]
    parts += [text(language, f"bottleneck-{name}", n=row[name]) for name in ("waiting", "overdue") if row[name]]
    if row["n"] >= ENOUGH and row["within"] < MOSTLY:
        parts += [text(language, "bottleneck-within", share=fmt.percent(row["within"]))]
    if row["trend"]:
        before = _days(row, "before_p85", language)
        parts += [text(language, "bottleneck-trend", trend=row["trend"], days=before)]
    return f"{_lane(row, language)}: {', '.join(parts)}."


def heat_finding(lanes: pd.DataFrame, language: str) -> str:
    """The share of time of the first three lanes together."""
    first = lanes.head(3)
    share = Format(language, 0).percent(float(first["share"].sum()))
    return text(language, "heat-finding", n=len(first), lanes=len(lanes), share=share)


def ranking_finding(lanes: pd.DataFrame, language: str) -> str:
    """The share of time in which nobody held the work."""
    time, held = (int(lanes[name].sum()) for name in ("time", "held_time"))
    share = Format(language, 0).percent(1 - held / time if time else 0.0)
    return text(language, "ranking-finding", share=share)


def load_finding(roles: pd.DataFrame, language: str) -> str:
    """The role with the most open work per person."""
    rows = roles.to_dict("records")
    most = max(rows, key=lambda row: row["queue"] / row["people"] if row["people"] else row["queue"] * ALONE)
    if not most["queue"]:
        return text(language, "load-none")
    named = {"role": ROLE_NAMES[Role(most["role"])], "queue": most["queue"], "people": most["people"]}
    if not most["people"]:
        return text(language, "load-without-people", **named)
    return text(language, "load-most", each=Format(language, 0).number(most["per_person"], 1), **named)


def deadlines_finding(roles: pd.DataFrame, language: str) -> str:
    """The role with the lowest share within deadline, among those with enough finished work items."""
    timed = [row for row in roles.to_dict("records") if row["n"] >= ENOUGH]
    if not timed:
        return text(language, "deadlines-few", n=ENOUGH)
    least = min(timed, key=lambda row: float(row["within"]))
    named = {"role": ROLE_NAMES[Role(least["role"])], "n": least["n"] + least["overdue"]}
    return text(language, "deadlines-least", share=Format(language, 0).percent(least["within"]), **named)


def _share(row: Row, language: str) -> str:
    share = Format(language, 0).percent(row["share"], 0 if row["share"] >= 0.095 else 1)
    return text(language, "bottleneck-share", share=share)


def _lane(row: Row, language: str) -> str:
    work = "produce" if row["role"] in INTAKE_ROLES else "close" if row["phase"] == LAST_PHASE else "review"
    named = {"role": ROLE_NAMES[Role(row["role"])], "phase": phase_name(row["phase"])}
    return text(language, "bottleneck-lane", work=work, **named)


def _days(row: Row, name: str, language: str) -> str:
    return "" if pd.isna(row[name]) else days(row[name], language)
