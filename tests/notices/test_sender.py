"""The outbox: sent as each person chose, at most once, tried again later, and given up for the administrator to see."""

from zoneinfo import ZoneInfo

import pytest

from core.notices import dead_letters, feed, sender
from core.notices.sender import RETRIES, Message, RunResult
from core.process.terms import Role
from core.store.outbox import DeliveryFailure
from tests.support.drive_case import World
from tests.support.mailbox import FakeTransport, choose, mention, row, run
from tests.support.people import COMERCIAL, DAY, HOUR, ID, MINUTE, OPERADOR_2, PROCESO, START

pytestmark = pytest.mark.sql


@pytest.fixture
def transport() -> FakeTransport:
    return FakeTransport()


# --- as people chose ---
def test_a_notice_goes_at_once_and_once(both: World, transport: FakeTransport):
    choose(both, COMERCIAL, "carla@casa.example")
    code = both.open()
    number = mention(both, code)
    assert run(both, transport).sent == 1
    assert transport.taken() == [("carla@casa.example", f"None one mentioned:{code}")]
    assert row(both.db, number) == (None, 1, both.now, None)
    assert run(both, transport, both.now + DAY).sent == 0
    assert transport.taken() == []


def test_who_has_no_address_or_wants_the_app_alone_is_sent_nothing(both: World, transport: FakeTransport):
    choose(both, PROCESO, "pablo@casa.example", mentioned="app")
    code = both.open()
    numbers = [mention(both, code, login) for login in ("carla", "pablo")]
    assert run(both, transport).sent == 0
    assert [row(both.db, number) for number in numbers] == [(None, 0, None, None)] * 2
    with both.db.reading() as connection:
        assert [feed.unread(connection, ID[who], 9) for who in (COMERCIAL, PROCESO)] == [1, 1]


def test_what_was_read_in_the_app_is_not_sent_any_more(both: World, transport: FakeTransport):
    choose(both, COMERCIAL, "carla@casa.example")
    code = both.open()
    mention(both, code)
    feed.read_case(both.db, ID[COMERCIAL], code, both.now)
    assert (run(both, transport).sent, transport.asked) == (0, 0)


def test_a_digest_comes_once_a_day_with_everything_since_the_one_before(both: World, transport: FakeTransport):
    choose(both, OPERADOR_2, "oscar@casa.example", work="digest", due_soon="app", overdue="app")
    codes = [both.open(key) for key in "ab"]
    evening, morning = START + 12 * HOUR, START + 23 * HOUR  # 20:00, and 07:00 of the next day
    for moment in (both.now, evening, morning - 1):
        assert run(both, transport, moment).sent == 0
    assert run(both, transport, morning).sent == 1
    assert transport.taken() == [("oscar@casa.example", f"None digest work:{codes[0]} work:{codes[1]}")]
    both.now = morning
    codes.append(both.open("c"))
    assert [run(both, transport, morning + hours * HOUR).sent for hours in (1, 12, 23, 24)] == [0, 0, 0, 1]
    assert transport.taken() == [("oscar@casa.example", f"None digest work:{codes[2]}")]


def test_the_digest_s_hour_is_that_of_the_house():
    bogota, madrid = ZoneInfo("America/Bogota"), ZoneInfo("Europe/Madrid")
    assert sender.digest_before(START, bogota) == (START - HOUR, START + 23 * HOUR)
    assert sender.digest_before(START - HOUR, bogota) == (START - HOUR, START + 23 * HOUR)
    assert sender.digest_before(START - HOUR - 1, bogota) == (START - 25 * HOUR, START - HOUR)
    assert sender.digest_before(START, madrid) == (START - 7 * HOUR, START + 17 * HOUR)


def test_a_choice_holds_for_what_waits_already(both: World, transport: FakeTransport):
    choose(both, OPERADOR_2, "oscar@casa.example", work="digest")
    both.open()
    run(both, transport)
    choose(both, OPERADOR_2, "oscar@casa.example", work="app")
    assert run(both, transport, START + 23 * HOUR).sent == 0


