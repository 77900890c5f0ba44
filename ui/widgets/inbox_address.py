"""The filters and the order of an inbox in its address."""

from collections.abc import Mapping

import streamlit as st

from core.process.deadlines import DueState
from core.process.definition import PHASES
from core.process.terms import Flow, Role
from core.queries import sorting
from core.queries.inbox import InboxFilter
from core.queries.worklist import Worklist

NAMES = ("buscar", "estado", "quien", "flujo", "fase", "orden")  # query parameters of an inbox


STATES = tuple(DueState)


HELD = ("mine", "nobody")


LONGEST = 100  # characters of a search


INBOX, PLACES = "inbox_place", "case_places"  # session keys


def selected(role: Role, address: Mapping[str, str], person: int) -> Worklist:
    """The list that the address of an inbox describes; invalid values are ignored."""
    state, held, flow, phase = (address.get(name, "") for name in ("estado", "quien", "flujo", "fase"))
    inbox_filter = InboxFilter(
        address.get("buscar", "")[:LONGEST],
        flow if flow in tuple(Flow) else "",
        int(phase) if phase in {str(phase.number) for phase in PHASES} else None,
        state if state in STATES else "",
        held if held in HELD else "",
        person,
    )
    by = address.get("orden", "")
    return Worklist(role, inbox_filter, by if by in sorting.ORDERS else sorting.URGENCY)


def begin(role: Role, address: Mapping[str, str]) -> None:
    """Make the current inbox the worklist, with no case visited yet."""
    st.session_state[INBOX] = (role.value, dict(address))
    st.session_state[PLACES] = {}
