"""The process drawn by bpmn-js (bundled): marks on its shapes, and the shape that somebody chose."""

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
    """What stands on a shape: text, what it says at length (beside where the shape is), and how the shape looks."""

    shape: str
    text: str
    description: str
    look: str


def draw(marks: list[Mark], alt: str, key: str, *, asks: bool = False) -> str | None:
    """The map; with `asks` its marked shapes can be chosen, and it gives back the one that was since the last run.

    The drawing itself is fetched once by the browser (`ui.web.process_drawing`): each run sends the marks alone.
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
