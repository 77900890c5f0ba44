"""¿Y si…?: the simulated effect of one change, compared with how the process runs today."""

from core.figures.pages.whatif import past_flow
from ui.analysis import evidence_panel
from ui.analysis.page import enter
from ui.analysis.pages import whatif
from ui.words.messages import t

study = enter("y_si")
study.heading.subheader(t("whatif-title"), anchor=False)
whatif.draw(study, study.computed(past_flow.measure))
evidence_panel.panel(study)
