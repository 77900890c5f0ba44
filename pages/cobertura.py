"""Who is there in each role on the working days to come, and who is away (Proceso and administrator)."""

from core.terms import Role
from ui import coverage_page
from ui.shell import enter

coverage_page.draw(enter(Role.PROCESO, Role.ADMINISTRADOR))
