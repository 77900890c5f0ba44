"""Fields that keep what is typed: beside the session also in the database, until it is sent."""

from datetime import date
from typing import Any

import streamlit as st

from core import unsent
from ui.acting import show_problem
from ui.shell import Visit, database, moment


class Typed:
    """The fields of one form of one person; `name` is the form's, e.g. the case's code and the work item."""

    def __init__(self, visit: Visit, name: str) -> None:
        self.name = name
        self.person = visit.person.id
        self._loaded = f"{name}:loaded"
        if self._loaded not in st.session_state:
            with visit.db.reading() as connection:
                for key, value in unsent.load(connection, self.person, name).items():
                    st.session_state.setdefault(key, value)
            st.session_state[self._loaded] = True
            st.session_state.setdefault(self._index, [])

    @property
    def _index(self) -> str:
        return f"{self.name}:fields"

    def key(self, field: str) -> str:
        """The key of a field's widget."""
        key = f"{self.name}:{field}"
        fields = st.session_state.setdefault(self._index, [])
        if key not in fields:
            fields.append(key)
        if key in st.session_state:  # what was kept stays, also while the widget is off the screen
            st.session_state[key] = st.session_state[key]
        return key

    def value(self, field: str, default: Any = "") -> Any:
        found = st.session_state.get(f"{self.name}:{field}")
        return default if found is None else found

    def keep(self) -> None:
        """Keep every field as it is now; of a form that was sent meanwhile, as by a second click, nothing is kept."""
        if fields := self._fields():
            unsent.keep(database(), self.person, self.name, fields, moment())

    def rest(self) -> None:
        """Keep every field while the form is off the screen."""
        for key, value in self._fields().items():
            st.session_state[key] = value

    def _fields(self) -> dict[str, Any]:
        names = st.session_state.get(self._index, [])
        return {key: st.session_state[key] for key in names if key in st.session_state}

    def forget(self, **empty: Any) -> None:
        """It was sent; a form that stays says what its fields are when `empty`, or the browser goes on showing them."""
        unsent.forget(database(), self.person, self.name)
        for kept in (st.session_state, st.session_state.get("problems", {})):
            for key in [key for key in kept if str(key).startswith(f"{self.name}:")]:
                del kept[key]
        for field, nothing in empty.items():
            st.session_state[self.key(field)] = nothing

    def text(self, field: str, label: str, *, lines: int = 1, **how: Any) -> str:
        """A text field of one line or more, with its problem beneath it."""
        key = self.key(field)
        with st.container(gap="xxsmall"):
            if lines > 1:
                found = st.text_area(label, key=key, on_change=self.keep, height=24 * lines + 20, **how)
            else:
                found = st.text_input(label, key=key, on_change=self.keep, **how)
            show_problem(key)
        return found or ""

    def day(self, field: str, label: str, **how: Any) -> date | None:
        """A day, or none; it was kept as text."""
        key = self.key(field)
        if isinstance(st.session_state.get(key), str):
            st.session_state[key] = date.fromisoformat(st.session_state[key])
        st.session_state.setdefault(key, None)
        found = st.date_input(label, key=key, on_change=self.keep, **how)
        return found if isinstance(found, date) else None

    def tick(self, field: str, label: str) -> bool:
        """A box to tick."""
        return st.checkbox(label, key=self.key(field), on_change=self.keep)

    def pick(self, field: str, label: str, options: list[str], words: Any, **how: Any) -> str | None:
        """One of a few options, all in sight."""
        key = self.key(field)
        with st.container(gap="xxsmall"):
            found: str | None = st.segmented_control(
                label, options, format_func=words, key=key, on_change=self.keep, **how
            )
            show_problem(key)
        return found
