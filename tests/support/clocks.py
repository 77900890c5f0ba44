"""Test clocks, a case during which the clock is set back, and checks that must hold for every record."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from core.conformance.deviations import deviations
from core.figures.base.evidence import FigureRef, cases, evidence_of, question_of
from core.figures.catalogue import FIGURES, PAGES, everything, plain
from core.figures.pages import weekly
from core.process.terms import Environment, Flow, Kind, Role
from core.queries.selection import Selection
from core.services import cases as services_cases
from core.store import tables
from core.store.database import Clock, Database
from core.store.replay import differences
from core.store.settings import policy
from tests.support.database_as_of import WITHIN
from tests.support.drive_case import FAILS, World
from tests.support.people import ALIANZAS, COMERCIAL, DAY, HOUR, ID, MINUTE, PROCESO

BACK = (2 * MINUTE, HOUR, DAY, 40 * DAY)


class Hand:
    """A clock that tests set; it advances by 1 ms per reading."""

    def __init__(self, now: int) -> None:
        self.now = now

    def __call__(self) -> int:
        self.now += 1
        return self.now


def clocked(db: Database, clock: Clock) -> Database:
    """The same database as opened by another instance with its own clock."""
    return Database(db.url.render_as_string(hide_password=False), clock)


@contextmanager
def two_instances(world: World, *clocks: Clock) -> Iterator[list[World]]:
    """The world as seen by instances with these clocks."""
    worlds = [World(clocked(world.db, clock), world.store.root) for clock in clocks]
    yield worlds
    for instance in worlds:
        instance.db.engine.dispose()


def moments(world: World, code: str) -> list[int]:
    return [event.at for event in world.record(code)]


def sound(world: World) -> None:
    """Assert that every record is in order and follows the process, replay is equal, and no figure is negative."""
    with world.db.reading() as connection:
        codes = list(connection.scalars(select(tables.cases.c.code)))
    for code in codes:
        record = world.record(code)
        assert moments(world, code) == sorted(moments(world, code))
        assert list(deviations(record)) == []
    sane(world)


def sane(world: World, *further: int) -> None:
    """Assert that replay is equal and no figure fails or is negative, now and as of past moments."""
    assert list(differences(world.db)) == []
    with world.db.reading() as connection:
        zone = policy(connection).calendar.time_zone
        for now in (world.now, world.now - 50 * DAY, *further):
            figures = everything(connection, Selection(), now)
            *_, week = weekly.steps(connection, Selection(), weekly.last_complete_week(now, zone), now, zone)
            past = {name: plain(PAGES[name](connection, Selection(as_of=now), world.now)) for name in WITHIN}
            below = list(negative({**figures, "week": plain(week), "past": past}))
            assert below == [], below[:5]
        for name, figure in FIGURES.items():
            of = question_of(connection, FigureRef(name, 2), Selection(), world.now)
            assert min(evidence_of(connection, figure, of).counts.values()) >= 0, name
            assert all(row.times > 0 for row in cases(connection, figure, of, None)), name


def negative(figures: Any, path: str = "") -> Iterator[str]:
    """The paths of negative numbers in figures."""
    if isinstance(figures, dict):
        for name, value in figures.items():
            yield from negative(value, f"{path}.{name}")
    elif isinstance(figures, list):
        for n, value in enumerate(figures):
            yield from negative(value, f"{path}[{n}]")
    elif isinstance(figures, int | float) and figures < 0:
        yield f"{path} = {figures}"


def lived(world: World, back: int) -> str:
    """Play a case to its close, with the clock set back before each phase and within the second; returns its code."""
    code = world.open(flow=Flow.ESTANDAR)
    world.to(code, 2, Kind.REVIEW)
    item = world.item(code, Role.GERENTE_COMERCIAL).item
    services_cases.take(world.db, ID[COMERCIAL], code, item, world.tick())
    world.now -= back
    services_cases.give_back(world.db, ID[COMERCIAL], code, item, world.tick())
    services_cases.comment(world.db, ID[ALIANZAS], code, "visto", world.tick())
    world.now -= back
    services_cases.edit_comment(world.db, ID[ALIANZAS], code, world.case(code).version, "visto bueno", world.tick())
    world.review(code, Role.PROCESO, "return", answers=FAILS)
    world.now -= back
    decided = world.case(code).revocable[0].item.item
    services_cases.take_back(world.db, ID[PROCESO], code, decided, "error", world.tick())
    world.review(code, Role.PROCESO, "return", answers=FAILS)
    for phase in range(3, 10):
        world.now -= back
        world.to(code, phase)
        if phase == 4:
            world.hand_over(code)
    world.register(code, Environment.TEST, expires_at=world.case(code).moment + 90 * DAY)
    world.now -= back
    world.to_end(code)
    return code
