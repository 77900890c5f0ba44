"""Planting one bug on purpose: SEEDED_BUG=Command.guard takes that guard out of its command's row of the table."""

import os

from core import guards

SEEDED = os.environ.get("SEEDED_BUG")
SOAK = "SOAK" in os.environ  # many more random lives, for which `make soak` has the time
ENTRIES = [f"{command.__name__}.{guard.__name__}" for command, row in guards.GUARDS.items() for guard in row]


def plant() -> None:
    """Take the guard that SEEDED_BUG names out of the table, if it names one."""
    if SEEDED is None:
        return
    assert SEEDED in ENTRIES, f"no such guard: {SEEDED}"
    for command, row in guards.GUARDS.items():
        guards.GUARDS[command] = tuple(g for g in row if f"{command.__name__}.{g.__name__}" != SEEDED)
