"""The way through one's own inbox from case to case: back to it, where one is in it, and on to the next case.

The inbox last seen in this session is the list, as it was filtered and sorted; without one it is that of the first role
held, by urgency. The session keeps at which place of the list each case was reached: a case that has been decided has
left the list, and the next one is still the one that followed it.
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

CAP = 500  # rows; where one is in a longer list is not counted
_TOLD = "case_told"


def draw(view: CaseView) -> None:
    """The link back to the inbox, the position of the case in it, and the button that leads on."""
    roles = [role for role in PROCESS_ROLES if role in view.roles]
    if not roles:
        return
    name, address = st.session_state.get(INBOX, ("", {}))
    role, address = (Role(name), address) if name in roles else (roles[0], {})
    own_list = selected(role, address, view.visit.person.id)
    with view.visit.db.reading() as connection:
        place, position = _reached(connection, own_list, view)
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


def _reached(connection: Connection, own_list: Worklist, view: CaseView) -> tuple[str, Position | None]:
    """At which place of the list the case was reached ("" when it is not in it), and its position while it is there."""
    code, now = view.head.code, view.visit.now
    row = worklist.row_of(connection, own_list, code, now)
    places = st.session_state.setdefault(PLACES, {})
    if row is None:
        return places.get(code, ""), None
    place = places.setdefault(code, own_list.place(row))
    return place, worklist.position(connection, own_list, own_list.place(row), now, CAP)


def _go_on(code: str, place: str) -> None:
    """Show another case: its code goes into the address, as a step that the browser's way back returns from."""
    st.session_state.setdefault(PLACES, {})[code] = place
    tell_address(code)


def tell_address(code: str) -> None:
    """Let the address name this case, unless the browser was told so already.

    A link from the case page to another case would draw that case under the old address: the browser keeps the old
    parameters when the page stays the same, and sends them with the next click. `st.query_params` writes the address
    and a step of the history. A click can also overtake what the browser was told last (the next case) and bring the
    screen back to the case before: then the address follows the screen.
    """
    if st.session_state.get(_TOLD) != code:
        st.query_params["caso"] = code
        st.session_state[_TOLD] = code
