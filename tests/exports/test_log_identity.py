"""The log has each decision apart, whatever the clock said of their moments, and each person by their shown name."""

import json
from itertools import groupby
from typing import Any

from msgspec.structs import replace
from sqlalchemy import select

from core.conformance.deviations import by_decision
from core.exports import workbook
from core.exports.event_log import CaseLog, case_logs
from core.notices import substitutions
from core.people import accounts
from core.process.terms import Kind, Role
from core.services import cases
from core.store import tables
from tests.support.absences import leave
from tests.support.clocks import lived
from tests.support.drive_case import World
from tests.support.people import ALIANZAS, COMERCIAL, COMERCIAL_2, DAY, ID, START

ALL = select(tables.cases.c.id)


def told_all(world: World) -> list[CaseLog]:
    with world.db.reading() as connection:
        return list(case_logs(connection, ALL))


def told_without_times(world: World, code: str) -> list[tuple[Any, ...]]:
    """The entries of a case but for their places and moments."""
    (log,) = [each for each in told_all(world) if each.head.code == code]
    return [
        (
            *(each.activity, each.role, each.resource, each.result, each.item, each.document, each.version),
            each.opens,
        )
        for each in log.entries
    ]


def test_decisions_of_one_moment_stay_apart_in_the_log(both: World):
    """The last event of one case lies a day ahead: all that follows has its moment."""
    behind, running = both.open("k1"), both.open("k2")
    for code in (behind, running):
        both.to(code, 2, Kind.REVIEW)
    cases.comment(both.db, ID[ALIANZAS], behind, "visto", both.tick(DAY))
    both.now -= DAY
    for code in (behind, running):
        both.to(code, 3)
        both.validate(code)
        both.to(code, 3, Kind.REVIEW)
        both.review(code, Role.GERENTE_COMERCIAL, "return", reason="falta el anexo")
        both.to_end(code)
    assert len({event.at for event in both.record(behind)[-100:]}) == 1
    assert len({event.at for event in both.record(running)[-100:]}) > 10
    apart = told_without_times(both, running)
    assert len([opens for *_, opens, _ in apart if opens]) > 30
    assert told_without_times(both, behind) == apart
    log = told_all(both)[0]
    opened = {item.item: item.opened_at for item in log.items}
    (reviewed,) = [e for e in log.entries if (e.phase, e.result, e.role) == (2, "approve", Role.GERENTE_COMERCIAL)]
    assert reviewed.began_at == opened[reviewed.item or 0] < reviewed.at


def test_every_decision_of_a_life_is_apart_whatever_the_clock_said(world: World):
    """Also what is taken, given back, taken back, commented, handed over and registered."""
    code = lived(world, 0)
    record = world.record(code)
    decisions = list(by_decision(record))
    by_moment = [list(same) for _, same in groupby(record, key=lambda event: event.at)]
    assert [event for decision in decisions for event in decision] == record
    assert decisions == by_moment
    assert list(by_decision(replace(event, at=START) for event in record)) == [
        [replace(event, at=START) for event in decision] for decision in by_moment
    ]


def test_two_people_of_one_name_are_told_apart_in_the_log_and_the_workbook(both: World):
    for login in (COMERCIAL, COMERCIAL_2):
        accounts.describe(both.db, login, "Ana Ruiz", None, None, both.tick())
    leave(both, COMERCIAL, {Role.GERENTE_COMERCIAL: ALIANZAS}, 0, 9)
    code = both.open()
    both.to(code, 2, Kind.REVIEW)
    both.review(code, who=COMERCIAL_2)
    (log,) = told_all(both)
    doers = {each.resource for each in log.entries if each.role is Role.GERENTE_COMERCIAL and each.resource}
    assert doers == {f"Ana Ruiz · {COMERCIAL_2}"}
    with both.db.reading() as connection:
        _, items = workbook.sheets(connection, ALL)
        place = list(items.columns).index("ended_by")
        names = {row[place] for row in items.rows}
    assert f"Ana Ruiz · {COMERCIAL_2}" in names
    assert "Ana Ruiz" not in names
    with both.db.reading() as connection:
        begun = [row["params"] for who, row in substitutions.notices(connection, both.now) if who == ID[ALIANZAS]]
    assert [json.loads(each)["person"] for each in begun] == [f"Ana Ruiz · {COMERCIAL}"]
