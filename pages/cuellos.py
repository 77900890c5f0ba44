"""Cuellos de botella: which lane of which phase takes most of the time, and which role has the most to do."""

from core.figures import bottlenecks
from ui.analysis import bottleneck_findings, home
from ui.analysis.bottleneck_sections import DEADLINES, HEAT, LOAD, RANKING, draw, end_when_empty, sentences
from ui.analysis.frame import enter
from ui.i18n import language
from ui.parts import part

study = enter("cuellos")
found = study.computed(bottlenecks.compute)
end_when_empty(study, found)
with part("the finding of a page"):
    study.heading.subheader(bottleneck_findings.main_finding(found.lanes, language()), anchor=False)
sentences(study, found)
draw(HEAT, study, found.lanes)
draw(RANKING, study, found.lanes)
draw(LOAD, study, found.roles)
draw(DEADLINES, study, found.roles)
home.panel(study)
