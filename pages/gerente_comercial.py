"""The inbox of the Gerente Comercial."""

from core.process.terms import Role
from ui.screens import inbox
from ui.shell.guard import enter

inbox.draw(enter(Role.GERENTE_COMERCIAL, substitutes=True), Role.GERENTE_COMERCIAL)
