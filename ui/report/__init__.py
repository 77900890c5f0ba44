"""The weekly report as a PDF: the figures of `core.figures.pages.weekly` on two A4 pages, in either language."""

from core.figures.pages.weekly import NothingYet
from ui.report.pages import write
from ui.words.format import Format

__all__ = ["Format", "NothingYet", "write"]
