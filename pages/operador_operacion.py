"""What waits for the Operador Operación."""

from core.terms import Role
from ui import inbox
from ui.shell import enter

inbox.draw(enter(Role.OPERADOR_OPERACION, substitutes=True), Role.OPERADOR_OPERACION)
