"""The prerequisite board: which environments will be missing, who provides them, by when, and the form to register."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from core.case.rules.around_the_case import EVIDENCE_ROLES
from core.process.definition import PHASES, phase_name
from core.process.terms import Channel, Environment, Flow
from core.queries.phase_durations import Key, Pace
from core.queries.prerequisites import STATES, URGENCIES, Need, PrerequisiteFilter, Row
from ui.shell.guard import Visit
from ui.shell.page_parts import part
from ui.widgets import environment_form, filters
from ui.widgets.form_state import Typed
from ui.words.format import Format
from ui.words.messages import plain, t, word

PAGE = 50
NAMES = ("buscar", "ambiente", "estado", "urgencia")
OPEN = "registrar"  # in the address: the row whose form is open
WIDTHS = (150, 420, 265, 115)  # shares of a row: urgency, what, case, form


def read_filter() -> PrerequisiteFilter:
    """Draw the filters and return what the address holds."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = filters.words_to_find(t("board-search"), t("board-search-hint"))
        kind = filters.choice("ambiente", t("environment"), tuple(Environment), word, width=175)
        state = filters.choice("estado", t("board-state"), STATES, _state_name, t("board-not-covered"), width=205)
        urgency = filters.choice("urgencia", t("board-urgency"), URGENCIES, _urgency_name)
    return PrerequisiteFilter(words, kind or "", state or "", urgency or "")


def _state_name(state: str) -> str:
    return t(f"board-state-{state}")


def _urgency_name(urgency: str) -> str:
    return t(f"board-urgency-{urgency}")


def summary(rows: list[Row]) -> str:
    """How many environments are holding a case up, needed soon, or needed later."""
    bare = [row.urgency for row in rows if row.need.state != "covered"]
    counts = {urgency: bare.count(urgency) for urgency in URGENCIES}
    parts = [t(f"board-count-{urgency}", count=count) for urgency, count in counts.items() if count]
    return " · ".join(parts) or t("board-all-covered")


def draw(visit: Visit, rows: list[Row]) -> None:
    """Draw one page of rows."""
    st.caption(t("who-registers"))
    place = st.query_params.get(filters.PLACE, "")
    start = int(place) if place.isascii() and place.isdigit() and len(place) < 7 else 0
    for row in rows[start : start + PAGE]:
        _row(visit, row)
    following = str(start + PAGE) if len(rows) > start + PAGE else ""
    filters.turn_pages(start > 0, following, PAGE)


@part("an environment of a client")
def _row(visit: Visit, row: Row) -> None:
    fmt, need = visit.format, row.need
    name = f"{need.case.client}.{need.environment}"
    with st.container(border=True, gap="xsmall"):
        registers = bool(EVIDENCE_ROLES & visit.person.roles)
        places = st.columns(WIDTHS if registers else WIDTHS[:-1], vertical_alignment="center", gap="small")
        places[0].markdown(_badge(row, fmt))
        places[1].markdown(f"**{plain(need.case.name)}** · {word(need.environment)} · {_state(need)}")
        with places[2]:
            query = {"caso": need.case.code, "vista": "client"}
            st.page_link("pages/caso.py", label=f"{need.case.code} · {phase_name(need.case.phase)}", query_params=query)
        st.caption(_due_text(row, fmt))
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.caption(t("board-provider"), width="content")
            st.text(" · ".join(part for part in need.case.contact if part), width="content")
        if need.registered:
            by = t("registered-by", person=plain(need.registered.registered_by), at=need.registered.registered_at)
            st.caption(f"{t('board-evidence')}: {plain(need.registered.evidence)} · {by}")
        if registers:
            with places[3]:
                _open_button(name)
            _register(visit, need, name)


def _badge(row: Row, fmt: Format) -> str:
    """The urgency as a badge with text, symbol and colour."""
    if row.need.state == "covered":
        return f":green-badge[✓ {t('board-state-covered')}]"
    if row.urgency == "waiting":
        return f":red-badge[● {t('board-waiting', since=fmt.elapsed(fmt.now - row.need.needed_at))}]"
    colour, mark = ("orange", "◐") if row.urgency == "soon" else ("gray", "○")
    return f":{colour}-badge[{mark} {t('board-by', day=fmt.day(row.need.needed_at))}]"


def _state(need: Need) -> str:
    expires = need.registered.expires_at if need.registered else None
    if need.state == "missing":
        return t("board-missing")
    if expires is None:
        return t("no-expiry")
    return t(f"board-{need.state}", at=expires)


def _due_text(row: Row, fmt: Format) -> str:
    """The gate that needs the environment, and when the case reaches it."""
    need = row.need
    gate = phase_name(need.gate)
    if need.waiting:
        place = t("board-at-gate", gate=gate)
    elif need.gate == need.case.phase:
        place = t("board-there", gate=gate)
    else:
        place = t("board-reaches", gate=gate, day=fmt.day(need.needed_at))
    return f"{place} {t('board-more-cases', count=row.cases - 1)}" if row.cases > 1 else place


def _open_button(name: str) -> None:
    """Draw the button that opens or closes the form of a row."""
    is_open = st.query_params.get(OPEN) == name
    label = t("board-close" if is_open else "board-register")
    st.button(label, on_click=partial(_open, "" if is_open else name), key=f"open-{name}")


def _register(visit: Visit, need: Need, name: str) -> None:
    """Draw the form if the address names this row."""
    if st.query_params.get(OPEN) == name:
        with st.container(border=True):
            form = Typed(visit, f"board/{name}")
            environment_form.form(form, need.case.client, [need.environment], need.environment)


def _open(name: str) -> None:
    if name:
        st.query_params[OPEN] = name
    else:
        st.query_params.pop(OPEN, None)


def explain(pace: Mapping[Key, Pace], fmt: Format) -> None:
    """Explain how dates are estimated: the working time of each phase and its basis."""
    st.markdown(t("board-how"))
    names = [t("board-phase"), t("board-flow"), t("board-channel"), t("board-time"), t("board-basis")]
    rows = [
        (phase_name(phase.number), word(flow), *line)
        for phase in PHASES
        for flow in Flow
        for line in _lines(phase.number, flow, pace, fmt)
    ]
    st.dataframe([dict(zip(names, row, strict=True)) for row in rows], hide_index=True)


def _lines(phase: int, flow: Flow, pace: Mapping[Key, Pace], fmt: Format) -> list[tuple[str, str, str]]:
    """One line per channel, or one for both when their times are equal."""
    by_channel = {channel: pace[phase, flow, channel] for channel in Channel}
    if len(set(by_channel.values())) == 1:
        return [(t("board-both"), *_pace_texts(by_channel[Channel.OPERACION], fmt))]
    return [(word(channel), *_pace_texts(pace_of_channel, fmt)) for channel, pace_of_channel in by_channel.items()]


def _pace_texts(pace: Pace, fmt: Format) -> tuple[str, str]:
    return fmt.working(pace.minutes), t("board-median", count=pace.n) if pace.n else t("board-deadlines")
