"""Tiempos: how long cases stay in each phase."""

from core.figures import times
from ui.analysis import findings, home, times_charts
from ui.analysis.frame import enter
from ui.analysis.section import Section, draw
from ui.i18n import language

CYCLE = Section(
    "cycle",
    findings.cycle_finding,
    times_charts.cycle_times,
    columns={
        "n": "phase",
        "p50": "phase",
        "p85": "phase",
        "p95": "phase",
        "blocked_n": "blocked",
        "blocked_p50": "blocked",
    },
    explained=("phase", "blocked"),
)

study = enter("tiempos")
found = study.computed(times.compute)
study.end_when_empty(int(found.phases["entered"].max()))
study.heading.subheader(findings.main_finding(found.phases, language()), anchor=False)
draw(study, CYCLE, found.phases)
home.panel(study)
