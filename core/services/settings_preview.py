"""Preview of the effects of a settings change on open work; nothing is written.

The effects are for comparison only: open work keeps its deadlines and rule (see `core.services.settings`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, case, exists, func, not_, or_, select, tuple_

from core.case.events import ItemDueMoved, from_row
from core.process.deadlines import is_escalated, is_near, is_overdue
from core.process.definition import PHASES
from core.process.policy import Policy
from core.process.settings_catalogue import catalogue
from core.process.terms import Document, Flow, Kind, Role
from core.queries.inbox import blocked_at
from core.services.settings import Settings, policy_with
from core.staff import coverage
from core.store import tables
from core.store.database import Database
from core.store.settings import policy

_items, _cases, _events = tables.work_items.c, tables.cases.c, tables.events.c
_documents, _roles = tables.documents.c, tables.person_roles.c
_earlier = tables.work_items.alias("earlier")
_opened_before = exists().where(
    _earlier.c.case_id == _items.case_id,
    _earlier.c.phase == _items.phase,
    _earlier.c.role == _items.role,
    _earlier.c.item < _items.item,
)
Lane = tuple[int, Role]


class Effect(NamedTuple):
    """The effect of one change, given by `kind` and `of`; `open` counts open work, `now` and `then` the affected.

    lane, calendar, soon, escalate_after: tasks overdue (due soon, escalated) before and after the change;
    rule: reviews that keep the old rule (`open`) and cases that would meet the new one (`then`);
    four_eyes: open validations, and those that the sender could no longer decide (`then`).
    """

    kind: str
    of: str
    open: int
    now: int
    then: int


class Preview(NamedTuple):
    """All effects of a change; `left`: the cases that it would leave undecidable, so that it would be refused."""

    effects: tuple[Effect, ...]
    left: tuple[str, ...]
    left_count: int


def preview(db: Database, new_settings: Settings, at: int) -> Preview:
    """Preview saving new settings at a moment; raises Invalid with every wrong field."""
    with db.reading() as connection:
        before = policy(connection)
        after = policy_with(before, new_settings, at)
        effects = tuple(_effects(connection, before, after, at))
    left: list[str] = []
    if any(effect.kind in ("rule", "four_eyes") for effect in effects):
        with db.rehearsing() as tx:
            now = coverage.basis_in(tx, at)
            left = coverage.newly_undecided(tx, now, now._replace(policy=after), at).codes
    return Preview(effects, tuple(left), len(left))


def _effects(connection: Connection, before: Policy, after: Policy, at: int) -> Iterator[Effect]:
    declared = catalogue(after).items()
    affected = {row.affects for name, row in declared if getattr(after, name) != getattr(before, name)}
    for name, effects in EFFECTS.items():
        if name in affected:
            yield from effects(connection, before, after, at)


class _Task(NamedTuple):
    """An open work item: the start of its time, and its deadlines by the settings in force when it was opened."""

    lane: Lane
    since: int
    first: bool
    soon_at: int
    due_at: int
    blocked: bool


def _open(connection: Connection, at: int, lanes: Iterable[Lane] = ()) -> Iterator[_Task]:
    """The open work items (of `lanes`); the time of those that waited for their client starts after the wait."""
    moved = _moved(connection)
    columns = (_items.case_id, _items.item, _items.phase, _items.role, _items.opened_at, _items.soon_at, _items.due_at)
    statement = (
        select(*columns, not_(_opened_before), blocked_at(at))
        .select_from(tables.work_items.join(tables.cases))
        .where(_items.ended_at.is_(None))
    )
    if lanes:
        statement = statement.where(
            tuple_(_items.phase, _items.role).in_([(phase, role.value) for phase, role in lanes])
        )
    for case_id, item, phase, role, opened_at, soon_at, due_at, first, blocked in connection.execute(statement):
        since = moved.get((case_id, item), opened_at)
        yield _Task((phase, Role(role)), since, bool(first), soon_at, due_at, bool(blocked))


def _moved(connection: Connection) -> dict[tuple[int, int], int]:
    """When open work items got a new deadline after a wait (ms), by (case, item)."""
    gated_phases = [phase.number for phase in PHASES if phase.needs]
    gates = select(_items.case_id).where(_items.ended_at.is_(None), _items.phase.in_(gated_phases))
    e = _events
    rows = connection.execute(
        select(e.case_id, e.seq, e.at, e.phase, e.person_id, e.for_person_id, e.data)
        .where(e.case_id.in_(gates), e.kind == ItemDueMoved.__name__)
        .order_by(e.case_id, e.seq)
    )
    moments: dict[tuple[int, int], int] = {}
    for case_id, *row in rows:
        event = from_row(*row)
        assert isinstance(event.body, ItemDueMoved)
        moments[case_id, event.body.item] = event.at
    return moments


def _overdue(kind: str, of: str, tasks: Iterable[_Task], after: Policy, at: int) -> Effect:
    count = now = then = 0
    for task in tasks:
        count += 1
        if not task.blocked:
            now += is_overdue(task.due_at, at)
            then += is_overdue(after.due(*task.lane, task.since, first=task.first)[0], at)
    return Effect(kind, of, count, now, then)


def _calendar(connection: Connection, _: Policy, after: Policy, at: int) -> Iterator[Effect]:
    yield _overdue("calendar", "", _open(connection, at), after, at)


def _deadlines(connection: Connection, before: Policy, after: Policy, at: int) -> Iterator[Effect]:
    """One effect per changed lane; a changed calendar is previewed for all lanes together instead."""
    lanes = [lane for lane in after.deadlines if after.deadlines[lane] != before.deadlines[lane]]
    if after.calendar == before.calendar:
        tasks = list(_open(connection, at, lanes))
        for lane in lanes:
            in_lane = [task for task in tasks if task.lane == lane]
            yield _overdue("lane", f"{lane[0]}/{lane[1]}", in_lane, after, at)


def _soon(connection: Connection, _: Policy, after: Policy, at: int) -> Iterator[Effect]:
    count = now = then = 0
    for task in _open(connection, at):
        count += 1
        if not task.blocked and not is_overdue(task.due_at, at):
            now += is_near(task.soon_at, at)
            then += is_near(after.due(*task.lane, task.since, first=task.first)[1], at)
    yield Effect("soon", "", count, now, then)


def _escalated(connection: Connection, before: Policy, after: Policy, at: int) -> Iterator[Effect]:
    count = now = then = 0
    for task in _open(connection, at):
        count += 1
        if not task.blocked:
            now += is_escalated(before, task.due_at, at)
            then += is_escalated(after, task.due_at, at)
    yield Effect("escalate_after", "", count, now, then)


def _rules(connection: Connection, before: Policy, after: Policy, _: int) -> Iterator[Effect]:
    for document, rule in after.rules.items():
        if rule.needed != before.rules[document].needed:
            yield _rule(connection, document)


def _rule(connection: Connection, document: Document) -> Effect:
    """Count the cases to which a new rule applies; a review in progress keeps the rule it was opened with."""
    phase = next(phase.number for phase in PHASES if phase.document is document)
    under_review = exists().where(
        _items.case_id == _cases.id, _items.ended_at.is_(None), _items.kind == Kind.REVIEW.value
    )
    running = and_(_cases.outcome.is_(None), _cases.flow == Flow.ESTANDAR.value)
    keeping = and_(_cases.phase == phase, under_review)
    counts = [
        connection.scalar(select(func.count()).select_from(tables.cases).where(running, condition)) or 0
        for condition in (keeping, and_(_cases.phase <= phase, not_(keeping)))
    ]
    return Effect("rule", document, counts[0], 0, counts[1])


def _four_eyes(connection: Connection, *_: Any) -> Iterator[Effect]:
    validated = {phase.number + 1: phase.document.value for phase in PHASES if phase.document}
    newer = tables.documents.alias("newer")
    later = exists().where(
        newer.c.case_id == _documents.case_id,
        newer.c.document == _documents.document,
        newer.c.version > _documents.version,
        newer.c.sent_by.is_not(None),
    )
    sender_holds_role = exists().where(
        _documents.case_id == _items.case_id,
        _documents.document == case(validated, value=_items.phase, else_=""),
        or_(_documents.sent_by == _roles.person_id, _documents.sent_for == _roles.person_id),
        _roles.role == _items.role,
        not_(later),
    )
    open_: Any = and_(_items.ended_at.is_(None), _items.kind == Kind.VALIDATE.value, _items.phase > 1)
    counts = [
        connection.scalar(select(func.count()).select_from(tables.work_items).where(open_, *more)) or 0
        for more in ((), (sender_holds_role,))
    ]
    yield Effect("four_eyes", "", counts[0], 0, counts[1])


Effects = Callable[[Connection, Policy, Policy, int], Iterator[Effect]]
# Keys are `affects` of the settings' declarations.
EFFECTS: Mapping[str, Effects] = {
    "calendar": _calendar,
    "deadlines": _deadlines,
    "soon": _soon,
    "escalation": _escalated,
    "rule": _rules,
    "four_eyes": _four_eyes,
}
