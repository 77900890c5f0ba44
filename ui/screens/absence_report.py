"""After an absence: the decisions that substitutes made meanwhile, with links to their cases."""

import pandas as pd
import streamlit as st

from core.notices import substitutions
from core.notices.substitutions import Return, SubstituteDecision
from core.process.definition import title
from core.process.terms import ROLE_NAMES
from ui.shell.actions import attempt
from ui.shell.guard import Visit
from ui.shell.page_parts import part
from ui.widgets.case_table import choose_code, chosen_code
from ui.words.format import Format
from ui.words.messages import plain, t, word


@part("what was decided meanwhile")
def draw(visit: Visit) -> None:
    """Draw the list until the visitor marks it as read."""
    with visit.db.reading() as connection:
        returns = substitutions.unread(connection, visit.person.id, visit.now)
    if returns is None:
        return
    with st.container(border=True, key="returned"):
        st.markdown(f"**{t('returned-title', count=len(returns.done))}**")
        st.caption(_when(returns, visit.format))
        code = _choose_case(returns.done, visit.format) if returns.done else None
        st.button(t("do-returned"), key="returned-read", on_click=_read)
    if code:
        st.switch_page("pages/caso.py", query_params={"caso": code})


def _choose_case(decisions: tuple[SubstituteDecision, ...], fmt: Format) -> str | None:
    """Draw the decisions and return the code of the chosen case, picked by row or by code."""
    st.caption(t("cases-hint"))
    typed = choose_code({decision.code: decision.client for decision in decisions})
    chosen = st.dataframe(
        table(decisions, fmt),
        hide_index=True,
        width="stretch",
        key="returned-done",
        on_select="rerun",
        selection_mode=("single-row", "single-cell"),
    ).selection
    return chosen_code("returned-done", [decision.code for decision in decisions], chosen) or typed


def _when(absence: Return, fmt: Format) -> str:
    named = [f"{ROLE_NAMES[role]}: {plain(name)}" for role, name in absence.substitutes]
    return (
        f"{t('returned-days', first=fmt.day(absence.from_at), last=fmt.day(absence.back_at - 1))} {' · '.join(named)}"
    )


def table(decisions: tuple[SubstituteDecision, ...], fmt: Format) -> pd.DataFrame:
    """A table of case, client, work, decision, who decided and when."""
    rows = [
        (row.code, row.client, title(row.kind, row.phase), word(row.choice), row.by, fmt.moment(row.at))
        for row in decisions
    ]
    return pd.DataFrame(rows, columns=[t(f"returned-{name}") for name in ("case", "client", "work", "how", "by", "at")])


def _read() -> None:
    def act(visit: Visit) -> str:
        substitutions.read(visit.db, visit.person.id, visit.now)
        return t("done-returned")

    attempt(act)
