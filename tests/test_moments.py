"""The moment of what happens: within the transaction, once the case is locked, never before the case's last event."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec
import pytest
from away import leave
from cast import ADMIN, ALIANZAS, COMERCIAL, DAY, HOUR, ID, MINUTE, OPERADOR_2, OPERADORA, PASSWORD, PROCESO
from driver import FAILS, World
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test
from lives import ANY, Lives
from msgspec.structs import replace
from rebuilt import WITHIN
from sqlalchemy import select

from core import absences, calls, carrying, conforming, intake, people, schema, services, sessions, unsent
from core.case import load
from core.commands import Comment
from core.conformance import deviations, remarks
from core.db import Clock, Database
from core.errors import Invalid, Refused
from core.figures import unattended, weekly
from core.figures.everything import FIGURES, PAGES, everything, plain
from core.figures.evidence import Of, asked, cases, founded
from core.figures.selection import Selection
from core.replay import differences
from core.settings import policy
from core.state import foresee
from core.terms import Environment, Flow, Kind, Role
from ui.format import Format

BACK = (2 * MINUTE, HOUR, DAY, 40 * DAY)


class Hand:
    """A clock whose time a test sets; it goes on by 1 ms with each look."""

    def __init__(self, now: int) -> None:
        self.now = now

    def __call__(self) -> int:
        self.now += 1
        return self.now


def clocked(db: Database, clock: Clock) -> Database:
    """The same database as another instance opens it, with a clock of its own."""
    return Database(db.url.render_as_string(hide_password=False), clock)


@contextmanager
def two_instances(world: World, *clocks: Clock) -> Iterator[list[World]]:
    """The world as it is for instances that have these clocks."""
    found = [World(clocked(world.db, clock), world.store.root) for clock in clocks]
    yield found
    for each in found:
        each.db.engine.dispose()


def moments(world: World, code: str) -> list[int]:
    return [event.at for event in world.record(code)]


def sound(world: World) -> None:
    """Every record stands in order and follows the process, replay is equal, and no figure is below 0."""
    with world.db.reading() as connection:
        codes = list(connection.scalars(select(schema.cases.c.code)))
    for code in codes:
        record = world.record(code)
        assert moments(world, code) == sorted(moments(world, code))
        assert list(deviations(record)) == []
    sane(world)


def sane(world: World, *further: int) -> None:
    """Replay is equal, and no figure fails or is below 0: of now, and as of moments of the past."""
    assert list(differences(world.db)) == []
    with world.db.reading() as connection:
        zone = policy(connection).calendar.time_zone
        for now in (world.now, world.now - 50 * DAY, *further):
            told = everything(connection, Selection(), now)
            *_, week = weekly.steps(connection, Selection(), weekly.last_whole(now, zone), now, zone)
            past = {name: plain(PAGES[name](connection, Selection(as_of=now), world.now)) for name in WITHIN}
            assert list(negative({**told, "week": plain(week), "past": past})) == []
            for name, figure in FIGURES.items():
                of = asked(connection, Of(name, 2), Selection(), now)
                assert min(founded(connection, figure, of).counts.values()) >= 0, name
                assert all(each.times > 0 for each in cases(connection, figure, of, None)), name


def negative(told: Any, path: str = "") -> Iterator[str]:
    """Where a duration, or a count, is below 0."""
    if isinstance(told, dict):
        for name, each in told.items():
            yield from negative(each, f"{path}.{name}")
    elif isinstance(told, list):
        for n, each in enumerate(told):
            yield from negative(each, f"{path}[{n}]")
    elif isinstance(told, int | float) and told < 0:
        yield f"{path} = {told}"


# --- the earlier click commits second ---
@pytest.mark.parametrize("live", [True, False], ids=["clock", "asked"])
def test_the_click_that_was_earlier_and_commits_second_stands_second(both: World, live: bool) -> None:
    """Its moment is taken after its wait for the turn, in which another decision was committed."""
    code = both.open()
    hand = Hand(both.now)
    with two_instances(both, *([hand] if live else [])) as found:
        world = found[0] if live else both
        earlier = hand()
        late = Thread(target=services.comment, args=(world.db, ID[PROCESO], code, "segundo", earlier))
        with world.db.writing() as tx:
            case_id, seen, asked_ = carrying._allowed(tx, ID[ALIANZAS], code, Comment("primero"), carrying.For(hand()))
            late.start()  # from here on it waits for this transaction
            events = foresee(asked_.policy, asked_.case, asked_.command, asked_.actor, asked_.at)
            carrying.store(tx, case_id, seen, asked_.case, events)
            committed = hand()
        late.join()
    first, second = both.record(code)[-2:]
    assert [first.body.text, second.body.text] == ["primero", "segundo"]
    assert earlier < first.at < committed
    assert second.at > committed if live else second.at == first.at
    sound(both)


def test_two_instances_two_seconds_apart_write_one_order(both: World) -> None:
    """Every act of a life by the one whose turn it is: the clock of one is behind."""
    hand = Hand(both.now)
    with two_instances(both, hand, lambda: hand() - 2000) as found:
        code = found[0].open(flow=Flow.ESTANDAR)
        for turn in count(1):
            if both.case(code).outcome is not None:
                break
            hand.now += 300
            found[turn % 2].now = hand.now
            found[turn % 2].step(code)
    at = moments(both, code)
    assert len(set(at)) > 20
    assert at[-1] <= hand.now
    both.now = hand.now
    sound(both)


# --- a clock that is set back ---
def lived(world: World, back: int) -> str:
    """A case from its opening to its close, in which the clock is set back before each phase and within the second."""
    code = world.open(flow=Flow.ESTANDAR)
    world.to(code, 2, Kind.REVIEW)
    item = world.item(code, Role.GERENTE_COMERCIAL).item
    services.take(world.db, ID[COMERCIAL], code, item, world.tick())
    world.now -= back
    services.give_back(world.db, ID[COMERCIAL], code, item, world.tick())
    services.comment(world.db, ID[ALIANZAS], code, "visto", world.tick())
    world.now -= back
    services.edit_comment(world.db, ID[ALIANZAS], code, world.case(code).version, "visto bueno", world.tick())
    world.review(code, Role.PROCESO, "return", answers=FAILS)
    world.now -= back
    done = world.case(code).revocable[0].item.item
    services.take_back(world.db, ID[PROCESO], code, done, "error", world.tick())
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


@pytest.mark.parametrize("back", BACK, ids=["2 min", "1 h", "1 d", "40 d"])
def test_a_clock_that_is_set_back_neither_disorders_a_record_nor_makes_it_deviate(both: World, back: int) -> None:
    code = lived(both, back)
    running = both.open("k2")
    both.to(running, 3, Kind.REVIEW)
    both.now -= back
    services.take(both.db, ID[COMERCIAL], running, both.item(running, Role.GERENTE_COMERCIAL).item, both.tick())
    assert both.case(code).outcome is not None
    case = both.case(running)
    assert both.now < case.moment
    assert all(item.opened_at <= item.soon_at <= item.due_at for item in case.items)
    assert conforming.check(both.db, both.now) == 2
    assert conforming.deviations(both.db) == []
    assert conforming.remarks(both.db) == []
    sound(both)


def test_a_guard_judges_by_the_moment_at_which_it_happens(both: World) -> None:
    """The test environment expired before the case's last event: a clock that is set back does not bring it back."""
    code = both.open(flow=Flow.B2B)
    both.to(code, 6)
    expires_at = both.now + HOUR
    both.register(code, Environment.TEST, expires_at=expires_at)
    both.tick(2 * HOUR)
    services.comment(both.db, ID[ALIANZAS], code, "visto", both.tick())
    both.now -= 3 * HOUR
    assert both.now < expires_at
    with pytest.raises(Refused) as refused:
        both.validate(code)
    assert refused.value.code == "environment_missing"
    with pytest.raises(Invalid):
        both.register(code, Environment.TEST, expires_at=expires_at)


