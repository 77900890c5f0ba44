"""Downloads of cases as of now or a past date: the weekly report, a workbook, the event log for process mining."""

from ui.analysis.page import enter
from ui.analysis.pages import downloads

downloads.draw(enter("descargas"))
