"""What an attempt of the outbox comes to, and how a failure is kept and read again."""

from collections.abc import Mapping

import pytest
from sqlalchemy import bindparam, select

from core.integrations import outbound_calls
from core.integrations.outbound_calls import FailedCall
from core.notices import sender
from core.store import tables
from core.store.outbox import Attempt, AttemptResult, DeliveryFailure, Key, Outbox, decode, deliver, encode
from tests.support.drive_case import World
from tests.support.mailbox import mention

_keep = tables.system_calls.update().values(trouble=bindparam("why"))


@pytest.mark.parametrize(
    ("table", "number", "code", "result"),
    [
        (sender.OUTBOX, 1, None, "sent"),
        (sender.OUTBOX, 5, "not_taken", "again"),
        (sender.OUTBOX, 6, "not_taken", "dead"),
        (sender.OUTBOX, 1, "address_private", "again"),
        (outbound_calls.OUTBOX, 6, None, "sent"),
        (outbound_calls.OUTBOX, 5, "unavailable", "again"),
        (outbound_calls.OUTBOX, 6, "unavailable", "dead"),
        (outbound_calls.OUTBOX, 1, "refused", "dead"),
        (outbound_calls.OUTBOX, 1, "no_endpoint", "dead"),
        (outbound_calls.OUTBOX, 1, "target_private", "again"),
    ],
)
def test_a_failure_is_tried_again_unless_it_was_the_last_attempt_or_is_final(
    table: Outbox, number: int, code: str | None, result: str
):
    failure = DeliveryFailure(code) if code else None
    assert table.result(number, failure) is AttemptResult(result)


@pytest.mark.parametrize(
    ("stored", "failure"),
    [
        (None, None),
        ("", None),
        ("not_taken", DeliveryFailure("not_taken")),
        ('refused {"status": 422}', DeliveryFailure("refused", {"status": 422})),
        ('no_answer {"error": "«así» {no}"}', DeliveryFailure("no_answer", {"error": "«así» {no}"})),
    ],
)
def test_a_failure_is_kept_as_a_code_with_its_parameters(stored: str | None, failure: DeliveryFailure | None):
    assert decode(stored) == failure
    assert encode(failure) == (stored or None)


@pytest.mark.parametrize(
    ("stored", "failure"),
    [
        ("it has no endpoint any more", DeliveryFailure("no_endpoint")),
        ("HTTP 422", DeliveryFailure("refused", {"status": 422})),
        ("HTTP 503", DeliveryFailure("unavailable", {"status": 503})),
        ("timeout: timed out", DeliveryFailure("as_recorded", {"text": "timeout: timed out"})),
        (
            "NotAllowedTarget: 10.0.0.1 is not an address of the public network",
            DeliveryFailure(
                "as_recorded", {"text": "NotAllowedTarget: 10.0.0.1 is not an address of the public network"}
            ),
        ),
    ],
)
def test_a_sentence_that_an_earlier_version_kept_is_still_read(world: World, stored: str, failure: DeliveryFailure):
    world.setting("endpoints", {"booking": {"url": "https://booking.example/"}})
    code = world.open()
    world.settle(code, outcome="failed")
    with world.db.writing() as tx:
        tx.run(_keep, {"why": stored})
    with world.db.reading() as connection:
        assert outbound_calls.failed(connection) == [FailedCall(code, 1, "Cliente k1", "booking", failure, world.now)]


@pytest.fixture
def row(both: World) -> Key:
    """The key of a call that is due."""
    both.setting("endpoints", {"booking": {"url": "https://booking.example/"}})
    both.open()
    return (1, 1)


def test_a_call_that_is_claimed_may_be_claimed_again_when_its_lease_ends(both: World, row: Key):
    with both.db.writing() as tx:
        claims = [
            outbound_calls.OUTBOX.claim(tx, row, both.now + later)
            for later in (0, 0, outbound_calls.LEASE - 1, outbound_calls.LEASE)
        ]
    assert claims == [1, 0, 0, 2]


def test_a_notice_that_is_claimed_is_never_claimed_again(both: World):
    number = mention(both, both.open())
    with both.db.writing() as tx:
        claims = [sender.OUTBOX.claim(tx, (number,), both.now + later) for later in (0, 0, sender.PATIENCE)]
        buried = [
            sender.OUTBOX.give_up_abandoned(tx, DeliveryFailure("interrupted"), both.now + later)
            for later in (sender.PATIENCE - 1, sender.PATIENCE, sender.PATIENCE)
        ]
    assert (claims, buried) == ([1, 0, 0], [0, 1, 0])


def test_what_is_delivered_in_the_end_keeps_no_failure(both: World, row: Key):
    failures = [DeliveryFailure("unavailable", {"status": 503}), None]
    kept = []
    for number, failure in enumerate(failures, start=1):
        with both.db.writing() as tx:
            outbound_calls.OUTBOX.settle(tx, row, number, failure, both.now)
        with both.db.reading() as connection:
            kept.append(decode(connection.scalar(select(tables.system_calls.c.trouble))))
    assert kept == failures


def test_only_what_this_run_has_claimed_is_sent(both: World, row: Key):
    sent: list[Mapping[Key, int]] = []

    def send(claims: Mapping[Key, int]) -> DeliveryFailure | None:
        sent.append(claims)
        assert deliver(both.db, outbound_calls.OUTBOX, [row], send, lambda: both.now) == []  # another run, meanwhile
        return DeliveryFailure("unavailable", {"status": 503})

    attempts = deliver(both.db, outbound_calls.OUTBOX, [row, (1, 9)], send, lambda: both.now)
    failure = DeliveryFailure("unavailable", {"status": 503})
    assert attempts == [Attempt(row, 1, AttemptResult.AGAIN, failure)]
    assert sent == [{row: 1}]
