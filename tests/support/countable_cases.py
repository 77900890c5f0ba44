"""Twelve cases that can be counted by hand, created through the services to check the flow figures.

Case n waits n hours in phase 1 before its first decision (the eighth to the twelfth: n - 1); every act takes a minute.
"""

from typing import Any

from core.process.terms import Channel, Environment, Flow, Kind, Role
from tests.support.drive_case import World
from tests.support.people import HOUR
from tests.support.world_snapshots import once

MESA = {"channel": Channel.MESA_DE_AYUDA}


def play(world: World) -> list[str]:
    """Create the twelve cases; returns their codes in order of opening."""
    return once(world, _played)


def _played(world: World) -> list[str]:
    return [play_case(world, n) for n, play_case in enumerate(CASES, start=1)]


def _open(world: World, n: int, **changes: Any) -> str:
    code = world.open(f"k{n}", **{"flow": Flow.B2B, **changes})
    world.tick((n if n < 8 else n - 1) * HOUR)
    return code


def closes(world: World, n: int) -> str:
    code = _open(world, n)
    world.to_end(code)
    return code


def closes_in_mesa(world: World, n: int) -> str:
    code = _open(world, n, **MESA)
    world.to_end(code)
    return code


def closes_estandar(world: World, n: int) -> str:
    code = _open(world, n, flow=Flow.ESTANDAR)
    world.to(code, 2, Kind.REVIEW)
    world.review(code, Role.GERENTE_ALIANZAS, "return", reason="corregir")
    world.to_end(code)
    return code


def refused(world: World, n: int) -> str:
    code = _open(world, n)
    world.validate(code, "no")
    return code


def refused_in_mesa(world: World, n: int) -> str:
    code = _open(world, n, **MESA)
    world.validate(code, "no")
    return code


def returned_and_rejected(world: World, n: int) -> str:
    code = _open(world, n)
    world.to(code, 2, Kind.REVIEW)
    world.review(code, verdict="return", reason="corregir")
    world.to(code, 3)
    world.validate(code, "no")
    return code


def waits(world: World, n: int) -> str:
    return _open(world, n)


def in_review(world: World, n: int) -> str:
    code = _open(world, n)
    world.to(code, 2, Kind.REVIEW)
    return code


def returned_twice(world: World, n: int) -> str:
    code = _open(world, n)
    for _ in range(2):
        world.to(code, 2, Kind.REVIEW)
        world.review(code, verdict="return", reason="corregir")
    return code


def blocked(world: World, n: int) -> str:
    code = _open(world, n)
    world.to(code, 6)
    return code


def was_blocked(world: World, n: int) -> str:
    code = _open(world, n)
    world.to(code, 6)
    world.tick(2 * HOUR)
    world.register(code, Environment.TEST)
    world.to(code, 7)
    return code


def handed_over(world: World, n: int) -> str:
    code = _open(world, n)
    world.to(code, 4)
    world.hand_over(code)
    return code


CASES = (
    closes,
    closes_in_mesa,
    closes_estandar,
    refused,
    refused_in_mesa,
    returned_and_rejected,
    waits,
    in_review,
    returned_twice,
    blocked,
    was_blocked,
    handed_over,
)
