"""Form fields that show stored values until they are edited."""

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
    """A form over stored values: `shown` is what each untouched field holds."""

    def __init__(self, visit: Visit, name: str, stored: Values) -> None:
        super().__init__(visit, name)
        self.shown = stored
        before = self.value("shown", {})
        for field, value in stored.items():
            untouched = field in before and self.value(field, None) == before[field] != value
            if untouched or not self.has(field):
                self.put(field, value)  # untouched fields follow changes by others
        st.session_state[self.key("shown")] = stored

    @property
    def changed(self) -> list[str]:
        """The fields whose value differs from the stored one."""
        return [field for field in self.shown if self.now(field) != self.shown[field]]

    def now(self, field: str) -> Any:
        return self.value(field)

    def choose(self, field: str, label: str, options: Sequence[str], label_of: Words, **how: Any) -> None:
        """Draw a choice of one option."""
        st.selectbox(label, options, format_func=labels.format_func_of(options, label_of), **self.widget(field), **how)
        show_problem(self.key(field))

    def some(self, field: str, label: str, options: Sequence[Any], label_of: Words) -> None:
        """Draw a choice of any number of options."""
        format_func = labels.format_func_of(options, label_of)
        st.pills(label, options, selection_mode="multi", format_func=format_func, **self.widget(field))
        show_problem(self.key(field))
