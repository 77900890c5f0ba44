"""Delivery of messages by the configured SMTP server or by the chat service that the recipient chose.

From the environment: SMTP_URL (`smtp://`, `smtp+starttls://` or `smtps://[user:password@]host[:port]`), MAIL_FROM, and
NOTIFY_PRIVATE_TARGETS=1, which allows chat servers on private addresses.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any, Self
from urllib.parse import unquote, urlsplit

import apprise
from apprise.plugins.email import NotifyEmail

from core.network import NotAllowedTarget, allowed_addresses, url_of
from core.notices.preferences import OWN_HOST, address_problem
from core.notices.sender import Message
from core.text import email_problem

MODES = {"smtp": "insecure", "smtp+starttls": "starttls", "smtps": "ssl"}
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class BadMailSettings(ValueError):
    """SMTP_URL or MAIL_FROM is not usable, with the reason as text."""


@dataclass(frozen=True)
class Dispatcher:
    """Delivers messages by mail and chat; `smtp` is empty when there is no mail server."""

    smtp: str = ""
    sender: str = ""
    private: bool = False

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Configure from environment variables; raises BadMailSettings."""
        smtp, sender = environment.get("SMTP_URL", ""), environment.get("MAIL_FROM", "")
        if smtp and url_of(smtp, tuple(MODES)) is None:
            raise BadMailSettings(f"SMTP_URL is none of {', '.join(f'{mode}://host:port' for mode in MODES)}.")
        if smtp and email_problem("", parseaddr(sender)[1]):
            raise BadMailSettings("MAIL_FROM must say which address the mail comes from, beside SMTP_URL.")
        return cls(smtp, sender, environment.get("NOTIFY_PRIVATE_TARGETS", "") == "1")

    def serves(self, address: str) -> bool:
        """Whether messages to an address can be delivered with this configuration."""
        return bool(address) and ("://" in address or bool(self.smtp))

    def route(self, address: str) -> str:
        """The delivery route of an address; messages wait while their route is down."""
        return address.split("://", 1)[0] if "://" in address else "mail"

    def send(self, address: str, message: Message) -> str:
        """Deliver a message once; returns "" when it was accepted, else a failure code."""
        if address_problem(address):
            return "address_malformed"
        target = self._chat(address) if "://" in address else self._mail(address)
        if target is None:
            return "address_malformed"
        if "://" in address and not self.private and _own_host(address) and not _may_be_called(target.host):
            return "address_private"
        target.redirects = False  # a redirect could lead to an unchecked address
        accepted = target.notify(body=message.body, title=message.subject, body_format=apprise.NotifyFormat.TEXT)
        return "" if accepted else "not_taken"

    def _mail(self, address: str) -> Any:
        server = urlsplit(self.smtp)
        options = {
            "smtp_host": server.hostname,
            "host": server.hostname,
            "port": server.port or PORTS[server.scheme],
            "secure_mode": MODES[server.scheme],
            "secure": server.scheme != "smtp",
            "from_addr": self.sender,
            "format": "text",
            "asset": _asset(),
        }
        if server.username:
            options |= {"user": unquote(server.username), "password": unquote(server.password or "")}
        mail = NotifyEmail(**options)  # type: ignore[no-untyped-call]
        mail.targets = [(False, address)]  # parsed by Apprise, «sean.o'brien@…» would become «brien@…»
        return mail

    def _chat(self, address: str) -> Any:
        return apprise.Apprise.instantiate(address, asset=_asset(), suppress_exceptions=True)


def _asset() -> apprise.AppriseAsset:
    return apprise.AppriseAsset(app_id="", http_redirects=False, interpret_escapes=False)


def _own_host(address: str) -> bool:
    return address.split("://", 1)[0].lower() in OWN_HOST


def _may_be_called(host: str | None) -> bool:
    """Whether a chat server's host is public or does not resolve (then the delivery itself fails)."""
    try:
        return not host or bool(allowed_addresses(host, None, private=False))
    except NotAllowedTarget:
        return False
    except OSError:
        return True
