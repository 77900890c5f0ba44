"""The chart of ¿Y si…? and its sentences, from a simulation's answer."""

from typing import Any

import plotly.graph_objects as go

from ui.analysis.charts.style import ACCENT, OUTLINE, TEXT, layout
from ui.words.format import HOUR, WORKING_DAY, Format
from ui.words.messages import text

DAY = WORKING_DAY * HOUR / 60  # ms of working time
CYCLE = ("p50", "p85")
HEIGHT = 260


def format_number(name: str, value: float, fmt: Format, *, signed: bool = False) -> str:
    """«32,3», «9 %»: a number of the simulation (times in working days); with `signed`, «+1,2» or «−1,2»."""
    size = abs(value) if signed else value
    number = fmt.percent(round(size, 2)) if name == "overdue" else fmt.number(size / DAY if name in CYCLE else size, 1)
    nothing = not any(digit in number for digit in "123456789")
    mark = "" if nothing or not signed else "−" if value < 0 else "+"
    return mark + number


def finding(answer: Any, name: str, fmt: Format) -> str:
    """«El p85 baja de 41 a 35 días laborales (intervalo 33–37)», or that the change is not significant."""
    after, off = answer.changed[name], answer.difference[name]
    way = "same" if off.low <= 0 <= off.high else "falls" if off.middle < 0 else "rises"
    values = {
        "before": answer.baseline[name].middle,
        "after": after.middle,
        "low": after.low,
        "high": after.high,
    }
    texts = {key: format_number(name, value, fmt) for key, value in values.items()}
    return text(fmt.language, f"whatif-{name}-finding", way=way, **texts)


def trust(answer: Any, fmt: Format) -> str:
    """How many actual numbers lie within the baseline's interval, and which do not."""
    outside = [
        name
        for name, value in answer.happened._asdict().items()
        if not answer.baseline[name].low <= value <= answer.baseline[name].high
    ]
    total = len(answer.happened)
    if not outside:
        return text(fmt.language, "whatif-trust-all", total=total)
    named = ", ".join(text(fmt.language, f"whatif-{name}") for name in outside)
    return text(fmt.language, "whatif-trust", inside=total - len(outside), total=total, named=named)


def comparison(answer: Any, name: str, fmt: Format) -> go.Figure:
    """A number as observed, as simulated today and with the change, with intervals where they exist."""
    around = [answer.baseline[name], answer.changed[name]]
    middle = [getattr(answer.happened, name), *(estimate.middle for estimate in around)]
    scale = 100 if name == "overdue" else 1 / DAY
    marks = go.Scatter(
        x=[round(value * scale, 2) for value in middle],
        y=[text(fmt.language, f"whatif-{row}") for row in ("happened", "baseline", "changed")],
        mode="markers+text",
        text=[format_number(name, value, fmt) for value in middle],
        textposition="top center",
        textfont={"color": TEXT},
        cliponaxis=False,
        hoverinfo="skip",
        marker={"symbol": ["square", "circle", "diamond"], "size": 12, "color": [OUTLINE, OUTLINE, ACCENT]},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [None, *(round((estimate.high - estimate.middle) * scale, 2) for estimate in around)],
            "arrayminus": [None, *(round((estimate.middle - estimate.low) * scale, 2) for estimate in around)],
            "color": OUTLINE,
            "thickness": 2,
        },
    )
    figure = go.Figure([marks], layout(fmt.language, HEIGHT, margin={"l": 4, "r": 24, "t": 8, "b": 48}))
    axis_style = {"fixedrange": True, "tickfont": {"color": TEXT}, "zeroline": False, "showgrid": False}
    title = {"text": text(fmt.language, f"whatif-axis-{name}"), "font": {"color": TEXT, "size": 12}}
    figure.update_xaxes(rangemode="tozero", title=title, **axis_style)
    figure.update_yaxes(autorange="reversed", automargin=True, **axis_style)
    return figure