def test_an_environment_is_of_one_moment_on_the_record_of_each_case(both: World) -> None:
    """That of the case that is furthest, where the clock was set back since."""
    first = both.open("a")
    client = both.case(first).client
    second = both.open("b", client=client, client_name="")
    both.tick(DAY)
    services.comment(both.db, ID[ALIANZAS], second, "visto", both.tick())
    last = both.case(second).moment
    both.now -= 2 * DAY
    assert both.register(first, Environment.TEST) == 2
    assert [both.record(code)[-1].at for code in (first, second)] == [last, last]
    with both.db.reading() as connection:
        assert connection.scalars(select(schema.environments.c.registered_at)).all() == [last]
    sound(both)


def test_of_people_each_entry_follows_their_last_one_and_is_judged_by_the_clock(both: World) -> None:
    people.set_roles(both.db, OPERADOR_2, [Role.OPERADOR_OPERACION, Role.PROCESO], ID[ADMIN], both.tick(DAY))
    set_at = both.now
    both.now -= 2 * DAY
    people.set_roles(both.db, OPERADOR_2, [Role.OPERADOR_OPERACION], ID[ADMIN], both.tick())
    absence = leave(both, OPERADOR_2, {Role.OPERADOR_OPERACION: OPERADORA})  # days of the clock, no past ones
    absences.end_absence(both.db, absence, ID[OPERADOR_2], both.tick())
    e = schema.people_events.c
    with both.db.reading() as connection:
        of_person = select(e.kind, e.at).where(e.person_id == ID[OPERADOR_2]).order_by(e.id.desc()).limit(4)
        told = [tuple(row) for row in connection.execute(of_person)][::-1]
        held = unattended.holders(connection, set_at)
    kinds = ["roles_set", "roles_set", "absence_set", "absence_ended"]
    assert told == [(kind, set_at) for kind in kinds]
    assert ID[OPERADOR_2] not in held[Role.PROCESO]


def test_settings_stand_in_order(both: World) -> None:
    both.tick(DAY)
    both.setting("four_eyes_on_validation", True)
    changed = both.now
    both.now -= 2 * DAY
    both.setting("four_eyes_on_validation", False)
    with both.db.reading() as connection:
        assert connection.scalars(select(schema.settings.c.at).order_by(schema.settings.c.id)).all() == [changed] * 2


