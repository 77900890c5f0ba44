"""People: who signs in, with which roles (administrator)."""

from core.process.terms import Role
from ui.screens import people
from ui.shell.guard import enter

people.draw(enter(Role.ADMINISTRADOR))
