"""Fields that keep what is typed: beside the session also in the database, until it is sent."""

from datetime import date
from typing import Any

import streamlit as st

from core.errors import Invalid
from core.store import form_drafts
from ui.shell.actions import show_problem
from ui.shell.guard import Visit, database
from ui.shell.process import moment
from ui.widgets import day_field
from ui.words import labels


class Typed:
    """The fields of one form of one person; `name` is the form's, e.g. the case's code and the work item.

    Streamlit keeps a field that is off the screen (`persist_state`). A field's value is set only before its widget is
    first drawn, or when it is to change: set at each run, it would undo what somebody has typed since that run began.
    """

    def __init__(self, visit: Visit, name: str) -> None:
        self.name = name
        self.person = visit.person.id
        if self._index not in st.session_state:
            with visit.db.reading() as connection:
                draft = form_drafts.load(connection, self.person, name)
            st.session_state[self._index] = list(draft)
            for key, value in draft.items():
                st.session_state.setdefault(key, value)

    @property
    def _index(self) -> str:
        return f"{self.name}:fields"

    def key(self, field: str) -> str:
        """The key of a field in the session, which is kept with the form from now on."""
        key = f"{self.name}:{field}"
        fields = st.session_state.setdefault(self._index, [])
        if key not in fields:
            fields.append(key)
        return key

    def widget(self, field: str) -> dict[str, Any]:
        """The arguments of a field's widget that keep what is typed into it."""
        return {"key": self.key(field), "on_change": self.keep, "persist_state": "session"}

    def has(self, field: str) -> bool:
        """Whether the field holds anything, on the screen or off it."""
        return f"{self.name}:{field}" in st.session_state

    def put(self, field: str, value: Any) -> None:
        """Let the field hold something else, on the screen or off it."""
        st.session_state[self.key(field)] = value

    def value(self, field: str, default: Any = "") -> Any:
        value = st.session_state.get(f"{self.name}:{field}")
        return default if value is None else value

    def keep(self) -> None:
        """Keep every field as it is now; of a form that was sent meanwhile, as by a second click, nothing is kept."""
        fields = st.session_state.get(self._index, [])
        if values := {key: st.session_state[key] for key in fields if key in st.session_state}:
            form_drafts.keep(database(), self.person, self.name, values, moment())

    def forget(self, **empty: Any) -> None:
        """It was sent; a form that stays says what its fields are when `empty`, or the browser goes on showing them."""
        form_drafts.forget(database(), self.person, self.name)
        for kept in (st.session_state, st.session_state.get("problems", {})):
            for key in [key for key in kept if str(key).startswith(f"{self.name}:")]:
                del kept[key]
        for field, nothing in empty.items():
            self.put(field, nothing)

    def text(self, field: str, label: str, *, lines: int = 1, **how: Any) -> str:
        """A text field of one line or more, with its problem beneath it."""
        with st.container(gap="xxsmall"):
            if lines > 1:
                text = st.text_area(label, height=24 * lines + 20, **self.widget(field), **how)
            else:
                text = st.text_input(label, **self.widget(field), **how)
            show_problem(self.key(field))
        return text or ""

    def day(self, field: str, label: str) -> date | None:
        """A field for a day, with its problem beneath it; None while it holds no day."""
        key = self.key(field)
        with st.container(gap="xxsmall"):
            day = day_field.field(label, key, self.keep)
            show_problem(key)
        return day

    def day_in(self, field: str) -> date | None:
        """The day that stands in the field at this moment, None when it is empty; Invalid when it cannot be read."""
        try:
            return day_field.read(str(self.value(field)))
        except Invalid as refused:
            raise Invalid({field: refused.problems["day"]}) from refused

    def tick(self, field: str, label: str) -> bool:
        """A box to tick."""
        return st.checkbox(label, **self.widget(field))

    def pick(self, field: str, label: str, options: list[str], words: Any, **how: Any) -> str | None:
        """One of a few options, all in sight."""
        with st.container(gap="xxsmall"):
            chosen: str | None = st.segmented_control(
                label, options, format_func=labels.words_of(options, words), **self.widget(field), **how
            )
            show_problem(self.key(field))
        return chosen