def test_a_notice_is_sent_now_whatever_moment_its_event_has(both: World) -> None:
    """Or it would wait for the clock to come to where it was."""
    code = both.open()
    hand = Hand(both.now - 40 * DAY)
    with two_instances(both, hand) as (behind,):
        services.comment(behind.db, ID[ALIANZAS], code, "@pablo", both.now)
    n = schema.notices.c
    with both.db.reading() as connection:
        told = connection.execute(select(n.created_at, n.next_try_at).order_by(n.id.desc()).limit(1)).one()
    assert both.record(code)[-1].at == both.now
    assert tuple(told) == (hand.now, hand.now)


def test_a_session_and_a_draft_are_of_the_moment_of_their_transaction(both: World) -> None:
    hand = Hand(both.now)
    with two_instances(both, hand) as (live,):
        asked_at = both.now - HOUR
        sessions.sign_in(live.db, PROCESO, PASSWORD, asked_at)
        unsent.keep(live.db, ID[PROCESO], "S-2026-0001/1", {"reason": "x"}, asked_at)
    with both.db.reading() as connection:
        begun = connection.scalars(select(schema.sessions.c.created_at)).one()
        kept = connection.scalars(select(schema.drafts.c.at)).one()
    assert both.now < begun < kept <= hand.now


# --- records that are there already ---
@contextmanager
def as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Decisions are written as they were: at the moment that was asked for, and the state knows none."""
    with monkeypatch.context() as then:
        for module in (carrying, calls, intake):
            then.setattr(module, "loaded", lambda _, __, state: replace(load(state), moment=0))
        yield


def without_moments(db: Database) -> None:
    """The states as they were kept before there was this field."""
    with db.engine.begin() as connection:
        for number, state in connection.execute(select(schema.cases.c.id, schema.cases.c.state)).all():
            kept = msgspec.json.decode(state)
            del kept["moment"]
            old = schema.cases.update().where(schema.cases.c.id == number)
            connection.execute(old.values(state=msgspec.json.encode(kept).decode()))


@pytest.mark.parametrize("back", [2000, *BACK], ids=["2 s", "2 min", "1 h", "1 d", "40 d"])
def test_a_record_that_a_clock_disordered_is_judged_by_its_order(
    both: World, back: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with as_before(monkeypatch):
        code = lived(both, back + MINUTE)  # the tick of a minute goes before each act
        running = both.open("k2")
        both.to(running, 3, Kind.REVIEW)
        item = both.item(running, Role.GERENTE_COMERCIAL).item
        services.take(both.db, ID[COMERCIAL], running, item, both.tick())
        both.now -= back + MINUTE
        services.give_back(both.db, ID[COMERCIAL], running, item, both.tick())
    without_moments(both.db)
    for each in (code, running):
        record = both.record(each)
        assert moments(both, each) != sorted(moments(both, each))
        assert list(deviations(record)) == []
        assert bool(list(remarks(record))) is (back > MINUTE)
    assert conforming.check(both.db, both.now) == 2
    assert conforming.deviations(both.db) == []
    sane(both, *sorted({*moments(both, code), *moments(both, running)})[::12])
    last = moments(both, running)[-1]
    both.now = last - HOUR
    both.review(running, Role.GERENTE_COMERCIAL)
    assert moments(both, running)[-1] == last
    assert both.case(running).moment == last
    sane(both)


# --- what a page says of it ---
def test_what_a_clock_puts_into_the_future_has_no_age_below_nothing() -> None:
    words = Format("es", 1_772_456_400_000)
    assert words.age(words.now + 40 * DAY) == "0 min"


# --- random lives ---
class SetBack(Lives):
    """The same lives, in which the clock is set back now and then."""

    @rule(back=st.sampled_from(BACK))
    def the_clock_is_set_back(self, back: int) -> None:
        self.w.now -= back

    @precondition(lambda self: self.running())
    @rule(pick=ANY, environment=st.sampled_from(Environment), days=st.sampled_from((None, 1, 90)))
    def register(self, pick: int, environment: Environment, days: int | None) -> None:
        code = self.running()[pick % len(self.running())]
        last = max(self.w.now, *(case.moment for case in self.cases.values()))
        self.w.register(code, environment, expires_at=days and last + days * DAY)
        self.see()

    def teardown(self) -> None:
        for code in self.cases:
            assert moments(self.w, code) == sorted(moments(self.w, code))
        with self.w.db.reading() as connection:
            past = {name: plain(PAGES[name](connection, Selection(), self.w.now)) for name in WITHIN}
        assert list(negative(past)) == []
        super().teardown()


@pytest.mark.slow
def test_in_random_lives_a_clock_that_is_set_back_disorders_nothing(sqlite_template: Path, tmp_path: Path) -> None:
    SetBack.template, SetBack.folder = sqlite_template, tmp_path
    examples, steps = (120 if "SOAK" in os.environ else 15), 25
    run_state_machine_as_test(
        SetBack,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
