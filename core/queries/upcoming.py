"""Work that will reach a role next: the open work one step before the role's own."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, exists, func, not_, or_, select

from core.process.terms import CHANNEL_ROLE, INTAKE_ROLES, Flow, Kind, Role
from core.store import tables

_items, _cases = tables.work_items.c, tables.cases.c


class Coming(NamedTuple):
    """How many running cases have open work of this kind just before the role's own, and the roles that have it."""

    phase: int
    kind: Kind
    cases: int
    roles: tuple[Role, ...]


def coming(connection: Connection, role: Role) -> list[Coming]:
    """Return the work that reaches a role next, in process order, without cases in which it already has work."""
    own = tables.work_items.alias("own")
    has_work = exists().where(own.c.case_id == _cases.id, own.c.role == role.value, own.c.ended_at.is_(None))
    ahead = (_items.ended_at.is_(None), not_(has_work), _before(role))
    joined = tables.work_items.join(tables.cases)
    place = (_items.phase, _items.kind)
    count = func.count(_items.case_id.distinct())
    roles: dict[tuple[int, str], list[Role]] = {}
    for phase, kind, with_role in connection.execute(
        select(*place, _items.role).select_from(joined).where(*ahead).distinct()
    ):
        roles.setdefault((phase, kind), []).append(Role(with_role))
    counts = connection.execute(select(*place, count).select_from(joined).where(*ahead).group_by(*place))
    steps, order = list(Kind), list(Role)
    return sorted(
        (
            Coming(phase, Kind(kind), cases, tuple(sorted(roles[phase, kind], key=order.index)))
            for phase, kind, cases in counts
        ),
        key=lambda row: (row.phase, steps.index(row.kind)),
    )


def _before(role: Role) -> ColumnElement[bool]:
    """The condition on open work from which a decision may directly lead to work of the role."""
    if role in INTAKE_ROLES:
        channel = next(channel for channel, lane in CHANNEL_ROLE.items() if lane is role)
        leads = or_(
            _items.kind.in_((Kind.REVIEW.value, Kind.VALIDATE.value)),
            and_(_items.kind == Kind.PRODUCE.value, _items.phase == 1),
        )
        return and_(_cases.channel == channel.value, leads)
    sends = and_(_items.kind.in_((Kind.PRODUCE.value, Kind.CORRECT.value)), _items.phase > 1)
    if role is not Role.GERENTE_COMERCIAL:
        sends = and_(sends, _cases.flow == Flow.ESTANDAR.value)
    return or_(sends, _items.kind == Kind.CLOSE.value)
