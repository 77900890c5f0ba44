"""What the process owner changes: several settings at once or none, authorised, and on the record with who and when.

Every function takes settings as plain JSON by their names (see `core.process.policy`); what is not named stays as it
is. A change holds for work opened later; four eyes on validation alone is asked at each decision, so it holds at once.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, select

from core.errors import BadCalendar, NotAllowed, Refused, Stale
from core.process.policy import Policy
from core.process.settings_catalogue import Leaf, catalogue, leaves
from core.process.terms import Role
from core.process.working_time import HORIZON
from core.staff import coverage
from core.staff.actors import actor_in
from core.store import settings, tables
from core.store.database import Database
from core.store.person_names import shown_name

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


def set_one(db: Database, name: str, value: Any, at: int) -> dict[str, Any]:
    """Put a setting in force from the command line; the changed values by their paths. Refused as `save` refuses."""
    with db.writing() as tx:
        coverage.take_turns(tx)
        at = tx.moment(at)
        before = settings.policy_in(tx)
        changed = changes_of(before, {name: value}, at)
        with coverage.kept(tx, at):
            for changed_name, whole in changed.items():
                settings.change(tx, changed_name, whole, None, at)
        now, then = rows(settings.policy_in(tx)), rows(before)
    return {row.path: row.value for row, old in zip(now, then, strict=True) if row != old}


def wished(before: Policy, wanted: Settings, at: int) -> Policy:
    """The policy as it would be; Invalid names every field that is wrong."""
    after = before.changed(wanted)
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


class Row(NamedTuple):
    """One value in force, beside its default and what it may be; `path` is e.g. `deadlines/4/proceso/first`."""

    path: str
    value: Any
    default: Any
    range: str


def rows(policy: Policy) -> list[Row]:
    """Every setting in force, value by value, in the order of their declarations."""
    whole, default = policy.as_settings(), type(policy)().as_settings()
    return [Row(leaf.path, leaf.value(whole), leaf.value(default), leaf.kind.range) for leaf in leaves(policy)]


class Change(NamedTuple):
    """One value that was set: which (its `leaf`), by whom (nobody: the command line), when."""

    at: int
    by: str | None
    leaf: Leaf
    before: Any
    after: Any


def history(connection: Connection) -> list[Change]:
    """Every change, the newest first; the first one of a setting is compared with its default."""
    default = type(settings.policy(connection))()
    known = default.as_settings()
    changes: list[Change] = []
    for name, text, at, by in connection.execute(_every):
        value = default.changed({name: msgspec.json.decode(text)}).as_settings()[name]
        for leaf in catalogue(default)[name].leaves(name):
            before, after = (leaf.kind.comparable(leaf.value(whole)) for whole in (known, {name: value}))
            if before != after:
                changes.append(Change(at, by, leaf, before, after))
        known[name] = value
    return changes[::-1]
