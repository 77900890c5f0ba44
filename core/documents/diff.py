"""Word-by-word comparison of two versions of a document. No I/O."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from core.documents.text_extraction import ExtractedText, extract

SAME, ADDED, REMOVED = "same", "added", "removed"
AROUND = 8  # words shown at each end of unchanged text between two changes
MAX_PAIRS = 4_000_000  # word pairs to match; a larger place counts as replaced as a whole
Opcode = tuple[str, int, int, int, int]


class DiffPart(Struct, frozen=True):
    """A run of words that is the same, added or removed."""

    kind: str
    text: str


class DiffPlace(Struct, frozen=True):
    """A changed place: its words, with the lines before and after it in the newer version."""

    before: str
    parts: tuple[DiffPart, ...]
    after: str


class Comparison(Struct, frozen=True):
    """The result of comparing two versions.

    `state`: `identical` (the same bytes), `same_text` (only something else changed), `changed`, or
    `unreadable`: then `older` and `newer` are the problem codes of `core.documents.text_extraction.ExtractedText` (or
    `too_long` on a timeout), empty for the one that can be read. `added` and `removed` count words.
    """

    state: str
    places: tuple[DiffPlace, ...] = ()
    added: int = 0
    removed: int = 0
    older: str = ""
    newer: str = ""


def compare(older: bytes, newer: bytes) -> Comparison:
    """Compare two versions by their text."""
    if older == newer:
        return Comparison("identical")
    before, after = extract(older), extract(newer)
    if before.problem or after.problem:
        return Comparison("unreadable", older=before.problem, newer=after.problem)
    return _compared(before, after)


def _compared(before: ExtractedText, after: ExtractedText) -> Comparison:
    places = tuple(_places(before.lines, after.lines))
    added, removed = (_words(places, kind) for kind in (ADDED, REMOVED))
    return Comparison("changed" if places else "same_text", places, added, removed)


def _words(places: tuple[DiffPlace, ...], kind: str) -> int:
    return sum(len(part.text.split()) for place in places for part in place.parts if part.kind == kind)


def _places(older: Sequence[str], newer: Sequence[str]) -> Iterator[DiffPlace]:
    """The changed places in order; a different line break alone is no change."""
    if " ".join(older) == " ".join(newer):
        return
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, older, newer, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        parts = tuple(_parts(" ".join(older[i1:i2]).split(), " ".join(newer[j1:j2]).split()))
        if any(part.kind != SAME for part in parts):
            yield DiffPlace(newer[j1 - 1] if j1 else "", parts, newer[j2] if j2 < len(newer) else "")


def _parts(older: list[str], newer: list[str]) -> Iterator[DiffPart]:
    for kind, i1, i2, j1, j2 in _joined(_opcodes(older, newer)):
        if kind == "equal":
            yield DiffPart(SAME, " ".join(older[i1:i2]))
            continue
        if i1 < i2:
            yield DiffPart(REMOVED, " ".join(older[i1:i2]))
        if j1 < j2:
            yield DiffPart(ADDED, " ".join(newer[j1:j2]))


def _opcodes(older: list[str], newer: list[str]) -> Sequence[Opcode]:
    if len(older) * len(newer) > MAX_PAIRS:
        return [("replace", 0, len(older), 0, len(newer))]
    return SequenceMatcher(None, older, newer, autojunk=False).get_opcodes()


def _joined(opcodes: Sequence[Opcode]) -> list[Opcode]:
    """Merge changes around a single unchanged word, because whole phrases are easier to read."""
    joined: list[Opcode] = []
    for number, (kind, i1, i2, j1, j2) in enumerate(opcodes):
        lone = kind == "equal" and i2 - i1 < 2 and 0 < number < len(opcodes) - 1
        merged_kind = "replace" if lone or kind != "equal" else kind
        if joined and joined[-1][0] == merged_kind == "replace":
            joined[-1] = ("replace", joined[-1][1], i2, joined[-1][3], j2)
        else:
            joined.append((merged_kind, i1, i2, j1, j2))
    return joined


def abridged(part: DiffPart) -> str:
    """Shorten long unchanged text to its first and last words for display."""
    words = part.text.split()
    if part.kind != SAME or len(words) <= 2 * AROUND:
        return part.text
    return " ".join([*words[:AROUND], "…", *words[-AROUND:]])
