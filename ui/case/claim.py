"""The holder of a work item, and the buttons to claim, release and reassign it."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from core.case import permissions
from core.case.commands import Actor, Hold
from core.case.model import Case, Item
from core.process.definition import title
from core.process.terms import Role
from core.services import cases
from ui.case.view import CaseView
from ui.shell.actions import show_problem
from ui.shell.guard import Visit
from ui.words import labels
from ui.words.messages import plain, t


def bar(view: CaseView, item: Item) -> None:
    """Draw one line: who holds the item since when, and the visitor's actions on the claim."""
    person = view.visit.person
    is_mine = item.held_by in (person.id, *(absent.person for absent in view.standing if item.role in absent.roles))
    is_own = item.held_by == person.id
    with st.container(horizontal=True, vertical_alignment="center", key=f"hold-{view.head.code}-{item.item}"):
        if item.held_by is not None:
            name = t("held-by-you") if is_own else plain(view.names.get(item.held_by, ""))
            st.caption(t("held-since", person=name, at=item.held_since), width="content")
        elif permissions.why_not(view.policy, view.case, item, view.actor(item), view.visit.now) is None:
            _button(view, item, "take", cases.take)
        if item.held_by is not None and (is_mine or Role.PROCESO in person.roles):
            _button(view, item, "give-back", partial(cases.give_back, seen=_hold(item)))
        if is_mine or Role.PROCESO in person.roles:
            _assign(view, item)


def _button(view: CaseView, item: Item, name: str, service: Callable[..., Case]) -> None:
    st.button(
        t(f"do-{name}"),
        key=_key(view, item, name),
        type="tertiary",
        on_click=partial(_act, view, item, name, service),
    )


def _hold(item: Item) -> Hold:
    """The claim as drawn on this screen, so that a later claim is neither released nor reassigned."""
    return Hold(item.held_by, item.held_since)


def _key(view: CaseView, item: Item, name: str) -> str:
    """The key of a button that changes the claim; it includes the claim that it is drawn for."""
    return view.key(item, f"{item.held_by or ''}-{item.held_since or ''}-{name}")


def _act(view: CaseView, item: Item, name: str, service: Callable[..., Case]) -> None:
    def act(visit: Visit) -> str:
        service(visit.db, visit.person.id, view.head.code, item.item, visit.now, for_person=_absent(view, item, visit))
        return t(f"done-{name}", work=title(item.work, item.phase))

    view.attempt(act)


def _absent(view: CaseView, item: Item, visit: Visit) -> int | None:
    """The absent person who holds the item or for whom it is claimed; None where Proceso acts as such."""
    if item.held_by not in (None, visit.person.id) and Role.PROCESO in visit.person.roles:
        return None
    return view.actor(item).for_person


def _assign(view: CaseView, item: Item) -> None:
    """Draw the choice of another holder of the role who may decide the item."""
    people = labels.distinct(
        {
            number: name
            for number, name in view.holders[item.role].items()
            if number != item.held_by and _may_decide(view, item, number)
        }
    )
    if not people:
        return
    field = f"{view.head.code}-{item.item}-assign"
    with st.popover(t("do-assign"), type="tertiary"):
        st.selectbox(
            t("assign-to"), list(people), index=None, format_func=people.__getitem__, placeholder="", key=field
        )
        show_problem(f"{field}:to")
        click = partial(_hand_on, view, item, field, people)
        st.button(t("assign-now"), key=_key(view, item, "assign-now"), on_click=click)


def _may_decide(view: CaseView, item: Item, number: int) -> bool:
    actor = Actor(number, frozenset({item.role}))
    return permissions.why_never(view.policy, view.case, item, actor, view.visit.now) is None


def _hand_on(view: CaseView, item: Item, field: str, people: Mapping[int, str]) -> None:
    def act(visit: Visit) -> str:
        to = st.session_state[field]
        absent = _absent(view, item, visit)
        args = (visit.db, visit.person.id, view.head.code, item.item, to, visit.now)
        cases.assign(*args, for_person=absent, seen=_hold(item))
        return t("done-assign", work=title(item.work, item.phase), person=plain(people.get(to, "")))

    view.attempt(act, f"{field}:")
