"""Fields that show what is stored until somebody types over it."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from ui.shell.actions import show_problem
from ui.shell.guard import Visit
from ui.widgets.form_state import Typed
from ui.words import labels

Values = dict[str, Any]
Words = Callable[[Any], str]


class Fields(Typed):
    """A form over what is stored: `shown` is what each field holds while nobody has touched it."""

    def __init__(self, visit: Visit, name: str, stored: Values) -> None:
        super().__init__(visit, name)
        self.shown = stored
        before = self.value("shown", {})
        for field, value in stored.items():
            untouched = field in before and self.value(field, None) == before[field] != value
            if untouched or not self.has(field):
                self.put(field, value)  # it follows what somebody else has set meanwhile
        st.session_state[self.key("shown")] = stored

    @property
    def changed(self) -> list[str]:
        """The fields in which something else stands than is stored."""
        return [field for field in self.shown if self.now(field) != self.shown[field]]

    def now(self, field: str) -> Any:
        return self.value(field)

    def choose(self, field: str, label: str, options: Sequence[str], words: Words, **how: Any) -> None:
        """One of many."""
        st.selectbox(label, options, format_func=labels.words_of(options, words), **self.widget(field), **how)
        show_problem(self.key(field))

    def some(self, field: str, label: str, options: Sequence[Any], words: Words) -> None:
        """Any number of a few."""
        shown = labels.words_of(options, words)
        st.pills(label, options, selection_mode="multi", format_func=shown, **self.widget(field))
        show_problem(self.key(field))
