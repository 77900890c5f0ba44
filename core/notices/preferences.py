"""Each person's choice of delivery per kind of notice (app only, at once, daily digest) and of their address."""

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from core.errors import Invalid, Problem
from core.notices.kinds import Notice
from core.staff.actors import actor_in
from core.store import tables
from core.store.database import Database, insert_into
from core.store.people_log import record
from core.text import email_problem

MAX_ADDRESS = 500
# The chat services that Apprise may call; for self-hosted ones (OWN_HOST) the host is checked.
SERVICES = ("slack", "discord", "tgram", "gchat")
OWN_HOST = ("workflows", "mmost", "mmosts", "rocket", "rockets", "ntfy", "ntfys")
_choices, _people = tables.notice_choices.c, tables.people.c


class Delivery(StrEnum):
    """How a notice is delivered in addition to the app."""

    APP = "app"
    AT_ONCE = "at_once"
    DIGEST = "digest"


DEFAULTS: Mapping[Notice, Delivery] = {
    Notice.WORK: Delivery.DIGEST,
    Notice.RETURNED: Delivery.AT_ONCE,
    Notice.MENTIONED: Delivery.AT_ONCE,
    Notice.DUE_SOON: Delivery.DIGEST,
    Notice.OVERDUE: Delivery.AT_ONCE,
    Notice.ESCALATED: Delivery.AT_ONCE,
    Notice.ENDED: Delivery.DIGEST,
    Notice.SUBSTITUTION_BEGAN: Delivery.AT_ONCE,
    Notice.SUBSTITUTION_ENDED: Delivery.AT_ONCE,
}


class Choices(NamedTuple):
    """A person's choices; `address` is an e-mail or Apprise URL, or empty to use the e-mail on file."""

    deliveries: Mapping[Notice, Delivery]
    address: str
    on_file: str

    @property
    def target(self) -> str:
        return self.address or self.on_file


_forget = tables.notice_choices.delete().where(_choices.person_id == bindparam("person"))
_keep = insert_into(tables.notice_choices)


def choices_of(deliveries: str | None, address: str | None, on_file: str | None) -> Choices:
    """The choices in a row, completed with the defaults."""
    deliveries_chosen = {Notice(kind): Delivery(how) for kind, how in json.loads(deliveries or "{}").items()}
    return Choices({**DEFAULTS, **deliveries_chosen}, address or "", on_file or "")


def read(connection: Connection, person: int) -> Choices:
    """Read a person's choices."""
    row = connection.execute(
        select(_choices.deliveries, _choices.address, _people.email)
        .select_from(tables.people.outerjoin(tables.notice_choices))
        .where(_people.id == person)
    ).one()
    return choices_of(*row)


def save(db: Database, person: int, deliveries: Mapping[Notice, Delivery], address: str, at: int) -> None:
    """Save a person's choices, also for notices in the outbox; raises Invalid when the address is not usable."""
    address = address.strip()
    problem = address_problem(address)
    if problem:
        raise Invalid({"address": problem})
    stored = {kind.value: how.value for kind, how in deliveries.items()}
    row = {"person_id": person, "deliveries": json.dumps(stored), "address": address or None}
    with db.writing() as tx:
        actor_in(tx, person)
        tx.run(_forget, {"person": person})
        at = tx.moment(at)
        tx.run(_keep, {**row, "changed_at": at})
        record(tx, person, "notices_chosen", at, person, deliveries=stored)  # the address may hold a secret


def address_problem(address: str) -> Problem | None:
    """The problem with an address, as far as it can be found without a connection."""
    if not address:
        return None
    if "://" not in address:
        return email_problem("address", address).get("address")
    if len(address) > MAX_ADDRESS:
        return Problem("text_too_long", {"limit": MAX_ADDRESS})
    scheme = address.split("://", 1)[0].lower()
    if scheme not in (*SERVICES, *OWN_HOST):
        return Problem("address_scheme", {"schemes": (*SERVICES, *OWN_HOST)})
    # Options after «?» (follow redirects, fetch a picture, trust any certificate) are not for people to set.
    if not re.fullmatch(r"[!-~]+", address) or any(character in address for character in "?#\\"):
        return Problem("address_malformed")
    return None
