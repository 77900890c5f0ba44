"""The tab «Mapa» of a case: its path on the process map and as a table."""

from collections.abc import Sequence

import streamlit as st

from core.exports.bpmn.shapes import shape_of
from core.figures.pages import process_map as process_map_figures
from core.figures.pages.process_map import PathStep
from core.process.definition import phase_name, title
from core.process.terms import ROLE_NAMES
from ui.case.view import CaseView
from ui.widgets import process_map
from ui.widgets.process_map import Mark
from ui.words.messages import t


def draw(view: CaseView) -> None:
    """Draw the path of the case on the map and as a table."""
    with view.visit.db.reading() as connection:
        passed = process_map_figures.path(connection, view.head.id)
    places = [_location(step) for step in passed if step.open]
    position = t("map-case-now", where="; ".join(places)) if places else t("map-case-ended")
    st.caption(f"{position} {t('map-case-legend')}")
    process_map.draw(path_marks(passed), f"{t('map-alt')} {position}", f"map_{view.head.code}")
    with st.expander(t("map-table")):
        st.table(
            [
                {
                    t("table-phase"): phase_name(step.phase),
                    t("table-role"): ROLE_NAMES[step.role],
                    t("map-work"): title(step.kind, step.phase),
                    t("map-times"): step.times,
                    t("map-open"): step.open,
                    t("map-back"): step.returns,
                }
                for step in passed
            ]
        )


def path_marks(passed: Sequence[PathStep]) -> list[Mark]:
    """Marks for the steps a case has done («✓», how often) and its open ones («▶»)."""
    marks = []
    for step in passed:
        back = t("map-returns", n=step.returns) if step.returns else ""
        times = f" ×{step.times}" if step.times > 1 else ""
        text = ("▶" if step.open else "✓") + times + (f" ↩{step.returns}" if back else "")
        description = " · ".join(filter(None, (t("map-now" if step.open else "map-done", n=step.times), back)))
        look = "now" if step.open else "visited"
        marks.append(Mark(shape_of(step.kind, step.phase, step.role), text, description, look))
    return marks


def _location(step: PathStep) -> str:
    return f"{phase_name(step.phase)} · {ROLE_NAMES[step.role]} · {title(step.kind, step.phase)}"
