"""Who holds a work item, and the buttons to take it, give it back and hand it on."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from core.case import permissions
from core.case.commands import Actor, Hold
from core.case.model import Case, Item
from core.process.definition import title
from core.process.terms import Role
from core.services import cases
from ui.case.desk import Desk
from ui.shell.actions import show_problem
from ui.shell.guard import Visit
from ui.words import labels
from ui.words.messages import plain, t


def bar(desk: Desk, item: Item) -> None:
    """One line: who holds the item since when, and what this visitor can do about that."""
    person = desk.visit.person
    mine = item.held_by in (person.id, *(each.person for each in desk.standing if item.role in each.roles))
    own = item.held_by == person.id
    with st.container(horizontal=True, vertical_alignment="center", key=f"hold-{desk.head.code}-{item.item}"):
        if item.held_by is not None:
            name = t("held-by-you") if own else plain(desk.names.get(item.held_by, ""))
            st.caption(t("held-since", person=name, at=item.held_since), width="content")
        elif permissions.why_not(desk.policy, desk.case, item, desk.actor(item), desk.visit.now) is None:
            _button(desk, item, "take", cases.take)
        if item.held_by is not None and (mine or Role.PROCESO in person.roles):
            _button(desk, item, "give-back", partial(cases.give_back, seen=_hold(item)))
        if mine or Role.PROCESO in person.roles:
            _assign(desk, item)


def _button(desk: Desk, item: Item, name: str, service: Callable[..., Case]) -> None:
    st.button(
        t(f"do-{name}"),
        key=_key(desk, item, name),
        type="tertiary",
        on_click=partial(_act, desk, item, name, service),
    )


def _hold(item: Item) -> Hold:
    """Who holds the item on this screen: what somebody took since then is not given back or handed on."""
    return Hold(item.held_by, item.held_since)


def _key(desk: Desk, item: Item, name: str) -> str:
    """The key of a button that changes who holds the item: it names the hold that it is drawn for, too."""
    return desk.key(item, f"{item.held_by or ''}-{item.held_since or ''}-{name}")


def _act(desk: Desk, item: Item, name: str, service: Callable[..., Case]) -> None:
    def act(visit: Visit) -> str:
        service(visit.db, visit.person.id, desk.head.code, item.item, visit.now, for_person=_for(desk, item, visit))
        return t(f"done-{name}", work=title(item.work, item.phase))

    desk.attempt(act)


def _for(desk: Desk, item: Item, visit: Visit) -> int | None:
    """Whoever is away and holds the item, or for whom it is taken; nobody where Proceso acts as such."""
    if item.held_by not in (None, visit.person.id) and Role.PROCESO in visit.person.roles:
        return None
    return desk.actor(item).for_person


def _assign(desk: Desk, item: Item) -> None:
    """Whoever of the role may decide it, but for whoever holds it already."""
    people = labels.distinct(
        {
            number: name
            for number, name in desk.holders[item.role].items()
            if number != item.held_by and _may(desk, item, number)
        }
    )
    if not people:
        return
    field = f"{desk.head.code}-{item.item}-assign"
    with st.popover(t("do-assign"), type="tertiary"):
        st.selectbox(
            t("assign-to"), list(people), index=None, format_func=people.__getitem__, placeholder="", key=field
        )
        show_problem(f"{field}:to")
        click = partial(_hand_on, desk, item, field, people)
        st.button(t("assign-now"), key=_key(desk, item, "assign-now"), on_click=click)


def _may(desk: Desk, item: Item, number: int) -> bool:
    who = Actor(number, frozenset({item.role}))
    return permissions.why_never(desk.policy, desk.case, item, who, desk.visit.now) is None


def _hand_on(desk: Desk, item: Item, field: str, people: Mapping[int, str]) -> None:
    def act(visit: Visit) -> str:
        to = st.session_state[field]
        absent = _for(desk, item, visit)
        on = (visit.db, visit.person.id, desk.head.code, item.item, to, visit.now)
        cases.assign(*on, for_person=absent, seen=_hold(item))
        return t("done-assign", work=title(item.work, item.phase), person=plain(people.get(to, "")))

    desk.attempt(act, f"{field}:")
