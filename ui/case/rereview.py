"""From the second cycle on: what changed since the version that was returned, and what became of each finding."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.case.model import OpenReview
from core.process.terms import DOCUMENT_NAMES, ROLE_NAMES
from core.queries import review_rounds
from core.queries.case import DocumentRow
from core.queries.review_rounds import Round, Usual
from ui.case.desk import Desk
from ui.shell.page_parts import part
from ui.widgets import document_diff
from ui.words.format import Format
from ui.words.messages import by_whom, plain, t

PLACES = 12  # changed places beside the form; the documents' tab has them all


def draw(desk: Desk, review: OpenReview) -> None:
    """The section of a review in its second or a later cycle."""
    if review.cycle < 2:
        return
    with desk.visit.db.reading() as connection:
        returned = review_rounds.returned(connection, desk.head.id, review.document)
        usual = review_rounds.usual(connection, review.document)
    fmt = desk.visit.format
    st.markdown(_counter(review.cycle, usual, fmt))
    found = sum(len(each.findings) for each in returned)
    with st.expander(t("rereview-findings", count=found), expanded=True), _close():
        for each in returned:
            _findings(each, fmt)
    sides = _versions(desk.documents, review, returned)
    if sides:
        # The comparison helps to read; what is decided on is the document, which the form shows beside it.
        shown = st.expander(t("rereview-changes", document=DOCUMENT_NAMES[review.document]), expanded=True)
        with shown, _close(), part("the comparison with the returned version"):
            document_diff.draw(*sides, fmt, PLACES)


def _close() -> DeltaGenerator:
    return st.container(gap="xsmall")


def _counter(cycle: int, usual: Usual, fmt: Format) -> str:
    """Which round this is, beside how many are usual."""
    if usual.rounds is None:
        return f":gray-badge[{t('rereview-round', cycle=cycle)}] :gray[:small[{t('rereview-no-usual')}]]"
    colour, sign = ("orange", "▲ ") if cycle > usual.rounds else ("gray", "")
    rounds_said = fmt.number(usual.rounds, 0 if usual.rounds == int(usual.rounds) else 1)
    said = t("rereview-usual", rounds=rounds_said, count=usual.n)
    return f":{colour}-badge[{sign}{t('rereview-round', cycle=cycle)}] :gray[:small[{said}]]"


def _findings(each: Round, fmt: Format) -> None:
    said = t(
        "rereview-returned", cycle=each.cycle, version=each.version, person=plain(by_whom(each.person, each.other))
    )
    st.markdown(f"**{said}**, {ROLE_NAMES[each.role]}, {fmt.moment(each.at)}")
    for finding in each.findings:
        about = f"{plain(finding.criterion)}: " if finding.criterion else ""
        answer = plain(finding.answer) or t("rereview-unanswered")
        st.caption(f"{t('finding-before', number=finding.number)} {about}{plain(finding.text)} → **{answer}**")


def _versions(
    documents: list[DocumentRow], review: OpenReview, returned: list[Round]
) -> tuple[DocumentRow, DocumentRow] | None:
    """The version that was returned last and the one under review."""
    rows = {row.version: row for row in documents if row.document is review.document}
    older = rows.get(returned[-1].version) if returned else None
    newer = rows.get(review.version)
    return (older, newer) if older and newer else None
