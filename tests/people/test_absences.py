"""Substitution: who may decide for whom, on which days, and how it stands on the record."""

from datetime import date
from functools import partial

import pytest
from sqlalchemy import select

from core.case.events import Reviewed
from core.errors import Invalid, NotAllowed, NotFound, Refused, Stale
from core.notices import feed, reminders, substitutions
from core.notices.kinds import Notice
from core.people import absences, accounts
from core.people.absences import Days
from core.process.terms import Flow, Kind, Role
from core.process.working_time import Calendar
from core.queries import case
from core.services import cases
from core.services.cases import SeenItem
from core.staff import availability, coverage, directory
from core.store import tables
from core.store.replay import differences
from tests.services.races.test_same_case import at_once
from tests.support.absences import days, leave
from tests.support.drive_case import MEETS, World, dump
from tests.support.people import (  # fmt: skip
    ADMIN,
    ALIANZAS,
    COMERCIAL,
    COMERCIAL_2,
    DAY,
    EVERYTHING,
    FORMER,
    ID,
    IMPLEMENTACION,
    MESA,
    OPERADORA,
    OUTSIDER,
    PROCESO,
    ROLES,
)

ALL_WEEK = {Role.GERENTE_COMERCIAL: ALIANZAS}
B2B = Flow.B2B


def in_review(w: World) -> str:
    """A B2B case whose Propuesta waits for the Gerente Comercial."""
    code = w.open(flow=B2B)
    w.to(code, 2, Kind.REVIEW)
    return code


def acts(w: World, code: str, who: str, absent: str, verdict: str = "approve"):
    item = w.item(code, Role.GERENTE_COMERCIAL)
    on = SeenItem(ID[who], code, item.item, item.version, ID[absent])
    return cases.review(w.db, on, verdict, w.tick(), answers=MEETS, reason="falta el anexo")


def refusal(w: World, attempt) -> Refused:
    """How an attempt was refused; nothing was written."""
    before = dump(w.db)
    with pytest.raises(Refused) as error:
        attempt()
    assert dump(w.db) == before
    return error.value


# --- deciding for another ---
def test_a_substitute_decides_and_the_record_says_for_whom(both: World):
    code = in_review(both)
    leave(both, COMERCIAL, ALL_WEEK)
    acts(both, code, ALIANZAS, COMERCIAL)
    event = next(e for e in both.record(code) if isinstance(e.body, Reviewed))
    assert (event.person, event.for_person) == (ID[ALIANZAS], ID[COMERCIAL])
    with both.db.reading() as connection:
        v = tables.verdicts.c
        row = connection.execute(select(v.person_id, v.for_person_id).where(v.seq == event.seq)).one()
        entries = case.history(connection, case.header(connection, code).id)
    assert tuple(row) == (ID[ALIANZAS], ID[COMERCIAL])
    assert ("Alba", "Carla") in {(each.person, each.for_person) for each in entries}
    assert list(differences(both.db)) == []


def test_every_command_on_a_task_may_be_given_for_another_and_files_say_so(world: World):
    code = world.open()
    leave(world, OPERADORA, {Role.OPERADOR_OPERACION: ALIANZAS})
    who, absent = ID[ALIANZAS], ID[OPERADORA]
    cases.take(world.db, who, code, 1, world.tick(), for_person=absent)
    assert world.item(code).held_by == absent
    cases.give_back(world.db, who, code, 1, world.tick(), for_person=absent)
    cases.take(world.db, who, code, 1, world.tick(), for_person=absent)
    for _ in range(2):  # phase 1: validate, then send
        item = world.item(code)
        on = SeenItem(who, code, item.item, item.version, absent)
        if item.work is Kind.VALIDATE:
            cases.validate(world.db, on, "yes", world.tick(), done=world.ticked(code))
        else:
            cases.attach(world.db, world.store, on, b"%PDF-1", "cro.pdf", world.tick())
            on = on._replace(seen=world.item(code).version)
            cases.send(world.db, on, world.tick(), done=world.ticked(code))
    assert world.case(code).phase == 2
    d = tables.documents.c
    with world.db.reading() as connection:
        row = connection.execute(select(d.attached_by, d.attached_for, d.sent_by, d.sent_for)).one()
        shown = case.documents(connection, case.header(connection, code).id)
    assert tuple(row) == (who, absent, who, absent)
    assert [(each.attached_by, each.attached_for) for each in shown] == [("Alba", "Olga")]
    assert list(differences(world.db)) == []


