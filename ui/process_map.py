"""The process drawn by bpmn-js (bundled): marks on its shapes, and the shape that somebody chose."""

from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st
from streamlit.components.v1 import declare_component

from core import bpmn
from core.figures.map import Passed
from core.process import phase_name, title
from core.terms import ROLE_NAMES, Kind, Role
from ui.format import Format
from ui.i18n import language, t

HEIGHT = 620
HEATS = 4
DAY = 24 * 60 * 60_000
WORDS = ("nearer", "farther", "fit", "whole", "left", "right", "up", "down")
_viewer = declare_component("bpmn", path=str(Path(__file__).parent / "bpmn"))


class Mark(NamedTuple):
    """What stands on a shape: text, what it says at length, how the shape looks, and whether it can be chosen."""

    shape: str
    text: str
    title: str
    classes: list[str]
    asks: bool = False


def draw(marks: list[Mark], alt: str, key: str) -> str | None:
    """The map; the shape that was chosen since the last run, if any."""
    words = {name: t(f"map-{name}") for name in WORDS} | {"language": language()}
    found: dict[str, Any] | None = _viewer(
        xml=bpmn.xml(), marks=[mark._asdict() for mark in marks], alt=alt, words=words, height=HEIGHT, key=key
    )
    told = f"{key}_told"
    if not found or st.session_state.get(told) == found["at"]:
        return None
    st.session_state[told] = found["at"]
    return str(found["shape"])


def heat(frame: pd.DataFrame, figure: str, words: Format) -> list[Mark]:
    """A mark per row of `core.figures.map`: the number of the figure, and its share of the greatest as heat."""
    most = frame[figure].max() if len(frame) else 0
    marks = []
    for row in frame.to_dict("records"):
        value = row[figure]
        known = not pd.isna(value)
        level = min(HEATS, int(HEATS * value / most) + 1) if known and most and value else 0
        said = number(value, figure, words)
        where = (
            f"{phase_name(row['phase'])} · {ROLE_NAMES[Role(row['role'])]} · {title(Kind(row['kind']), row['phase'])}"
        )
        told = f"{where}: {t(f'map-{figure}')} {said}; {t('map-counted', n=row['n'], queue=row['queue'])}"
        shape = bpmn.shape_of(Kind(row["kind"]), row["phase"], Role(row["role"]))
        marks.append(Mark(shape, f"{said} · n {words.number(row['n'])}" if figure != "queue" else said, told,
                          [f"heat-{level}"], asks=True))  # fmt: skip
    return marks


def walked(passed: list[Passed]) -> list[Mark]:
    """Where a case went («✓», how often) and where it is («▶»)."""
    marks = []
    for one in passed:
        back = t("map-returns", n=one.returns) if one.returns else ""
        text = (
            ("▶" if one.open else "✓")
            + (f" ×{one.times}" if one.times > 1 else "")
            + (f" ↩{one.returns}" if back else "")
        )
        told = " · ".join(filter(None, (where(one), t("map-now" if one.open else "map-done", n=one.times), back)))
        marks.append(Mark(bpmn.shape_of(one.kind, one.phase, one.role), text, told, ["now" if one.open else "visited"]))
    return marks


def where(one: Passed) -> str:
    return f"{phase_name(one.phase)} · {ROLE_NAMES[one.role]} · {title(one.kind, one.phase)}"


def number(value: float, figure: str, words: Format) -> str:
    """As it stands on the map: a count, or days with one decimal."""
    if pd.isna(value):
        return t("figure-none")
    if figure == "queue":
        return words.number(int(value))
    return t("figure-days", days=f"{value / DAY:.1f}".replace(".", "," if words.language == "es" else "."))
