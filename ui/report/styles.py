"""Text styles of the weekly report."""

from reportlab.lib.styles import ParagraphStyle

from ui.report.drawing import BOLD, INK, PLAIN, SOFT

TITLE = ParagraphStyle("title", fontName=BOLD, fontSize=18, leading=22, textColor=INK)
UNDER = ParagraphStyle("under", fontName=PLAIN, fontSize=9, leading=12, textColor=SOFT, spaceAfter=7)
SENTENCE = ParagraphStyle("sentence", fontName=PLAIN, fontSize=10.5, leading=14, textColor=INK, spaceAfter=5)
FINDING = ParagraphStyle("finding", fontName=BOLD, fontSize=9, leading=11, textColor=INK)
UNIT = ParagraphStyle("unit", fontName=PLAIN, fontSize=7, leading=9, textColor=SOFT, spaceAfter=3)
HEADING = ParagraphStyle("heading", fontName=BOLD, fontSize=9.5, leading=12, textColor=INK, spaceBefore=9, spaceAfter=3)
CELL = ParagraphStyle("cell", fontName=PLAIN, fontSize=7.6, leading=9, textColor=INK)
NOTE = ParagraphStyle("note", fontName=PLAIN, fontSize=7, leading=9, textColor=SOFT, spaceBefore=7)
