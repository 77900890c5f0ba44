"""What a page says would happen is what happens: for each choice on each work item, in every flow and rule."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from msgspec.structs import replace

from core.case.commands import Actor
from core.case.model import Case, Item
from core.process.terms import REVIEW_ROLES, REVIEWED_DOCUMENTS, Channel, Flow, Kind, Outcome, Role
from core.services import preview
from core.services.preview import Consequence
from core.store.settings import policy
from tests.support.drive_case import FAILS, World, dump
from tests.support.people import HOLDER, ID, MINUTE, VALIDATOR

RULES = {
    "b2b": (Flow.B2B, {}),
    "all": (Flow.ESTANDAR, {"mode": "all"}),
    "any": (Flow.ESTANDAR, {"mode": "any"}),
    "quorum": (Flow.ESTANDAR, {"mode": "quorum", "quorum": 3}),
}


def actor(item: Item) -> Actor:
    who = VALIDATOR.get(item.role, "") if item.work is Kind.VALIDATE else ""
    return Actor(ID[who or HOLDER[item.role]], frozenset({item.role}))


def look(w: World, code: str, item: Item, choice: str) -> Consequence:
    """What the page would say one minute from now, when the choice is made; looking writes nothing."""
    before = dump(w.db)
    with w.db.reading() as connection:
        current = policy(connection)
    would = preview.consequence(current, w.case(code), item, choice, actor(item), w.now + MINUTE)
    assert dump(w.db) == before
    return would


def without_version(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """How many entries the record has before it (ticks, answers) is no consequence of the choice."""
    return tuple(replace(item, version=0) for item in items)


def happened(before: Case, after: Case) -> Consequence:
    """The same, read from the case before and after."""
    opened = tuple(item for item in after.items if item.item > before.last_item)
    review = after.review if before.review and after.phase == before.phase else None
    return Consequence(
        after.phase,
        without_version(opened),
        after.outcome,
        review.panel.needed - len(review.approvals) if review else 0,
        tuple(item.role for item in after.items if item.work is Kind.REVIEW) if review else (),
    )


def chosen(w: World, code: str, item: Item, choice: str, act: Callable[[], Any]) -> Consequence:
    """Make a choice and hold what was foreseen against what happened."""
    would, before = look(w, code, item, choice), w.case(code)
    act()
    assert would._replace(opens=without_version(would.opens)) == happened(before, w.case(code))
    return would


def go_on(w: World, code: str) -> Consequence:
    """The next choice towards the close of the case, foreseen and made."""
    item = w.item(code)
    if item.work in (Kind.PRODUCE, Kind.CORRECT):
        w.attach(code)
    missing = w.case(code).missing(item, w.now + 2 * MINUTE)
    if missing:
        w.register(code, missing)
    choice = {Kind.VALIDATE: "yes", Kind.REVIEW: "approve", Kind.PRODUCE: "send", Kind.CORRECT: "send"}
    return chosen(w, code, w.item(code), choice.get(item.work, "close"), lambda: w.step(code))


def ruled(w: World, rule: str, channel: Channel = Channel.OPERACION) -> str:
    flow, setting = RULES[rule]
    if setting:
        w.setting("rules", dict.fromkeys(REVIEWED_DOCUMENTS, setting))
    return w.open(flow=flow, channel=channel)


@pytest.mark.parametrize(("rule", "channel"), list(zip(RULES, [*Channel, *Channel], strict=True)))
def test_every_choice_on_the_way_to_the_close_causes_what_was_foreseen(both: World, rule: str, channel: Channel):
    code = ruled(both, rule, channel)
    chain = []
    while both.case(code).outcome is None:
        chain.append(go_on(both, code))
    approvals = {"b2b": 1, "all": 4, "any": 1, "quorum": 3}[rule]
    assert len(chain) == 2 + 7 * (2 + approvals) + 3
    assert chain[-1] == Consequence(9, (), Outcome.CLOSED, 0, ())
    assert [would.phase for would in chain] == sorted(would.phase for would in chain)
    assert {len(would.opens) for would in chain[:-1]} == {"b2b": {1, 4}}.get(
        rule, {0, 1, 4} if approvals > 1 else {1, 4}
    )
    assert all(earlier.outcome is None for earlier, _ in pairwise(chain))


@pytest.mark.parametrize("phase", range(1, 10))
def test_a_no_is_foreseen_as_the_end_in_each_of_the_nine_phases_also_while_it_is_blocked(both: World, phase: int):
    code = ruled(both, "b2b")
    both.to(code, phase)
    would = chosen(both, code, both.item(code), "no", lambda: both.validate(code, "no"))
    assert would == Consequence(phase, (), Outcome.REJECTED, 0, ())


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("approved_before", [0, 1])
def test_a_return_is_foreseen_as_the_correction_of_the_next_cycle_and_the_review_after_it_begins_anew(
    both: World, rule: str, approved_before: int
):
    if approved_before and rule in ("b2b", "any"):
        approved_before = 0  # the first approval is the last
    code = ruled(both, rule)
    both.to(code, 4, Kind.REVIEW)
    for role in REVIEW_ROLES[:approved_before]:
        go_on(both, code)
        assert role not in [item.role for item in both.case(code).items]
    last = both.case(code).items[-1]
    would = chosen(both, code, last, "return", lambda: both.review(code, last.role, "return", answers=FAILS))
    assert [(i.work, i.role, i.cycle) for i in would.opens] == [(Kind.CORRECT, Role.OPERADOR_OPERACION, 2)]
    again = go_on(both, code)
    assert {(item.work, item.cycle) for item in again.opens} == {(Kind.REVIEW, 2)}
    assert len(again.opens) == (1 if rule == "b2b" else 4)
    would = go_on(both, code)
    assert would.still_needed == {"b2b": 0, "all": 3, "any": 0, "quorum": 2}[rule]
    assert would.waiting_for == (REVIEW_ROLES[1:] if would.still_needed else ())


def test_after_a_hand_over_the_next_task_is_foreseen_in_the_other_lane(both: World):
    code = both.open(flow=Flow.B2B)
    both.hand_over(code)
    would = go_on(both, code)
    assert [(item.work, item.role) for item in would.opens] == [(Kind.PRODUCE, Role.MESA_DE_AYUDA)]


def test_each_kind_of_work_has_its_choices(world: World):
    kinds = {Kind.VALIDATE: ("yes", "no"), Kind.REVIEW: ("approve", "return"), Kind.PRODUCE: ("send",)}
    kinds |= {Kind.CORRECT: ("send",), Kind.CLOSE: ("close",), Kind.SIGN_OFF: ("close",)}
    item = world.item(world.open())
    assert {kind: preview.choices(replace(item, work=kind)) for kind in Kind} == kinds
