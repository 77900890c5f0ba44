"""Labels for the absent people whom the visitor stands in for."""

from collections.abc import Iterable

import streamlit as st

from core.process.terms import Role
from core.staff.availability import Substitution
from ui.words.messages import plain, t


def for_whom(absent: Substitution) -> str:
    """«Por Y, hasta el día», in markdown."""
    return t("standing-for", person=plain(absent.name), last_day=absent.until_at - 1)


def show(substitutions: Iterable[Substitution], role: Role) -> None:
    """Draw the absent people for whom the visitor decides in a role."""
    for absent in substitutions:
        if role in absent.roles:
            st.markdown(f":violet-badge[{for_whom(absent)}]")
