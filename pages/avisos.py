"""The visitor's notices: new work, deadlines, returns, comments; for the administrator also failed deliveries."""

from ui.screens import notices
from ui.shell.guard import enter

notices.draw(enter())
