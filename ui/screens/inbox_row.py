"""A row of an inbox, shared by all inboxes: its urgency, client, work, and since when it waits."""

from collections.abc import Sequence
from textwrap import shorten

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.process.definition import phase_name, title
from core.queries.inbox import InboxRow
from core.queries.urgency import Why
from ui.shell.guard import Visit
from ui.widgets.due_badge import reason
from ui.words.messages import plain, t, word

LONGEST = 28  # characters of a name in a row
WIDTHS = (220, 310, 380, 80)  # shares of the row


def draw(visit: Visit, row: InboxRow, reasons: Sequence[Why], absent: str = "") -> DeltaGenerator:
    """Draw the row and return the place at its start for a checkbox; `absent`: for whom the visitor would decide."""
    fmt = visit.format
    where = f"{phase_name(row.phase)} · {word(row.flow)}"
    places = st.columns(WIDTHS, vertical_alignment="center", gap="small")
    first = places[0].container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"mark-{row.id}")
    mark = first.container(width="content")
    first.markdown(reason(fmt, reasons))
    label = f"**{row.code}** {plain(_short(row.client))}"
    places[1].page_link("pages/caso.py", label=label, query_params={"caso": row.code})
    badge = for_whom(absent) if absent else _holder(row, visit)
    places[2].markdown(f"{title(row.kind, row.phase)} :gray[:small[{where}]]{badge}")
    places[3].caption(fmt.ago(row.opened_at))
    return mark


def for_whom(absent: str) -> str:
    """«por Y», as a badge."""
    return f" :violet-badge[{t('for-short', person=plain(_short(absent)))}]"


def _holder(row: InboxRow, visit: Visit) -> str:
    """The holder of the work as a badge; empty while nobody holds it."""
    if row.held_by is None:
        return ""
    is_mine = row.held_by == visit.person.id
    return f" :blue-badge[{t('held-by-you')}]" if is_mine else f" :gray-badge[{plain(_short(row.holder or ''))}]"


def _short(name: str) -> str:
    return shorten(name, LONGEST, placeholder="…")
