"""The guard that every page begins with, and what a page needs around it: who, which database, what moment."""

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

database, store = process.database, process.store  # pages take them from here


class Visit(NamedTuple):
    """One run of a page: who looks, at which database, at what moment (ms since 1970 UTC), in which time zone."""

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
    """The time zone in which people here read a clock."""
    with db.reading() as connection:
        return policy(connection).calendar.time_zone


def readable_address() -> None:
    """Let what the address says in signs that no text of ours holds (PostgreSQL refuses NUL) be no choice."""
    for name, value in st.query_params.to_dict().items():
        if not is_readable(value):
            del st.query_params[name]


def enter(*roles: Role, right: Right | None = None, substitutes: bool = False) -> Visit:
    """Let in who holds one of `roles` (anybody signed in when none is named) and the `right`, or end the page here.

    With `substitutes` also whoever stands in today for an absent person in one of these roles.
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
    st.session_state["zone"] = here = zone(db)
    show_notice()
    return Visit(person, db, now, here)


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
    """The roles in which a person stands in for somebody at this moment."""
    with db.reading() as connection:
        return frozenset[Role]().union(*(each.roles for each in substitutions_of(connection, person.id, now)))


def notify(text: str) -> None:
    """A sentence for the top of the next run: what was done."""
    st.session_state["notice"] = ("done", text)


def show_notice() -> None:
    """What became of the last act; its place stays when nothing is said, so that what stands beneath keeps its own.

    The browser makes an element anew when its place in the page changes, and forgets a file that is on its way.
    """
    kind, text = st.session_state.pop("notice", ("", ""))
    with st.container(key="notice"):
        if text:
            (st.success if kind == "done" else st.error)(text)
