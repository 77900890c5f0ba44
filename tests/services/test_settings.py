"""What Proceso sets: all of it or nothing, authorised, on the record, for later work; and what a change would do."""

from threading import Barrier, Thread
from typing import Any

import pytest

from core.errors import Invalid, NotAllowed, Refused, Stale
from core.people import accounts
from core.process.policy import Allowance, Policy, Rule
from core.process.terms import REVIEWED_DOCUMENTS, Document, Environment, Flow, Kind, Role
from core.services import settings as services_settings
from core.services import settings_preview
from core.services.settings_preview import Effect
from core.store import settings
from tests.support.drive_case import World, dump
from tests.support.people import (
    ADMIN,
    ALIANZAS,
    COMERCIAL,
    DAY,
    FORMER,
    HOUR,
    ID,
    IMPLEMENTACION,
    MINUTE,
    OPERADORA,
    OUTSIDER,
    PROCESO,
)

HOURS = {"deadlines": {"1/operador_operacion": [60, 30]}}
ANY = {"rules": {document.value: {"mode": "any", "quorum": 4} for document in REVIEWED_DOCUMENTS}}


def seen(world: World) -> int:
    with world.db.reading() as connection:
        return services_settings.newest(connection)


def in_force(world: World) -> Policy:
    with world.db.reading() as connection:
        return settings.policy(connection)


def save(world: World, wanted: dict[str, Any], who: str = PROCESO) -> tuple[str, ...]:
    return services_settings.save(world.db, ID[who], wanted, seen(world), world.tick())


def would(world: World, wanted: dict[str, Any]) -> list[Effect]:
    return list(settings_preview.preview(world.db, wanted, world.now).effects)


# --- saving ---
def test_a_change_holds_for_work_opened_later_and_what_is_open_keeps_its_deadline(both: World):
    before = both.item(both.open("a"))
    assert save(both, HOURS | {"soon": 15, "escalate_after": 45}) == ("deadlines", "soon", "escalate_after")
    assert both.item("S-2026-0001") == before
    later = both.item(both.open("b"))
    assert (later.due_at - later.opened_at, later.due_at - later.soon_at) == (HOUR, 15 * MINUTE)
    policy = in_force(both)
    assert policy.deadlines[1, Role.OPERADOR_OPERACION] == Allowance(60, 30)
    assert policy.deadlines[1, Role.MESA_DE_AYUDA] == Policy().deadlines[1, Role.MESA_DE_AYUDA]
    assert policy.escalate_after == 45
    save(both, {"deadlines": {"2/proceso": [5, 5]}})
    assert in_force(both).deadlines[1, Role.OPERADOR_OPERACION] == Allowance(60, 30)


@pytest.mark.parametrize("who", [ADMIN, COMERCIAL, OPERADORA, OUTSIDER, FORMER])
def test_only_proceso_changes_settings_by_the_roles_held_at_that_moment(both: World, who: str):
    before = dump(both.db)
    with pytest.raises(NotAllowed) as refused:
        save(both, HOURS, who)
    assert refused.value.code == ("person_not_active" if who == FORMER else "role_needed")
    assert dump(both.db) == before


def test_whoever_lost_the_role_meanwhile_changes_nothing(both: World):
    last = seen(both)
    accounts.set_roles(both.db, PROCESO, [Role.GERENTE_ALIANZAS], ID[ADMIN], both.tick())
    with pytest.raises(NotAllowed) as refused:
        services_settings.save(both.db, ID[PROCESO], HOURS, last, both.tick())
    assert (refused.value.code, refused.value.params) == ("role_needed", {"role": Role.PROCESO})


