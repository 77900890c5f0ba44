"""Distinct labels for choices: a widget sends back the chosen label and not the option."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from core.text import seen

Option = TypeVar("Option", bound=Hashable)


def distinct(labels: Mapping[Option, str], detail: Callable[[Option], str] | None = None) -> dict[Option, str]:
    """The label of each option; equal labels get the option's `detail` added, then the option itself (an id).

    The additions depend on the option alone, so that a label means the same option in the next run.
    """
    unique = dict(labels)
    add: Callable[[Option], str] = detail or str
    while equal := _equal(unique.values()):
        unique = {
            option: f"{label} · {add(option)}" if seen(label) in equal else label for option, label in unique.items()
        }
        add = str
    return unique


def format_func_of(options: Iterable[Option], label_of: Callable[[Option], str]) -> Callable[[Option], str]:
    """A `format_func` with the labels of `distinct`."""
    return distinct({option: label_of(option) for option in options}).__getitem__


def _equal(labels: Iterable[str]) -> set[str]:
    """The visible form of labels that occur more than once."""
    return {label for label, count in Counter(map(seen, labels)).items() if count > 1}
