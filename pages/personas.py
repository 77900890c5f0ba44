"""People: who can sign in and with which roles (administrator)."""

from core.process.terms import Role
from ui.screens import people
from ui.shell.guard import enter

people.draw(enter(Role.ADMINISTRADOR))
