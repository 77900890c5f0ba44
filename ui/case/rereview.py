"""Re-reviews: what changed since the returned version, and the answer to each finding."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.case.model import OpenReview
from core.process.terms import DOCUMENT_NAMES, ROLE_NAMES
from core.queries import review_rounds
from core.queries.case import DocumentRow
from core.queries.review_rounds import Round, Usual
from ui.case.view import CaseView
from ui.shell.page_parts import part
from ui.widgets import document_diff
from ui.words.format import Format
from ui.words.messages import by_whom, plain, t

PLACES = 12  # changes shown beside the form; the documents tab shows them all


def draw(view: CaseView, review: OpenReview) -> None:
    """Draw the section for a review in its second or a later cycle."""
    if review.cycle < 2:
        return
    with view.visit.db.reading() as connection:
        returned = review_rounds.returned(connection, view.head.id, review.document)
        usual = review_rounds.usual(connection, review.document)
    fmt = view.visit.format
    st.markdown(_counter(review.cycle, usual, fmt))
    count = sum(len(review_round.findings) for review_round in returned)
    with st.expander(t("rereview-findings", count=count), expanded=True), _close():
        for review_round in returned:
            _findings(review_round, fmt)
    sides = _versions(view.documents, review, returned)
    if sides:
        # The comparison is an aid: the decision is on the document, which the form shows.
        expander = st.expander(t("rereview-changes", document=DOCUMENT_NAMES[review.document]), expanded=True)
        with expander, _close(), part("the comparison with the returned version"):
            document_diff.draw(*sides, fmt, PLACES)


def _close() -> DeltaGenerator:
    return st.container(gap="xsmall")


def _counter(cycle: int, usual: Usual, fmt: Format) -> str:
    """The number of the round, with the usual number of rounds."""
    if usual.rounds is None:
        return f":gray-badge[{t('rereview-round', cycle=cycle)}] :gray[:small[{t('rereview-no-usual')}]]"
    colour, marker = ("orange", "▲ ") if cycle > usual.rounds else ("gray", "")
    rounds = fmt.number(usual.rounds, 0 if usual.rounds == int(usual.rounds) else 1)
    usual_text = t("rereview-usual", rounds=rounds, count=usual.n)
    return f":{colour}-badge[{marker}{t('rereview-round', cycle=cycle)}] :gray[:small[{usual_text}]]"


def _findings(review_round: Round, fmt: Format) -> None:
    person = plain(by_whom(review_round.person, review_round.other))
    heading = t("rereview-returned", cycle=review_round.cycle, version=review_round.version, person=person)
    st.markdown(f"**{heading}**, {ROLE_NAMES[review_round.role]}, {fmt.moment(review_round.at)}")
    for finding in review_round.findings:
        about = f"{plain(finding.criterion)}: " if finding.criterion else ""
        answer = plain(finding.answer) or t("rereview-unanswered")
        st.caption(f"{t('finding-before', number=finding.number)} {about}{plain(finding.text)} → **{answer}**")


def _versions(
    documents: list[DocumentRow], review: OpenReview, returned: list[Round]
) -> tuple[DocumentRow, DocumentRow] | None:
    """The version returned last and the one under review."""
    rows = {row.version: row for row in documents if row.document is review.document}
    older = rows.get(returned[-1].version) if returned else None
    newer = rows.get(review.version)
    return (older, newer) if older and newer else None
