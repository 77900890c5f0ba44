"""Several reviews at once: choose rows, look once at what each will cause, answer them together."""

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
from ui.words.consequences import foreseen, happened
from ui.words.format import Format
from ui.words.messages import plain, problem, refusal, t

MODE = "varios"  # in the address
VERDICTS = ("approve", "return")


def wanted(role: Role) -> bool:
    """The switch of the mode, for the roles that review; whether it is on."""
    return role in REVIEW_ROLES and filters.switch(MODE, t("together"), t("together-help"))


def draw(visit: Visit, role: Role, rows: list[InboxRow], reasons: Mapping[int, Sequence[Why]]) -> None:
    """The rows to choose from with the reasons of each by its id, or the look at those chosen."""
    typed = Typed(visit, f"together/{role}")
    with visit.db.reading() as connection:
        rules = policy(connection)
        actors = availability.actors(visit.actor, substitutions_of(connection, visit.person.id, visit.now))
        can = decidable.decidable(connection, rules, actors, [row.id for row in rows], visit.now)
        names = case.names(connection, (each.actor.for_person for each in can if each.actor.for_person))
    _results(typed, visit.format)
    chosen = [each for each in can if typed.value(_field(each.id))]
    if chosen and st.session_state.get(_looking(typed)):
        _look(visit, rules, typed, chosen, names)
        return
    _buttons(typed, can, len(chosen))
    able = {each.id: names.get(each.actor.for_person or 0, "") for each in can}
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


def _rows(typed: Typed) -> str:
    return f"{typed.name}:rows"  # where it stands what is wrong with the choice as a whole


def _looking(typed: Typed) -> str:
    return f"{typed.name}:looking"


# --- choosing ---
def _buttons(typed: Typed, can: list[DecidableItem], count: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        look, drop = partial(_look_at, typed, can), partial(_tick, typed, can, False)
        st.button(t("together-look", count=count), type="primary", on_click=look, key=f"{typed.name}-look")
        st.button(t("together-all"), on_click=partial(_tick, typed, can, True), disabled=not can)
        st.button(t("together-none"), on_click=drop)
    show_problem(_rows(typed))


def _look_at(typed: Typed, can: list[DecidableItem]) -> None:
    """Turn to the look at what is ticked at the click, or say that nothing is."""
    st.session_state.pop("problems", None)
    if any(typed.value(_field(each.id)) for each in can):
        _turn(typed, looking=True)
    else:
        st.session_state["problems"] = {_rows(typed): problem(Problem("together_nothing"))}


def _turn(typed: Typed, *, looking: bool) -> None:
    st.session_state[_looking(typed)] = looking
    st.session_state.pop(_kept(typed), None)


def _tick(typed: Typed, can: list[DecidableItem], ticked: bool) -> None:
    for each in can:
        st.session_state[typed.key(_field(each.id))] = ticked
    typed.keep()


# --- the one look ---
def _look(visit: Visit, rules: Policy, typed: Typed, chosen: list[DecidableItem], names: Mapping[int, str]) -> None:
    st.button(f"← {t('together-back')}", on_click=partial(_turn, typed, looking=False), type="tertiary")
    st.subheader(t("together-title", count=len(chosen)), anchor=False)
    for each in chosen:
        _foreseen(visit, rules, each, names.get(each.actor.for_person or 0, ""))
    st.warning(t("together-criteria"))
    typed.text("reason", t("together-reason"), lines=2)
    show_problem(_rows(typed))
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
    """Which cases, work items and versions are looked at: a click on an earlier look is about what that one showed."""
    seen = repr([row.chosen for row in chosen])
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


def _foreseen(visit: Visit, rules: Policy, each: DecidableItem, absent: str) -> None:
    """One of those chosen: its document, the criteria that approving would affirm, and what either answer causes."""
    review = each.case.review
    assert review is not None
    words = visit.format
    with st.container(border=True, gap="xsmall"):
        badge = due_badge(words, each.item.soon_at, each.item.due_at, blocked=False)
        if absent:
            badge += inbox_row.for_whom(absent)
        link = f"**{each.code}** {plain(each.client)} · {title(each.item.work, each.item.phase)} v{review.version}"
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(badge, width="content")
            st.page_link("pages/caso.py", label=link, query_params={"caso": each.code})
        with visit.db.reading() as connection:
            documents = case.documents(connection, each.case_id)
        for row in documents:
            if row.document is review.document and row.version == review.version:
                file_line(each.code, row, words)
        criteria = (f"{plain(asked.name)}: **{plain(asked.expected)}**" for asked in each.case.criteria)
        st.caption(f"{t('criteria')}: {' · '.join(criteria)}")
        for verdict in VERDICTS:
            would = preview.consequence(rules, each.case, each.item, verdict, each.actor, visit.now)
            st.caption(f"**{t(f'if-{verdict}')}:** {' '.join(foreseen(would, words))}")


# --- deciding, and what became of each ---
def _kept(typed: Typed) -> str:
    return f"{typed.name}-results"  # not one of the form's fields: it outlives them


def _decide(typed: Typed, chosen: list[DecidableItem], verdict: str) -> None:
    drawn = {
        row.code: (row.client, DOCUMENT_NAMES[row.item.document], row.case.last_item)
        for row in chosen
        if row.item.document
    }

    def act(visit: Visit) -> str:
        rows, reason = [each.chosen for each in chosen], str(typed.value("reason"))
        results = batch_review.review_together(visit.db, visit.person.id, rows, verdict, visit.now, reason)
        st.session_state[_kept(typed)] = [(result, *drawn[result.chosen.code]) for result in results]
        return _summary(results, verdict)

    if not attempt(act, f"{typed.name}:"):
        return
    left = [each for each, *_ in st.session_state[_kept(typed)] if each.refused]
    if not left:
        typed.forget()
    elif len(left) == len(chosen):
        st.session_state["notice"] = ("refused", st.session_state["notice"][1])
    st.session_state[_looking(typed)] = False


def _summary(results: list[Result], verdict: str) -> str:
    done = sum(each.refused is None for each in results)
    return t("together-done", verdict=verdict, done=done, count=len(results), left=len(results) - done)


def _results(typed: Typed, words: Format) -> None:
    """A line a row: what was decided and what follows, or why not; until something else is chosen to look at."""
    found: list[tuple[Result, str, str, int]] = st.session_state.get(_kept(typed), [])
    if not found:
        return
    with st.container(border=True, gap="xsmall"):
        for result, client, document, last_item in found:
            mark = f":green-badge[✓ {t('together-ok')}]"
            if result.refused:
                mark, said = f":red-badge[✕ {t('together-left')}]", _why(result.refused)
            elif result.case:
                said = happened(result.case, last_item, words)
            st.markdown(f"{mark} **{result.chosen.code}** {plain(client)} · {document}. {said}")


def _why(refused: Refused) -> str:
    found = refused.problems.values() if isinstance(refused, Invalid) else ()
    return " ".join([plain(refusal(refused)), *(plain(problem(each)) for each in found)])
