"""What the charts of Calidad show, as one sentence each: a frame in, words out."""

from collections.abc import Sequence

import pandas as pd

from core.figures.pages.quality.returns import ENOUGH, OverallQuality
from core.process.definition import phase_name, phase_of
from core.process.terms import DOCUMENT_NAMES
from ui.analysis.charts.style import days
from ui.words.format import Format
from ui.words.messages import plain, text

FEW = 3  # gates that a sentence names one by one


def quality_finding(whole: OverallQuality, frame: pd.DataFrame, language: str) -> str:
    """How likely a case is to come through without a return, and which document comes back most often."""
    if len(frame) == 1:
        return first_pass_finding(frame, language)
    reviewed = frame[frame["reviewed"] > 0]
    if whole.first_pass is None or reviewed.empty:
        return text(language, "finding-nothing-reviewed")
    say = Format(language, 0)
    worst = reviewed.sort_values(["share", "phase"]).iloc[0]
    if worst["share"] == 1:
        return text(language, "finding-all-first-pass", n=whole.cases)
    return text(
        language,
        "finding-quality",
        product=say.percent(whole.first_pass),
        document=_document(worst["phase"]),
        share=say.percent(1 - worst["share"]),
    )


def first_pass_finding(frame: pd.DataFrame, language: str) -> str:
    """How many documents were approved at once, and the worst of them when there are several."""
    reviewed, passed = int(frame["reviewed"].sum()), int(frame["first_pass"].sum())
    if not reviewed:
        return text(language, "finding-nothing-reviewed")
    worst = frame[frame["reviewed"] > 0].sort_values(["share", "phase"]).iloc[0]
    say = Format(language, 0)
    return text(
        language,
        "finding-first-pass-one" if len(frame) == 1 else "finding-first-pass",
        share=say.percent(passed / reviewed),
        n=reviewed,
        document=_document(worst["phase"]),
        worst=say.percent(worst["share"]),
    )


def criteria_finding(frame: pd.DataFrame, language: str) -> str:
    """The criterion that is failed most often in a first review."""
    if frame.empty:
        return text(language, "finding-no-criteria")
    worst = frame.iloc[0]
    if worst["share"] == 1:
        return text(language, "finding-criteria-met")
    share = Format(language, 0).percent(1 - worst["share"])
    return text(
        language, "finding-criteria", criterion=plain(worst["criterion"]), share=share, n=int(worst["reviewed"])
    )


def failures_finding(frame: pd.DataFrame, language: str) -> str:
    """The criterion behind most of the failures."""
    return _causes(frame, language, "failures")


def reasons_finding(frame: pd.DataFrame, language: str) -> str:
    """The written reason that is given most often."""
    return _causes(frame, language, "reasons")


def rework_finding(frame: pd.DataFrame, language: str) -> str:
    """What the returns have cost in days, and where most of them went."""
    total = int(frame["total"].sum())
    if not frame["n"].sum():
        return text(language, "finding-no-rework")
    most = frame.sort_values(["total", "phase"], ascending=[False, True]).iloc[0]
    share = Format(language, 0).percent(most["total"] / total if total else 0)
    cost = days(total, language)
    n = int(frame["n"].sum())
    return text(language, "finding-rework", n=n, days=cost, share=share, document=_document(most["phase"]))


def refusals_finding(frame: pd.DataFrame, language: str) -> str:
    """In which phase the intake validations reject most."""
    refused, validated = int(frame["refused"].sum()), int(frame["validated"].sum())
    if not refused:
        return text(language, "finding-no-refusals", n=validated)
    most = frame.sort_values(["refused", "phase"], ascending=[False, True]).iloc[0]
    return text(
        language,
        "finding-refusals",
        n=refused,
        of=validated,
        phase=phase_name(int(most["phase"])),
        most=int(most["refused"]),
    )


def gates_finding(frame: pd.DataFrame, language: str) -> str:
    """Which gates never say no though they have decided enough cases."""
    silent = [
        text(language, f"gate-{name}", phase=phase_name(row["phase"]))
        for row in frame.to_dict("records")
        for column, name in (("silent", "validation"), ("silent_review", "review"))
        if row[column]
    ]
    if not silent:
        return text(language, "finding-no-silent", n=ENOUGH)
    named: Sequence[str] | str = silent if len(silent) <= FEW else text(language, "gates-many", n=len(silent))
    return text(language, "finding-silent", gates=named, n=ENOUGH, many="yes" if len(silent) > 1 else "no")


def _causes(frame: pd.DataFrame, language: str, what: str) -> str:
    if frame.empty:
        return text(language, f"finding-no-{what}")
    first, total = frame.iloc[0], int(frame["times"].sum())
    share = Format(language, 0).percent(first["share"])
    few = int((frame["cumulative"] < 0.8 - 1e-9).sum()) + 1
    return text(language, f"finding-{what}", cause=plain(first["cause"]), share=share, n=total, few=few)


def _document(phase: float) -> str:
    document = phase_of(int(phase)).document
    return DOCUMENT_NAMES[document] if document else ""
