"""What one is told: new work, deadlines, returns, comments; for the administrator also what could not be delivered."""

from ui import notices_page
from ui.shell import enter

notices_page.draw(enter())
