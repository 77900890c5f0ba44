"""What the process owner changes: several settings at once or none, authorised, and on the record with who and when.

Every function takes settings as plain JSON by their names (see `core.process.policy`); what is not named stays as it
is. A change holds for work opened later; four eyes on validation alone is asked at each decision, so it holds at once.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, select

from core.errors import Invalid, NotAllowed, Problem, Refused, Stale
from core.process.policy import DAY, Policy
from core.process.terms import REVIEW_ROLES, Role
from core.process.working_time import HORIZON, BadCalendar, Calendar
from core.services.execute import actor_in
from core.staff import coverage
from core.store import settings, tables
from core.store.database import Database
from core.store.person_names import shown_name

MOST_DAYS = 260
MOST = MOST_DAYS * DAY
TIMES = ("soon", "escalate_after")
_rows, _people = tables.settings.c, tables.people.c
_last = select(_rows.id, _rows.at).order_by(_rows.id.desc()).limit(1)
_every = (
    select(_rows.name, _rows.value, _rows.at, shown_name())
    .select_from(tables.settings.outerjoin(tables.people, _people.id == _rows.by_id))
    .order_by(_rows.id)
)
Settings = Mapping[str, Any]


def newest(connection: Connection) -> int:
    """Which change was the last: what a screen has seen, and what `save` compares with; 0 when there was none."""
    found = connection.execute(_last).first()
    return found.id if found else 0


def save(db: Database, person: int, wanted: Settings, seen: int, at: int) -> tuple[str, ...]:
    """Put settings in force, all or none of them; the names of those that changed.

    Invalid by field; NotAllowed unless a Proceso asks, or with the cases that nobody could decide; Stale when somebody
    changed settings after `seen`.
    """
    with db.writing() as tx:
        coverage.take_turns(tx)
        if Role.PROCESO not in actor_in(tx, person).roles:
            raise NotAllowed("role_needed", role=Role.PROCESO)
        last = tx.row(_last)
        at = tx.moment(at)
        if last and last[0] != seen:
            raise Stale("settings_changed", at=last[1])
        changed = changes_of(settings.policy_in(tx), wanted, at)
        if not changed:
            raise Refused("settings_same")
        try:
            with coverage.kept(tx, at):
                for name, value in changed.items():
                    settings.change(tx, name, value, person, at)
        except NotAllowed as refused:
            raise NotAllowed("rule_leaves_undecided", **refused.params) from refused
    return tuple(changed)


def wished(before: Policy, wanted: Settings, at: int) -> Policy:
    """The policy as it would be; Invalid names every field that is wrong."""
    if found := dict(_problems(wanted)):
        raise Invalid(found)
    merged: dict[str, Any] = {**before.as_settings(), "templates": before.templates}
    for name, value in wanted.items():
        merged[name] = {**merged[name], **value} if isinstance(value, Mapping) else value
    after = Policy.of(merged)
    longest = max(max(allowance) for allowance in after.deadlines.values())
    try:
        after.calendar.add(at, longest + after.soon + after.escalate_after)
    except BadCalendar as refused:
        raise Refused("calendar_horizon", years=HORIZON) from refused
    return after


def changes_of(before: Policy, wanted: Settings, at: int) -> dict[str, Any]:
    """The settings that would be others than now, whole; Invalid names every field that is wrong."""
    old, new = before.as_settings(), wished(before, wanted, at).as_settings()
    return {name: new[name] for name in new if new[name] != old[name]}


def _problems(wanted: Settings) -> Iterator[tuple[str, Problem]]:
    """What is wrong with each field: `soon`, `4/proceso/first`, `contrato`, `hours` and so on."""
    for name in TIMES:
        if name in wanted:
            yield from _minutes(name, wanted[name], least=0)
    for lane, (first, later) in wanted.get("deadlines", {}).items():
        yield from _minutes(f"{lane}/first", first, least=1)
        yield from _minutes(f"{lane}/later", later, least=1)
    for document, rule in wanted.get("rules", {}).items():
        quorum = rule.get("quorum")
        if rule.get("mode") not in ("all", "any", "quorum") or type(quorum) is not int:
            yield document, Problem("choice_missing")
        elif not 1 <= quorum <= len(REVIEW_ROLES):
            yield document, Problem("quorum_range", {"limit": len(REVIEW_ROLES)})
    for name, value in wanted.get("calendar", {}).items():
        try:
            Calendar.of({name: value})
        except BadCalendar as wrong:
            yield name, Problem(wrong.code, {"date": wrong.params["date"]} if "date" in wrong.params else {})


def _minutes(field: str, given: Any, least: int) -> Iterator[tuple[str, Problem]]:
    if type(given) is not int:
        yield field, Problem("working_time_malformed")
    elif not least <= given <= MOST:
        yield field, Problem("working_time_range", {"days": MOST_DAYS})


class Change(NamedTuple):
    """One value that was set: which (`of` names the lane or the document), by whom (nobody: the command line), when."""

    at: int
    by: str | None
    setting: str
    of: str
    before: Any
    after: Any


def history(connection: Connection) -> list[Change]:
    """Every change, the newest first; the first one of a setting is compared with its default."""
    known = {name: dict(_leaves(name, value)) for name, value in Policy().as_settings().items()}
    found: list[Change] = []
    for name, text, at, by in connection.execute(_every):
        value = Policy.of({name: msgspec.json.decode(text)}).as_settings()[name]
        now = dict(_leaves(name, value))
        found += [Change(at, by, *leaf, known[name][leaf], now[leaf]) for leaf in now if now[leaf] != known[name][leaf]]
        known[name] = now
    return found[::-1]


def _leaves(name: str, value: Any) -> Iterator[tuple[tuple[str, str], Any]]:
    """A setting taken apart into the single values that a person changes."""
    match name:
        case "deadlines":
            for lane, (first, later) in value.items():
                yield ("first", lane), first
                yield ("later", lane), later
        case "rules":
            for document, rule in value.items():
                # A quorum means something in the rule of that name only.
                yield ("rule", document), (rule["mode"], rule["quorum"] if rule["mode"] == "quorum" else 0)
        case "calendar":
            for field, given in value.items():
                yield (f"calendar_{field}", ""), given
        case _:
            yield (name, ""), value
