"""Pronóstico: when open cases are likely to end, how many closes to expect, and how often past forecasts held."""

from core.figures.base.evidence import FigureRef
from core.figures.pages.forecast import backtest, remaining_time
from ui.analysis import evidence_panel
from ui.analysis.page import enter
from ui.analysis.pages import forecast as forecast_page
from ui.shell.page_parts import part

study = enter("pronostico")
figures = study.computed(remaining_time.compute)
study.end_when_empty(len(figures.cases) + figures.sle_n)
with part("the finding of a page"):
    study.heading.subheader(forecast_page.main_finding(figures), anchor=False)
evidence_panel.ask([FigureRef(name) for name in ("expected", "learned", "sle")])
forecast_page.cases(study, figures)
forecast_page.closes(study, figures)
forecast_page.backtest(study, study.settled(backtest.compute))
evidence_panel.panel(study)
