"""The guard that every page begins with, and the page's context: person, database, time."""

from typing import NamedTuple

import streamlit as st

from core.case.commands import Actor
from core.errors import NotAllowed, Refused
from core.people import rights
from core.process.terms import Right, Role
from core.staff.availability import substitutions_of
from core.staff.person import Person
from core.store.database import Database
from core.store.settings import policy
from core.text import is_readable
from ui.shell import process
from ui.shell.language import session_reader
from ui.shell.password import must_change
from ui.shell.process import moment
from ui.shell.sign_in import form, signed_in
from ui.words.format import Format
from ui.words.messages import refusal, t

database, store = process.database, process.store  # re-exported for pages


class Visit(NamedTuple):
    """The context of one run of a page: person, database, time (ms since 1970 UTC) and time zone."""

    person: Person
    db: Database
    now: int
    zone: str

    @property
    def actor(self) -> Actor:
        return Actor(self.person.id, self.person.roles)

    @property
    def format(self) -> Format:
        return Format(session_reader().language, self.now, self.zone)


def zone(db: Database) -> str:
    """The time zone of the process's calendar."""
    with db.reading() as connection:
        return policy(connection).calendar.time_zone


def readable_address() -> None:
    """Drop query parameters with characters that stored text cannot hold (PostgreSQL refuses NUL)."""
    for name, value in st.query_params.to_dict().items():
        if not is_readable(value):
            del st.query_params[name]


def enter(*roles: Role, right: Right | None = None, substitutes: bool = False) -> Visit:
    """Admit holders of one of `roles` (anybody signed in when none is named) and of `right`, or end the page.

    With `substitutes`, also people who stand in today for a holder of one of these roles.
    """
    readable_address()
    db, now = database(), moment()
    person = signed_in(db, now) or form(db, now)
    if person.must_change_password:
        must_change(db, person, now)
    held = person.roles | standing_roles(db, person, now) if substitutes else person.roles
    refused = _refused(person, held, roles, right)
    if refused:
        st.warning(refusal(refused))
        st.page_link("pages/inicio.py", label=t("to-start"))
        st.stop()
    st.session_state["zone"] = time_zone = zone(db)
    show_notice()
    return Visit(person, db, now, time_zone)


def _refused(person: Person, held: frozenset[Role], roles: tuple[Role, ...], right: Right | None) -> Refused | None:
    if roles and not held & set(roles):
        return NotAllowed("page_role_needed", roles=roles)
    try:
        if right:
            rights.check(person, right)
    except NotAllowed as refused:
        return refused
    return None


def standing_roles(db: Database, person: Person, now: int) -> frozenset[Role]:
    """The roles in which a person currently stands in for somebody."""
    with db.reading() as connection:
        return frozenset[Role]().union(
            *(substitution.roles for substitution in substitutions_of(connection, person.id, now))
        )


def notify(text: str) -> None:
    """Show a sentence at the top of the next run."""
    st.session_state["notice"] = ("done", text)


def show_notice() -> None:
    """Draw the result of the last action, in a container that exists even when empty.

    Otherwise elements below would move, and the browser would recreate them and lose a running upload.
    """
    kind, text = st.session_state.pop("notice", ("", ""))
    with st.container(key="notice"):
        if text:
            (st.success if kind == "done" else st.error)(text)
