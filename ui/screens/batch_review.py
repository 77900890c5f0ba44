"""Batch review: choose rows, preview the consequences of each, and decide them together."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from core.errors import Invalid, Problem, Refused
from core.process.definition import title
from core.process.policy import Policy
from core.process.terms import DOCUMENT_NAMES, REVIEW_ROLES, Role
from core.queries import case, decidable
from core.queries.decidable import DecidableItem
from core.queries.inbox import InboxRow
from core.queries.urgency import Why
from core.services import batch_review, preview
from core.services.batch_review import Result
from core.staff import availability
from core.staff.availability import substitutions_of
from core.store.settings import policy
from ui.screens import inbox_row
from ui.shell.actions import attempt, show_problem
from ui.shell.guard import Visit
from ui.shell.page_parts import part
from ui.widgets import filters
from ui.widgets.due_badge import due_badge
from ui.widgets.file_link import file_line
from ui.widgets.form_state import Typed
from ui.words.consequences import describe_consequence, describe_outcome
from ui.words.format import Format
from ui.words.messages import plain, problem, refusal, t

MODE = "varios"  # in the address
VERDICTS = ("approve", "return")


def draw_switch(role: Role) -> bool:
    """Draw the switch of the batch mode for roles that review, and return whether it is on."""
    return role in REVIEW_ROLES and filters.switch(MODE, t("together"), t("together-help"))


def draw(visit: Visit, role: Role, rows: list[InboxRow], reasons: Mapping[int, Sequence[Why]]) -> None:
    """Draw the rows to choose from, or the preview of those chosen; `reasons` by the row's id."""
    typed = Typed(visit, f"together/{role}")
    with visit.db.reading() as connection:
        rules = policy(connection)
        actors = availability.actors(visit.actor, substitutions_of(connection, visit.person.id, visit.now))
        can = decidable.decidable(connection, rules, actors, [row.id for row in rows], visit.now)
        names = case.names(connection, (item.actor.for_person for item in can if item.actor.for_person))
    _results(typed, visit.format)
    chosen = [item for item in can if typed.value(_field(item.id))]
    if chosen and st.session_state.get(_looking_key(typed)):
        _look(visit, rules, typed, chosen, names)
        return
    _buttons(typed, can, len(chosen))
    able = {item.id: names.get(item.actor.for_person or 0, "") for item in can}
    with st.container(gap="xxsmall"):
        for row in rows:
            with part("a row of an inbox", border=True):
                mark = inbox_row.draw(visit, row, reasons[row.id], able.get(row.id, ""))
                if row.id in able:
                    label = t("together-choose", code=row.code)
                    mark.checkbox(label, label_visibility="collapsed", **typed.widget(_field(row.id)))
    if len(can) < len(rows):
        st.caption(t("together-only-reviews"))


def _field(number: int) -> str:
    return f"row{number}"


def _rows_key(typed: Typed) -> str:
    return f"{typed.name}:rows"  # for problems of the whole selection


def _looking_key(typed: Typed) -> str:
    return f"{typed.name}:looking"


