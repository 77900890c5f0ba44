"""Pronóstico: by when open cases will have ended, how many closes to expect, and how often such statements held."""

from core.figures import backtest, forecast
from core.figures.evidence import Of
from ui.analysis import home, outlook
from ui.analysis.frame import enter
from ui.parts import part

study = enter("pronostico")
found = study.computed(forecast.compute)
study.end_when_empty(len(found.cases) + found.sle_n)
with part("the finding of a page"):
    study.heading.subheader(outlook.main_finding(found), anchor=False)
home.ask([Of(name) for name in ("expected", "learned", "sle")])
outlook.cases(study, found)
outlook.closes(study, found)
outlook.backtest(study, study.settled(backtest.compute))
home.panel(study)
