"""The menu as data: every page with its section, its audience, and the count beside its title.

Every page is listed, so that its address exists; pages with `sees` = `nobody` are not shown in the menu.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from sqlalchemy import Connection

from core.notices import feed
from core.people import rights
from core.process.terms import INTAKE_ROLES, PROCESS_ROLES, ROLE_NAMES, Right, Role
from core.queries import inbox
from core.staff.person import Person

MAX_TASKS = 500
MAX_UNREAD = 99
NOTICES_ICON = ":material/notifications:"


class Viewer(NamedTuple):
    """A person, their roles including today's substitutions, and the code of the open case."""

    person: Person
    roles: frozenset[Role]
    case: str = ""


Sees = Callable[[Viewer], bool]
Counts = Callable[[Connection, Viewer], int]


class MenuItem(NamedTuple):
    """A page: the name of its script and address, its section, and who sees it in the menu.

    `counts` is shown in brackets, up to `most`, unless it is 0.
    """

    page: str
    section: str
    sees: Sees
    counts: Counts | None = None
    most: int = 0
    icon: str | None = None


def everybody(_: Viewer) -> bool:
    return True


def nobody(_: Viewer) -> bool:
    return False


def holds(roles: Iterable[Role]) -> Sees:
    """Shown to holders of one of these roles."""
    return lambda viewer: not viewer.person.roles.isdisjoint(roles)


def has(right: Right) -> Sees:
    return lambda viewer: rights.allows(viewer.person, right)


def _inbox_of(role: Role) -> MenuItem:
    """The inbox of a role, for its holders and their substitutes."""

    def tasks(connection: Connection, _: Viewer) -> int:
        return inbox.pending(connection, [role], MAX_TASKS)[role]

    return MenuItem(role.value, "inbox", lambda viewer: role in viewer.roles, tasks, MAX_TASKS)


def _unread(connection: Connection, viewer: Viewer) -> int:
    return feed.unread(connection, viewer.person.id, MAX_UNREAD, besides=viewer.case)


ANALYSIS = (
    "embudo",
    "tiempos",
    "cuellos",
    "en_curso",
    "calidad",
    "cumplimiento",
    "mapa",
    "pronostico",
    "y_si",
    "descargas",
)
MENU = (
    *(_inbox_of(role) for role in PROCESS_ROLES),
    MenuItem("avisos", "inbox", everybody, _unread, MAX_UNREAD, NOTICES_ICON),
    MenuItem("nuevo", "cases", holds(INTAKE_ROLES)),
    MenuItem("casos", "cases", everybody),
    MenuItem("ambientes", "cases", holds(PROCESS_ROLES)),
    MenuItem("inicio", "cases", nobody),
    MenuItem("caso", "cases", nobody),
    MenuItem("cuenta", "cases", nobody),
    *(MenuItem(page, "analysis", has(Right.ANALYSIS)) for page in ANALYSIS),
    MenuItem("plazos", "people", holds({Role.PROCESO})),
    MenuItem("cobertura", "people", holds({Role.PROCESO, Role.ADMINISTRADOR})),
    MenuItem("personas", "people", holds({Role.ADMINISTRADOR})),
)
FIRST = "inicio"
ROLE_PAGES = {role.value: ROLE_NAMES[role] for role in PROCESS_ROLES}
PAGES = tuple(item.page for item in MENU if item.page not in ROLE_PAGES)
