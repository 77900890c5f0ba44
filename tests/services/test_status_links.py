"""Status links: what they say, when they lead nowhere, and that nothing of the inside is in what they say."""

import hashlib

import msgspec
import pytest
from sqlalchemy import select

from core.case.events import LinkMade, LinkWithdrawn
from core.errors import Ended
from core.process.terms import CHANNEL_ROLE, REVIEW_ROLES, Channel, Environment, Flow, Kind, Outcome, Role
from core.services import status_links
from core.store import tables
from core.store.replay import differences
from tests.support.drive_case import FAILS, World, dump
from tests.support.people import ALIANZAS, DAY, ID, MINUTE, PROCESO


def rows(w: World) -> list[tuple]:
    return dump(w.db)["status_links"]


def test_a_link_is_kept_as_a_hash_and_stands_on_the_record(both: World):
    code = both.open()
    token = both.link(code, ALIANZAS, days=7)
    digest = hashlib.sha256(token.encode()).hexdigest()
    until = both.now + 7 * DAY
    assert len(token) == 43
    assert rows(both) == [(1, 1, digest, both.now, ID[ALIANZAS], until, None, None, None)]
    assert both.bodies(code, LinkMade) == [LinkMade(1, digest, until)]
    assert not [row for table in dump(both.db).values() for row in table if token in map(str, row)]
    both.withdraw(code, 1, PROCESO)
    assert rows(both) == [(1, 1, digest, both.now - MINUTE, ID[ALIANZAS], until, both.now, ID[PROCESO], None)]
    assert both.bodies(code, LinkWithdrawn) == [LinkWithdrawn(1)]
    assert list(differences(both.db)) == []


def test_a_link_changes_nothing_that_is_decided(both: World):
    code = both.open()
    item = both.item(code)
    both.link(code)
    both.withdraw(code)
    assert both.item(code) == item
    assert both.validate(code).phase == 1


def test_the_status_says_phase_role_and_since_when(both: World):
    code = both.open(channel=Channel.MESA_DE_AYUDA)
    token = both.link(code)
    at = both.now - MINUTE
    assert status_links.status(both.db, token, both.tick()) == status_links.Status(
        code=code,
        phase=1,
        entered_at=at,
        roles=(Role.MESA_DE_AYUDA,),
        since=at,
        needed=None,
        later=(Environment.TEST, Environment.PRODUCTION),
        outcome=None,
        ended_at=None,
        expires_at=at + MINUTE + 30 * DAY,
        time_zone="America/Bogota",
    )


def test_the_roles_that_review_are_those_that_have_not_decided(world: World):
    code = world.open()
    token = world.link(code)
    world.to(code, 2, Kind.REVIEW)
    sent = world.now
    world.review(code, Role.GERENTE_COMERCIAL)
    found = status_links.status(world.db, token, world.tick())
    assert found.roles == tuple(role for role in REVIEW_ROLES if role is not Role.GERENTE_COMERCIAL)
    assert found.since == sent


@pytest.mark.parametrize(
    ("phase", "needed", "later"),
    [
        (5, None, (Environment.TEST, Environment.PRODUCTION)),
        (6, Environment.TEST, (Environment.PRODUCTION,)),
        (7, Environment.PRODUCTION, ()),
    ],
)
def test_the_environment_that_is_missing_is_asked_for(both: World, phase: int, needed, later):
    code = both.open(flow=Flow.B2B)
    token = both.link(code)
    both.to(code, phase)
    found = status_links.status(both.db, token, both.tick())
    assert (found.needed, found.later) == (needed, later)


def test_what_is_there_is_not_asked_for_and_what_has_expired_is_again(world: World):
    code = world.open(flow=Flow.B2B)
    token = world.link(code, days=90)
    world.register(code, Environment.TEST, expires_at=world.now + 2 * DAY)
    assert status_links.status(world.db, token, world.tick()).later == (Environment.PRODUCTION,)
    world.to(code, 6)
    assert status_links.status(world.db, token, world.tick()).needed is None
    assert status_links.status(world.db, token, world.tick(3 * DAY)).needed is Environment.TEST


