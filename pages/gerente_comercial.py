"""What waits for the Gerente Comercial."""

from core.terms import Role
from ui import inbox
from ui.shell import enter

inbox.draw(enter(Role.GERENTE_COMERCIAL, substitutes=True), Role.GERENTE_COMERCIAL)
