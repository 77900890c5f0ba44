"""Helpers for the page Personas as an administrator uses it."""

from core.process.terms import Role
from core.staff import directory
from core.staff.directory import PersonRow
from tests.support.drive_case import World
from tests.support.people import ID
from tests.support.screen import Screen


def listed(world: World, login: str) -> PersonRow:
    with world.db.reading() as connection:
        return next(person for person in directory.everybody(connection) if person.login == login)


def expanders(screen: Screen) -> list[str]:
    return [expander.label for expander in screen.at.main.expander]


def opened(screen: Screen, login: str) -> Screen:
    """Open a person's line."""
    for prefix in ("person", "open"):
        screen.at.session_state[f"{prefix}-{ID[login]}"] = True
    return screen.run()


def press(screen: Screen, login: str, what: str) -> Screen:
    opened(screen, login).at.button(key=f"roles-{ID[login]}-{what}").click()
    return screen.run()


def choose_roles(screen: Screen, login: str, *roles: Role) -> Screen:
    opened(screen, login).at.button_group(key=f"roles-{ID[login]}:roles").set_value([role.value for role in roles])
    return press(screen.run(), login, "set")
