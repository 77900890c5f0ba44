"""Deadlines, calendar, reminders and approval rules (Proceso)."""

from core.terms import Role
from ui import owner_page
from ui.shell import enter

owner_page.draw(enter(Role.PROCESO))
