"""Which cases of a test `make test` leaves to `make test-rest`."""

from typing import Any

import pytest


def slow(*values: Any) -> list[Any]:
    """Values of a parameter for `make test-rest` only."""
    return [pytest.param(value, marks=pytest.mark.slow) for value in values]
