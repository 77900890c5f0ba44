"""Marking parameters that only `make test-rest` runs."""

from typing import Any

import pytest


def slow(*values: Any) -> list[Any]:
    """Parameter values for `make test-rest` only."""
    return [pytest.param(value, marks=pytest.mark.slow) for value in values]