@pytest.mark.parametrize(
    ("wanted", "problems"),
    [
        ({"deadlines": {"4/proceso": ["dos", 0]}},
         {"4/proceso/first": "working_time_malformed", "4/proceso/later": "working_time_range"}),
        ({"deadlines": {"4/proceso": [260 * 480 + 1, True]}},
         {"4/proceso/first": "working_time_range", "4/proceso/later": "working_time_malformed"}),
        ({"soon": -1, "escalate_after": 1.5},
         {"soon": "working_time_range", "escalate_after": "working_time_malformed"}),
        ({"rules": {"contrato": {"mode": "some", "quorum": 4}, "factura": {"mode": "quorum", "quorum": 5}}},
         {"contrato": "choice_missing", "factura": "quorum_range"}),
        ({"calendar": {"country": "XX", "time_zone": "Mars/Base", "weekdays": [], "hours": [["9"]],
                       "closed": ["2026-02-30"]}},
         {"country": "calendar_country", "time_zone": "calendar_time_zone", "weekdays": "calendar_weekdays",
          "hours": "calendar_hours", "closed": "calendar_closed"}),
    ],
)  # fmt: skip
def test_one_wrong_field_and_nothing_is_saved_with_each_problem_at_its_field(both: World, wanted, problems):
    before = dump(both.db)
    with pytest.raises(Invalid) as refused:
        save(both, HOURS | wanted)
    assert {field: problem.code for field, problem in refused.value.problems.items()} == problems
    assert dump(both.db) == before


def test_a_calendar_in_which_a_deadline_would_never_come_is_refused(world: World):
    with pytest.raises(Refused) as refused:
        save(world, {"calendar": {"weekdays": [6], "hours": [["10:00", "10:01"]]}, "soon": 2400})
    assert (refused.value.code, refused.value.params) == ("calendar_horizon", {"years": 50})
    assert seen(world) == 0


def test_who_saves_over_a_change_that_was_not_on_the_screen_is_told(both: World):
    last = seen(both)
    assert save(both, {"soon": 60}) == ("soon",)
    changed_at = both.now
    with pytest.raises(Stale) as refused:
        services_settings.save(both.db, ID[PROCESO], HOURS, last, both.tick())
    assert (refused.value.code, refused.value.params) == ("settings_changed", {"at": changed_at})
    assert save(both, HOURS) == ("deadlines",)


def test_of_two_who_save_at_the_same_moment_one_is_told(both: World):
    last, start, answers = seen(both), Barrier(2), []

    def one(minutes: int) -> None:
        start.wait()
        try:
            answers.append(services_settings.save(both.db, ID[PROCESO], {"soon": minutes}, last, both.now))
        except Stale as refused:
            answers.append(refused.code)

    threads = [Thread(target=one, args=(minutes,)) for minutes in (60, 90)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers, key=str) == [("soon",), "settings_changed"]


def test_saving_what_holds_already_is_refused(world: World):
    with pytest.raises(Refused) as refused:
        save(world, {"soon": 240, "calendar": {"country": "CO"}})
    assert refused.value.code == "settings_same"
    assert seen(world) == 0


def test_a_rule_that_leaves_a_case_that_nobody_may_decide_is_refused_with_the_case(both: World):
    assert save(both, ANY) == ("rules",)
    for login in (ALIANZAS, IMPLEMENTACION, "maria"):
        accounts.set_roles(both.db, login, [Role.ADMINISTRADOR], None, both.tick())
    code = both.open()
    before = dump(both.db)
    strict = {"rules": {"factura": {"mode": "quorum", "quorum": 3}}}
    found = settings_preview.preview(both.db, strict, both.now)
    assert (found.left, found.left_count) == ((code,), 1)
    with pytest.raises(NotAllowed) as refused:
        save(both, strict | {"soon": 1})
    assert (refused.value.code, refused.value.params) == ("rule_leaves_undecided", {"cases": [code], "count": 1})
    assert dump(both.db) == before


# --- what was changed ---
def test_the_changes_say_who_when_before_and_after_the_newest_first(both: World):
    save(both, HOURS)
    first = both.now
    save(both, {"rules": {"contrato": {"mode": "quorum", "quorum": 2}}, "four_eyes_on_validation": True})
    second = both.now
    with both.db.writing() as tx:
        settings.change(tx, "calendar", {"closed": ["2026-12-24"]}, None, both.tick())
    save(both, {"rules": {"contrato": {"mode": "all", "quorum": 2}}})
    with both.db.reading() as connection:
        found = services_settings.history(connection)
    assert [(change.at, change.by, change.leaf.path, change.before, change.after) for change in found] == [
        (both.now, "Pablo", "rules/contrato", ("quorum", 2), ("all", 0)),
        (both.now - MINUTE, None, "calendar/closed", [], ["2026-12-24"]),
        (second, "Pablo", "four_eyes_on_validation", False, True),
        (second, "Pablo", "rules/contrato", ("all", 0), ("quorum", 2)),
        (first, "Pablo", "deadlines/1/operador_operacion/later", 480, 30),
        (first, "Pablo", "deadlines/1/operador_operacion/first", 480, 60),
    ]
    assert in_force(both).rules[Document.CONTRATO] == Rule("all", 2)


