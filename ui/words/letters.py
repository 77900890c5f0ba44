"""Notices as letters: in their reader's language, with what is asked and a link that leads through the sign-in."""

from collections.abc import Callable, Sequence

from core.notices.feed import NoticeRow
from core.notices.sender import Compose, Message
from core.store.database import Database
from core.store.settings import policy
from ui.words.format import Format
from ui.words.messages import DEFAULT, LANGUAGES, text
from ui.words.notices import said


def writer(db: Database, public_url: str, clock: Callable[[], int]) -> Compose:
    """Writes letters for one run; without a `public_url` they carry no link."""

    def write(language: str | None, notices: Sequence[NoticeRow], digest: bool) -> Message:
        with db.reading() as connection:
            zone = policy(connection).calendar.time_zone
        spoken = language if language and language in LANGUAGES else DEFAULT
        return letter(Format(spoken, clock(), zone), notices, digest, public_url.rstrip("/"))

    return write


def letter(words: Format, notices: Sequence[NoticeRow], digest: bool, public_url: str) -> Message:
    """One notice, or a day's notices one below the other."""
    language = words.language
    subject = text(language, "letter-digest", count=len(notices)) if digest else _head(words, notices[0])
    parts = [text(language, "letter-digest-intro")] if digest else []
    parts += [_paragraph(words, notice, public_url) for notice in notices]
    parts.append(text(language, "letter-why"))
    return Message(_line(subject), "\n\n".join(parts) + "\n")


def _head(words: Format, notice: NoticeRow) -> str:
    return " · ".join(part for part in (notice.code, said(words, notice)) if part)


def _paragraph(words: Format, notice: NoticeRow, public_url: str) -> str:
    lines = [_line(said(words, notice))]
    if notice.code:
        lines.append(f"{notice.code} · {_line(notice.client)}")
    if public_url and notice.code:
        lines.append(f"{public_url}/caso?caso={notice.code}")
    return "\n".join(lines)


def _line(words: str) -> str:
    """On one line: a name may hold no line break that a mail's head would take for its end."""
    return " ".join(words.split())
