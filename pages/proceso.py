"""The inbox of Proceso."""

from core.process.terms import Role
from ui.screens import inbox
from ui.shell.guard import enter

inbox.draw(enter(Role.PROCESO, substitutes=True), Role.PROCESO)
