"""What waits for the Responsable Implementación B2B."""

from core.terms import Role
from ui import inbox
from ui.shell import enter

inbox.draw(enter(Role.RESPONSABLE_IMPLEMENTACION_B2B, substitutes=True), Role.RESPONSABLE_IMPLEMENTACION_B2B)
