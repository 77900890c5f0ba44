"""The weekly report as a PDF: figures of `core.figures.weekly` in the words of a language, on two A4 pages."""

from core.figures.weekly import NothingYet
from ui.format import Format
from ui.report.pages import write

__all__ = ["Format", "NothingYet", "write"]
