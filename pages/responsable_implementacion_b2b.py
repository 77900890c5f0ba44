"""The inbox of the Responsable Implementación B2B."""

from core.process.terms import Role
from ui.screens import inbox
from ui.shell.guard import enter

inbox.draw(enter(Role.RESPONSABLE_IMPLEMENTACION_B2B, substitutes=True), Role.RESPONSABLE_IMPLEMENTACION_B2B)
