"""The common start of all analysis pages: guard, title, filters, date, and cached figures."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

import plotly.graph_objects as go
import streamlit as st
from sqlalchemy import Connection
from streamlit.delta_generator import DeltaGenerator

from core.process.terms import Right
from core.queries.selection import Selection, begin_of, day_of
from core.store.database import Database
from ui.analysis import as_of
from ui.analysis import filters as analysis_filters
from ui.shell import guard
from ui.shell.guard import Visit
from ui.widgets import filters, saved_views
from ui.words.format import Format
from ui.words.messages import language, t

SECONDS = 30  # maximum age of a figure
HOUR = 3600  # maximum age in seconds of a slow figure of past days
Figures = TypeVar("Figures")
Made = TypeVar("Made")
Compute = Callable[[Connection, Selection, int], Figures]


class Drawn(NamedTuple):
    """A chart and its finding."""

    finding: str
    chart: go.Figure


@dataclass
class Study:
    """One run of a page: the visit, the selected cases, and the place of the finding that is its title.

    `cache` holds what was derived from the figures; it is shared by all visitors and lasts as long as the figures.
    """

    visit: Visit
    selection: Selection
    heading: DeltaGenerator
    cache: dict[tuple[str, ...], Any] = field(default_factory=dict)

    @property
    def now(self) -> int:
        """The moment as of which figures are computed."""
        return self.selection.moment(self.visit.now)

    @property
    def fmt(self) -> Format:
        return self.visit.format

    @property
    def address(self) -> dict[str, str]:
        """The filters and the date, for a link to another page of the section."""
        return filters.chosen(*analysis_filters.NAMES, as_of.DAY)

    @property
    def nothing(self) -> str:
        """Why there are no cases: `chosen` (the filters), `then` (the date is too early) or `all` (there are none)."""
        return "chosen" if self.selection.chooses else "all" if self.selection.as_of is None else "then"

    def computed(self, compute: Compute[Figures]) -> Figures:
        """Compute the figures of a page, cached for SECONDS."""
        with st.spinner(t("analysis-counting")):
            name = f"{compute.__module__}.{compute.__qualname__}"
            key = (str(self.visit.db.url), name, self.selection)
            figures: Figures
            figures, self.cache = _computed(self.visit.db, *key, compute, self.visit.now)
        return figures

    def once(self, make: Callable[[], Made], *name: str) -> Made:
        """Derive something from the figures, cached with them by language and name."""
        key = (language(), *name)
        if key not in self.cache:
            self.cache[key] = make()
        value: Made = self.cache[key]
        return value

    def settled(self, compute: Compute[Figures]) -> Figures:
        """Compute slow figures as of the beginning of the day, cached for an hour."""
        zone = self.fmt.zone
        dawn = begin_of(day_of(self.now, zone), zone)
        with st.spinner(t("analysis-counting")):
            name = f"{compute.__module__}.{compute.__qualname__}"
            return _settled(self.visit.db, str(self.visit.db.url), name, self.selection, dawn, compute)

    def end_when_empty(self, cases: int) -> None:
        """Without cases, show why and end the page below the filters."""
        if not cases:
            st.info(t(f"analysis-empty-{self.nothing}"))
            st.stop()


def enter(page: str) -> Study:
    """Admit visitors with the right to the analysis, and draw the top of the page."""
    visit = guard.enter(right=Right.ANALYSIS)
    saved_views.enter(visit, Right.ANALYSIS, *analysis_filters.NAMES)
    st.title(t(f"page-{page}"), anchor=False)
    heading = st.empty()
    selection = analysis_filters.draw(visit)
    if selection.as_of is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.info(t("as-of-told", day=visit.format.day(selection.as_of)), width=420)
            st.button(t("as-of-today"), key="as_of_today", on_click=as_of.today)
    if chosen := analysis_filters.describe(visit, selection):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(t("analysis-chosen", chosen=chosen), width="content")
            filters.clear_button(*analysis_filters.NAMES)
    return Study(visit, selection, heading)


@st.cache_resource(ttl=SECONDS, max_entries=200, show_spinner=False)
def _computed(
    _db: Database,
    url: str,  # noqa: ARG001  (part of the key, as is the name)
    name: str,  # noqa: ARG001
    selection: Selection,
    _compute: Compute[Any],
    _now: int,
) -> tuple[Any, dict[tuple[str, ...], Any]]:
    with _db.reading() as connection:
        return _compute(connection, selection, _now), {}


def forget() -> None:
    """Drop cached figures after an action that changes them."""
    _computed.clear()


@st.cache_data(ttl=HOUR, max_entries=100, show_spinner=False)
def _settled(
    _db: Database,
    url: str,  # noqa: ARG001
    name: str,  # noqa: ARG001
    selection: Selection,
    now: int,
    _compute: Compute[Figures],
) -> Figures:
    with _db.reading() as connection:
        return _compute(connection, selection, now)
