"""Who covers each role on the coming working days, and who is away (Proceso and administrator)."""

from core.process.terms import Role
from ui.screens import coverage
from ui.shell.guard import enter

coverage.draw(enter(Role.PROCESO, Role.ADMINISTRADOR))
