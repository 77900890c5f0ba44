"""Words: the messages of `ui/locales` in the reader's language; the process's own terms stay as the source has them."""

import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource

from core.errors import Problem, Refused
from core.process.terms import DOCUMENT_NAMES, OUTCOME_NAMES, ROLE_NAMES, Document, Outcome, Role
from ui.words.format import ZONE, Format

LOCALES = Path(__file__).parent / "locales"
LANGUAGES: Mapping[str, str] = {"es": "Español", "en": "English"}
DEFAULT = "es"
_MARKS = frozenset("\\`*_{}[]()<>#+-.!|~$:&^=")
# A browser's markdown makes links of bare addresses after it has read the signs: nothing wide, put into each, stops it.
_ADDRESS = re.compile(r"https?:(?=//)|www(?=\.)|(?<=[\w.+-])@(?=\w)", re.IGNORECASE)
_JOINER = "\u2060"
# A longer text goes around Fluent, which refuses what is longer than 2,500 signs; no key of a message's variants is.
_SHORT = 40
_MARK = re.compile("\ufdd0(\\d+)\ufdd1")  # noncharacters: no keyboard writes them
WHOLE, FIRST = 8, 3  # a list of more than the one names as many as the other, and how many more there are


class Reader(NamedTuple):
    """Who reads a text: in which language, and in which time zone its moments are told."""

    language: str
    zone: str


def _nobody_known() -> Reader:
    return Reader(DEFAULT, ZONE)


_reader: Callable[[], Reader] = _nobody_known


@cache
def bundle(language: str) -> FluentBundle:
    """Every message of a language, read once in the life of the process."""
    messages = FluentBundle([language], use_isolating=False)
    for path in sorted((LOCALES / language).glob("*.ftl")):
        messages.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return messages


def read_by(reader: Callable[[], Reader]) -> None:
    """Ask `reader` who reads, at each text that names no language: the screens know, this module does not."""
    global _reader  # noqa: PLW0603  (set once, when the screens are imported)
    _reader = reader


def language() -> str:
    """The language of whoever reads now."""
    return _reader().language


def text(language: str, message_id: str, **params: Any) -> str:
    """A message in a language; KeyError when it is missing or lacks a parameter. Enums come out as their words.

    Parameters may be of any length: long ones are put into the message after Fluent has formatted it.
    """
    messages = bundle(language)
    pattern = messages.get_message(message_id).value if messages.has_message(message_id) else None
    if pattern is None:
        raise KeyError(f"{language}: no message {message_id}")
    long: list[str] = []
    ready = {name: _marked(_ready(language, name, value), long) for name, value in params.items()}
    formatted, errors = messages.format_pattern(pattern, ready)
    if errors:
        raise KeyError(f"{language}: {message_id}: {errors[0]}")
    return _MARK.sub(lambda mark: long[int(mark[1])], str(formatted)) if long else str(formatted)


def _marked(value: Any, long: list[str]) -> Any:
    """A mark for a text that is too long for Fluent (or holds what looks like a mark), which is added to `long`."""
    if not isinstance(value, str) or (len(value) <= _SHORT and not _MARK.search(value)):
        return value
    long.append(value)
    return f"\ufdd0{len(long) - 1}\ufdd1"


def t(message_id: str, **params: Any) -> str:
    """A message in the reader's language."""
    return text(language(), message_id, **params)


def optional(message_id: str) -> str | None:
    """A message in the language of this session, if there is one."""
    return t(message_id) if bundle(language()).has_message(message_id) else None


def term(language: str, value: str) -> str:
    """The word for a code of the core, in a language; roles, documents and outcomes have one name in every language."""
    match value:
        case Role():
            return ROLE_NAMES[value]
        case Document():
            return DOCUMENT_NAMES[value]
        case Outcome():
            return OUTCOME_NAMES[value]
        case StrEnum():
            return text(language, f"{type(value).__name__.lower()}-{_dashed(value)}")
    return text(language, f"word-{_dashed(value)}")


def word(value: str) -> str:
    """The word for a code of the core, in the reader's language."""
    return term(language(), value)


def refusal(error: Refused, **ready: Any) -> str:
    """Why something was refused, as sentences; `ready` adds or replaces parameters (a person's name, a moment)."""
    return sentence(language(), error.code, {**error.params, **ready})


def problem(error: Problem, **ready: Any) -> str:
    """What is wrong with a field, as a sentence to put beside it."""
    return sentence(language(), error.code, {**error.params, **ready})


def sentence(language: str, code: str, params: Mapping[str, Any]) -> str:
    """Why something was refused, in a language."""
    message_id = f"error-{_dashed(code)}"
    if not bundle(language).has_message(message_id):
        return text(language, "error-unknown", code=code)
    if params.get("other"):
        params = {**params, "person": text(language, "x-for-y", person=params["person"], other=params["other"])}
    return text(language, message_id, **params)


def _dashed(code: str) -> str:
    return code.replace("_", "-")


def _ready(language: str, name: str, value: Any) -> Any:
    """A parameter as Fluent takes it: codes and lists as words; `at` and `…_at` (ms) as moments, `…_day` as days."""
    if isinstance(value, StrEnum):
        return term(language, value)
    if isinstance(value, str):
        named = {"how": lambda: text(language, f"how-{_dashed(value)}"), "reason": lambda: value or "none"}
        return named.get(name, lambda: value)()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and name.rpartition("_")[2] in ("at", "day"):
        fmt = Format(language, time.time_ns() // 1_000_000, _reader().zone)
        return fmt.moment(value) if name.endswith("at") else fmt.day(value)
    if isinstance(value, Iterable):
        return listed(language, list(value))
    return value


def listed(language: str, items: Sequence[Any]) -> str:
    """Names or codes as people list them: «Ana, Luis y Eva»; of many the first and a number, «… y 122 más»."""
    is_short = len(items) <= WHOLE
    named = [str(_ready(language, "", item)) for item in (items if is_short else items[:FIRST])]
    if is_short:
        return format_list(named, locale=language)
    return text(language, "and-more", first=", ".join(named), count=len(items) - FIRST)


def by_whom(person: str, absent: str | None) -> str:
    """Who did something, and for whom when they stood in for somebody: «X por Y»."""
    return t("x-for-y", person=person, other=absent) if absent else person


def plain(text: str) -> str:
    """A person's text for an element that reads markdown: each sign stands for itself, nothing is fetched or a link."""
    broken = _ADDRESS.sub(lambda match: match[0] + _JOINER, " ".join(text.split()))
    return "".join(f"\\{character}" if character in _MARKS else character for character in broken)


def bare(markdown: str) -> str:
    """Words in which `plain` text stands, for a place that reads no markdown."""
    return re.sub(r"\\(.)", r"\1", markdown)
