"""The process drawn by the bundled bpmn-js, with marks on its shapes and a chosen shape."""

from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st
from streamlit.components.v1 import declare_component

from ui.web.process_drawing import address
from ui.words.messages import language, t

HEIGHT = 620
WORDS = ("nearer", "farther", "fit", "whole", "left", "right", "up", "down", "lost")
_viewer = declare_component("bpmn", path=str(Path(__file__).parent / "bpmn"))


class Mark(NamedTuple):
    """A mark on a shape: short text, accessible description, and look of the shape."""

    shape: str
    text: str
    description: str
    look: str


def draw(marks: list[Mark], alt: str, key: str, *, asks: bool = False) -> str | None:
    """Draw the map; with `asks` marked shapes can be chosen, and the one chosen since the last run is returned.

    The browser caches the drawing (`ui.web.process_drawing`): each run sends only the marks.
    """
    texts = {name: t(f"map-{name}") for name in WORDS} | {"language": language()}
    choice: dict[str, Any] | None = _viewer(
        drawing=address(), marks=marks, asks=asks, alt=alt, words=texts, height=HEIGHT, key=key
    )
    seen_key = f"{key}_told"
    if not choice or st.session_state.get(seen_key) == choice["at"]:
        return None
    st.session_state[seen_key] = choice["at"]
    return str(choice["shape"])
