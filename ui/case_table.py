"""The table of cases, whose rows lead to their case."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from core.case_list import RUNNING, Listed
from core.terms import Channel, Flow
from ui.charts import phase_name
from ui.format import Format
from ui.i18n import t, word

WIDTHS = {"code": 120, "client": 240, "state": 100, "phase": 170, "service": 260, "flow": 90, "channel": 120}


def state_name(state: str) -> str:
    """«En curso», «Cerrado», «Rechazado»."""
    return t(f"cases-{state}")


def choose_case(rows: Sequence[Listed], words: Format, key: str) -> str | None:
    """Draw the cases; the code of the one whose row was chosen."""
    columns = {t(f"cases-{name}"): st.column_config.TextColumn(width=width) for name, width in WIDTHS.items()}
    table = st.dataframe(
        _styled(rows, words),
        hide_index=True,
        height="content",
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        column_config=columns,
    )
    chosen = table.selection.rows
    return rows[chosen[0]].code if chosen else None


def _styled(rows: Sequence[Listed], words: Format) -> Styler:
    """Moments stay numbers, so that they sort; they are shown as the reader writes them."""
    said = {
        "code": [row.code for row in rows],
        "client": [row.client for row in rows],
        "state": [state_name(row.outcome or RUNNING) for row in rows],
        "phase": [phase_name(row.phase) for row in rows],
        "service": [row.service for row in rows],
        "flow": [word(Flow(row.flow)) for row in rows],
        "channel": [word(Channel(row.channel)) for row in rows],
        "opened": [row.opened_at for row in rows],
        "ended": [row.ended_at for row in rows],
    }
    frame = pd.DataFrame({t(f"cases-{name}"): values for name, values in said.items()})
    moment = partial(_moment, words)
    return frame.style.format({t("cases-opened"): moment, t("cases-ended"): moment})


def _moment(words: Format, ms: float) -> str:
    return "" if pd.isna(ms) else f"{words.moment(int(ms))} · {words.relative(int(ms))}"
