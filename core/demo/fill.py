"""The demonstration: a fictitious cast and some 120 cases of the last eight months, created through the services.

All decisions are made through the services with a simulated clock, so the record replays like any other. The same
seed and end give the same cases.

One bottleneck is planted for the charts to show: for thirteen weeks the Responsable Implementación B2B has taken
six times as long to review the Orden de Servicio (phase 4). It shows in the estándar flow only, because in B2B this
role has no verdict; before that, and in every other phase, the role is as fast as the others.
"""

from collections.abc import Callable

from sqlalchemy import func, select

from core.demo import booking, links
from core.demo.absences import GAP
from core.demo.cast import Cast, load
from core.demo.clock import Run
from core.demo.plan import WEEK, WEEKS, plans
from core.documents.store import Store
from core.errors import Refused
from core.people import accounts, saved_views
from core.people.saved_views import ViewOwner
from core.process.policy import Policy, Rule
from core.process.settings_catalogue import DAY
from core.process.terms import INTAKE_ROLES, PROCESS_ROLES, Document, Role
from core.services import settings as services_settings
from core.store import settings, tables
from core.store.database import Database

SEED = 130
CASES = 120
LEAD = 12 * WEEK  # the accounts exist before the first case
FIRST = {  # settings that Proceso replaced before the first case
    "deadlines": {f"7/{role}": [2 * DAY, DAY] for role in INTAKE_ROLES},
    "rules": {Document.FACTURA: {"mode": "quorum", "quorum": 3}},
}
SETTINGS = {  # in force for all cases: a Factura is corrected in half a day
    "rules": {Document.FACTURA: Rule()._asdict()},
    "deadlines": {f"7/{role}": [DAY, DAY // 2] for role in INTAKE_ROLES},
    "escalate_after": DAY // 2,
}
VIEWS = {  # views saved by the first person of each role
    "Vencidas por cliente": {"estado": "overdue", "orden": "client"},
    "B2B": {"flujo": "b2b"},
}


class NotEmpty(Refused):
    """The database already has people or cases, with which the demonstration must not mix."""


def fill(
    db: Database,
    store: Store,
    end: int,
    *,
    cases: int = CASES,
    seed: int = SEED,
    progress: Callable[[float, int], None] | None = None,
) -> Cast:
    """Fill an empty database with all events up to `end` (ms since 1970 UTC); raises NotEmpty when it is not empty.

    `progress` is called with the share of the time that has passed and the number of cases opened.
    """
    db.create()
    with db.reading() as connection:
        people = connection.scalar(select(func.count()).select_from(tables.people))
    if people:
        raise NotEmpty("demo_not_empty", people=people)
    progress = progress or (lambda *_: None)
    progress(0, 0)
    cast = load()
    start = end - WEEKS * WEEK
    holders = _create_people(db, cast, start - LEAD)
    policy = _configure(db, holders, start)
    run = Run(db, store, cast, holders, policy, end)
    run.leaves.record(db, GAP, start - LEAD // 4)
    run.go(plans(seed, cases, cast, policy, end), progress)
    links.create(db, holders, seed, end)
    return cast


def _configure(db: Database, holders: dict[Role, list[int]], start: int) -> Policy:
    """Save settings and views, and connect the other system, before the first case at `start`."""
    coordinator = holders[Role.PROCESO][0]
    for changes, at in ((FIRST, start - LEAD // 2), (SETTINGS, start - LEAD // 4)):
        with db.reading() as connection:
            seen = services_settings.newest(connection)
        services_settings.save(db, coordinator, changes, seen, at)
    for role in PROCESS_ROLES:
        for name, chosen in VIEWS.items():
            saved_views.save(db, ViewOwner(holders[role][0], role), name, chosen)
    with db.reading() as connection:
        policy = settings.policy(connection)
    booking.connect(db, coordinator, start - LEAD // 4, connected=True)
    return policy


def _create_people(db: Database, cast: Cast, at: int) -> dict[Role, list[int]]:
    """Create the cast's accounts; returns the holders' ids by role."""
    holders: dict[Role, list[int]] = {}
    for member in cast.people:
        person, _ = accounts.create(db, member.login, member.name, member.roles, at=at, password=cast.password)
        for role in member.roles:
            holders.setdefault(role, []).append(person)
    return holders
