"""Trabajo en curso: how old open cases are, what arrives and finishes, and whether a week is out of the ordinary."""

from core.figures.pages import wip
from ui.analysis import evidence_panel
from ui.analysis.charts import wip as wip_charts
from ui.analysis.page import enter
from ui.analysis.section import Section, draw
from ui.analysis.sentences import wip as wip_sentences
from ui.shell.page_parts import part
from ui.words.messages import language

study = enter("en_curso")
figures = study.computed(wip.compute)
study.end_when_empty(len(figures.flow))
with part("the finding of a page"):
    study.heading.subheader(wip_sentences.ages_finding(figures.ages, language()), anchor=False)
AGES = Section(
    "wip-ages-chart",
    wip_sentences.beyond_finding,
    lambda frame, language: wip_charts.ages(frame, figures.oldest, language),
    columns={
        **dict.fromkeys(("running", "over_50", "over_85", "over_95"), "age"),
        **dict.fromkeys(("p50", "p85", "p95"), "phase"),
    },
    explained=("age", "phase"),
    note_values={"n": wip.OLDEST},
)
WEEKS = {"arrived": "arrived", "finished": "week_finished"}
FLOW = Section("wip-flow-chart", wip_sentences.flow_finding, wip_charts.flow, {"closed": "", "rejected": ""}, ("age",))
IN_AND_OUT = Section(
    "wip-weeks-chart", wip_sentences.weeks_finding, wip_charts.weeks, WEEKS, ("arrived", "week_finished")
)
BEHAVIOUR = Section(
    "wip-behaviour-chart",
    wip_sentences.behaviour_finding,
    lambda frame, language: wip_charts.behaviour(frame, figures.limits, figures.changes, language),
    {"finished": "week_finished"},
    ("week_finished",),
)
draw(study, AGES, figures.ages)
draw(study, FLOW, figures.flow)
draw(study, IN_AND_OUT, figures.weeks)
draw(study, BEHAVIOUR, figures.weeks.assign(low=figures.limits.low, high=figures.limits.high))
evidence_panel.panel(study)
