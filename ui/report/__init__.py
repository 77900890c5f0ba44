"""The weekly report as a PDF: figures of `core.figures.pages.weekly` in the words of a language, on two A4 pages."""

from core.figures.pages.weekly import NothingYet
from ui.report.pages import write
from ui.words.format import Format

__all__ = ["Format", "NothingYet", "write"]
