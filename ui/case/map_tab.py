"""The map of one case: where it went, where it is, and the same as a table."""

from collections.abc import Sequence

import streamlit as st

from core.exports.bpmn.shapes import shape_of
from core.figures.pages import process_map as process_map_figures
from core.figures.pages.process_map import PathStep
from core.process.definition import phase_name, title
from core.process.terms import ROLE_NAMES
from ui.case.desk import Desk
from ui.widgets import process_map
from ui.widgets.process_map import Mark
from ui.words.messages import t


def draw(desk: Desk) -> None:
    """The path of the case on the map."""
    with desk.visit.db.reading() as connection:
        passed = process_map_figures.path(connection, desk.head.id)
    here = [_where(one) for one in passed if one.open]
    said = t("map-case-now", where="; ".join(here)) if here else t("map-case-ended")
    st.caption(f"{said} {t('map-case-legend')}")
    process_map.draw(walked(passed), f"{t('map-alt')} {said}", f"map_{desk.head.code}")
    with st.expander(t("map-table")):
        st.table(
            [
                {
                    t("table-phase"): phase_name(one.phase),
                    t("table-role"): ROLE_NAMES[one.role],
                    t("map-work"): title(one.kind, one.phase),
                    t("map-times"): one.times,
                    t("map-open"): one.open,
                    t("map-back"): one.returns,
                }
                for one in passed
            ]
        )


def walked(passed: Sequence[PathStep]) -> list[Mark]:
    """Where a case went («✓», how often) and where it is («▶»)."""
    marks = []
    for one in passed:
        back = t("map-returns", n=one.returns) if one.returns else ""
        times = f" ×{one.times}" if one.times > 1 else ""
        text = ("▶" if one.open else "✓") + times + (f" ↩{one.returns}" if back else "")
        told = " · ".join(filter(None, (t("map-now" if one.open else "map-done", n=one.times), back)))
        marks.append(Mark(shape_of(one.kind, one.phase, one.role), text, told, "now" if one.open else "visited"))
    return marks


def _where(one: PathStep) -> str:
    return f"{phase_name(one.phase)} · {ROLE_NAMES[one.role]} · {title(one.kind, one.phase)}"