def test_an_old_notice_is_not_sent_when_sending_begins(both: World, transport: FakeTransport):
    choose(both, COMERCIAL, "carla@casa.example")
    number = mention(both, both.open())
    assert run(both, transport, both.now + sender.STALE + 1).sent == 0
    assert row(both.db, number)[:2] == (None, 0)


def test_without_a_mail_server_mail_waits_and_chat_goes(both: World, transport: FakeTransport):
    choose(both, COMERCIAL, "carla@casa.example")
    choose(both, PROCESO, "discord://123/abc")
    code = both.open()
    mention(both, code, "carla @pablo")
    transport.mail = False
    assert run(both, transport).sent == 1
    assert [address for address, _ in transport.taken()] == ["discord://123/abc"]
    transport.mail = True
    assert run(both, transport, both.now + HOUR).sent == 1
    assert [address for address, _ in transport.taken()] == ["carla@casa.example"]


# --- what goes wrong ---
def test_what_is_not_taken_is_tried_again_later_each_time_and_given_up_in_the_end(
    both: World, transport: FakeTransport
):
    choose(both, COMERCIAL, "carla@casa.example")
    number = mention(both, both.open())
    transport.down = True
    now = both.now
    for attempt, minutes in enumerate(RETRIES, start=1):
        assert run(both, transport, now).again == 1
        assert row(both.db, number) == (now + minutes * MINUTE, attempt, None, None)
        assert run(both, transport, now + minutes * MINUTE - 1).again == 0
        now += minutes * MINUTE
    assert run(both, transport, now) == RunResult(reminded=0, dead=1)
    assert row(both.db, number) == (None, len(RETRIES) + 1, None, now)
    assert run(both, transport, now + HOUR).dead == 0
    assert transport.asked == len(RETRIES) + 1


def test_what_arrives_at_a_later_attempt_is_sent(both: World, transport: FakeTransport):
    choose(both, COMERCIAL, "carla@casa.example")
    number = mention(both, both.open())
    transport.down = True
    run(both, transport)
    transport.down = False
    assert run(both, transport, both.now + MINUTE).sent == 1
    assert row(both.db, number) == (None, 2, both.now + MINUTE, None)


def test_a_way_that_is_down_is_left_alone_until_the_next_run(both: World, transport: FakeTransport):
    choose(both, COMERCIAL, "carla@casa.example")
    choose(both, PROCESO, "discord://123/abc")
    code = both.open()
    for _ in range(5):
        mention(both, code)
    mention(both, code, "pablo")
    transport.down = True
    assert (run(both, transport).again, transport.asked) == (sender.FAILURES + 1, sender.FAILURES + 1)


def test_a_run_that_dies_sends_nothing_twice_and_leaves_a_dead_letter(both: World, transport: FakeTransport):
    choose(both, COMERCIAL, "carla@casa.example")
    number = mention(both, both.open())
    transport.dies = True
    with pytest.raises(KeyboardInterrupt):
        run(both, transport)
    transport.dies = False
    assert run(both, transport, both.now + sender.PATIENCE - 1) == RunResult()
    later = both.now + sender.PATIENCE
    assert run(both, transport, later).dead == 1
    assert (row(both.db, number), transport.sent) == ((None, 1, None, later), [])
    with both.db.reading() as connection:
        [letter] = dead_letters.dead(connection)
    assert (letter.person, letter.failure, letter.notice.id) == ("Carla", DeliveryFailure("interrupted"), number)


def test_two_runs_at_once_send_a_notice_once(both: World, transport: FakeTransport):
    choose(both, COMERCIAL, "carla@casa.example")
    mention(both, both.open())

    class During(FakeTransport):
        def send(self, address: str, letter: Message) -> str:
            assert run(both, transport).sent == 0  # the other run, while this one carries
            return super().send(address, letter)

    assert run(both, During()).sent == 1
    assert transport.asked == 0


def test_a_decision_goes_on_while_nothing_can_be_delivered(both: World, transport: FakeTransport):
    choose(both, OPERADOR_2, "oscar@casa.example", work="at_once")
    transport.down = True
    code = both.open()
    run(both, transport)
    both.validate(code, who=OPERADOR_2)
    assert both.item(code).role is Role.OPERADOR_OPERACION
