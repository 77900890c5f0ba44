"""Parts of a page that fail alone: a part that cannot be shown says so, with a code that stands in the log too."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from streamlit.cursor import LockedCursor
from streamlit.delta_generator import DeltaGenerator

from ui.words.messages import t

_log = logging.getLogger(__name__)


@dataclass
class PagePart:
    """One part of one run of a page; `code` names its failure, and is empty while there is none."""

    code: str = ""


@contextmanager
def part(name: str, *, key: str | None = None, border: bool = False) -> Iterator[PagePart]:
    """Draw a part of a page. If it raises, all that it has drawn is replaced by a sentence with the failure's code.

    Streamlit's own control flow (stop, rerun, switch_page) is no Exception and goes through. `name` is for the log,
    `key` and `border` are the container's.
    """
    drawn = PagePart()
    box = st.container(key=key, border=border)
    try:
        with box:
            yield drawn
    except Exception as error:  # whatever it is, the rest of the page is of use without this part
        drawn.code = logged(error, name)
        _place_of(box).error(t("error-part", code=drawn.code))


def logged(error: BaseException, name: str) -> str:
    """Log a failure with its trace, under a code of six hexadecimal digits that the screen shows."""
    code = secrets.token_hex(3).upper()
    _log.error("%s failed: %s", name, code, exc_info=error)
    return code


def _place_of(box: DeltaGenerator) -> DeltaGenerator:
    """Where the container itself stands, to put something else there.

    `st.empty().container()` would do so by public means, but it sends an empty element first at every run: the browser
    then forgets what is half typed in the container and a file that is on its way.
    """
    cursor = box._cursor
    assert cursor is not None
    *above, index = cursor.parent_path
    place = LockedCursor(cursor.root_container, tuple(above), index)
    return DeltaGenerator(cursor.root_container, cursor=place, parent=box._parent)
