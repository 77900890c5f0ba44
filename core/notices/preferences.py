"""How each person wants to be told of what: only in the app, at once, or in a digest a day; and where to."""

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
# The chat services that Apprise may call for a person; for those with a server of one's own its host is looked at.
SERVICES = ("slack", "discord", "tgram", "gchat")
OWN_HOST = ("workflows", "mmost", "mmosts", "rocket", "rockets", "ntfy", "ntfys")
_choices, _people = tables.notice_choices.c, tables.people.c


class Delivery(StrEnum):
    """How a notice reaches its person beside the app."""

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
    """What somebody chose; `address` is an e-mail or an Apprise URL, and empty when the e-mail on file serves."""

    deliveries: Mapping[Notice, Delivery]
    address: str
    on_file: str

    @property
    def target(self) -> str:
        return self.address or self.on_file


_forget = tables.notice_choices.delete().where(_choices.person_id == bindparam("person"))
_keep = insert_into(tables.notice_choices)


def chosen(deliveries: str | None, address: str | None, on_file: str | None) -> Choices:
    """The choices that a row holds; what was never chosen is as it is for everybody."""
    given = {Notice(kind): Delivery(how) for kind, how in json.loads(deliveries or "{}").items()}
    return Choices({**DEFAULTS, **given}, address or "", on_file or "")


def read(connection: Connection, person: int) -> Choices:
    """What somebody chose."""
    row = connection.execute(
        select(_choices.deliveries, _choices.address, _people.email)
        .select_from(tables.people.outerjoin(tables.notice_choices))
        .where(_people.id == person)
    ).one()
    return chosen(*row)


def save(db: Database, person: int, deliveries: Mapping[Notice, Delivery], address: str, at: int) -> None:
    """Somebody's own choice from now on, for what waits in the outbox too. Invalid when the address cannot serve."""
    address = address.strip()
    problem = address_problem(address)
    if problem:
        raise Invalid({"address": problem})
    kept = {kind.value: how.value for kind, how in deliveries.items()}
    row = {"person_id": person, "deliveries": json.dumps(kept), "address": address or None}
    with db.writing() as tx:
        actor_in(tx, person)
        tx.run(_forget, {"person": person})
        at = tx.moment(at)
        tx.run(_keep, {**row, "changed_at": at})
        record(tx, person, "notices_chosen", at, person, deliveries=kept)  # the address may hold a secret


def address_problem(address: str) -> Problem | None:
    """Why an address cannot be one's own, as far as it can be seen without calling anybody."""
    if not address:
        return None
    if "://" not in address:
        return email_problem("address", address).get("address")
    if len(address) > MAX_ADDRESS:
        return Problem("text_too_long", {"limit": MAX_ADDRESS})
    scheme = address.split("://", 1)[0].lower()
    if scheme not in (*SERVICES, *OWN_HOST):
        return Problem("address_scheme", {"schemes": (*SERVICES, *OWN_HOST)})
    # What Apprise would read after «?» (follow redirects, fetch a picture, trust any certificate) is not a person's.
    if not re.fullmatch(r"[!-~]+", address) or any(sign in address for sign in "?#\\"):
        return Problem("address_malformed")
    return None
