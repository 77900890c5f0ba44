"""Cases to take along, as they stand or stood: the weekly report, a workbook, the event log for process mining."""

from ui import downloads
from ui.analysis.frame import enter

downloads.draw(enter("descargas"))