def test_the_substitute_takes_their_decision_for_another_back(world: World):
    code = in_review(world)
    leave(world, COMERCIAL, ALL_WEEK)
    number = world.item(code).item
    acts(world, code, ALIANZAS, COMERCIAL, "return")
    whose = ID[COMERCIAL]
    cases.take_back(world.db, ID[ALIANZAS], code, number, "era otro", world.tick(), for_person=whose)
    assert [item.work for item in world.case(code).items] == [Kind.REVIEW]


def test_ones_own_role_wins_unless_the_absent_person_holds_the_task(world: World):
    code = in_review(world)
    leave(world, COMERCIAL, {Role.GERENTE_COMERCIAL: COMERCIAL_2})
    acts(world, code, COMERCIAL_2, COMERCIAL)
    assert [e.for_person for e in world.record(code) if isinstance(e.body, Reviewed)] == [None]
    world.to(code, 3, Kind.REVIEW)
    cases.take(world.db, ID[COMERCIAL], code, world.item(code).item, world.tick())
    acts(world, code, COMERCIAL_2, COMERCIAL)
    assert [e.for_person for e in world.record(code) if isinstance(e.body, Reviewed)] == [None, ID[COMERCIAL]]


# --- not for just anybody, nor at any time ---
def test_nobody_decides_for_somebody_who_is_there(both: World):
    code = in_review(both)
    error = refusal(both, lambda: acts(both, code, ALIANZAS, COMERCIAL))
    assert (error.code, error.params) == ("not_substituting", {"person": "Carla"})


@pytest.mark.parametrize("days_on", [-1, 5])
def test_nobody_decides_before_the_first_day_or_after_the_last(world: World, days_on: int):
    code = in_review(world)
    leave(world, COMERCIAL, ALL_WEEK, 2, 6)
    world.tick((2 + days_on) * DAY)
    assert refusal(world, lambda: acts(world, code, ALIANZAS, COMERCIAL)).code == "not_substituting"


@pytest.mark.parametrize("day", [2, 6])
def test_the_first_and_the_last_day_belong_to_the_absence(world: World, day: int):
    code = in_review(world)
    leave(world, COMERCIAL, ALL_WEEK, 2, 6)
    world.tick(day * DAY)
    assert acts(world, code, ALIANZAS, COMERCIAL).phase == 3


def test_nobody_decides_in_a_role_that_was_not_left_to_them(both: World):
    code = in_review(both)
    leave(both, EVERYTHING, {Role.PROCESO: ALIANZAS})
    error = refusal(both, lambda: acts(both, code, ALIANZAS, EVERYTHING))
    assert (error.code, error.params) == ("substitution_role_needed", {"role": Role.GERENTE_COMERCIAL})


def test_it_is_never_passed_on_twice(both: World):
    code = in_review(both)
    leave(both, COMERCIAL, ALL_WEEK)
    leave(both, ALIANZAS, {Role.GERENTE_ALIANZAS: IMPLEMENTACION})
    for who in (IMPLEMENTACION, ALIANZAS):  # neither the substitute's substitute nor a substitute who is away
        assert refusal(both, lambda who=who: acts(both, code, who, COMERCIAL)).code == "not_substituting"
    assert refusal(both, lambda: acts(both, code, IMPLEMENTACION, ALIANZAS)).code == "substitution_role_needed"


@pytest.mark.parametrize("sender", [OPERADORA, EVERYTHING])
def test_four_eyes_hold_for_both_of_them(both: World, sender: str):
    code = both.open(flow=B2B)
    both.to(code, 2, Kind.PRODUCE)
    both.attach(code, sender)
    both.send(code, sender)
    absent, who = (COMERCIAL, OPERADORA) if sender == OPERADORA else (EVERYTHING, ALIANZAS)
    leave(both, absent, {Role.GERENTE_COMERCIAL: who})
    assert refusal(both, lambda: acts(both, code, who, absent)).code == "four_eyes"


def test_what_is_sent_for_another_is_reviewed_by_neither(world: World):
    code = world.open(flow=B2B)
    world.to(code, 2, Kind.PRODUCE)
    world.attach(code, EVERYTHING)
    leave(world, EVERYTHING, {Role.OPERADOR_OPERACION: COMERCIAL})
    item = world.item(code)
    cases.send(world.db, SeenItem(ID[COMERCIAL], code, item.item, item.version, ID[EVERYTHING]), world.tick())
    for who in (COMERCIAL, EVERYTHING):
        attempt = lambda who=who: world.review(code, who=who)  # noqa: E731
        assert refusal(world, attempt).code == "four_eyes"


