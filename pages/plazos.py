"""Deadlines, calendar, reminders and approval rules (Proceso)."""

from core.process.terms import Role
from ui.screens import settings
from ui.shell.guard import enter

settings.draw(enter(Role.PROCESO))