@pytest.mark.parametrize(("verdict", "outcome"), [("no", Outcome.REJECTED), ("yes", Outcome.CLOSED)])
def test_a_link_says_how_a_case_ended_and_can_still_be_withdrawn(both: World, verdict: str, outcome: Outcome):
    code = both.open(flow=Flow.B2B)
    token = both.link(code)
    case = both.validate(code, "no") if verdict == "no" else both.to_end(code)
    found = status_links.status(both.db, token, both.tick())
    assert (found.outcome, found.ended_at, found.roles, found.needed, found.later) == (
        outcome,
        case.ended_at,
        (),
        None,
        (),
    )
    both.withdraw(code)
    assert status_links.status(both.db, token, both.tick()) is None
    assert list(differences(both.db)) == []


def test_whoever_comes_too_late_still_learns_who_ended_the_case_when_a_link_was_withdrawn_since(both: World):
    code = both.open()
    both.link(code)
    both.validate(code, "no", "oscar")
    both.withdraw(code)
    with pytest.raises(Ended) as refused:
        both.link(code)
    assert refused.value.params["person"] == "Oscar"


def test_no_link_leads_anywhere_once_it_expired_or_was_withdrawn_or_when_it_was_never_made(both: World):
    code, other = both.open("a"), both.open("b")
    gone, kept = both.link(code, days=1), both.link(code)
    foreign = both.link(other)
    both.withdraw(other)
    for token in ("", "x", foreign, kept[:-1], kept.upper(), "\x00", "' OR 1=1 --", "á" * 5000):
        assert status_links.status(both.db, token, both.tick()) is None
    assert status_links.status(both.db, gone, both.now) is not None
    last = both.now + DAY
    assert status_links.status(both.db, gone, last) is None
    assert status_links.status(both.db, kept, last).code == code


def test_a_link_expires_at_its_very_moment(world: World):
    token = world.link(world.open(), days=1)
    assert status_links.status(world.db, token, world.now + DAY - 1) is not None
    assert status_links.status(world.db, token, world.now + DAY) is None


def test_a_look_is_noted_once_a_minute_and_replays(both: World):
    code = both.open()
    token = both.link(code)
    first = both.tick()
    status_links.status(both.db, token, first)
    status_links.status(both.db, token, first + MINUTE - 1)
    assert rows(both)[0][-1] == first
    status_links.status(both.db, token, first + MINUTE)
    assert rows(both)[0][-1] == first + MINUTE
    assert list(differences(both.db)) == []


def test_the_links_of_a_case_are_listed_the_newest_first(world: World):
    code = world.open()
    world.link(code, ALIANZAS)
    world.link(code, days=7)
    world.withdraw(code, 1)
    with world.db.reading() as connection:
        case_id = connection.scalars(select(tables.cases.c.id)).one()
        found = status_links.of_case(connection, case_id)
    assert [(link.link, link.made_by, link.withdrawn_at is None) for link in found] == [
        (2, "Pablo", True),
        (1, "Alba", False),
    ]


def test_the_status_holds_no_person_document_reason_or_finding(world: World):
    code = world.open(flow=Flow.B2B, service="Servicio secreto", client_name="Cliente secreto")
    token = world.link(code)
    world.to(code, 2, Kind.REVIEW)
    world.review(code, verdict="return", answers=FAILS, reason="motivo secreto")
    said = msgspec.json.encode(status_links.status(world.db, token, world.tick())).decode()
    inside = ("secret", "Carla", "Olga", "Rosa", "documento.pdf", "muy alto", "Precio", "10.000")
    assert [word for word in inside if word in said] == []
    assert CHANNEL_ROLE[Channel.OPERACION].value in said