def test_it_ends_with_the_absence_the_role_or_the_account(world: World):
    code = in_review(world)
    absence = leave(world, COMERCIAL, ALL_WEEK)
    absences.end_absence(world.db, absence, ID[COMERCIAL], world.tick())
    assert refusal(world, lambda: acts(world, code, ALIANZAS, COMERCIAL)).code == "not_substituting"
    for end in (
        lambda: accounts.set_roles(world.db, COMERCIAL, [Role.PROCESO], ID[ADMIN], world.tick()),
        lambda: accounts.disable(world.db, COMERCIAL, ID[ADMIN], world.tick()),
        lambda: accounts.set_roles(world.db, ALIANZAS, [], ID[ADMIN], world.tick()),
    ):
        accounts.enable(world.db, COMERCIAL, ID[ADMIN], world.tick())
        accounts.set_roles(world.db, COMERCIAL, ROLES[COMERCIAL], ID[ADMIN], world.tick())
        absence = leave(world, COMERCIAL, ALL_WEEK)
        end()
        accounts.enable(world.db, COMERCIAL, ID[ADMIN], world.tick())
        accounts.set_roles(world.db, COMERCIAL, ROLES[COMERCIAL], ID[ADMIN], world.tick())
        assert refusal(world, lambda: acts(world, code, ALIANZAS, COMERCIAL)).code == "not_substituting"
        with world.db.reading() as connection:
            assert [dict(each.substitutes) for each in absences.of_person(connection, ID[COMERCIAL], world.now)] == [{}]
            kinds = [entry.kind for entry in directory.record(connection, ID[COMERCIAL])]
        assert "substitution_ended" in kinds
        absences.end_absence(world.db, absence, ID[ADMIN], world.tick())


# --- setting it ---
@pytest.mark.parametrize(
    ("first", "last", "named", "problem"),
    [
        (-1, 3, {}, {"first": "absence_in_the_past"}),
        (3, 2, {}, {"last": "absence_ends_before"}),
        (0, 366, {}, {"last": "absence_too_long"}),
        (10, 30, {}, {"first": "absence_overlaps"}),
        (0, 1, {Role.PROCESO: ALIANZAS}, {"proceso": "substitute_role_not_held"}),
        (0, 1, {Role.GERENTE_COMERCIAL: COMERCIAL}, {"gerente_comercial": "substitute_is_oneself"}),
        (0, 1, {Role.GERENTE_COMERCIAL: ADMIN}, {"gerente_comercial": "substitute_takes_no_part"}),
        (0, 1, {Role.GERENTE_COMERCIAL: OUTSIDER}, {"gerente_comercial": "substitute_takes_no_part"}),
        (0, 1, {Role.GERENTE_COMERCIAL: FORMER}, {"gerente_comercial": "substitute_takes_no_part"}),
        (3, 7, {Role.GERENTE_COMERCIAL: MESA}, {"gerente_comercial": "substitute_away"}),
    ],
)
def test_what_is_wrong_is_said_field_by_field(both: World, first, last, named, problem):
    leave(both, COMERCIAL, {}, 20, 21)
    leave(both, MESA, {}, 7, 9)
    error = refusal(both, lambda: leave(both, COMERCIAL, named, first, last))
    assert isinstance(error, Invalid)
    assert {field: each.code for field, each in error.problems.items()} == problem


def test_the_person_an_administrator_and_proceso_may_set_and_end_it(world: World):
    for by in (COMERCIAL, ADMIN, PROCESO):
        absence = leave(world, COMERCIAL, ALL_WEEK, by=by)
        absences.end_absence(world.db, absence, ID[by], world.tick())
    absence = leave(world, COMERCIAL, ALL_WEEK)
    for attempt in (
        lambda: leave(world, MESA, {}, by=COMERCIAL),
        lambda: absences.end_absence(world.db, absence, ID[MESA], world.tick()),
    ):
        assert refusal(world, attempt).code == "absence_of_another"
    assert refusal(world, lambda: leave(world, ADMIN, {})).code == "process_role_needed"
    with world.db.reading() as connection:
        kinds = [(entry.kind, entry.by) for entry in directory.record(connection, ID[COMERCIAL])]
    assert kinds[:3] == [("absence_set", "Carla"), ("absence_ended", "Pablo"), ("absence_set", "Pablo")]


def test_an_absence_ends_once(world: World):
    absence = leave(world, COMERCIAL, {})
    absences.end_absence(world.db, absence, ID[COMERCIAL], world.tick())
    again = lambda: absences.end_absence(world.db, absence, ID[COMERCIAL], world.tick())  # noqa: E731
    assert isinstance(refusal(world, again), Stale)
    unknown = lambda: absences.end_absence(world.db, 999, ID[COMERCIAL], world.tick())  # noqa: E731
    assert isinstance(refusal(world, unknown), NotFound)


