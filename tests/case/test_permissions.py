"""Who may act on a work item, as a page asks it, is what the service answers to each member of the cast."""

from collections.abc import Iterator

import pytest

from core.case import permissions
from core.case.commands import Actor, Attach, Close, Command, Review, Send, Validate
from core.case.model import Case, Item
from core.errors import Ended, NotAllowed, Refused
from core.process.definition import checklist
from core.process.terms import Channel, Document, Flow, Kind
from core.services.execute import rehearse
from core.store.settings import policy
from tests.support.drive_case import FAILS, MEETS, World, dump
from tests.support.people import EVERYTHING, FORMER, ID, MINUTE, OPERADORA, ROLES

ACTIVE = [login for login in ROLES if login != FORMER]


def complete(case: Case, item: Item) -> Iterator[Command]:
    """The commands that the work item takes, with all that they ask for."""
    asked = checklist(item.work, item.phase, item.role, international=case.international)
    done = frozenset(placed.position for placed in asked)
    match item.work:
        case Kind.VALIDATE:
            yield Validate(item.item, item.version, "no", "motivo")
        case Kind.PRODUCE | Kind.CORRECT:
            yield Attach(item.item, item.version, "0" * 64, "x.pdf", "application/pdf", 1)
            yield Send(item.item, item.version, done, {finding.number: "listo" for finding in case.findings})
        case Kind.REVIEW:
            yield Review(item.item, item.version, "approve", MEETS)
            yield Review(item.item, item.version, "return", MEETS, "motivo")
        case _:
            yield Close(item.item, item.version)


def answer(error: Refused | None) -> tuple[type, str, dict] | None:
    return error and (type(error), error.code, error.params)


def asked_of_the_service(w: World, who: str, code: str, command: Command, at: int) -> Refused | None:
    try:
        rehearse(w.db, ID[who], code, command, at)
    except Refused as refused:
        return refused
    return None


def stage(w: World, work: Kind, flow: Flow, channel: Channel) -> str:
    """A case where that work is open and everything but the right person is there."""
    code = w.open(flow=flow, channel=channel)
    w.to(code, {Kind.CLOSE: 9, Kind.SIGN_OFF: 9}.get(work, 3), Kind.REVIEW if work is Kind.CORRECT else work)
    if work is Kind.CORRECT:
        w.review(code, verdict="return", answers=FAILS)
    if work in (Kind.PRODUCE, Kind.CORRECT):
        w.attach(code)
    return code


@pytest.mark.parametrize("strict", [False, True], ids=["", "four eyes on validation"])
@pytest.mark.parametrize(("flow", "channel"), [(Flow.ESTANDAR, Channel.OPERACION), (Flow.B2B, Channel.MESA_DE_AYUDA)])
@pytest.mark.parametrize("work", Kind)
def test_a_page_shows_the_buttons_to_exactly_those_whom_the_service_lets_act(
    both: World, work: Kind, flow: Flow, channel: Channel, strict: bool
):
    both.setting("four_eyes_on_validation", strict)
    code = stage(both, work, flow, channel)
    case, at = both.case(code), both.now + MINUTE
    with both.db.reading() as connection:
        current = policy(connection)
    before = dump(both.db)
    able = set()
    for item in case.items:
        for who in ACTIVE:
            why_not = permissions.why_not(current, case, item, Actor(ID[who], frozenset(ROLES[who])), at)
            for command in complete(case, item):
                assert answer(asked_of_the_service(both, who, code, command, at)) == answer(why_not)
            if why_not is None:
                able.add((item.role, who))
    assert dump(both.db) == before
    sender = {OPERADORA, "marta"} if strict and work is Kind.VALIDATE else set()
    holders = {(item.role, who) for item in case.items for who in ACTIVE if item.role in ROLES[who]}
    assert able == {(role, who) for role, who in holders if who not in sender}


def test_whoever_sent_a_version_may_give_no_verdict_on_it_in_any_role(both: World):
    code = both.open(flow=Flow.ESTANDAR)
    both.to(code, 2, Kind.PRODUCE)
    both.attach(code)
    case = both.send(code, EVERYTHING)
    with both.db.reading() as connection:
        current = policy(connection)
    actor = Actor(ID[EVERYTHING], frozenset(ROLES[EVERYTHING]))
    expected = (NotAllowed, "four_eyes", {"document": Document.PROPUESTA, "version": 1})
    assert len(case.items) == 4
    for item in case.items:
        assert answer(permissions.why_not(current, case, item, actor, both.now)) == expected
        for command in complete(case, item):
            assert answer(asked_of_the_service(both, EVERYTHING, code, command, both.now)) == expected


def test_nobody_may_act_on_a_case_that_has_ended(both: World):
    code = both.open()
    item = both.item(code)
    ended = both.validate(code, "no")
    with both.db.reading() as connection:
        current = policy(connection)
    for who in ACTIVE:
        why_not = permissions.why_not(current, ended, item, Actor(ID[who], frozenset(ROLES[who])), both.now)
        assert type(why_not) is Ended
        assert asked_of_the_service(both, who, code, Validate(item.item, item.version, "yes"), both.now) is not None
