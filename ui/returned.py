"""On somebody's return: what was done in their name while they were away."""

import pandas as pd
import streamlit as st

from core import returning
from core.process import title
from core.returning import Done, Return
from core.terms import ROLE_NAMES
from ui.acting import attempt
from ui.format import Format
from ui.i18n import plain, t, word
from ui.shell import Visit


def draw(visit: Visit) -> None:
    """The list, until its reader says that it was read."""
    with visit.db.reading() as connection:
        found = returning.unread(connection, visit.person.id, visit.now)
    if found is None:
        return
    with st.container(border=True, key="returned"):
        st.markdown(f"**{t('returned-title', count=len(found.done))}**")
        st.caption(_when(found, visit.format))
        if found.done:
            st.dataframe(table(found.done, visit.format), hide_index=True, width="stretch")
        st.button(t("do-returned"), key="returned-read", on_click=_read)


def _when(found: Return, words: Format) -> str:
    named = [f"{ROLE_NAMES[role]}: {plain(name)}" for role, name in found.substitutes]
    return (
        f"{t('returned-days', first=words.day(found.from_at), last=words.day(found.back_at - 1))} {' · '.join(named)}"
    )


def table(done: tuple[Done, ...], words: Format) -> pd.DataFrame:
    """Case, client, what was asked, what was decided, by whom, when."""
    rows = [
        (each.code, each.client, title(each.kind, each.phase), word(each.choice), each.by, words.moment(each.at))
        for each in done
    ]
    return pd.DataFrame(rows, columns=[t(f"returned-{name}") for name in ("case", "client", "work", "how", "by", "at")])


def _read() -> None:
    def act(visit: Visit) -> str:
        returning.read(visit.db, visit.person.id, visit.now)
        return t("done-returned")

    attempt(act)
