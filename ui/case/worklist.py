"""Navigation from the case page through the visitor's inbox: back to it, the position in it, and the next case.

The list is the inbox last seen in this session, as filtered and sorted then; otherwise that of the first role held, by
urgency. The session stores the place in the list at which each case was visited: a decided case leaves the list, and
the next case is still the one that followed it.
"""

from functools import partial

import streamlit as st
from sqlalchemy import Connection

from core.process.terms import PROCESS_ROLES, ROLE_NAMES, Role
from core.queries import worklist
from core.queries.worklist import Position, Worklist
from core.staff import availability
from ui.case.view import CaseView
from ui.widgets.inbox_address import INBOX, PLACES, selected
from ui.words.messages import t

CAP = 500  # rows; positions beyond are not counted
_TOLD = "case_told"


def draw(view: CaseView) -> None:
    """Draw the link back to the inbox, the position of the case in it, and the button to the next case."""
    roles = [role for role in PROCESS_ROLES if role in view.roles]
    if not roles:
        return
    name, address = st.session_state.get(INBOX, ("", {}))
    role, address = (Role(name), address) if name in roles else (roles[0], {})
    own_list = selected(role, address, view.visit.person.id)
    with view.visit.db.reading() as connection:
        place, position = _visited(connection, own_list, view)
        actors = availability.actors(view.visit.actor, view.standing)
        row = worklist.following(connection, view.policy, own_list, actors, place, view.head.code, view.visit.now)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        label = f"← {ROLE_NAMES[role]}"
        if position:
            label += f" · {t('list-position', number=position.number, count=position.total)}"
        st.page_link(f"pages/{role.value}.py", label=label, query_params=address)
        if row is None:
            st.text(t("list-end"), width="content")
        else:
            click = partial(_go_on, row.code, own_list.place(row))
            st.button(t("next-pending", code=row.code), key=f"next-{row.code}", type="tertiary", on_click=click)


def _visited(connection: Connection, own_list: Worklist, view: CaseView) -> tuple[str, Position | None]:
    """The place in the list at which the case was visited ("" if not in it), and its current position, if any."""
    code, now = view.head.code, view.visit.now
    row = worklist.row_of(connection, own_list, code, now)
    places = st.session_state.setdefault(PLACES, {})
    if row is None:
        return places.get(code, ""), None
    place = places.setdefault(code, own_list.place(row))
    return place, worklist.position(connection, own_list, own_list.place(row), now, CAP)


def _go_on(code: str, place: str) -> None:
    """Show another case and put it into the address, as a step in the browser's history."""
    st.session_state.setdefault(PLACES, {})[code] = place
    write_address(code)


def write_address(code: str) -> None:
    """Write this case into the address, unless that was done already.

    A page link from the case page to another case keeps the old parameters in the browser's address, which sends them
    with the next click. `st.query_params` writes the address and a step of the history. A click can also overtake the
    last change of address (the next case) and bring back the case before: then the address follows the screen.
    """
    if st.session_state.get(_TOLD) != code:
        st.query_params["caso"] = code
        st.session_state[_TOLD] = code
