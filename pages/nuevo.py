"""Open a case, for the two channel roles."""

from core.process.terms import INTAKE_ROLES
from ui.screens import new_case
from ui.shell.guard import enter

new_case.draw(enter(*INTAKE_ROLES))
