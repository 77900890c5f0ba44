"""Labels of a choice: no two are equal, because a widget sends back the label that was chosen and not the option."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from core.text import seen

Option = TypeVar("Option", bound=Hashable)


def distinct(labels: Mapping[Option, str], detail: Callable[[Option], str] | None = None) -> dict[Option, str]:
    """The label of each option; where several are equal, each with its `detail`, and with the option itself (an id).

    What is added belongs to the option, so that a label means the same option in the next run.
    """
    distinct_labels = dict(labels)
    add: Callable[[Option], str] = detail or str
    while equal := _equal(distinct_labels.values()):
        distinct_labels = {
            option: f"{label} · {add(option)}" if seen(label) in equal else label
            for option, label in distinct_labels.items()
        }
        add = str
    return distinct_labels


def format_func_of(options: Iterable[Option], label_of: Callable[[Option], str]) -> Callable[[Option], str]:
    """As `distinct`, for a widget's `format_func`."""
    return distinct({option: label_of(option) for option in options}).__getitem__


def _equal(labels: Iterable[str]) -> set[str]:
    """What a reader sees of the labels that look like another one."""
    return {label for label, count in Counter(map(seen, labels)).items() if count > 1}
