"""The demonstration: a fictitious cast and some 120 cases of the last eight months, made by the product's own services.

Everything is decided as people would have decided it, with a clock that is moved: nothing is written past the
services, so the record replays like any other. The same seed and end give the same cases.

One bottleneck is planted, for the charts to find: since thirteen weeks the Responsable Implementación B2B takes
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
from core.people.saved_views import Mine
from core.process.policy import Rule
from core.process.settings_catalogue import DAY
from core.process.terms import INTAKE_ROLES, PROCESS_ROLES, Document, Role
from core.services import settings as services_settings
from core.store import settings, tables
from core.store.database import Database

SEED = 130
CASES = 120
LEAD = 12 * WEEK  # the people are there before the first case
FIRST = {  # what Proceso tried before the first case, and then thought better of
    "deadlines": {f"7/{role}": [2 * DAY, DAY] for role in INTAKE_ROLES},
    "rules": {Document.FACTURA: {"mode": "quorum", "quorum": 3}},
}
SETTINGS = {  # what holds for every case: a Factura is corrected in half a day
    "rules": {Document.FACTURA: Rule()._asdict()},
    "deadlines": {f"7/{role}": [DAY, DAY // 2] for role in INTAKE_ROLES},
    "escalate_after": DAY // 2,
}
VIEWS = {  # what the first of each role has saved for the inbox
    "Vencidas por cliente": {"estado": "overdue", "orden": "client"},
    "B2B": {"flujo": "b2b"},
}


class NotEmpty(Refused):
    """The database has people or cases already: the demonstration never mixes with them."""


def fill(
    db: Database,
    store: Store,
    end: int,
    *,
    cases: int = CASES,
    seed: int = SEED,
    progress: Callable[[float, int], None] | None = None,
) -> Cast:
    """Fill an empty database with everything up to `end` (ms since 1970 UTC); NotEmpty when it is not empty.

    `progress` hears, now and then, the share of the time that has passed and how many cases were opened.
    """
    db.create()
    with db.reading() as connection:
        there = connection.scalar(select(func.count()).select_from(tables.people))
    if there:
        raise NotEmpty("demo_not_empty", people=there)
    tell = progress or (lambda *_: None)
    tell(0, 0)
    cast = load()
    holders = _hire(db, cast, end - WEEKS * WEEK - LEAD)
    begins = end - WEEKS * WEEK
    for wanted, at in ((FIRST, begins - LEAD // 2), (SETTINGS, begins - LEAD // 4)):
        with db.reading() as connection:
            seen = services_settings.newest(connection)
        services_settings.save(db, holders[Role.PROCESO][0], wanted, seen, at)
    for role in PROCESS_ROLES:
        for name, chosen in VIEWS.items():
            saved_views.save(db, Mine(holders[role][0], role), name, chosen)
    with db.reading() as connection:
        policy = settings.policy(connection)
    booking.tie(db, holders[Role.PROCESO][0], begins - LEAD // 4, tied=True)
    run = Run(db, store, cast, holders, policy, end)
    run.leaves.say(db, GAP, begins - LEAD // 4)
    run.go(plans(seed, cases, cast, policy, end), tell)
    links.give(db, holders, seed, end)
    return cast


def _hire(db: Database, cast: Cast, at: int) -> dict[Role, list[int]]:
    """Create the cast; who holds each role, by id."""
    holders: dict[Role, list[int]] = {}
    for member in cast.people:
        person, _ = accounts.create(db, member.login, member.name, member.roles, at=at, password=cast.password)
        for role in member.roles:
            holders.setdefault(role, []).append(person)
    return holders
