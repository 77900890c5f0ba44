"""Sentences on what a decision causes, before and after it is made."""

from core.case.model import Case, Item
from core.process.definition import phase_name, title
from core.process.terms import OUTCOME_NAMES, ROLE_NAMES, Kind, Outcome
from core.services.preview import Consequence
from ui.words.format import Format
from ui.words.messages import plain, t


def describe_consequence(would: Consequence, fmt: Format) -> list[str]:
    """What a decision would cause, in markdown, one sentence per item."""
    if would.outcome is Outcome.REJECTED:
        return [t("then-rejected", outcome=OUTCOME_NAMES[Outcome.REJECTED])]
    if would.outcome is Outcome.CLOSED:
        return [t("then-closed", outcome=OUTCOME_NAMES[Outcome.CLOSED])]
    if would.still_needed:
        roles = [ROLE_NAMES[role] for role in would.waiting_for]
        return [t("then-approvals", count=would.still_needed, roles=roles)]
    return [_opened(would.opens, fmt)] if would.opens else []


def describe_outcome(case: Case, last_item: int, fmt: Format) -> str:
    """What a decision has caused, in one sentence; `last_item` is the case's last item number before it.

    Numbers are compared and not times, because two decisions may share one time.
    """
    if case.outcome:
        return t("now-ended", outcome=OUTCOME_NAMES[case.outcome])
    opened = tuple(item for item in case.items if item.item > last_item)
    if opened:
        return _opened(opened, fmt)
    roles = [ROLE_NAMES[item.role] for item in case.items if item.work is Kind.REVIEW]
    return t("now-approvals", roles=roles) if roles else ""


def _opened(items: tuple[Item, ...], fmt: Format) -> str:
    first = items[0]
    return t(
        "then-opens",
        phase=phase_name(first.phase),
        work=title(first.work, first.phase),
        roles=[ROLE_NAMES[item.role] for item in items],
        due=fmt.moment(first.due_at),
    )


def describe_decision(what: str, case: Case, last_item: int, fmt: Format) -> str:
    """What was done and what follows from it; `last_item` as in `describe_outcome`."""
    return f"**{plain(what)}** {describe_outcome(case, last_item, fmt)}"
