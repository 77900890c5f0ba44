"""Whoever is handed a work item is told of it, and reminded of it alone."""

from core.notices import feed, reminders
from core.services import cases
from tests.notices.test_notices import timed, unread
from tests.support.drive_case import World
from tests.support.people import EVERYTHING, ID, OPERADOR_2, OPERADORA, PROCESO


def test_whoever_is_handed_work_is_told_and_reminded_alone(both: World):
    code = both.open()
    feed.read(both.db, ID[OPERADOR_2], both.now)
    cases.assign(both.db, ID[PROCESO], code, 1, ID[OPERADOR_2], both.tick())
    assert [notice.kind for notice in unread(both, OPERADOR_2)] == ["work"]
    item = both.item(code)
    reminders.remind(both.db, item.soon_at)
    reminders.remind(both.db, item.due_at + 1)
    assert timed(both, code) == [("due_soon", OPERADOR_2), ("overdue", OPERADOR_2)]


def test_whoever_hands_work_to_themself_is_told_nothing_new(both: World):
    code = both.open()
    cases.take(both.db, ID[OPERADORA], code, 1, both.tick())
    before = len(unread(both, EVERYTHING))
    cases.assign(both.db, ID[EVERYTHING], code, 1, ID[EVERYTHING], both.tick())
    assert len(unread(both, EVERYTHING)) == before
