"""What every page of the analysis begins with: guard, title, filters, date, and figures that are kept."""

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

SECONDS = 30  # how old a figure may be
HOUR = 3600  # how old a slow figure of days past may be, in seconds
Figures = TypeVar("Figures")
Made = TypeVar("Made")
Compute = Callable[[Connection, Selection, int], Figures]


class Drawn(NamedTuple):
    """A chart and its finding."""

    finding: str
    chart: go.Figure


@dataclass
class Study:
    """One run of a page: who looks, at which cases, and where the finding that is its title goes.

    `cache`: what has been made of its figures so far, by whoever looks; it is kept with them and changes no more.
    """

    visit: Visit
    selection: Selection
    heading: DeltaGenerator
    cache: dict[tuple[str, ...], Any] = field(default_factory=dict)

    @property
    def now(self) -> int:
        """The moment that the figures are of."""
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
        """Why there is no case: by what is chosen, because it is too early then, or because there is none at all."""
        return "chosen" if self.selection.chooses else "all" if self.selection.as_of is None else "then"

    def computed(self, compute: Compute[Figures]) -> Figures:
        """The figures of a page, at most SECONDS old; those of a past day do not change."""
        with st.spinner(t("analysis-counting")):
            name = f"{compute.__module__}.{compute.__qualname__}"
            key = (str(self.visit.db.url), name, self.selection)
            figures: Figures
            figures, self.cache = _computed(self.visit.db, *key, compute, self.visit.now)
        return figures

    def once(self, make: Callable[[], Made], *name: str) -> Made:
        """What is made of the figures, under its name: once in each language as long as they are kept."""
        key = (language(), *name)
        if key not in self.cache:
            self.cache[key] = make()
        value: Made = self.cache[key]
        return value

    def settled(self, compute: Compute[Figures]) -> Figures:
        """Slow figures of what was settled when the day began, at most an hour old."""
        zone = self.fmt.zone
        dawn = begin_of(day_of(self.now, zone), zone)
        with st.spinner(t("analysis-counting")):
            name = f"{compute.__module__}.{compute.__qualname__}"
            return _settled(self.visit.db, str(self.visit.db.url), name, self.selection, dawn, compute)

    def end_when_empty(self, cases: int) -> None:
        """Without any case say why; the page ends here, under the filters and their way out."""
        if not cases:
            st.info(t(f"analysis-empty-{self.nothing}"))
            st.stop()


def enter(page: str) -> Study:
    """Let in whoever may see the analysis, and draw what stands at the top of each of its pages."""
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
    """Figures have become others by what was just done here."""
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
