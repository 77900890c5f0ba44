"""Notices as e-mails in their reader's language, with the work and a link to the case behind the sign-in."""

from collections.abc import Callable, Sequence

from core.notices.feed import NoticeRow
from core.notices.sender import Compose, Message
from core.store.database import Database
from core.store.settings import policy
from ui.words.format import Format
from ui.words.messages import DEFAULT, LANGUAGES, text
from ui.words.notices import describe_notice


def writer(db: Database, public_url: str, clock: Callable[[], int]) -> Compose:
    """A function that writes the e-mails of one run; without a `public_url` they have no link."""

    def write(language: str | None, notices: Sequence[NoticeRow], digest: bool) -> Message:
        with db.reading() as connection:
            zone = policy(connection).calendar.time_zone
        known_language = language if language and language in LANGUAGES else DEFAULT
        return compose(Format(known_language, clock(), zone), notices, digest, public_url.rstrip("/"))

    return write


def compose(fmt: Format, notices: Sequence[NoticeRow], digest: bool, public_url: str) -> Message:
    """The e-mail for one notice, or for a day's notices."""
    language = fmt.language
    subject = text(language, "letter-digest", count=len(notices)) if digest else _head(fmt, notices[0])
    parts = [text(language, "letter-digest-intro")] if digest else []
    parts += [_paragraph(fmt, notice, public_url) for notice in notices]
    parts.append(text(language, "letter-why"))
    return Message(_line(subject), "\n\n".join(parts) + "\n")


def _head(fmt: Format, notice: NoticeRow) -> str:
    return " · ".join(part for part in (notice.code, describe_notice(fmt, notice)) if part)


def _paragraph(fmt: Format, notice: NoticeRow, public_url: str) -> str:
    lines = [_line(describe_notice(fmt, notice))]
    if notice.code:
        lines.append(f"{notice.code} · {_line(notice.client)}")
    if public_url and notice.code:
        lines.append(f"{public_url}/caso?caso={notice.code}")
    return "\n".join(lines)


def _line(text: str) -> str:
    """The text on one line: a line break in a name must not end a mail header."""
    return " ".join(text.split())
