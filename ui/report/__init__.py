"""The weekly report as a PDF: figures of `core.figures.pages.weekly` in the words of a language, on two A4 pages."""

from ui.report.pages import NothingYet, write
from ui.words.format import Format

__all__ = ["Format", "NothingYet", "write"]
