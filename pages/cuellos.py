"""Cuellos de botella: which lane of which phase takes most of the time, and which role has the most to do."""

from core.figures.pages import bottlenecks
from ui.analysis import evidence_panel
from ui.analysis.page import enter
from ui.analysis.pages.bottlenecks import DEADLINES, HEAT, LOAD, RANKING, draw, end_when_empty, sentences
from ui.analysis.sentences import bottlenecks as bottlenecks_sentences
from ui.shell.page_parts import part
from ui.words.messages import language

study = enter("cuellos")
figures = study.computed(bottlenecks.compute)
end_when_empty(study, figures)
with part("the finding of a page"):
    study.heading.subheader(bottlenecks_sentences.main_finding(figures.lanes, language()), anchor=False)
sentences(study, figures)
draw(HEAT, study, figures.lanes)
draw(RANKING, study, figures.lanes)
draw(LOAD, study, figures.roles)
draw(DEADLINES, study, figures.roles)
evidence_panel.panel(study)
