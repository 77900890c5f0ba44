"""Cumplimiento: work within its deadline, the paths that cases took, and whether records follow the process."""

from core.figures.pages import compliance
from ui.analysis import evidence_panel
from ui.analysis.charts import compliance as compliance_charts
from ui.analysis.page import enter
from ui.analysis.pages import conformance
from ui.analysis.section import Section, draw
from ui.analysis.sentences import compliance as findings
from ui.shell.page_parts import part
from ui.words.messages import language

DEADLINES = Section(
    "sla",
    findings.deadlines_finding,
    compliance_charts.deadlines,
    columns={"role": "", "part": "", "within": "sla", "late": "sla_late", "overdue": "sla_overdue"},
    explained=("sla", "sla_late", "sla_overdue"),
)
VARIANTS = Section(
    "variants",
    findings.variants_finding,
    compliance_charts.variants,
    columns={"of_variant": "variant", "part": "", "p50": "variant", "p85": "variant", "p95": "variant"},
    explained=("variant",),
)

study = enter("cumplimiento")
figures = study.computed(compliance.compute)
study.end_when_empty(figures.checked.cases)
with part("the finding of a page"):
    study.heading.subheader(findings.compliance_finding(figures.lanes, figures.checked, language()), anchor=False)
draw(study, DEADLINES, figures.lanes.assign(part=figures.lanes["share"]))
draw(study, VARIANTS, figures.variants.assign(of_variant=figures.variants["cases"], part=figures.variants["share"]))
conformance.draw(study, figures.checked)
evidence_panel.panel(study)
