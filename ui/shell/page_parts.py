"""Parts of a page that fail independently: a failed part shows a code that is also in the log."""

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
    """One part of one run of a page; `code` identifies its failure and is empty without one."""

    code: str = ""


@contextmanager
def part(name: str, *, key: str | None = None, border: bool = False) -> Iterator[PagePart]:
    """Draw a part of a page; if it raises, everything drawn in it is replaced by a message with the failure's code.

    Streamlit's control flow (stop, rerun, switch_page) is no Exception and passes through. `name` is for the log, `key`
    and `border` are for the container.
    """
    drawn = PagePart()
    box = st.container(key=key, border=border)
    try:
        with box:
            yield drawn
    except Exception as error:  # the rest of the page is useful without this part
        drawn.code = logged(error, name)
        _place_of(box).error(t("error-part", code=drawn.code))


def logged(error: BaseException, name: str) -> str:
    """Log a failure with its trace under a code of six hexadecimal digits, and return the code."""
    code = secrets.token_hex(3).upper()
    _log.error("%s failed: %s", name, code, exc_info=error)
    return code


def _place_of(box: DeltaGenerator) -> DeltaGenerator:
    """The container's own place, in which another element can replace it.

    `st.empty().container()` would need no private members, but sends an empty element first at every run: the browser
    would then lose half-typed text in the container and a running upload.
    """
    cursor = box._cursor
    assert cursor is not None
    *above, index = cursor.parent_path
    place = LockedCursor(cursor.root_container, tuple(above), index)
    return DeltaGenerator(cursor.root_container, cursor=place, parent=box._parent)