# --- choosing ---
def _buttons(typed: Typed, can: list[DecidableItem], count: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        look, drop = partial(_look_at, typed, can), partial(_tick, typed, can, False)
        st.button(t("together-look", count=count), type="primary", on_click=look, key=f"{typed.name}-look")
        st.button(t("together-all"), on_click=partial(_tick, typed, can, True), disabled=not can)
        st.button(t("together-none"), on_click=drop)
    show_problem(_rows_key(typed))


def _look_at(typed: Typed, can: list[DecidableItem]) -> None:
    """Show the preview of the rows ticked at the click, or a problem when there are none."""
    st.session_state.pop("problems", None)
    if any(typed.value(_field(item.id)) for item in can):
        _turn(typed, looking=True)
    else:
        st.session_state["problems"] = {_rows_key(typed): problem(Problem("together_nothing"))}


def _turn(typed: Typed, *, looking: bool) -> None:
    st.session_state[_looking_key(typed)] = looking
    st.session_state.pop(_results_key(typed), None)


def _tick(typed: Typed, can: list[DecidableItem], ticked: bool) -> None:
    for item in can:
        st.session_state[typed.key(_field(item.id))] = ticked
    typed.keep()


# --- preview ---
def _look(visit: Visit, rules: Policy, typed: Typed, chosen: list[DecidableItem], names: Mapping[int, str]) -> None:
    st.button(f"← {t('together-back')}", on_click=partial(_turn, typed, looking=False), type="tertiary")
    st.subheader(t("together-title", count=len(chosen)), anchor=False)
    for row in chosen:
        _preview(visit, rules, row, names.get(row.actor.for_person or 0, ""))
    st.warning(t("together-criteria"))
    typed.text("reason", t("together-reason"), lines=2)
    show_problem(_rows_key(typed))
    drawn = _fingerprint(chosen)
    for place, verdict in zip(st.columns(2, gap="medium"), VERDICTS, strict=True):
        place.button(
            t(f"together-do-{verdict}", count=len(chosen)),
            type="primary" if verdict == "approve" else "secondary",
            on_click=partial(_decide, typed, chosen, verdict),
            key=f"{typed.name}-{verdict}-{drawn}",
            width="stretch",
        )


def _fingerprint(chosen: list[DecidableItem]) -> str:
    """Identify the previewed cases, items and versions, so that a click refers to what was shown."""
    seen = repr([row.chosen for row in chosen])
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


def _preview(visit: Visit, rules: Policy, row: DecidableItem, absent: str) -> None:
    """Draw one chosen row: its document, the criteria that approval affirms, and what each verdict causes."""
    review = row.case.review
    assert review is not None
    fmt = visit.format
    with st.container(border=True, gap="xsmall"):
        badge = due_badge(fmt, row.item.soon_at, row.item.due_at, blocked=False)
        if absent:
            badge += inbox_row.for_whom(absent)
        link = f"**{row.code}** {plain(row.client)} · {title(row.item.work, row.item.phase)} v{review.version}"
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(badge, width="content")
            st.page_link("pages/caso.py", label=link, query_params={"caso": row.code})
        with visit.db.reading() as connection:
            documents = case.documents(connection, row.case_id)
        for document in documents:
            if document.document is review.document and document.version == review.version:
                file_line(row.code, document, fmt)
        criteria = (f"{plain(criterion.name)}: **{plain(criterion.expected)}**" for criterion in row.case.criteria)
        st.caption(f"{t('criteria')}: {' · '.join(criteria)}")
        for verdict in VERDICTS:
            would = preview.consequence(rules, row.case, row.item, verdict, row.actor, visit.now)
            st.caption(f"**{t(f'if-{verdict}')}:** {' '.join(describe_consequence(would, fmt))}")


# --- decisions and their results ---
def _results_key(typed: Typed) -> str:
    return f"{typed.name}-results"  # not a field of the form, so that it survives `forget`


def _decide(typed: Typed, chosen: list[DecidableItem], verdict: str) -> None:
    drawn = {
        row.code: (row.client, DOCUMENT_NAMES[row.item.document], row.case.last_item)
        for row in chosen
        if row.item.document
    }

    def act(visit: Visit) -> str:
        rows, reason = [row.chosen for row in chosen], str(typed.value("reason"))
        results = batch_review.review_together(visit.db, visit.person.id, rows, verdict, visit.now, reason)
        st.session_state[_results_key(typed)] = [(result, *drawn[result.chosen.code]) for result in results]
        return _summary(results, verdict)

    if not attempt(act, f"{typed.name}:"):
        return
    refused = [result for result, *_ in st.session_state[_results_key(typed)] if result.refused]
    if not refused:
        typed.forget()
    elif len(refused) == len(chosen):
        st.session_state["notice"] = ("refused", st.session_state["notice"][1])
    st.session_state[_looking_key(typed)] = False


def _summary(results: list[Result], verdict: str) -> str:
    decided = sum(result.refused is None for result in results)
    return t("together-done", verdict=verdict, done=decided, count=len(results), left=len(results) - decided)


def _results(typed: Typed, fmt: Format) -> None:
    """Draw one line per row: the decision and what follows, or why it failed; until the next preview."""
    results: list[tuple[Result, str, str, int]] = st.session_state.get(_results_key(typed), [])
    if not results:
        return
    with st.container(border=True, gap="xsmall"):
        for result, client, document, last_item in results:
            mark = f":green-badge[✓ {t('together-ok')}]"
            if result.refused:
                mark, explanation = f":red-badge[✕ {t('together-left')}]", _why(result.refused)
            elif result.case:
                explanation = describe_outcome(result.case, last_item, fmt)
            st.markdown(f"{mark} **{result.chosen.code}** {plain(client)} · {document}. {explanation}")


def _why(refused: Refused) -> str:
    problems = refused.problems.values() if isinstance(refused, Invalid) else ()
    return " ".join([plain(refusal(refused)), *(plain(problem(error)) for error in problems)])
