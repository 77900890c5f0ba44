"""Notices: who is told of what, in the decision's own transaction, at most once, and what settles them."""

import json
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select

from core.errors import Refused
from core.notices import feed, reminders
from core.notices import kinds as notices_kinds
from core.notices.kinds import Notice
from core.process.terms import Environment, Flow, Kind, Role
from core.store import replay, tables
from core.store.database import Database
from tests.support.drive_case import FAILS, World
from tests.support.people import (
    ADMIN,
    ALIANZAS,
    COMERCIAL,
    EVERYTHING,
    FORMER,
    HOUR,
    ID,
    OPERADOR_2,
    OPERADORA,
    OUTSIDER,
    PROCESO,
    ROLES,
)

n = tables.notices.c
LOGIN = {number: login for login, number in ID.items()}


def told(w: World, code: str, *kinds: Notice) -> list[tuple[str, str, bool]]:
    """Who was told what of a case, in order, and whether it is unread."""
    wanted = select(n.kind, n.person_id, n.read_at).join(tables.cases).where(tables.cases.c.code == code)
    if kinds:
        wanted = wanted.where(n.kind.in_(kinds))
    with w.db.reading() as connection:
        return [(kind, LOGIN[who], read is None) for kind, who, read in connection.execute(wanted.order_by(n.id))]


def unread(w: World, who: str) -> list[feed.NoticeRow]:
    with w.db.reading() as connection:
        return feed.listed(connection, ID[who])


def holders(role: Role, *but: str) -> list[str]:
    return [login for login, roles in ROLES.items() if role in roles and login not in (FORMER, *but)]


# --- work ---
def test_work_is_told_to_everybody_who_holds_its_role_but_to_whoever_caused_it(both: World):
    code = both.open()
    assert told(both, code) == [("work", who, True) for who in holders(Role.OPERADOR_OPERACION, OPERADORA)]
    [notice] = unread(both, OPERADOR_2)
    item = both.item(code)
    assert (notice.code, notice.client, notice.created_at) == (code, "Cliente k1", both.now)
    asked = {"work": "validate", "phase": 1, "role": "operador_operacion", "due_at": item.due_at}
    assert dict(notice.params) == asked


def test_work_that_is_done_is_unread_for_nobody_and_leaves_the_outbox(both: World):
    code = both.open()
    both.validate(code)
    assert [unread for kind, _, unread in told(both, code)] == [False, False, True, True]
    with both.db.reading() as connection:
        rows = connection.execute(select(n.read_at, n.next_try_at).order_by(n.id)).all()
    assert [tuple(row) for row in rows] == [(both.now, None)] * 2 + [(None, both.now)] * 2


def test_work_that_is_withdrawn_is_unread_for_nobody(both: World):
    code = both.open()
    both.to(code, 2, Kind.REVIEW)
    assert unread(both, ALIANZAS) != []
    both.review(code, Role.PROCESO, "return", answers=FAILS)
    assert [kind for kind, _, unread in told(both, code) if unread] == ["returned"] * 3


def test_a_returned_document_is_told_as_returned_to_the_lane_that_corrects_it(both: World):
    code = both.open(flow=Flow.B2B)
    both.to(code, 2, Kind.REVIEW)
    both.review(code, verdict="return", answers=FAILS)
    lane = holders(Role.OPERADOR_OPERACION)
    assert told(both, code, Notice.RETURNED) == [("returned", who, True) for who in lane]
    both.step(code)
    both.step(code)
    assert told(both, code, Notice.RETURNED) == [("returned", who, False) for who in lane]


def test_the_end_is_told_to_whoever_acted_on_the_case_but_to_whoever_ended_it(both: World):
    code = both.open(flow=Flow.B2B)
    both.to(code, 3)
    both.validate(code, "no")
    assert sorted(told(both, code, Notice.ENDED)) == [("ended", COMERCIAL, True), ("ended", OPERADORA, True)]
    [notice] = [notice for notice in unread(both, COMERCIAL) if notice.kind is Notice.ENDED]
    assert dict(notice.params) == {"outcome": "rejected"}


def test_a_refused_decision_tells_nobody(both: World):
    code = both.open()
    before = told(both, code)
    with pytest.raises(Refused):
        both.validate(code, who=COMERCIAL)
    assert told(both, code) == before


def test_a_decision_waits_for_no_notice_that_somebody_else_holds(postgresql: Database, tmp_path: Path):
    w = World(postgresql, tmp_path)
    code = w.open()
    with w.db.engine.begin() as other:
        other.execute(select(n.id).with_for_update())
        deciding = Thread(target=w.validate, args=(code,))
        deciding.start()
        deciding.join(20)
        decided = not deciding.is_alive()
    deciding.join()
    assert decided
    assert w.item(code).work is Kind.PRODUCE


def test_rebuilding_the_record_makes_no_notice(both: World):
    code = both.open()
    both.to(code, 2)
    before = told(both, code)
    assert list(replay.differences(both.db)) == []
    assert told(both, code) == before


