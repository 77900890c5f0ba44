"""The table of cases, whose rows link to their cases."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from core.process.definition import phase_name
from core.process.terms import Channel, Flow
from core.queries.case_list import RUNNING, CaseRow
from ui.words.format import Format
from ui.words.messages import t, word

WIDTHS = {"code": 105, "client": 225, "phase": 155, "state": 85, "opened": 190, "flow": 75, "channel": 110}


def state_name(state: str) -> str:
    """«En curso», «Cerrado», «Rechazado»."""
    return t(f"cases-{state}")


def choose_case(rows: Sequence[CaseRow], fmt: Format, key: str) -> str | None:
    """Draw the cases and return the code of the chosen one."""
    columns = {t(f"cases-{name}"): st.column_config.Column(width=w, alignment="left") for name, w in WIDTHS.items()}
    table = st.dataframe(
        _styled(rows, fmt),
        hide_index=True,
        height="content",
        placeholder="",
        key=key,
        on_select="rerun",
        selection_mode=("single-row", "single-cell"),
        column_config=columns,
    )
    return chosen_code(key, [row.code for row in rows], table.selection)


def chosen_code(key: str, codes: Sequence[str], selection: Any) -> str | None:
    """The case whose row was chosen in the table `key`, which shows `codes` from this run on; None without a choice.

    A selection is a row number in the table as it was drawn before: cases that came or went since then have moved the
    rows, and the same number would mean another case.
    """
    drawn = st.session_state.get(f"{key}_codes", codes)
    st.session_state[f"{key}_codes"] = list(codes)
    rows = [*selection.get("rows", ()), *(row for row, _ in selection.get("cells", ()))]
    return drawn[rows[0]] if rows and rows[0] < len(drawn) else None


def choose_code(clients: Mapping[str, str]) -> str | None:
    """The same choice by typing, for keyboard users; `clients` by the code of their case."""
    return st.selectbox(
        t("cases-open"),
        list(clients),
        index=None,
        format_func=lambda code: f"{code} · {clients[code]}",  # codes are unique
        placeholder=t("cases-open-hint"),
        label_visibility="collapsed",
        width=340,
    )


def _styled(rows: Sequence[CaseRow], fmt: Format) -> Styler:
    """Moments stay numbers, so that columns sort, and are formatted for display."""
    texts = {
        "code": [row.code for row in rows],
        "client": [row.client for row in rows],
        "phase": [phase_name(row.phase) for row in rows],
        "state": [state_name(row.outcome or RUNNING) for row in rows],
        "opened": [row.opened_at for row in rows],
        "flow": [word(Flow(row.flow)) for row in rows],
        "channel": [word(Channel(row.channel)) for row in rows],
        "service": [row.service for row in rows],
        "ended": [row.ended_at for row in rows],
    }
    frame = pd.DataFrame({t(f"cases-{name}"): values for name, values in texts.items()})
    moment = partial(_moment, fmt)
    return frame.style.format({t("cases-opened"): moment, t("cases-ended"): moment})


def _moment(fmt: Format, ms: float) -> str:
    return "" if pd.isna(ms) else f"{fmt.moment(int(ms))} · {fmt.ago(int(ms))}"
