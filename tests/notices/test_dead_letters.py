"""Dead letters, which the administrator alone deals with; and how each person chooses to be told."""

import pytest

from core.errors import Invalid, NotAllowed
from core.notices import dead_letters, feed, preferences
from core.notices.kinds import Notice
from core.notices.preferences import Delivery
from core.notices.sender import RETRIES
from tests.support.drive_case import World
from tests.support.mailbox import FakeTransport, choose, mention, row, run
from tests.support.people import ADMIN, COMERCIAL, DAY, ID, MINUTE, PROCESO


@pytest.fixture
def transport() -> FakeTransport:
    return FakeTransport()


def dead_letter(w: World, transport: FakeTransport) -> int:
    choose(w, COMERCIAL, "carla@casa.example")
    number = mention(w, w.open())
    transport.down = True
    for minutes in (0, *RETRIES):
        run(w, transport, w.tick(minutes * MINUTE))
    transport.down = False
    return number


def test_the_administrator_has_a_dead_letter_tried_again(both: World, transport: FakeTransport):
    number = dead_letter(both, transport)
    dead_letters.revive(both.db, ID[ADMIN], number, both.now)
    assert row(both.db, number) == (both.now, 0, None, None)
    assert run(both, transport).sent == 1


def test_the_administrator_dismisses_a_dead_letter_which_stays_in_the_app(both: World, transport: FakeTransport):
    number = dead_letter(both, transport)
    dead_letters.dismiss(both.db, ID[ADMIN], number)
    with both.db.reading() as connection:
        assert dead_letters.dead(connection) == []
        assert number in {notice.id for notice in feed.listed(connection, ID[COMERCIAL])}
    assert (run(both, transport, both.now + DAY).sent, row(both.db, number)[0]) == (0, None)


def test_nobody_else_has_dead_letters_tried_again_or_dismisses_them(both: World, transport: FakeTransport):
    number = dead_letter(both, transport)
    before = row(both.db, number)
    for act in (
        lambda: dead_letters.revive(both.db, ID[PROCESO], number, both.now),
        lambda: dead_letters.dismiss(both.db, ID[PROCESO], number),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert row(both.db, number) == before


# --- choices ---
def test_a_choice_with_a_wrong_address_is_refused_and_the_one_before_stays(both: World):
    choose(both, COMERCIAL, "carla@casa.example", work="app")
    with pytest.raises(Invalid) as refused:
        choose(both, COMERCIAL, "json://10.0.0.1/")
    assert {field: problem.code for field, problem in refused.value.problems.items()} == {"address": "address_scheme"}
    with both.db.reading() as connection:
        kept = preferences.read(connection, ID[COMERCIAL])
    assert (kept.address, kept.deliveries[Notice.WORK]) == ("carla@casa.example", Delivery.APP)


def test_what_was_never_chosen_is_as_for_everybody(both: World):
    with both.db.reading() as connection:
        kept = preferences.read(connection, ID[COMERCIAL])
    assert (dict(kept.deliveries), kept.target) == (dict(preferences.DEFAULTS), "")
    assert set(preferences.DEFAULTS) == set(Notice)


def test_somebody_who_has_left_chooses_nothing(both: World):
    with pytest.raises(NotAllowed):
        choose(both, "fabio", "fabio@casa.example")
