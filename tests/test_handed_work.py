"""Whoever is handed a work item is told of it, and reminded of it alone."""

from cast import EVERYTHING, ID, OPERADOR_2, OPERADORA, PROCESO
from driver import World
from test_notices import timed, unread

from core import bell, reminders, services


def test_whoever_is_handed_work_is_told_and_reminded_alone(both: World):
    code = both.open()
    bell.read(both.db, ID[OPERADOR_2], both.now)
    services.assign(both.db, ID[PROCESO], code, 1, ID[OPERADOR_2], both.tick())
    assert [notice.kind for notice in unread(both, OPERADOR_2)] == ["work"]
    item = both.item(code)
    reminders.remind(both.db, item.soon_at)
    reminders.remind(both.db, item.due_at + 1)
    assert timed(both, code) == [("due_soon", OPERADOR_2), ("overdue", OPERADOR_2)]


def test_whoever_hands_work_to_themself_is_told_nothing_new(both: World):
    code = both.open()
    services.take(both.db, ID[OPERADORA], code, 1, both.tick())
    before = len(unread(both, EVERYTHING))
    services.assign(both.db, ID[EVERYTHING], code, 1, ID[EVERYTHING], both.tick())
    assert len(unread(both, EVERYTHING)) == before