# --- coverage ---
def only_carla(w: World) -> None:
    for who in (COMERCIAL_2, EVERYTHING):
        accounts.set_roles(w.db, who, set(ROLES[who]) - {Role.GERENTE_COMERCIAL}, None, w.tick())


def test_an_absence_that_would_leave_a_case_to_nobody_is_refused_with_the_case_and_the_day(both: World):
    only_carla(both)
    code = both.open(flow=B2B)
    error = refusal(both, lambda: leave(both, COMERCIAL, {}))
    assert (error.code, error.params["cases"]) == ("leaves_undecided", [code])
    error = refusal(both, lambda: leave(both, COMERCIAL, {}, 7, 8))
    assert isinstance(error, NotAllowed)
    assert error.code == "leaves_undecided_later"
    assert error.params == {"cases": [code], "count": 1, "from_day": Calendar().midnight(date(2026, 3, 9))}
    leave(both, COMERCIAL, ALL_WEEK, 7, 8)


def test_of_two_absences_at_once_that_are_fine_alone_one_is_refused(both: World):
    accounts.set_roles(both.db, EVERYTHING, set(ROLES[EVERYTHING]) - {Role.GERENTE_COMERCIAL}, None, both.tick())
    code = both.open(flow=B2B)
    span, at = days(both), both.tick()
    came_to = at_once(
        *(partial(absences.set_absence, both.db, ID[who], span, {}, ID[who], at) for who in (COMERCIAL, COMERCIAL_2))
    )
    (lost,) = (each for each in came_to if isinstance(each, Refused))
    assert (lost.code, lost.params["cases"]) == ("leaves_undecided", [code])


def test_days_on_which_nobody_works_leave_nothing(world: World):
    only_carla(world)
    world.open(flow=B2B)
    leave(world, COMERCIAL, {}, 5, 6)  # Saturday and Sunday
    with world.db.writing() as tx:
        assert coverage.undecided(tx, world.now) == []


def test_while_somebody_is_away_their_substitute_and_the_others_are_needed(both: World):
    only_carla(both)
    code = both.open(flow=B2B)
    leave(both, COMERCIAL, ALL_WEEK, 7, 8)
    for attempt in (
        lambda: leave(both, ALIANZAS, {}, 8, 9),
        lambda: accounts.disable(both.db, ALIANZAS, ID[ADMIN], both.tick()),
        lambda: accounts.set_roles(both.db, ALIANZAS, [], ID[ADMIN], both.tick()),
    ):
        error = refusal(both, attempt)
        assert (error.code, error.params["cases"]) == ("leaves_undecided_later", [code])


def test_a_substitute_whom_four_eyes_bar_covers_nothing(both: World):
    only_carla(both)
    code = in_review(both)
    sender = next(
        login for login, number in ID.items() if number == both.case(code).sent(both.item(code).document).sent_by
    )
    error = refusal(both, lambda: leave(both, COMERCIAL, {Role.GERENTE_COMERCIAL: sender}))
    assert (error.code, error.params["cases"]) == ("leaves_undecided", [code])


def test_the_calendar_counts_those_who_are_there_on_each_working_day(world: World):
    leave(world, COMERCIAL, ALL_WEEK, 1, 2)
    leave(world, COMERCIAL_2, {}, 2, 7)
    with world.db.reading() as connection:
        staff = availability.staff(connection, world.now)
    found = availability.working_days(staff, Calendar(), date(2026, 3, 2), date(2026, 3, 10))
    counts = [[(a.person, a.for_person) for a in day.acting[Role.GERENTE_COMERCIAL]] for day in found]
    carla, ciro, maria = (ID[COMERCIAL], None), (ID[COMERCIAL_2], None), (ID[EVERYTHING], None)
    alba = (ID[ALIANZAS], ID[COMERCIAL])
    assert counts == [
        [carla, ciro, maria], [alba, ciro, maria], [alba, maria], [carla, maria], [carla, maria],  # the first week
        [carla, maria], [carla, ciro, maria],
    ]  # fmt: skip


# --- being told ---
def told(w: World, who: str) -> list[tuple[Notice, dict]]:
    with w.db.reading() as connection:
        listed = feed.listed(connection, ID[who])
    return [(each.kind, dict(each.params)) for each in listed if each.kind.startswith("substitution")]


