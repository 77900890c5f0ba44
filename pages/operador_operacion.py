"""The inbox of the Operador Operación."""

from core.process.terms import Role
from ui.screens import inbox
from ui.shell.guard import enter

inbox.draw(enter(Role.OPERADOR_OPERACION, substitutes=True), Role.OPERADOR_OPERACION)
