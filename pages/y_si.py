"""¿Y si…?: what one change would do, simulated from how the process has run, against how it runs today."""

from core.figures import whatif_past
from ui.analysis import home, scenarios
from ui.analysis.frame import enter
from ui.i18n import t

study = enter("y_si")
study.heading.subheader(t("whatif-title"), anchor=False)
scenarios.draw(study, study.computed(whatif_past.measure))
home.panel(study)
