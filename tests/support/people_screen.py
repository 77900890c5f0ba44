"""The page Personas as an administrator uses it: its lines, and what is done to the person of one."""

from core.process.terms import Role
from core.staff import directory
from core.staff.directory import PersonRow
from tests.support.drive_case import World
from tests.support.people import ID
from tests.support.screen import Screen


def listed(world: World, login: str) -> PersonRow:
    with world.db.reading() as connection:
        return next(each for each in directory.everybody(connection) if each.login == login)


def expanders(screen: Screen) -> list[str]:
    return [each.label for each in screen.at.main.expander]


def opened(screen: Screen, login: str) -> Screen:
    """The screen with one person's line opened."""
    for kept in ("person", "open"):
        screen.at.session_state[f"{kept}-{ID[login]}"] = True
    return screen.run()


def press(screen: Screen, login: str, what: str) -> Screen:
    opened(screen, login).at.button(key=f"roles-{ID[login]}-{what}").click()
    return screen.run()


def choose_roles(screen: Screen, login: str, *roles: Role) -> Screen:
    opened(screen, login).at.button_group(key=f"roles-{ID[login]}:roles").set_value([role.value for role in roles])
    return press(screen.run(), login, "set")
