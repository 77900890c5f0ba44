"""Two versions of a document compared: changed fields and added or removed text."""

import streamlit as st

from core.documents.diff import ADDED, REMOVED, Comparison, DiffPart, DiffPlace, abridged
from core.documents.sandbox import compare_confined
from core.documents.store import MEDIA_TYPES
from core.errors import Altered, NotFound
from core.process.terms import DOCUMENT_NAMES, Document
from core.queries.case import DocumentRow
from ui.shell.guard import store
from ui.widgets import filters
from ui.words.format import Format
from ui.words.messages import plain, refusal, t

MOST = 100  # changed places that are drawn
KEPT = 3600  # seconds; files never change, but a comparison may have timed out
HASH = 12  # shown characters of a SHA-256
ENDINGS = {media_type: ending.strip(".").upper() for ending, media_type in MEDIA_TYPES.items()}


def choose(documents: list[DocumentRow], fmt: Format) -> None:
    """Draw the choice of two versions of a document, stored in the address, and their comparison."""
    versions = {d: sorted(row.version for row in documents if row.document is d) for d in Document}
    several = [document for document, numbers in versions.items() if len(numbers) > 1]
    if not several:
        return
    st.markdown(f"**{t('compare')}**")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = filters.choice(
            "comparar", t("compare-document"), several, DOCUMENT_NAMES.__getitem__, t("compare-choose"), width=300
        )
        if chosen is None:
            return
        numbers = [str(number) for number in reversed(versions[Document(chosen)])]
        older = filters.part("desde", t("compare-from"), numbers[1:], _version)
        st.markdown("→", width="content")
        newer = filters.part("hasta", t("compare-to"), numbers[:-1], _version)
    first, last = sorted((int(older), int(newer)))
    if first == last:
        st.info(t("compare-two"))
        return
    rows = {row.version: row for row in documents if row.document == chosen}
    draw(rows[first], rows[last], fmt)


def _version(number: str) -> str:
    return f"v{number}"


def draw(older: DocumentRow, newer: DocumentRow, fmt: Format, most: int = MOST) -> None:
    """Draw the changes from one version to another: first the file's fields, then its text."""
    st.markdown(f"**{t('compare-title', older=older.version, newer=newer.version)}**")
    for line in _fields(older, newer, fmt):
        st.caption(line)
    try:
        comparison = _compared(older.sha256, newer.sha256)
    except (Altered, NotFound) as refused:
        st.warning(refusal(refused))
        return
    match comparison.state:
        case "identical":
            st.info(t("compare-identical"))
        case "same_text":
            st.info(t("compare-same-text"))
        case "unreadable":
            st.warning(t("compare-unreadable", reasons=_against(comparison, older.version, newer.version)))
        case _:
            _text(comparison, most)


@st.cache_data(ttl=KEPT, max_entries=200, show_spinner=False)
def _kept(older: str, newer: str) -> Comparison:
    return compare_confined(store().get(older), store().get(newer))


def _compared(older: str, newer: str) -> Comparison:
    with st.spinner(t("compare-reading")):
        return _kept(older, newer)


def _fields(older: DocumentRow, newer: DocumentRow, fmt: Format) -> list[str]:
    """Name, type and size where they changed, and the hash, which shows whether anything did."""
    fields = {
        "name": (plain(older.name), plain(newer.name)),
        "type": (ENDINGS[older.media_type], ENDINGS[newer.media_type]),
        "size": (fmt.size(older.size), fmt.size(newer.size)),
        "hash": (older.sha256[:HASH], newer.sha256[:HASH]),
    }
    return [f"{t(f'compare-{name}')}: {a} → **{b}**" for name, (a, b) in fields.items() if a != b]


def _against(comparison: Comparison, older: int, newer: int) -> list[str]:
    sides = ((older, comparison.older), (newer, comparison.newer))
    return [t("compare-against", version=version, why=why) for version, why in sides if why]


def _text(comparison: Comparison, most: int) -> None:
    st.markdown(t("compare-changed", places=len(comparison.places), added=comparison.added, removed=comparison.removed))
    for place in comparison.places[:most]:
        with st.container(border=True):
            st.markdown(_place(place))
    if len(comparison.places) > most:
        st.caption(t("compare-more", count=len(comparison.places) - most))


def _place(place: DiffPlace) -> str:
    lines = [_context(place.before), " ".join(_part(part) for part in place.parts), _context(place.after)]
    return "  \n".join(line for line in lines if line)


def _context(line: str) -> str:
    """An unchanged neighbouring line, for context."""
    return f":gray[:small[{plain(abridged(DiffPart('same', line)))}]]" if line else ""


def _part(part: DiffPart) -> str:
    """Changes carry a symbol besides the colour, for colour-blind people and screen readers."""
    text = plain(abridged(part))
    if part.kind == ADDED:
        return f":green-background[**+** {text}]"
    return f":red-background[**−** ~~{text}~~]" if part.kind == REMOVED else text
