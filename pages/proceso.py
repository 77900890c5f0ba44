"""What waits for Proceso."""

from core.terms import Role
from ui import inbox
from ui.shell import enter

inbox.draw(enter(Role.PROCESO, substitutes=True), Role.PROCESO)
