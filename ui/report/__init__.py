"""The weekly report as a PDF: the figures of `core.figures.pages.weekly` on two A4 pages, in either language."""

from ui.report.pages import NothingYet, write
from ui.words.format import Format

__all__ = ["Format", "NothingYet", "write"]