# --- what a change would do ---
def test_a_deadline_tells_how_many_of_its_lane_s_open_tasks_would_be_overdue(both: World):
    for key in ("a", "b", "c"):
        both.open(key)
    both.tick(2 * HOUR)
    both.open("d")
    both.validate("S-2026-0001")  # its Generar y enviar is a later task, opened just now
    assert would(both, HOURS) == [Effect("lane", "1/operador_operacion", 4, 0, 2)]
    both.tick(45 * MINUTE)
    assert would(both, HOURS) == [Effect("lane", "1/operador_operacion", 4, 0, 3)]
    both.tick(DAY)
    longer = {"deadlines": {"1/operador_operacion": [4800, 480], "2/proceso": [1, 960]}}
    assert would(both, longer) == [
        Effect("lane", "1/operador_operacion", 4, 4, 1),
        Effect("lane", "2/proceso", 0, 0, 0),
    ]


def test_time_waited_for_the_client_is_not_counted_against_a_task(both: World):
    waiting, served = (both.open(key, flow=Flow.B2B) for key in "ab")
    both.to(waiting, 6)
    both.to(served, 6)
    both.tick(3 * DAY)
    shorter = {"deadlines": {"6/operador_operacion": [60, 60]}}
    assert would(both, shorter) == [Effect("lane", "6/operador_operacion", 2, 0, 0)]  # both blocked
    both.register(served, Environment.TEST)
    both.tick(30 * MINUTE)
    assert would(both, shorter) == [Effect("lane", "6/operador_operacion", 2, 0, 0)]
    both.tick(HOUR)
    assert would(both, shorter) == [Effect("lane", "6/operador_operacion", 2, 0, 1)]


def test_a_calendar_and_the_times_of_reminder_and_escalation_tell_what_is_affected(both: World):
    for key in ("a", "b"):
        both.open(key)
    both.tick(DAY)
    both.open("c")
    both.tick(2 * HOUR)
    assert would(both, {"calendar": {"closed": ["2026-03-03"]}}) == [Effect("calendar", "", 3, 2, 0)]
    assert would(both, {"soon": 400}) == [Effect("soon", "", 3, 0, 1)]
    assert would(both, {"escalate_after": 60}) == [Effect("escalate_after", "", 3, 0, 2)]
    assert would(both, {"escalate_after": 600}) == [Effect("escalate_after", "", 3, 0, 0)]


def test_a_rule_tells_which_reviews_keep_the_old_one_and_which_cases_will_meet_the_new(both: World):
    codes = [both.open(key) for key in "abcd"]
    both.to(codes[0], 3, Kind.REVIEW)
    both.to(codes[1], 3)
    both.to(codes[2], 4)
    both.to(both.open("e", flow=Flow.B2B), 2)
    one = {"rules": {"contrato": {"mode": "any", "quorum": 4}}}
    assert would(both, one) == [Effect("rule", Document.CONTRATO, 1, 0, 2)]
    assert would(both, {"rules": {"contrato": {"mode": "quorum", "quorum": 4}}}) == []


def test_four_eyes_on_validation_tells_in_which_validations_the_sender_holds_the_role(both: World):
    a, b = both.open("a"), both.open("b")
    both.to(a, 3)  # olga sent its Propuesta Comercial
    both.to(b, 2, Kind.PRODUCE)
    both.attach(b, "oscar")
    both.send(b, "oscar")
    both.to(b, 3)
    assert would(both, {"four_eyes_on_validation": True}) == [Effect("four_eyes", "", 2, 0, 2)]
    accounts.set_roles(both.db, OPERADORA, [Role.MESA_DE_AYUDA], None, both.tick())
    assert would(both, {"four_eyes_on_validation": True}) == [Effect("four_eyes", "", 2, 0, 1)]
    assert settings_preview.preview(both.db, {"four_eyes_on_validation": True}, both.now).left_count == 0
