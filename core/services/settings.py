"""Changing settings: several at once or none, authorised, and recorded with who and when.

Settings are plain JSON by name (see `core.process.policy`); those not named stay as they are.
A change applies to work opened later, except four eyes on validation, which is checked at each decision.
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
    """The id of the last change, which `save` compares with the one that the screen saw; 0 when there is none."""
    row = connection.execute(_last).first()
    return row.id if row else 0


def save(db: Database, person: int, new_settings: Settings, seen: int, at: int) -> tuple[str, ...]:
    """Put settings in force, all or none; returns the names of those that changed.

    Raises Invalid by field, NotAllowed unless a Proceso saves or with cases left undecidable, and Stale when
    settings were changed after `seen`.
    """
    with db.writing() as tx:
        coverage.take_turns(tx)
        if Role.PROCESO not in actor_in(tx, person).roles:
            raise NotAllowed("role_needed", role=Role.PROCESO)
        last = tx.row(_last)
        at = tx.moment(at)
        if last and last[0] != seen:
            raise Stale("settings_changed", at=last[1])
        changed = changes_of(settings.policy_in(tx), new_settings, at)
        if not changed:
            raise Refused("settings_same")
        try:
            with coverage.keep_decidable(tx, at):
                for name, value in changed.items():
                    settings.change(tx, name, value, person, at)
        except NotAllowed as refused:
            raise NotAllowed("rule_leaves_undecided", **refused.params) from refused
    return tuple(changed)


def set_one(db: Database, name: str, value: Any, at: int) -> dict[str, Any]:
    """Put a setting in force from the command line; returns the changed values by path. Raises as `save`."""
    with db.writing() as tx:
        coverage.take_turns(tx)
        at = tx.moment(at)
        before = settings.policy_in(tx)
        changed = changes_of(before, {name: value}, at)
        with coverage.keep_decidable(tx, at):
            for changed_name, changed_value in changed.items():
                settings.change(tx, changed_name, changed_value, None, at)
        now, then = rows(settings.policy_in(tx)), rows(before)
    return {row.path: row.value for row, old in zip(now, then, strict=True) if row != old}


def policy_with(before: Policy, new_settings: Settings, at: int) -> Policy:
    """The policy with new settings; raises Invalid with every wrong field."""
    after = before.changed(new_settings)
    longest = max(max(allowance) for allowance in after.deadlines.values())
    try:
        after.calendar.add(at, longest + after.soon + after.escalate_after)
    except BadCalendar as refused:
        raise Refused("calendar_horizon", years=HORIZON) from refused
    return after


def changes_of(before: Policy, new_settings: Settings, at: int) -> dict[str, Any]:
    """The complete values of the settings that would change; raises Invalid with every wrong field."""
    old, new = before.as_settings(), policy_with(before, new_settings, at).as_settings()
    return {name: new[name] for name in new if new[name] != old[name]}


class Row(NamedTuple):
    """A value in force with its default and range; `path` is e.g. `deadlines/4/proceso/first`."""

    path: str
    value: Any
    default: Any
    range: str


def rows(policy: Policy) -> list[Row]:
    """All single values in force, in the order of their declarations."""
    current, default = policy.as_settings(), type(policy)().as_settings()
    return [Row(leaf.path, leaf.value(current), leaf.value(default), leaf.kind.range) for leaf in leaves(policy)]


class Change(NamedTuple):
    """A changed value; `by` is None for the command line."""

    at: int
    by: str | None
    leaf: Leaf
    before: Any
    after: Any


def history(connection: Connection) -> list[Change]:
    """Every change, newest first; the first one of a setting is compared with its default."""
    default = type(settings.policy(connection))()
    known = default.as_settings()
    changes: list[Change] = []
    for name, text, at, by in connection.execute(_every):
        value = default.changed({name: msgspec.json.decode(text)}).as_settings()[name]
        for leaf in catalogue(default)[name].leaves(name):
            before, after = (leaf.kind.comparable(leaf.value(version)) for version in (known, {name: value}))
            if before != after:
                changes.append(Change(at, by, leaf, before, after))
        known[name] = value
    return changes[::-1]
