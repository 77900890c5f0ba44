"""The map of one case: where it went, where it is, and the same as a table."""

import streamlit as st

from core.figures import map as counted
from core.process import phase_name, title
from core.terms import ROLE_NAMES
from ui import process_map
from ui.desk import Desk
from ui.i18n import t


def draw(desk: Desk) -> None:
    """The path of the case on the map."""
    with desk.visit.db.reading() as connection:
        passed = counted.path(connection, desk.head.id)
    here = [process_map.where(one) for one in passed if one.open]
    said = t("map-case-now", where="; ".join(here)) if here else t("map-case-ended")
    st.caption(f"{said} {t('map-case-legend')}")
    process_map.draw(process_map.walked(passed), f"{t('map-alt')} {said}", f"map_{desk.head.code}")
    with st.expander(t("map-table")):
        st.table(
            [
                {
                    t("table-phase"): phase_name(one.phase),
                    t("map-lane"): ROLE_NAMES[one.role],
                    t("map-work"): title(one.kind, one.phase),
                    t("map-times"): one.times,
                    t("map-open"): one.open,
                    t("map-back"): one.returns,
                }
                for one in passed
            ]
        )
