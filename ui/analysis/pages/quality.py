"""The sections of *Calidad*: each with its finding, its chart, and the figures that its columns lead to."""

from ui.analysis.charts import quality as quality_charts
from ui.analysis.section import Section
from ui.analysis.sentences import quality as findings

FIRST_PASS = Section(
    "yield",
    findings.first_pass_finding,
    quality_charts.first_pass,
    columns={"part": "", "first_pass": "first_pass", "sent_back": "sent_back", "in_review": "first_review"},
    explained=("first_pass", "sent_back", "first_review"),
)
CRITERIA = Section(
    "criteria",
    findings.criteria_finding,
    quality_charts.criteria,
    columns={"part": "", "reviewed": "", "failed": "criterion"},
    explained=("criterion",),
)
CAUSES = {"times": "", "part": "", "cumulative": ""}
FAILURES = Section(
    "failures", findings.failures_finding, quality_charts.pareto, columns={**CAUSES, "times": "failure"},
    explained=("failure",),
)  # fmt: skip
REASONS = Section(
    "reasons", findings.reasons_finding, quality_charts.pareto, columns={**CAUSES, "times": "reason"},
    explained=("reason",),
)  # fmt: skip
REWORK = Section(
    "rework",
    findings.rework_finding,
    quality_charts.rework,
    columns={"reworked": "rework", "p50": "rework", "p85": "rework", "p95": "rework", "total": "rework"},
    explained=("rework",),
)
REFUSALS = Section(
    "refusals",
    findings.refusals_finding,
    quality_charts.refusals,
    columns={"refused": "refusals", "validated": ""},
    explained=("refusals",),
)
GATES = Section(
    "gates",
    findings.gates_finding,
    quality_charts.gates,
    columns={"refused": "refusals", "returned": "sent_back_verdicts", "cases": ""},
    explained=("refusals", "sent_back_verdicts"),
)
