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

    A field is told what it holds only when it comes to the screen, or when it is to hold something else. Told again at
    each run, it would lose what somebody has typed since that run began.
    """

    def __init__(self, visit: Visit, name: str) -> None:
        self.name = name
        self.person = visit.person.id
        if self._kept not in st.session_state:
            with visit.db.reading() as connection:
                st.session_state[self._kept] = form_drafts.load(connection, self.person, name)
            st.session_state.setdefault(self._index, list(self._seen))

    @property
    def _index(self) -> str:
        return f"{self.name}:fields"

    @property
    def _kept(self) -> str:
        return f"{self.name}:kept"

    @property
    def _seen(self) -> dict[str, Any]:
        """What each field held when it was last seen, by its key: it outlives the widget."""
        seen: dict[str, Any] = st.session_state.setdefault(self._kept, {})
        return seen

    def key(self, field: str) -> str:
        """The key of a field's widget, which is drawn in this run; one that was off the screen holds what it held."""
        key = f"{self.name}:{field}"
        fields = st.session_state.setdefault(self._index, [])
        if key not in fields:
            fields.append(key)
        seen = self._seen
        if key in st.session_state:
            seen[key] = st.session_state[key]
        elif key in seen:
            st.session_state[key] = seen[key]
        return key

    def has(self, field: str) -> bool:
        """Whether the field holds anything, on the screen or off it."""
        key = f"{self.name}:{field}"
        return key in st.session_state or key in self._seen

    def put(self, field: str, value: Any) -> None:
        """Let the field hold something else, on the screen or off it."""
        self._seen[f"{self.name}:{field}"] = value
        if f"{self.name}:{field}" in st.session_state:
            st.session_state[f"{self.name}:{field}"] = value

    def value(self, field: str, default: Any = "") -> Any:
        key = f"{self.name}:{field}"
        found = st.session_state[key] if key in st.session_state else self._seen.get(key)
        return default if found is None else found

    def keep(self) -> None:
        """Keep every field as it is now; of a form that was sent meanwhile, as by a second click, nothing is kept."""
        if fields := self._fields():
            self._seen.update(fields)
            form_drafts.keep(database(), self.person, self.name, fields, moment())

    def rest(self) -> None:
        """Keep every field while the form is off the screen."""
        self._seen.update(self._fields())

    def _fields(self) -> dict[str, Any]:
        names, seen = st.session_state.get(self._index, []), self._seen
        now = {key: st.session_state[key] if key in st.session_state else seen.get(key) for key in names}
        return {key: value for key, value in now.items() if key in st.session_state or key in seen}

    def forget(self, **empty: Any) -> None:
        """It was sent; a form that stays says what its fields are when `empty`, or the browser goes on showing them."""
        form_drafts.forget(database(), self.person, self.name)
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

    def day(self, field: str, label: str) -> date | None:
        """A field for a day, with its problem beneath it; None while it holds no day."""
        key = self.key(field)
        st.session_state.setdefault(key, "")
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
        return st.checkbox(label, key=self.key(field), on_change=self.keep)

    def pick(self, field: str, label: str, options: list[str], words: Any, **how: Any) -> str | None:
        """One of a few options, all in sight."""
        key = self.key(field)
        with st.container(gap="xxsmall"):
            found: str | None = st.segmented_control(
                label, options, format_func=labels.format_func_of(options, words), key=key, on_change=self.keep, **how
            )
            show_problem(key)
        return found
