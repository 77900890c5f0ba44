"""What waits for the Mesa de Ayuda."""

from core.terms import Role
from ui import inbox
from ui.shell import enter

inbox.draw(enter(Role.MESA_DE_AYUDA, substitutes=True), Role.MESA_DE_AYUDA)