def test_what_was_told_already_is_told_once(both: World):
    for _ in range(2):
        with both.db.writing() as tx:
            notices_kinds.notify(tx, Notice.MENTIONED, ID[ALIANZAS], "an event of its own", both.now)
            notices_kinds.notify(tx, Notice.MENTIONED, ID[FORMER], "an event of its own", both.now)
    [notice] = unread(both, ALIANZAS)
    assert (notice.code, notice.client, dict(notice.params)) == ("", "", {})
    with both.db.reading() as connection:
        assert connection.scalars(select(n.person_id)).all() == [ID[ALIANZAS]]


# --- reading ---
def test_reading_one_a_case_or_all_leaves_the_others_unread(both: World):
    codes = [both.open(key) for key in "abc"]
    newest = unread(both, OPERADOR_2)[0]
    assert feed.read(both.db, ID[OPERADOR_2], both.now, notice=newest.id) == 1
    assert [notice.code for notice in unread(both, OPERADOR_2)] == [codes[1], codes[0]]
    feed.read_case(both.db, ID[OPERADOR_2], codes[0], both.now)
    assert [notice.code for notice in unread(both, OPERADOR_2)] == [codes[1]]
    assert feed.read(both.db, ID[OPERADOR_2], both.now) == 1
    assert [len(unread(both, who)) for who in (OPERADOR_2, EVERYTHING)] == [0, 3]
    with both.db.reading() as connection:
        everything = feed.listed(connection, ID[OPERADOR_2], everything=True)
    assert [(notice.code, notice.read_at) for notice in everything] == [(code, both.now) for code in codes[::-1]]


def test_nobody_reads_the_notices_of_another(both: World):
    both.open()
    [notice] = unread(both, OPERADOR_2)
    assert feed.read(both.db, ID[PROCESO], both.now, notice=notice.id) == 0
    assert unread(both, OPERADOR_2) == [notice]


def test_the_unread_are_counted_up_to_a_limit_and_listed_page_by_page(both: World):
    codes = [both.open(key) for key in "abcde"]
    with both.db.reading() as connection:
        assert [feed.unread(connection, ID[OPERADOR_2], cap) for cap in (3, 10)] == [4, 5]
        first = feed.listed(connection, ID[OPERADOR_2], limit=3)
        rest = feed.listed(connection, ID[OPERADOR_2], limit=3, before=first[-1].id)
    assert [notice.code for notice in [*first, *rest]] == codes[::-1]


# --- what time causes ---
def timed(w: World, code: str) -> list[tuple[str, str]]:
    return [(kind, who) for kind, who, _ in told(w, code, Notice.DUE_SOON, Notice.OVERDUE, Notice.ESCALATED)]


def test_a_deadline_is_told_when_it_is_near_when_it_is_missed_and_then_to_proceso(both: World):
    both.setting("escalate_after", 60)
    code = both.open()
    item = both.item(code)
    lane, coordinators = holders(Role.OPERADOR_OPERACION), holders(Role.PROCESO)
    expected: list[tuple[str, str]] = []
    for moment, kind, people in (
        (item.soon_at - 1, "", []),
        (item.soon_at, "due_soon", lane),
        (item.due_at, "", []),
        (item.due_at + 1, "overdue", lane),
        (item.due_at + HOUR - 1, "", []),
        (item.due_at + HOUR, "escalated", coordinators),
        (item.due_at + 2 * HOUR, "", []),
    ):
        new = [(kind, who) for who in people]
        assert reminders.remind(both.db, moment) == len(new)
        expected += new
        assert sorted(timed(both, code)) == sorted(expected)


def test_a_later_notice_of_a_work_item_takes_the_place_of_the_one_before(both: World):
    code = both.open()
    item = both.item(code)
    for moment, kind in ((both.now, "work"), (item.soon_at, "due_soon"), (item.due_at + 1, "overdue")):
        reminders.remind(both.db, moment)
        assert [(notice.kind, notice.code) for notice in unread(both, OPERADOR_2)] == [(kind, code)]


def test_time_tells_nothing_of_work_that_is_done(both: World):
    code = both.open()
    due = both.item(code).due_at
    both.validate(code, "no")
    assert reminders.remind(both.db, due) == 0
    assert timed(both, code) == []


def test_what_waits_for_an_environment_is_late_only_from_when_it_is_there(both: World):
    code = both.open(flow=Flow.B2B)
    both.to(code, 6)
    both.tick(30 * 24 * HOUR)
    assert reminders.remind(both.db, both.now) == 0
    both.register(code, Environment.TEST)
    assert reminders.remind(both.db, both.now) == 0
    item = both.item(code)
    assert reminders.remind(both.db, item.due_at + 1) == len(holders(Role.OPERADOR_OPERACION))
    [params] = {notice.kind: notice.params for notice in unread(both, OPERADOR_2) if notice.kind == "overdue"}.values()
    assert params == json.loads(json.dumps({**params, "due_at": item.due_at}))


def test_who_has_left_or_holds_no_role_is_told_nothing(both: World):
    code = both.open()
    reminders.remind(both.db, both.item(code).due_at + 1)
    people: list[Any] = [who for _, who, _ in told(both, code)]
    assert not {FORMER, ADMIN, OUTSIDER, ALIANZAS} & set(people)
