"""The inbox of the Mesa de Ayuda."""

from core.process.terms import Role
from ui.screens import inbox
from ui.shell.guard import enter

inbox.draw(enter(Role.MESA_DE_AYUDA, substitutes=True), Role.MESA_DE_AYUDA)
