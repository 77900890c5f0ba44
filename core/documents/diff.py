"""What changed between two versions of a document: bytes in, the changed places out, word by word. Pure."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from core.documents.text_extraction import Words, words_of

SAME, ADDED, REMOVED = "same", "added", "removed"
AROUND = 8  # words that are shown of what stayed the same between two changes
MAX_PAIRS = 4_000_000  # words times words that are matched one by one; beyond, a place is replaced as a whole
Opcode = tuple[str, int, int, int, int]


class DiffPart(Struct, frozen=True):
    """A stretch of words that is the same, added or removed."""

    kind: str
    text: str


class DiffPlace(Struct, frozen=True):
    """One changed place: the lines before and after it (as the newer version has them), and its words."""

    before: str
    parts: tuple[DiffPart, ...]
    after: str


class Comparison(Struct, frozen=True):
    """What two versions have in common and what not.

    `state`: `identical` (the same bytes), `same_text` (only something beside the text changed), `changed`, or
    `unreadable`: then `older` and `newer` say what is against reading each (`core.documents.text_extraction.Words`;
    `too_long` when the time ran out), empty for the one that can be read. `added` and `removed` count words.
    """

    state: str
    places: tuple[DiffPlace, ...] = ()
    added: int = 0
    removed: int = 0
    older: str = ""
    newer: str = ""


def compare(older: bytes, newer: bytes) -> Comparison:
    """Compare two versions by what they say."""
    if older == newer:
        return Comparison("identical")
    before, after = words_of(older), words_of(newer)
    if before.against or after.against:
        return Comparison("unreadable", older=before.against, newer=after.against)
    return _compared(before, after)


def _compared(before: Words, after: Words) -> Comparison:
    places = tuple(_places(before.lines, after.lines))
    added, removed = (_words(places, kind) for kind in (ADDED, REMOVED))
    return Comparison("changed" if places else "same_text", places, added, removed)


def _words(places: tuple[DiffPlace, ...], kind: str) -> int:
    return sum(len(part.text.split()) for place in places for part in place.parts if part.kind == kind)


def _places(older: Sequence[str], newer: Sequence[str]) -> Iterator[DiffPlace]:
    """The changed places in their order; where only lines break elsewhere, nothing changed."""
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
    """A lone word between two changes belongs to them: a phrase reads better than its splinters."""
    joined: list[Opcode] = []
    for number, (kind, i1, i2, j1, j2) in enumerate(opcodes):
        lone = kind == "equal" and i2 - i1 < 2 and 0 < number < len(opcodes) - 1
        ours = "replace" if lone or kind != "equal" else kind
        if joined and joined[-1][0] == ours == "replace":
            joined[-1] = ("replace", joined[-1][1], i2, joined[-1][3], j2)
        else:
            joined.append((ours, i1, i2, j1, j2))
    return joined


def abridged(part: DiffPart) -> str:
    """The words of a part as they are shown: of a long stretch that stayed the same, its ends."""
    words = part.text.split()
    if part.kind != SAME or len(words) <= 2 * AROUND:
        return part.text
    return " ".join([*words[:AROUND], "…", *words[-AROUND:]])
