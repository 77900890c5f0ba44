"""The filters of all analysis pages, stored as codes in the address and in saved views."""

from collections.abc import Callable

import streamlit as st

from core.process.definition import PHASES, phase_name
from core.process.terms import Channel, Flow, Right
from core.queries import case
from core.queries.selection import Selection, begin_of, end_of
from ui.analysis import as_of
from ui.shell.guard import Visit
from ui.widgets import filters, saved_views
from ui.words.messages import plain, t, word

FEW = ("flujo", "canal", "fase")
MORE = ("cliente", "ambito", "abierto_desde", "abierto_hasta", "cerrado_desde", "cerrado_hasta")
SLIM = 140  # px, so that the row fits beside the menu in a small window
NAMES = (*FEW, *MORE)
PLACES = ("national", "international")


def draw(visit: Visit) -> Selection:
    """Draw the filters and the date in one row, and return the selection."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        flow = filters.choice("flujo", t("filter-flow"), tuple(Flow), word, width=SLIM)
        channel = filters.choice("canal", t("filter-channel"), tuple(Channel), word, width=SLIM)
        numbers = [str(phase.number) for phase in PHASES]
        phase = filters.choice(
            "fase", t("filter-phase"), numbers, lambda n: phase_name(int(n)), t("filter-all-phases"), width=156
        )
        count = len(filters.chosen(*MORE))
        with st.popover(t("filter-more", count=count)):
            extra = _more(visit)
        saved_views.draw(visit, Right.ANALYSIS, *NAMES)
        then = as_of.draw(visit)
    chosen = {"flow": flow and Flow(flow), "channel": channel and Channel(channel), "phase": phase and int(phase)}
    return Selection(**{name: value or None for name, value in chosen.items()}, **extra, as_of=then)  # type: ignore[arg-type]


def _more(visit: Visit) -> dict[str, int | bool | None]:
    with visit.db.reading() as connection:
        clients = {str(number): name for number, name in case.clients(connection).items()}
    client = filters.choice("cliente", t("filter-client"), tuple(clients), lambda n: clients[n], width=320)
    place = filters.choice("ambito", t("filter-place"), PLACES, word, width=320)
    chosen: dict[str, int | bool | None] = {
        "client": int(client) if client else None,
        "international": place == "international" if place else None,
    }
    for name, code in (("opened", "abierto"), ("closed", "cerrado")):
        with st.container(horizontal=True):
            first = filters.day(f"{code}_desde", t(f"filter-{name}-from"))
            last = filters.day(f"{code}_hasta", t(f"filter-{name}-to"))
        zone = visit.format.zone
        chosen[f"{name}_from"] = begin_of(first, zone) if first else None
        chosen[f"{name}_before"] = end_of(last, zone) if last else None
    return chosen


def describe(visit: Visit, selection: Selection, write: Callable[[str], str] = plain) -> str:
    """Describe the selection in one line, empty without filters; `write` escapes text typed by people."""
    fmt = visit.format
    parts = [word(code) for code in (selection.flow, selection.channel) if code]
    parts += [phase_name(selection.phase)] if selection.phase else []
    if selection.client is not None:
        with visit.db.reading() as connection:
            parts.append(write(case.clients(connection).get(selection.client, "")))
    if selection.international is not None:
        parts.append(word(PLACES[selection.international]))
    ends = {"opened": ("opened_from", "opened_before"), "closed": ("closed_from", "closed_before")}
    for name, (first, before) in ends.items():
        begin, end = getattr(selection, first), getattr(selection, before)
        parts += [t(f"chosen-{name}-from", day=fmt.day(begin))] if begin is not None else []
        parts += [t(f"chosen-{name}-to", day=fmt.day(end - 1))] if end is not None else []
    return " · ".join(parts)
