"""Helpers for tests of notices: a fake transport, a real mailbox, and short functions."""

import socket
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from sqlalchemy import select

from core.notices import preferences, sender
from core.notices.feed import NoticeRow
from core.notices.kinds import Notice
from core.notices.preferences import Delivery
from core.notices.sender import Message, RunResult
from core.services import cases
from core.store import tables
from core.store.database import Database
from tests.support.drive_case import World
from tests.support.people import ALIANZAS, ID

n = tables.notices.c


class FakeTransport:
    """Records the messages sent by address, or refuses them while it is `down`."""

    def __init__(self) -> None:
        self.down = False
        self.dies = False
        self.mail = True
        self.asked = 0
        self.sent: list[tuple[str, str]] = []

    def serves(self, address: str) -> bool:
        return self.mail or "://" in address

    def route(self, address: str) -> str:
        return address.split("://", maxsplit=1)[0] if "://" in address else "mail"

    def send(self, address: str, message: Message) -> str:
        self.asked += 1
        if self.dies:
            raise KeyboardInterrupt
        if self.down:
            return "not_taken"
        self.sent.append((address, message.body))
        return ""

    def taken(self) -> list[tuple[str, str]]:
        sent, self.sent = self.sent, []
        return sent


def words(language: str | None, notices: Sequence[NoticeRow], digest: bool) -> Message:
    kinds = " ".join(f"{notice.kind}:{notice.code}" for notice in notices)
    return Message("subject", f"{language} {'digest' if digest else 'one'} {kinds}")


def run(w: World, transport: FakeTransport, at: int | None = None) -> RunResult:
    return sender.run(w.db, transport, words, lambda: w.now if at is None else at)


def choose(w: World, who: str, address: str = "", **deliveries: str) -> None:
    chosen = {Notice(kind): Delivery(how) for kind, how in deliveries.items()}
    preferences.save(w.db, ID[who], chosen, address, w.now)


def mention(w: World, code: str, login: str = "carla") -> int:
    cases.comment(w.db, ID[ALIANZAS], code, f"para @{login}", w.tick())
    with w.db.reading() as connection:
        return connection.scalars(select(n.id).order_by(n.id.desc())).first() or 0


def row(db: Database, number: int) -> tuple[int | None, ...]:
    """A notice's time of the next attempt, attempts, time sent, and time given up."""
    with db.reading() as connection:
        result = connection.execute(select(n.next_try_at, n.attempts, n.sent_at, n.dead_at).where(n.id == number))
        return tuple(result.one())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Mailbox:
    """Handler of a real SMTP server that records messages, or refuses them while `refusing`."""

    def __init__(self) -> None:
        self.refusing = False
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.port = free_port()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802
        if self.refusing:
            return "451 not now"
        self.recipients += envelope.rcpt_tos
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


def text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")
