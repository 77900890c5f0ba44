"""The conformance part of Cumplimiento: whether all records follow the process, and when and how that was checked."""

import pandas as pd
import streamlit as st

from core.conformance import check
from core.figures.base.evidence import FigureRef
from core.figures.pages.compliance import Checked
from ui.analysis import evidence_panel
from ui.analysis.page import Study, forget
from ui.analysis.sentences.compliance import conformance_finding
from ui.shell.page_parts import part
from ui.widgets.case_table import chosen_code
from ui.words.messages import language, t

NAMED = 5  # cases with a remark that are named


@part("the conformance of records")
def draw(study: Study, checked: Checked) -> None:
    """Draw the finding, how it was checked, the button to check again, and the deviations."""
    st.markdown(f"##### {conformance_finding(checked, language())}")
    st.caption(t("conformance-note"))
    if checked.at is not None:
        st.caption(t("conformance-at", moment=study.fmt.moment(checked.at)))
    left = checked.cases - checked.checked
    if left and st.button(t("conformance-check", n=left), key="conformance_check"):
        with st.status(t("conformance-checking")) as status:
            check.check(study.visit.db, study.visit.now, lambda n: status.update(label=t("conformance-so-far", n=n)))
        forget()
        st.rerun()
    if clocks := sorted({code for code, _ in check.remarks(study.visit.db)}):
        st.caption(t("conformance-clock", n=len(clocks), cases=", ".join(clocks[:NAMED])))
    if not checked.deviating:
        return
    deviations = check.deviations(study.visit.db)
    heads = [t("cases-code"), t("conformance-event"), t("conformance-rule")]
    rows = pd.DataFrame(
        [(code, seq, t(f"rule-{rule.replace('_', '-')}")) for code, seq, rule in deviations], columns=heads
    )
    table = st.dataframe(rows, hide_index=True, key="conformance_cases", on_select="rerun", selection_mode="single-row")
    st.caption(t("conformance-how-far"))
    if code := chosen_code("conformance_cases", [code for code, _, _ in deviations], table.selection):
        st.switch_page("pages/caso.py", query_params={"caso": code})
    evidence_panel.ask([FigureRef("deviating")])
