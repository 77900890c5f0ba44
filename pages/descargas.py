"""Cases to take along, as they stand or stood: the weekly report, a workbook, the event log for process mining."""

from ui.analysis.page import enter
from ui.analysis.pages import downloads

downloads.draw(enter("descargas"))
