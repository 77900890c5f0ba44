"""How a letter leaves the house: by the configured SMTP server, or by a chat service that its reader chose.

From the environment: SMTP_URL (`smtp://`, `smtp+starttls://` or `smtps://[user:password@]host[:port]`), MAIL_FROM, and
NOTIFY_PRIVATE_TARGETS=1, which lets chat servers stand on private addresses.
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
from core.notices.sender import Letter
from core.text import email_problem

MODES = {"smtp": "insecure", "smtp+starttls": "starttls", "smtps": "ssl"}
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class BadMailSettings(ValueError):
    """SMTP_URL or MAIL_FROM cannot be used; the text says why."""


@dataclass(frozen=True)
class Postman:
    """Who carries letters; `smtp` is empty when there is no mail server."""

    smtp: str = ""
    sender: str = ""
    private: bool = False

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """As the environment says. Raises BadMailSettings."""
        smtp, sender = environment.get("SMTP_URL", ""), environment.get("MAIL_FROM", "")
        if smtp and url_of(smtp, tuple(MODES)) is None:
            raise BadMailSettings(f"SMTP_URL is none of {', '.join(f'{mode}://host:port' for mode in MODES)}.")
        if smtp and email_problem("", parseaddr(sender)[1]):
            raise BadMailSettings("MAIL_FROM must say which address the mail comes from, beside SMTP_URL.")
        return cls(smtp, sender, environment.get("NOTIFY_PRIVATE_TARGETS", "") == "1")

    def serves(self, address: str) -> bool:
        """Whether letters can go to such an address at all."""
        return bool(address) and ("://" in address or bool(self.smtp))

    def route(self, address: str) -> str:
        """By which way a letter goes: when one way is down, letters that take it wait."""
        return address.split("://", 1)[0] if "://" in address else "mail"

    def carry(self, address: str, letter: Letter) -> str:
        """Deliver a letter once; empty when it was taken, else the code of what was against it."""
        if address_problem(address):
            return "address_malformed"
        target = self._chat(address) if "://" in address else self._mail(address)
        if target is None:
            return "address_malformed"
        if "://" in address and not self.private and _own_host(address) and not _may_be_called(target.host):
            return "address_private"
        target.redirects = False  # what answered for the address that was looked at may not send us to another
        taken = target.notify(body=letter.body, title=letter.subject, body_format=apprise.NotifyFormat.TEXT)
        return "" if taken else "not_taken"

    def _mail(self, address: str) -> Any:
        server = urlsplit(self.smtp)
        given = {
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
            given |= {"user": unquote(server.username), "password": unquote(server.password or "")}
        mail = NotifyEmail(**given)  # type: ignore[no-untyped-call]
        mail.targets = [(False, address)]  # read from text, «sean.o'brien@…» would become «brien@…»
        return mail

    def _chat(self, address: str) -> Any:
        return apprise.Apprise.instantiate(address, asset=_asset(), suppress_exceptions=True)


def _asset() -> apprise.AppriseAsset:
    return apprise.AppriseAsset(app_id="", http_redirects=False, interpret_escapes=False)


def _own_host(address: str) -> bool:
    return address.split("://", 1)[0].lower() in OWN_HOST


def _may_be_called(host: str | None) -> bool:
    """Whether a chat server stands on the public network, or nowhere: then the delivery fails and says so."""
    try:
        return not host or bool(allowed_addresses(host, None, private=False))
    except NotAllowedTarget:
        return False
    except OSError:
        return True
