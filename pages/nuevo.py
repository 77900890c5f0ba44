"""Open a case: for the two roles that carry cases."""

from core.terms import INTAKE_ROLES
from ui import opening
from ui.shell import enter

opening.draw(enter(*INTAKE_ROLES))
