"""Cuellos de botella: which lane of which phase takes most of the time, and which role has the most to do."""

from core.figures import bottlenecks
from ui.analysis import bottleneck_charts, bottleneck_findings, home
from ui.analysis.bottleneck_sections import Part, draw, end_when_empty, sentences
from ui.analysis.frame import enter
from ui.i18n import language

OF_LANE = {
    "share": "lane",
    "n": "lane_times",
    **dict.fromkeys(("p50", "p85", "p95"), "lane_times"),
    "before_p85": "lane_before",
    "waiting": "lane_waiting",
    "held": "lane_queue",
    "overdue": "lane_overdue",
    "within": "lane_within",
}
LOAD_OF = {
    "queue": "lane_queue",
    "waiting": "lane_waiting",
    "overdue": "lane_overdue",
    "people": "",
    "per_person": "",
    "share": "lane",
}
KEPT_BY = {"within": "lane_within", "kept": "lane_within", "n": "lane_times", "overdue": "lane_overdue"}
HEAT = Part("heat", bottleneck_findings.heat_finding, bottleneck_charts.heat, OF_LANE)
RANKING = Part("ranking", bottleneck_findings.ranking_finding, bottleneck_charts.ranking, OF_LANE)
LOAD = Part("load", bottleneck_findings.load_finding, bottleneck_charts.load, LOAD_OF)
DEADLINES = Part("deadlines", bottleneck_findings.deadlines_finding, bottleneck_charts.deadlines, KEPT_BY)

study = enter("cuellos")
found = study.computed(bottlenecks.compute)
end_when_empty(study, found)
study.heading.subheader(bottleneck_findings.main_finding(found.lanes, language()), anchor=False)
sentences(study, found)
draw(HEAT, study, found.lanes)
draw(RANKING, study, found.lanes)
draw(LOAD, study, found.roles)
draw(DEADLINES, study, found.roles)
home.panel(study)
