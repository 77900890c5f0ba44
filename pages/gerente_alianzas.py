"""The inbox of the Gerente Alianzas."""

from core.process.terms import Role
from ui.screens import inbox
from ui.shell.guard import enter

inbox.draw(enter(Role.GERENTE_ALIANZAS, substitutes=True), Role.GERENTE_ALIANZAS)
