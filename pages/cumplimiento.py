"""Cumplimiento: work within its deadline, the paths that cases took, and whether records follow the process."""

from core.figures import compliance
from ui.analysis import compliance_charts, conformance, home
from ui.analysis import compliance_findings as findings
from ui.analysis.frame import enter
from ui.analysis.section import Section, draw
from ui.i18n import language
from ui.parts import part

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
found = study.computed(compliance.compute)
study.end_when_empty(found.checked.cases)
with part("the finding of a page"):
    study.heading.subheader(findings.compliance_finding(found.lanes, found.checked, language()), anchor=False)
draw(study, DEADLINES, found.lanes.assign(part=found.lanes["share"]))
draw(study, VARIANTS, found.variants.assign(of_variant=found.variants["cases"], part=found.variants["share"]))
conformance.draw(study, found.checked)
home.panel(study)
