"""Shapes of the printed charts: fills that differ in grey and pattern, marks that differ in shape.

Lengths are points (1/72 inch); y grows upwards.
"""

import unicodedata
from collections.abc import Iterator
from math import ceil, floor, log10

from reportlab.graphics.shapes import Circle, Drawing, Group, Hatching, Line, Polygon, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth

INK = HexColor("#12171d")
SOFT = HexColor("#55636f")
RULE = HexColor("#d5dce3")
PALE = HexColor("#eef1f5")
QUIET = HexColor("#c3cfdb")
ACCENT = HexColor("#1d5c99")
WARNING = HexColor("#b3223b")
WHITE = HexColor("#ffffff")
ENCODING = "cp1252"  # of the standard PDF fonts
PLAIN, BOLD = "Helvetica", "Helvetica-Bold"
SMALL = 6.8  # font size in a chart


def writable(text: str) -> str:
    """Text limited to the report's font: other letters lose their diacritics or become «?», emoji are dropped."""
    return " ".join("".join(map(_drawn, text)).split())


def _drawn(character: str) -> str:
    if character.isspace():
        return " "
    for form in (character, unicodedata.normalize("NFKD", character)):
        if writable_part := form.encode(ENCODING, "ignore").decode(ENCODING):
            return writable_part if writable_part.isprintable() else ""
    return "?" if character.isalnum() else ""


def label(x: float, y: float, text: str, *, bold: bool = False, anchor: str = "start", color: HexColor = INK) -> String:
    """Text at a position."""
    return String(x, y, text, fontName=BOLD if bold else PLAIN, fontSize=SMALL, textAnchor=anchor, fillColor=color)


def onward(x: float, y: float, width: float, height: float) -> Rect:
    """A light bar, for cases that advanced."""
    return Rect(x, y, width, height, fillColor=QUIET, strokeColor=SOFT, strokeWidth=0.4)


def standing(x: float, y: float, width: float, height: float) -> Rect:
    """A dark bar, for cases still in the phase."""
    return Rect(x, y, width, height, fillColor=ACCENT, strokeColor=ACCENT, strokeWidth=0.4)


def refused(x: float, y: float, width: float, height: float) -> Group:
    """A hatched bar, for rejected cases."""
    corners = [x, y, x + width, y, x + width, y + height, x, y + height]
    return Group(
        Rect(x, y, width, height, fillColor=WHITE, strokeColor=WARNING, strokeWidth=0.6),
        Hatching(spacings=2, angles=45, xyLists=[corners], strokeColor=WARNING, strokeWidth=0.6),
    )


def disc(x: float, y: float, size: float = 2.4, *, filled: bool = True) -> Circle:
    return Circle(x, y, size, fillColor=ACCENT if filled else WHITE, strokeColor=ACCENT, strokeWidth=0.8)


def diamond(x: float, y: float, size: float = 3.1, *, warning: bool = False) -> Polygon:
    fill, line = (WARNING, WARNING) if warning else (WHITE, INK)
    return Polygon(
        [x - size, y, x, y + size, x + size, y, x, y - size], fillColor=fill, strokeColor=line, strokeWidth=0.8
    )


def square(x: float, y: float, size: float = 2.1) -> Rect:
    return Rect(x - size, y - size, 2 * size, 2 * size, fillColor=WHITE, strokeColor=INK, strokeWidth=0.8)


def stroke(x1: float, y1: float, x2: float, y2: float, *, strong: bool = False) -> Line:
    return Line(x1, y1, x2, y2, strokeColor=SOFT if strong else RULE, strokeWidth=1.2 if strong else 0.5)


def ticks(top: float, about: int = 4) -> list[float]:
    """Round numbers from 0 to the first not below `top` (more than 0): steps of 1, 2 or 5 times a power of ten."""
    rough = top / about
    power = 10 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    return [step * n for n in range(ceil(top / step - 1e-9) + 1)]


def legend(drawing: Drawing, y: float, *entries: tuple[Rect | Group | Polygon | Circle, float, str]) -> None:
    """Draw symbols with their names side by side; each entry: a symbol around the origin, its width, its name."""
    x = 0.0
    for symbol, room, name in entries:
        placed = Group(symbol)
        placed.translate(x, y)
        drawing.add(placed)
        drawing.add(label(x + room, y - 2.3, name, color=SOFT))
        x += room + width_of(name) + 9


def width_of(text: str, *, bold: bool = False) -> float:
    """The width of a text in a chart."""
    return float(stringWidth(text, BOLD if bold else PLAIN, SMALL))


def columns(drawing: Drawing, floor_y: float, names: list[str], left: float) -> Iterator[tuple[float, float]]:
    """Draw an axis with column names below it, and return the middle and width of each column."""
    width = (drawing.width - left) / max(len(names), 1)
    for n, name in enumerate(names):
        middle = left + width * (n + 0.5)
        drawing.add(label(middle, floor_y - 9, name, anchor="middle", color=SOFT))
        yield middle, width
