"""The record of a case as a readable table, one row per entry."""

from functools import singledispatch

import pandas as pd

from core.case import events as happened
from core.case.events import Event
from core.process.definition import phase_of, title
from core.process.terms import CHANNEL_ROLE, DOCUMENT_NAMES, OUTCOME_NAMES, ROLE_NAMES, SYSTEMS, Activity, Does
from core.queries.case import HistoryEntry
from ui.words.format import Format
from ui.words.messages import t, word

# Technical entries, shown only with the full record.
QUIET = (happened.ItemOpened, happened.ItemDueMoved, happened.PhaseEntered, happened.Validated, happened.Reviewed)
COLUMNS = ("when", "phase", "role", "what", "result", "who", "why")


def table(entries: list[HistoryEntry], fmt: Format, *, full: bool) -> pd.DataFrame:
    """Rows of when, phase, role, what, result, who, why; routine entries only when `full`."""
    rows = []
    why = ""
    for entry in entries:
        body = entry.event.body
        if isinstance(body, happened.Validated | happened.Reviewed):
            why = _reason(body)
        if full or not _quiet(entry.event):
            rows.append(_row(entry, fmt, why if _is_verdict(body) else ""))
        if _is_verdict(body):
            why = ""
    return pd.DataFrame(rows, columns=[t(f"history-{name}") for name in COLUMNS])


def _row(entry: HistoryEntry, fmt: Format, why: str) -> tuple[str, ...]:
    what, result, reason = describe(entry.event.body)
    result = result or entry.to or ""
    role = getattr(entry.event.body, "role", None)
    return (
        fmt.moment(entry.event.at),
        str(entry.event.phase),
        ROLE_NAMES[role] if role else "",
        what,
        result,
        _actor(entry),
        reason or why,
    )


def _actor(entry: HistoryEntry) -> str:
    if entry.person is None:
        return t("the-system")
    if entry.for_person:
        return t("x-for-y", person=entry.person, other=entry.for_person)
    body = entry.event.body
    if isinstance(body, happened.Performed) and _activity(body).does in (Does.DRAFT, Does.HAND_OVER, Does.ORDER):
        return t("service-for", person=entry.person)
    return entry.person


def _quiet(event: Event) -> bool:
    body = event.body
    if isinstance(body, happened.Performed):
        return body.status == "not_applicable" or _activity(body).does is Does.MESSAGE or body.execution is not None
    if isinstance(body, happened.DocumentSent):  # listed by its activity too, but for the answers to findings
        return not body.answers
    again = isinstance(body, happened.ItemAssigned) and event.person is None  # restores the former holder
    return again or isinstance(body, QUIET)


def _is_verdict(body: object) -> bool:
    return isinstance(body, happened.Performed) and bool(body.result)


def _activity(body: happened.Performed) -> Activity:
    return phase_of(body.phase).lane(body.role)[body.position - 1]


def _reason(body: happened.Validated | happened.Reviewed) -> str:
    if isinstance(body, happened.Validated):
        return body.reason
    failed = [
        f"{a.criterion}: {t('word-fails')}{f' ({a.comment})' if a.comment else ''}"
        for a in body.answers
        if a.answer == "fails"
    ]
    return " · ".join([*failed, *([body.reason] if body.reason else [])])


@singledispatch
def describe(body: object) -> tuple[str, str, str]:
    """Describe an entry as activity, result and reason."""
    return type(body).__name__, "", ""


@describe.register
def _(body: happened.CaseOpened) -> tuple[str, str, str]:
    return t("told-opened"), word(body.flow), ""


@describe.register
def _(body: happened.PhaseEntered) -> tuple[str, str, str]:
    return t("told-phase", phase=f"{body.phase} {phase_of(body.phase).name}"), "", ""


@describe.register
def _(body: happened.ItemOpened) -> tuple[str, str, str]:
    return t("told-item", work=title(body.work, body.phase)), t("told-due", at=body.due_at), ""


@describe.register
def _(body: happened.ItemWithdrawn) -> tuple[str, str, str]:
    return t("told-withdrawn"), "", word(body.why)


