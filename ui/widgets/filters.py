"""Filters that live in the address, as codes that are the same in every language.

The address is what counts: a widget shows what stands there and writes there, so that a reload, a link and the way
back keep the choice. What the address says wrongly is no choice.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from core.errors import Invalid
from core.process.terms import Channel, Flow
from core.queries.selection import Selection, begin_of, end_of
from core.text import readable
from ui.widgets import day_field
from ui.words import labels
from ui.words.format import Format
from ui.words.messages import t, word

PLACE = "despues"  # from where a long list goes on; another choice begins at its start
COHORT = ("flujo", "canal", "abierto_desde", "abierto_hasta")
WIDTH = 155
DAY_WIDTH = 205
DAYS = ("abierto_desde", "abierto_hasta", "cerrado_desde", "cerrado_hasta")
ON = "true"


def cohort(words: Format) -> Selection:
    """The widgets of a cohort, and what they say: flow, channel, opening date from and to (both included)."""
    flow = choice("flujo", t("filter-flow"), tuple(Flow), word)
    channel = choice("canal", t("filter-channel"), tuple(Channel), word)
    first = day("abierto_desde", t("filter-from"))
    last = day("abierto_hasta", t("filter-to"))
    return Selection(
        flow=Flow(flow) if flow else None,
        channel=Channel(channel) if channel else None,
        opened_from=begin_of(first, words.zone) if first else None,
        opened_before=end_of(last, words.zone) if last else None,
    )


def choice(
    name: str,
    label: str,
    options: Sequence[str],
    words: Callable[[Any], str],
    everything: str = "",
    width: int = WIDTH,
) -> str | None:
    """A choice among codes, or none of them."""
    given = st.query_params.get(name)
    known = {str(option): option for option in options}  # an enum's member is no option to a widget, its text is
    _tell(name, given if given in known else None)
    return st.selectbox(
        label,
        list(known),
        index=None,
        format_func=labels.format_func_of(known, lambda code: words(known[code])),
        placeholder=everything or t("filter-all"),
        key=_key(name),
        on_change=_keep,
        args=(name,),
        width=width,
    )


def part(name: str, label: str, parts: Sequence[str], words: Callable[[str], str]) -> str:
    """Which part of a page is in sight: the one that the address names, else the first."""
    given = st.query_params.get(name)
    _tell(name, given if given in parts else parts[0])
    shown = st.segmented_control(
        label,
        parts,
        format_func=words,
        required=True,
        key=_key(name),
        on_change=_keep,
        args=(name,),
        label_visibility="collapsed",
    )
    return shown or parts[0]


def switch(name: str, label: str, explained: str) -> bool:
    """A mode of a page that is on or off."""
    _tell(name, st.query_params.get(name) == ON)
    return st.toggle(label, key=_key(name), help=explained, on_change=_keep, args=(name,))


def words_to_find(label: str, hint: str, limit: int = 100, width: int = 2 * WIDTH) -> str:
    """What to search for."""
    _tell("buscar", st.query_params.get("buscar", "")[:limit])
    found = st.text_input(
        label,
        key=_key("buscar"),
        placeholder=hint,
        max_chars=limit,
        on_change=_keep,
        args=("buscar",),
        width=width,
    )
    return readable(found)


def day(name: str, label: str, last: date = day_field.LAST) -> date | None:
    """A day, or none. One that cannot be read stays in the address and in the field, and chooses nothing."""
    given = st.query_params.get(name, "")[: day_field.LONGEST]
    shown = _date(given)
    _tell(name, day_field.written(shown) if shown else given)
    with st.container(gap="xxsmall", width=DAY_WIDTH):
        chosen = day_field.field(label, _key(name), partial(_keep, name, day=True))
        if chosen and chosen > last:
            st.markdown(f":red[:small[↑ {t('error-day-after', last=day_field.written(last))}]]")
            return None
    return chosen


def chosen(*names: str) -> dict[str, str]:
    """What stands in the address of these filters."""
    return {name: st.query_params[name] for name in names if name in st.query_params}


def chosen_now(*names: str) -> dict[str, str]:
    """What these filters choose at a click, for a callback; the address then says it too.

    A text is sent with the click that leaves its field, maybe with an address of before: what the field holds counts.
    """
    for name in names:
        day = name in DAYS
        if _key(name) in st.session_state and _said(name, day=day) != st.query_params.get(name, ""):
            _keep(name, day=day)
    return chosen(*names)


def turn_pages(later: bool, following: str, size: int) -> None:
    """To the start of a long list (when this is a later page) and to what follows (its place, empty at the end)."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if later:
            st.button(t("page-first"), on_click=go_to, args=("",))
        if following:
            st.button(t("page-next", n=size), on_click=go_to, args=(following,))
        elif later:
            st.caption(t("page-end"))


def go_to(place: str) -> None:
    """Turn to another page of a long list; "" is its start."""
    if place:
        st.query_params[PLACE] = place
    else:
        st.query_params.pop(PLACE, None)


def come_back(page: str, left_with: str, *names: str) -> None:
    """Keep the place on a page, and take it up again when the browser's way back brought the next page's address.

    Streamlit writes the next page's parameters (`left_with` among them) over the address of the page that is left.
    """
    kept = f"{page}_place"
    if left_with in st.query_params:
        st.query_params.from_dict(st.session_state.get(kept, {}))
    st.session_state[kept] = chosen(*names, PLACE)


def clear_button(*names: str) -> None:
    """The way out of a choice that lets too little through."""
    st.button(t("filter-clear"), on_click=_clear, args=names)


def _date(text: str) -> date | None:
    try:
        return day_field.read(text)
    except Invalid:
        return None


def _key(name: str) -> str:
    return f"filter_{name}"


def _tell(name: str, value: Any) -> None:
    """Let a widget show what the address says; told what it shows already, it would lose a choice on its way."""
    if _key(name) not in st.session_state or st.session_state[_key(name)] != value:
        st.session_state[_key(name)] = value


def _keep(name: str, *, day: bool = False) -> None:
    """Write a widget's value into the address, where the next run reads it."""
    st.query_params.pop(PLACE, None)
    if said := _said(name, day=day):
        st.query_params[name] = said
    else:
        st.query_params.pop(name, None)


def _said(name: str, *, day: bool) -> str:
    """A widget's value as the address says it: a day in the form of every language, or what was typed in its place."""
    value = st.session_state[_key(name)]
    text = ON if value is True else str(value or "").strip()
    read = _date(text) if day else None
    return read.isoformat() if read else text


def _clear(*names: str) -> None:
    for name in (*names, PLACE):
        st.query_params.pop(name, None)