def test_a_substitution_that_begins_and_ends_is_told_once(both: World):
    leave(both, COMERCIAL, ALL_WEEK, 1, 2)
    code = in_review(both)
    assert reminders.remind(both.db, both.now) == 0
    both.tick(DAY)
    for _ in range(2):
        reminders.remind(both.db, both.tick())
    until = Calendar().midnight(date(2026, 3, 5))
    begun = {"person": "Carla", "roles": ["gerente_comercial"], "until_at": until}
    assert told(both, ALIANZAS) == [(Notice.SUBSTITUTION_BEGAN, begun)]
    acts(both, code, ALIANZAS, COMERCIAL)
    both.tick(3 * DAY)
    for _ in range(2):
        reminders.remind(both.db, both.tick())
    ended = {"count": 1, "from_at": Calendar().midnight(date(2026, 3, 3)), "until_at": until}
    assert told(both, COMERCIAL) == [(Notice.SUBSTITUTION_ENDED, ended)]
    assert len(told(both, ALIANZAS)) == 1


def test_the_substitute_is_told_of_new_work_of_the_role(both: World):
    leave(both, COMERCIAL, ALL_WEEK)
    code = in_review(both)
    with both.db.reading() as connection:
        work = [each for each in feed.listed(connection, ID[ALIANZAS]) if each.kind is Notice.WORK]
    assert [(each.code, each.params["role"]) for each in work] == [(code, "gerente_comercial")]


def test_of_what_the_absent_person_holds_the_substitute_is_reminded(both: World):
    code = in_review(both)
    cases.take(both.db, ID[COMERCIAL], code, both.item(code).item, both.tick())
    both.tick(30 * DAY)
    leave(both, COMERCIAL, ALL_WEEK)
    reminders.remind(both.db, both.tick())
    told_overdue = []
    for who in (COMERCIAL, ALIANZAS, COMERCIAL_2):
        with both.db.reading() as connection:
            kinds = {each.kind for each in feed.listed(connection, ID[who])}
        told_overdue += [who] if Notice.OVERDUE in kinds else []
    assert told_overdue == [COMERCIAL, ALIANZAS]


def test_on_return_one_reads_what_was_done_in_ones_name_once(both: World):
    leave(both, COMERCIAL, ALL_WEEK, 0, 1)
    code = in_review(both)
    acts(both, code, ALIANZAS, COMERCIAL)
    at = both.now
    with both.db.reading() as connection:
        assert substitutions.unread(connection, ID[COMERCIAL], both.now) is None
    both.tick(3 * DAY)
    with both.db.reading() as connection:
        found = substitutions.unread(connection, ID[COMERCIAL], both.now)
    assert found is not None
    assert found.substitutes == ((Role.GERENTE_COMERCIAL, "Alba"),)
    assert [(d.code, d.kind, d.choice, d.by, d.at) for d in found.done] == [(code, Kind.REVIEW, "approve", "Alba", at)]
    substitutions.read(both.db, ID[COMERCIAL], both.tick())
    with both.db.reading() as connection:
        assert substitutions.unread(connection, ID[COMERCIAL], both.now) is None


def test_whoever_is_second_reads_who_decided_for_whom(both: World):
    code = in_review(both)
    leave(both, COMERCIAL, ALL_WEEK)
    on = both.on(code, COMERCIAL_2)
    acts(both, code, ALIANZAS, COMERCIAL)
    error = refusal(both, lambda: cases.review(both.db, on, "approve", both.tick(), answers=MEETS))
    assert error.code == "already_decided"
    assert (error.params["person"], error.params["other"], error.params["own"]) == ("Alba", "Carla", False)


def test_the_days_are_those_of_the_process_calendar(world: World):
    assert days(world) == Days(date(2026, 3, 2), date(2026, 3, 6))
    assert days(world).span(Calendar()) == (
        world.now - 8 * 3_600_000,
        world.now - 8 * 3_600_000 + 5 * DAY,
    )


def test_an_absence_is_in_force_from_its_first_midnight_to_its_last(world: World) -> None:
    leave(world, COMERCIAL, ALL_WEEK, 1, 2)
    with world.db.reading() as connection:
        ((from_at, until_at),) = connection.execute(select(tables.absences.c.from_at, tables.absences.c.until_at)).all()
        stands = [len(availability.substitutions_of(connection, ID[ALIANZAS], at)) for at in (from_at - 1, from_at)]
        stood = [len(availability.substitutions_of(connection, ID[ALIANZAS], at)) for at in (until_at - 1, until_at)]
    assert (stands, stood, until_at - from_at) == ([0, 1], [1, 0], 2 * DAY)
