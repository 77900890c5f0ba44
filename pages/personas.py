"""People: who signs in, with which roles (administrator)."""

from core.terms import Role
from ui import people_page
from ui.shell import enter

people_page.draw(enter(Role.ADMINISTRADOR))
