"""Who is there in each role on the working days to come, and who is away (Proceso and administrator)."""

from core.process.terms import Role
from ui.screens import coverage
from ui.shell.guard import enter

coverage.draw(enter(Role.PROCESO, Role.ADMINISTRADOR))
