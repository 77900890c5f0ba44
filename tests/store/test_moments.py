"""The moment of what happens: within the transaction, once the case is locked, never before the case's last event."""

from itertools import count
from threading import Thread

import pytest
from sqlalchemy import select

from core.case.commands import Comment
from core.errors import Invalid, Refused
from core.figures.waiting import unattended
from core.people import absences, accounts, sessions
from core.process.terms import Environment, Flow, Role
from core.services import cases, execute, record
from core.state import foresee
from core.store import form_drafts, tables
from tests.support.absences import leave
from tests.support.clocks import Hand, moments, sound, two_instances
from tests.support.drive_case import World
from tests.support.people import ADMIN, ALIANZAS, DAY, HOUR, ID, OPERADOR_2, OPERADORA, PASSWORD, PROCESO

pytestmark = pytest.mark.sql


# --- the earlier click commits second ---
@pytest.mark.parametrize("live", [True, False], ids=["clock", "asked"])
def test_the_click_that_was_earlier_and_commits_second_stands_second(both: World, live: bool) -> None:
    """Its moment is taken after its wait for the turn, in which another decision was committed."""
    code = both.open()
    hand = Hand(both.now)
    with two_instances(both, *([hand] if live else [])) as found:
        world = found[0] if live else both
        earlier = hand()
        late = Thread(target=cases.comment, args=(world.db, ID[PROCESO], code, "segundo", earlier))
        with world.db.writing() as tx:
            case_id, seen, asked_ = execute._accept(
                tx, ID[ALIANZAS], code, Comment("primero"), execute.RequestContext(hand())
            )
            late.start()  # from here on it waits for this transaction
            events = foresee(asked_.policy, asked_.case, asked_.command, asked_.actor, asked_.at)
            record.store(tx, case_id, seen, asked_.case, events)
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


# --- what is judged, and what else is of that moment ---
def test_a_guard_judges_by_the_moment_at_which_it_happens(both: World) -> None:
    """The test environment expired before the case's last event: a clock that is set back does not bring it back."""
    code = both.open(flow=Flow.B2B)
    both.to(code, 6)
    expires_at = both.now + HOUR
    both.register(code, Environment.TEST, expires_at=expires_at)
    both.tick(2 * HOUR)
    cases.comment(both.db, ID[ALIANZAS], code, "visto", both.tick())
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
    cases.comment(both.db, ID[ALIANZAS], second, "visto", both.tick())
    last = both.case(second).moment
    both.now -= 2 * DAY
    assert both.register(first, Environment.TEST) == 2
    assert [both.record(code)[-1].at for code in (first, second)] == [last, last]
    with both.db.reading() as connection:
        assert connection.scalars(select(tables.environments.c.registered_at)).all() == [last]
    sound(both)


def test_of_people_each_entry_follows_their_last_one_and_is_judged_by_the_clock(both: World) -> None:
    accounts.set_roles(both.db, OPERADOR_2, [Role.OPERADOR_OPERACION, Role.PROCESO], ID[ADMIN], both.tick(DAY))
    set_at = both.now
    both.now -= 2 * DAY
    accounts.set_roles(both.db, OPERADOR_2, [Role.OPERADOR_OPERACION], ID[ADMIN], both.tick())
    absence = leave(both, OPERADOR_2, {Role.OPERADOR_OPERACION: OPERADORA})  # days of the clock, no past ones
    absences.end_absence(both.db, absence, ID[OPERADOR_2], both.tick())
    e = tables.people_events.c
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
        assert connection.scalars(select(tables.settings.c.at).order_by(tables.settings.c.id)).all() == [changed] * 2


def test_a_notice_is_sent_now_whatever_moment_its_event_has(both: World) -> None:
    """Or it would wait for the clock to come to where it was."""
    code = both.open()
    hand = Hand(both.now - 40 * DAY)
    with two_instances(both, hand) as (behind,):
        cases.comment(behind.db, ID[ALIANZAS], code, "@pablo", both.now)
    n = tables.notices.c
    with both.db.reading() as connection:
        told = connection.execute(select(n.created_at, n.next_try_at).order_by(n.id.desc()).limit(1)).one()
    assert both.record(code)[-1].at == both.now
    assert tuple(told) == (hand.now, hand.now)


def test_a_session_and_a_draft_are_of_the_moment_of_their_transaction(both: World) -> None:
    hand = Hand(both.now)
    with two_instances(both, hand) as (live,):
        asked_at = both.now - HOUR
        sessions.sign_in(live.db, PROCESO, PASSWORD, asked_at)
        form_drafts.keep(live.db, ID[PROCESO], "S-2026-0001/1", {"reason": "x"}, asked_at)
    with both.db.reading() as connection:
        begun = connection.scalars(select(tables.sessions.c.created_at)).one()
        kept = connection.scalars(select(tables.drafts.c.at)).one()
    assert both.now < begun < kept <= hand.now
