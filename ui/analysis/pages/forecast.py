"""The parts of the page Pronóstico: title, open cases with their dates, expected closes, backtest."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from core.figures.base.evidence import FigureRef
from core.figures.base.survival import ENOUGH
from core.figures.pages.forecast.backtest import Backtest
from core.figures.pages.forecast.remaining_time import RUNS, Forecast
from core.process.definition import phase_name
from ui.analysis import evidence_panel
from ui.analysis.charts import forecast as forecast_charts
from ui.analysis.charts.style import days
from ui.analysis.evidence_panel import Column
from ui.analysis.page import Drawn, Study
from ui.analysis.section import parts
from ui.shell.page_parts import part
from ui.widgets.case_table import choose_code, chosen_code
from ui.words.format import Format
from ui.words.messages import language, t

HIGH, MEDIUM = 0.5, 0.2  # minimum shares of late runs for these risks
LEFT_TO_SAY = ("few", "older")
COLUMNS = {"code": 105, "late": 130, "client": 195, "phase": 165, "age": 85, "p50": 110, "p85": 110}
UNLIKE = 2.0  # sorts cases with too few precedents above every share


def main_finding(forecast: Forecast) -> str:
    """How many open cases are likely to take longer than usual, and how many have too few precedents."""
    cases = forecast.cases
    rated = cases[cases["late"].notna()]
    if cases.empty:
        return t("forecast-nothing-open")
    if forecast.sle is None:
        return t("forecast-main-few", n=forecast.sle_n, enough=ENOUGH)
    if rated.empty:
        return t("forecast-main-no-dates", n=len(cases), enough=ENOUGH)
    late = sum(_level(share) == "high" for share in rated["late"])
    unlike = int((cases["late"].isna() & (cases["why"] == "older")).sum())
    sentence = t("forecast-main", late=late, n=len(rated), days=days(forecast.sle, language()))
    return f"{sentence} {t('forecast-main-unlike', n=unlike)}" if unlike else sentence


@part("the forecast of open cases")
def cases(study: Study, forecast: Forecast) -> None:
    """Draw the open cases, greatest risk first; a chosen row or code opens its case."""
    frame = forecast.cases
    if frame.empty:
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.markdown(f"##### {t('forecast-cases', n=len(frame))}", width="content")
        typed = choose_code(dict(zip(frame["code"], frame["client"], strict=True)))
    table = st.dataframe(
        _styled(frame, study.fmt),
        hide_index=True,
        placeholder=t("figure-none"),
        key="forecast_cases",
        on_select="rerun",
        selection_mode=("single-row", "single-cell"),
        column_config={t(f"forecast-col-{name}"): st.column_config.Column(width=w) for name, w in COLUMNS.items()},
    )
    code = typed or chosen_code("forecast_cases", list(frame["code"]), table.selection)
    if code:
        st.switch_page("pages/caso.py", query_params={"caso": code})
    if forecast.sle is not None:
        st.caption(t("forecast-sle", days=days(forecast.sle, language()), n=forecast.sle_n, runs=RUNS))
    for why in LEFT_TO_SAY:
        if count := int((frame["why"] == why).sum()):
            st.caption(t(f"forecast-without-{why}", n=count, enough=ENOUGH))


@part("the expected closes")
def closes(study: Study, forecast: Forecast) -> None:
    """Draw the expected closes of open cases by date."""
    if forecast.cases.empty:
        return
    fmt = study.fmt
    columns = [
        Column("at", t("forecast-col-at"), lambda at: fmt.day(int(at))),
        *(Column(name, t(f"forecast-{name}"), fmt.number, "expected") for name in ("p50", "p85")),
    ]

    def chart() -> Drawn:
        frame = forecast.closes
        return Drawn(forecast_charts.closes_finding(frame, fmt), forecast_charts.closes(frame, fmt))

    def numbers() -> None:
        evidence_panel.numbers("forecast_closes_numbers", forecast.closes, columns, lambda _, figure: FigureRef(figure))

    drawn, explained = study.once(chart, "closes"), ("expected", "learned", "sle")
    parts("forecast_closes", drawn, t("forecast-closes-note"), numbers, explained)


@part("the backtest")
def backtest(study: Study, result: Backtest) -> None:
    """Draw how often the forecasts of past months held."""
    fmt = study.fmt
    columns = [
        Column("month", t("forecast-col-month"), lambda at: fmt.month_of(int(at))),
        *(Column(name, t(f"forecast-col-{name}"), fmt.number, "told") for name in ("n", "held", "pending")),
    ]
    note = f"{forecast_charts.backtest_verdict(result.months, fmt)} {t('forecast-backtest-note', at=result.at)}".strip()

    def of(row: dict[str, Any], figure: str) -> FigureRef:
        return FigureRef(figure, detail=f"{datetime.fromtimestamp(row['month'] / 1000, ZoneInfo(fmt.zone)):%Y-%m}")

    def chart() -> Drawn:
        frame = result.months
        return Drawn(forecast_charts.backtest_finding(frame, fmt), forecast_charts.backtest(frame, fmt))

    def numbers() -> None:
        evidence_panel.numbers("forecast_backtest_numbers", result.months, columns, of)

    parts("forecast_backtest", study.once(chart, "backtest"), note, numbers, ("told",))


def _styled(frame: pd.DataFrame, fmt: Format) -> Styler:
    """Moments, ages and shares stay numbers, so that columns sort, and are formatted for display."""
    unlike = frame["late"].isna() & (frame["why"] == "older")
    named = frame.assign(phase=[phase_name(phase) for phase in frame["phase"]], late=frame["late"].mask(unlike, UNLIKE))
    cells = named[list(COLUMNS)]
    heads = {name: t(f"forecast-col-{name}") for name in COLUMNS}
    shows: dict[str, Callable[[Any], str]] = {
        "age": lambda ms: t("figure-days", days=days(ms, fmt.language)),
        **dict.fromkeys(("p50", "p85"), lambda at: "" if pd.isna(at) else fmt.day(int(at))),
        "late": lambda share: "" if pd.isna(share) else risk(share, fmt),
    }
    return cells.rename(columns=heads).style.format({heads[name]: show for name, show in shows.items()})


def risk(share: float, fmt: Format) -> str:
    """«alto · 73 %»: the share of runs that end later than usual."""
    if share == UNLIKE:
        return t("forecast-risk-unlike")
    return t(f"forecast-risk-{_level(share)}", share=fmt.percent(share))


def _level(share: float) -> str:
    percent = round(share, 2)  # as displayed
    return "high" if percent >= HIGH else "medium" if percent >= MEDIUM else "low"
