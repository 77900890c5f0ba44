"""What waits for the Gerente Alianzas."""

from core.terms import Role
from ui import inbox
from ui.shell import enter

inbox.draw(enter(Role.GERENTE_ALIANZAS, substitutes=True), Role.GERENTE_ALIANZAS)
