"""One date for the whole section: figures as of the end of that day; a button plays the months."""

from datetime import date, timedelta

import streamlit as st

from core.queries.selection import day_of, end_of
from core.store.rows_as_of import first_opening
from ui.shell.guard import Visit
from ui.widgets import filters
from ui.words.messages import t

DAY = "al"  # query parameter
PLAYING, FRESH = "analysis_playing", "analysis_fresh"
SECONDS = 3


def draw(visit: Visit) -> int | None:
    """Draw the date and the play button; return the last moment of the chosen day, None for now."""
    zone = visit.format.zone
    today = day_of(visit.now, zone)
    chosen = filters.day(DAY, t("as-of-day"), last=today)
    playing = st.session_state.get(PLAYING, False)
    if playing:
        st.button(t("as-of-stop"), key="as_of_stop", on_click=stop)
        st.session_state[FRESH] = True
        st.fragment(_tick, run_every=SECONDS)(visit)
    else:
        st.button(t("as-of-play"), key="as_of_play", on_click=play, args=(visit,), help=t("as-of-play-hint"))
    return end_of(chosen, zone) - 1 if chosen and chosen < today else None


def play(visit: Visit) -> None:
    """Start at the month of the first case, or continue from the chosen day."""
    if DAY not in st.query_params:
        with visit.db.reading() as connection:
            first = first_opening(connection)
        zone = visit.format.zone
        start = day_of(visit.now if first is None else first, zone).replace(day=1) - timedelta(days=1)
        if not _go(following(start, day_of(visit.now, zone))):
            return
    st.session_state[PLAYING] = True


def stop() -> None:
    st.session_state[PLAYING] = False


def today() -> None:
    """Go back to the present."""
    stop()
    st.query_params.pop(DAY, None)


def following(day: date, today: date) -> date | None:
    """The next last day of a month after the day, or None when it is not over yet."""
    first = (day + timedelta(days=1)).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return last if last < today else None


def step(visit: Visit) -> None:
    """Advance by one month and stop at today."""
    now = day_of(visit.now, visit.format.zone)
    try:
        day = date.fromisoformat(st.query_params.get(DAY, ""))
    except ValueError:
        day = now
    if not _go(following(day, now)):
        stop()


def _go(day: date | None) -> bool:
    """Write the day into the address; None means today."""
    if day:
        st.query_params[DAY] = day.isoformat()
    else:
        st.query_params.pop(DAY, None)
    return day is not None


def _tick(visit: Visit) -> None:
    """Advance at each run of the fragment but the first, which belongs to the page's own run."""
    if st.session_state.pop(FRESH, False) or not st.session_state.get(PLAYING):
        return
    step(visit)
    st.rerun()
