"""The messages of `ui/words/locales` in the reader's language; terms of the process stay in Spanish."""

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
# Markdown links bare addresses even where characters are escaped; a zero-width joiner in each prevents that.
_ADDRESS = re.compile(r"https?:(?=//)|www(?=\.)|(?<=[\w.+-])@(?=\w)", re.IGNORECASE)
_JOINER = "\u2060"
# Longer texts bypass Fluent, which refuses more than 2,500 characters; no variant key of a message is this long.
_SHORT = 40
_MARK = re.compile("\ufdd0(\\d+)\ufdd1")  # noncharacters, which nobody types
WHOLE, FIRST = 8, 3  # a list of more than WHOLE items shows FIRST of them and the number of others


class Reader(NamedTuple):
    """The language and time zone of whoever reads a text."""

    language: str
    zone: str


def _nobody_known() -> Reader:
    return Reader(DEFAULT, ZONE)


_reader: Callable[[], Reader] = _nobody_known


@cache
def bundle(language: str) -> FluentBundle:
    """Every message of a language, read once per process."""
    messages = FluentBundle([language], use_isolating=False)
    for path in sorted((LOCALES / language).glob("*.ftl")):
        messages.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return messages


def read_by(reader: Callable[[], Reader]) -> None:
    """Set the function that returns the current reader, for texts without an explicit language."""
    global _reader  # noqa: PLW0603  (set once, when the screens are imported)
    _reader = reader


def language() -> str:
    """The language of the current reader."""
    return _reader().language


def text(language: str, message_id: str, **params: Any) -> str:
    """A message in a language, with enums as their labels; KeyError for a missing message or parameter.

    Parameters may have any length: long ones are inserted after Fluent has formatted the message.
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
    """Replace text that is too long for Fluent (or contains a mark) by a mark, and append it to `long`."""
    if not isinstance(value, str) or (len(value) <= _SHORT and not _MARK.search(value)):
        return value
    long.append(value)
    return f"\ufdd0{len(long) - 1}\ufdd1"


def t(message_id: str, **params: Any) -> str:
    """A message in the reader's language."""
    return text(language(), message_id, **params)


def optional(message_id: str) -> str | None:
    """A message in the reader's language, or None without one."""
    return t(message_id) if bundle(language()).has_message(message_id) else None


def term(language: str, value: str) -> str:
    """The label of a code in a language; roles, documents and outcomes have the same name in every language."""
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
    """The label of a code in the reader's language."""
    return term(language(), value)


def refusal(error: Refused, **ready: Any) -> str:
    """Why something was refused; `ready` adds or replaces parameters (a person's name, a moment)."""
    return sentence(language(), error.code, {**error.params, **ready})


def problem(error: Problem, **ready: Any) -> str:
    """What is wrong with a field, as a sentence to show beside it."""
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
    """A parameter for Fluent: codes and lists as text; `at` and `…_at` (ms) as moments, `…_day` as days."""
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
    """Names or codes as a list: «Ana, Luis y Eva»; a long list as its first items and a number, «… y 122 más»."""
    is_short = len(items) <= WHOLE
    named = [str(_ready(language, "", item)) for item in (items if is_short else items[:FIRST])]
    if is_short:
        return format_list(named, locale=language)
    return text(language, "and-more", first=", ".join(named), count=len(items) - FIRST)


def by_whom(person: str, absent: str | None) -> str:
    """The person, with the absent one they stood in for, if any: «X por Y»."""
    return t("x-for-y", person=person, other=absent) if absent else person


def plain(text: str) -> str:
    """Escape a person's text for a markdown element: every character is literal, without links or images."""
    broken = _ADDRESS.sub(lambda match: match[0] + _JOINER, " ".join(text.split()))
    return "".join(f"\\{character}" if character in _MARKS else character for character in broken)


def bare(markdown: str) -> str:
    """Undo `plain` in a text, for an element without markdown."""
    return re.sub(r"\\(.)", r"\1", markdown)