@describe.register
def _(body: happened.ItemDueMoved) -> tuple[str, str, str]:
    return t("told-due-moved"), t("told-due", at=body.due_at), ""


@describe.register
def _(body: happened.ItemTaken) -> tuple[str, str, str]:  # noqa: ARG001  (who and which role stand beside it)
    return t("told-taken"), "", ""


@describe.register
def _(body: happened.ItemGivenBack) -> tuple[str, str, str]:
    return t("told-given-back"), "", word(body.why) if body.why else ""


@describe.register
def _(body: happened.ItemAssigned) -> tuple[str, str, str]:  # noqa: ARG001  (the entry knows the name of to whom)
    return t("told-assigned"), "", ""


@describe.register
def _(body: happened.DecisionTakenBack) -> tuple[str, str, str]:
    return t("told-taken-back", work=title(body.work, body.phase)), word(body.choice), body.reason


@describe.register
def _(body: happened.Performed) -> tuple[str, str, str]:
    result = word(body.result) if body.result else word(body.status)
    return _activity(body).name, result, word(body.why) if body.why else ""


@describe.register
def _(body: happened.Validated) -> tuple[str, str, str]:
    return t("told-verdict"), word(body.verdict), body.reason


@describe.register
def _(body: happened.DocumentAttached) -> tuple[str, str, str]:
    return t("told-attached", document=body.document, version=body.version), body.name, f"SHA-256 {body.sha256[:12]}…"


@describe.register
def _(body: happened.DocumentSent) -> tuple[str, str, str]:
    version = f" v{body.version}" if body.version else ""
    return t("told-sent", document=f"{DOCUMENT_NAMES[body.document]}{version}"), "", " · ".join(body.answers.values())


@describe.register
def _(body: happened.Reviewed) -> tuple[str, str, str]:
    return t("told-reviewed", document=body.document, version=body.version), word(body.verdict), _reason(body)


@describe.register
def _(body: happened.DocumentApproved) -> tuple[str, str, str]:
    return t("told-approved", document=body.document, version=body.version), t("cycle", number=body.cycle), ""


@describe.register
def _(body: happened.DraftPrepared) -> tuple[str, str, str]:
    return t("told-draft", document=body.document), "", ""


@describe.register
def _(body: happened.EnvironmentRegistered) -> tuple[str, str, str]:
    until = t("until", at=body.expires_at) if body.expires_at else ""
    return t("told-environment", environment=body.environment), until, body.evidence


@describe.register
def _(body: happened.ChannelHanded) -> tuple[str, str, str]:
    return t("told-handed", role=CHANNEL_ROLE[body.channel]), "", body.reason


@describe.register
def _(body: happened.Commented) -> tuple[str, str, str]:
    return t("told-comment"), "", body.text


@describe.register
def _(body: happened.CommentEdited) -> tuple[str, str, str]:
    return t("told-comment-edited"), "", body.text


@describe.register
def _(body: happened.LinkMade) -> tuple[str, str, str]:
    return t("told-link-made"), t("until", at=body.expires_at), ""


@describe.register
def _(body: happened.LinkWithdrawn) -> tuple[str, str, str]:  # noqa: ARG001
    return t("told-link-withdrawn"), "", ""


@describe.register
def _(body: happened.CallAsked) -> tuple[str, str, str]:
    return t("told-call-asked", activity=SYSTEMS[body.system]), "", ""


@describe.register
def _(body: happened.CallSettled) -> tuple[str, str, str]:
    status = t("told-call-status", status=body.status) if body.status else ""
    return t("told-call-settled"), word(body.outcome), " · ".join(part for part in (status, body.reference) if part)


@describe.register
def _(body: happened.CallAskedAgain) -> tuple[str, str, str]:
    return t("told-call-asked-again", activity=SYSTEMS[body.system]), "", ""


@describe.register
def _(body: happened.LaneClosed) -> tuple[str, str, str]:  # noqa: ARG001  (the activities that it closes say the rest)
    return t("told-lane-closed"), "", ""


@describe.register
def _(body: happened.CaseEnded) -> tuple[str, str, str]:
    return OUTCOME_NAMES[body.outcome], "", ""
