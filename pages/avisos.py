"""What one is told: new work, deadlines, returns, comments; for the administrator also what could not be delivered."""

from ui.screens import notices
from ui.shell.guard import enter

notices.draw(enter())
