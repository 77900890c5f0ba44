"""What makes a text acceptable: one rule each for readable text, names, e-mail addresses, logins and mentions.

Text is checked as typed and cleaned before it is stored. Search ignores the tilde of ñ; identity does not.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping
from typing import TypeVar

from core.errors import Problem

Key = TypeVar("Key")
MAX_EMAIL = 254
_MAX_LOCAL_PART = 64

# Controls (but not tab and line breaks), halves of surrogate pairs, noncharacters, and the characters that change
# text direction (Unicode's Bidi_Control). Databases, XML or readers cannot handle them.
_UNREADABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
# Unicode's Default_Ignorable_Code_Point without Bidi_Control, and other characters that are drawn as blanks.
_INVISIBLE = (
    r"\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff"
)
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_BLANKS = (
    "".join(chr(c) for c in range(0x3001) if chr(c).isspace()) + "\u00ad\u200b\u200c\u200d\u2060\u2800\u3164\ufeff"
)
_IDLE = re.compile(r"[\u00ad\u200b\u2060\ufeff]")  # invisible in every script; joiners are part of Persian and of emoji

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"  # RFC 5321
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"(?P<local>{_ATOM}(?:\.{_ATOM})*)@(?:{_LABEL}\.)+[A-Za-z](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])")

_LOGIN = re.compile(r"[a-z0-9._-]{2,40}")
_SYSTEM_NAME = re.compile(r"[a-z0-9-]{2,30}")
# «@» only after a blank or an opening bracket, so that e-mail and web addresses are no mentions.
_MENTION = re.compile(r"(?<![^\s(\[{«“‘¿¡])@([A-Za-z0-9._-]{2,40})(?![\w@\u0300-\u036f])")


# --- readable text ---
def text_problem(field: str, text: str, limit: int, missing: str = "") -> dict[str, Problem]:
    """The problem of a text by field name, if any; `missing` is the code for a text without visible characters."""
    if missing and not clean_text(text):
        return {field: Problem(missing)}
    if len(text) > limit:
        return {field: Problem("text_too_long", {"limit": limit})}
    return {} if is_readable(text) else {field: Problem("text_unreadable")}


def is_readable(text: str) -> bool:
    """Whether every character can be stored and read, and none changes the text direction."""
    return _UNREADABLE.search(text) is None


def readable(text: str) -> str:
    """Remove the characters that are not readable."""
    return _UNREADABLE.sub("", text)


def clean_text(text: str) -> str:
    """Strip surrounding blanks before storing; "" when no character is visible."""
    return text.strip(_BLANKS) if any(map(_is_seen, text)) else ""


def _is_seen(character: str) -> bool:
    is_mark = unicodedata.category(character).startswith("M")  # visible only on another character
    return not (character.isspace() or is_mark or _UNSEEN.match(character))


# --- names ---
def clean_name(name: str) -> str:
    """Normalise a name for storing: composed, with single blanks and without invisible characters."""
    return clean_text(" ".join(unicodedata.normalize("NFC", _IDLE.sub("", name)).split()))


def seen(text: str) -> str:
    """Reduce a text to what is visible: composed, with single blanks, without invisible characters."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", readable(text))).split())


def folded(text: str) -> str:
    """Fold a text for searching: `«  Teléfonos  del SUR »` matches `telefonos del sur`, and ñ matches n."""
    return identity(text).replace("\u0303", "")


def identity(name: str) -> str:
    """The key under which spellings of one name are equal: case, accents and blanks do not count, but ñ is not n.

    The tilde follows its n, so that the keys sort as in Spanish: ñ after n.
    """
    letters = unicodedata.normalize("NFKD", _UNSEEN.sub("", name)).casefold()
    pairs = zip(f" {letters}", letters, strict=False)
    kept = (c for before, c in pairs if not unicodedata.combining(c) or before + c == "n\u0303")
    return " ".join("".join(kept).split())


def by_name(names: Mapping[Key, str]) -> dict[Key, str]:
    """Sort the names in Spanish order: «Óscar» beside «Omar», «Ñáñez» after «Nora»."""
    return dict(sorted(names.items(), key=lambda item: identity(item[1])))


# --- e-mail addresses ---
def email_problem(field: str, address: str) -> dict[str, Problem]:
    """The problem of an e-mail address by field name, if any: RFC 5321 without quoted parts and SMTPUTF8."""
    if len(address) > MAX_EMAIL:
        return {field: Problem("text_too_long", {"limit": MAX_EMAIL})}
    match = _EMAIL.fullmatch(address)
    if match and len(match["local"]) <= _MAX_LOCAL_PART:
        return {}
    return {field: Problem("email_malformed", {"email": readable(address)})}


# --- logins and mentions ---
def login_of(typed: str) -> str:
    """Normalise a typed login for storing."""
    return typed.strip().lower()


def is_login(login: str) -> bool:
    """Whether the text is a valid login of a person."""
    return _LOGIN.fullmatch(login) is not None


def is_system_name(name: str) -> bool:
    """Whether the text is a valid name of another system, which signs in as `system:NAME`."""
    return _SYSTEM_NAME.fullmatch(name) is not None


def mentioned(text: str, logins: Iterable[str]) -> list[str]:
    """The logins that a text mentions as «@login», in order of appearance, without repetition."""
    known = frozenset(logins)
    mentions = (_mention(match[1], known) for match in _MENTION.finditer(text))
    return list(dict.fromkeys(login for login in mentions if login))


def with_names(text: str, names: Mapping[str, str]) -> str:
    """Replace the logins that a text mentions by the people's names (given by login)."""

    def name_of(match: re.Match[str]) -> str:
        login = _mention(match[1], names.keys())
        return f"@{names[login]}{match[1][len(login) :]}" if login else match[0]

    return _MENTION.sub(name_of, text)


def _mention(typed: str, known: Container[str]) -> str:
    """The longest known login at the start of the text, as a full stop may follow it; "" when there is none."""
    login = typed.lower()
    while login and login not in known:
        if login[-1] not in "._-":
            return ""
        login = login[:-1]
    return login
