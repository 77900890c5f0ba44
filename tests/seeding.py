"""Planting one bug on purpose: SEEDED_BUG=Command.guard takes that guard out of its command's row of the table."""

import os

from core import guards


def entries() -> list[str]:
    """Every (command, guard) of the table, as `Command.guard`."""
    return [f"{command.__name__}.{guard.__name__}" for command, row in guards.GUARDS.items() for guard in row]


def plant() -> None:
    """Take the guard that SEEDED_BUG names out of the table, if it names one."""
    seeded = os.environ.get("SEEDED_BUG")
    if seeded is None:
        return
    assert seeded in entries(), f"no such guard: {seeded}"
    for command, row in guards.GUARDS.items():
        guards.GUARDS[command] = tuple(g for g in row if f"{command.__name__}.{g.__name__}" != seeded)
