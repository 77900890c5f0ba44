"""The parts of the page ¿Y si…?: the change, the running simulation, and its results."""

import pandas as pd
import streamlit as st

from core.figures.base.evidence import FigureRef
from core.figures.pages.whatif import simulation
from core.figures.pages.whatif.past_flow import ENOUGH, WEEKS, PastFlow
from core.figures.pages.whatif.simulation import Scenario, SimulationResult
from core.process.terms import PROCESS_ROLES, ROLE_NAMES
from ui.analysis import evidence_panel
from ui.analysis.charts.date_axis import config
from ui.analysis.charts.whatif import comparison, finding, format_number, trust
from ui.analysis.page import Study
from ui.shell.page_parts import part
from ui.words.messages import language, t

KINDS = ("person", "deadlines", "return", "arrivals")
FACTORS = (0.8, 1.2, 1.5)
RESULT = "whatif_answer"
WIDTH = 340


@part("a simulation")
def draw(study: Study, past: PastFlow | None) -> None:
    """Draw the question, the run, and the answer to the current question."""
    if past is None:
        st.info(t("whatif-few", weeks=WEEKS, enough=ENOUGH))
        return
    change = _question(past)
    place = st.empty()
    question = (study.selection, change)
    if place.button(t("whatif-run"), type="primary", key="whatif_run"):
        with place.container():
            st.session_state[RESULT] = (question, _run(past, change))
        st.rerun()
    answered, answer = st.session_state.get(RESULT, (None, None))
    if answered == question:
        _answer(study, change, answer)
    evidence_panel.ask([FigureRef("simulated")])
    with st.expander(t("how-title")):
        st.markdown(t("whatif-how", weeks=WEEKS, replications=simulation.REPLICATIONS))
        evidence_panel.explain(["simulated"])


def _question(past: PastFlow) -> Scenario:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.selectbox(
            t("whatif-kind"), KINDS, format_func=lambda k: t(f"whatif-kind-{k}"), key="whatif_kind", width=WIDTH
        )
        if kind == "person":
            roles = [role for role in PROCESS_ROLES if role in past.people]
            role = st.selectbox(
                t("whatif-role"),
                roles,
                format_func=lambda r: t("whatif-role-has", role=ROLE_NAMES[r], n=past.people[r]),
                key="whatif_role",
                width=WIDTH,
            )
            return Scenario(person=role)
        if kind == "return":
            return Scenario(return_less=True)
        name = "arrivals" if kind == "arrivals" else "deadlines"
        label = t(f"whatif-{name}-factor")
        factor = st.selectbox(label, FACTORS, 1, format_func=_percent, key=f"whatif_{name}", width=WIDTH)
        return Scenario(arrivals=factor) if kind == "arrivals" else Scenario(deadlines=factor)


def _percent(factor: float) -> str:
    return t("whatif-more" if factor > 1 else "whatif-less", percent=round(abs(factor - 1) * 100))


def _run(past: PastFlow, change: Scenario) -> SimulationResult | None:
    """Simulate with a progress bar; any click ends this run of the page and with it the simulation."""
    bar = st.progress(0.0, t("whatif-running"))
    st.button(t("whatif-stop"), key="whatif_stop")
    answer = None
    for step in simulation.answer(past, change, replications=simulation.REPLICATIONS):
        bar.progress(step.done, t("whatif-running"))
        answer = step.answer
    return answer


def _answer(study: Study, change: Scenario, answer: SimulationResult) -> None:
    fmt = study.fmt
    name = "overdue" if change.deadlines != 1 else "p85"
    title = finding(answer, name, fmt)
    study.heading.subheader(title, anchor=False)
    if change.deadlines != 1:
        st.markdown(t("whatif-deadlines-honest"))
    st.plotly_chart(comparison(answer, name, fmt), key="whatif_chart", alt=title, config=config(language()))
    st.caption(t("whatif-note", replications=simulation.REPLICATIONS, weeks=WEEKS))
    st.markdown(f"##### {trust(answer, fmt)}")
    st.table(_numbers(study, answer))


def _numbers(study: Study, answer: SimulationResult) -> pd.DataFrame:
    fmt = study.fmt
    rows = {}
    for name, fact in answer.happened._asdict().items():
        estimates = (answer.baseline[name], answer.changed[name], answer.difference[name])
        cells = [
            t(
                "whatif-cell",
                **{part: format_number(name, value, fmt, signed=n == 2) for part, value in estimate._asdict().items()},
            )
            for n, estimate in enumerate(estimates)
        ]
        rows[t(f"whatif-{name}")] = [format_number(name, fact, fmt), *cells]
    heads = [t(f"whatif-{name}") for name in ("happened", "baseline", "changed", "difference")]
    return pd.DataFrame.from_dict(rows, orient="index", columns=heads)
