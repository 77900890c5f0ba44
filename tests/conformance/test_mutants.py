"""Every kind of entry left out, doubled, put elsewhere or changed is found, but for what is a record as well."""

import shutil
from collections.abc import Iterator
from enum import Enum
from itertools import chain, groupby
from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec.structs import fields, replace
from sqlalchemy import select

from core.case import events as happened
from core.case.events import AnyBody, Event, PanelTaken
from core.conformance.deviations import deviations
from core.integrations import outbound_calls
from core.process.terms import SYSTEMS, Channel, Environment, Flow, Kind, Role
from core.services import cases
from core.store import tables
from core.store.database import Database
from tests.support.drive_case import FAILS, World
from tests.support.people import ADMIN, ALIANZAS, COMERCIAL, COMERCIAL_2, DAY, ID, OPERADOR_2, OPERADORA, PROCESO

Record = list[Event]
PLACES = 8  # of each kind of entry, over all records
CODES = {  # of the fields that are codes and no free text
    **dict.fromkeys(("verdict", "result", "choice"), ("yes", "no", "approve", "return", "send", "close", "")),
    "status": ("done", "ordered", "not_applicable"),
    "why": ("", "national", "b2b", "by_hand", "by_system", "returned", "taken_back"),
    "outcome": ("answered", "failed"),
}
KINDS = get_args(AnyBody)

# --- what may be changed into another record that people could have left as well ---
OF_THEIR_OWN = {  # entries that are a whole act: anybody of the role may do it, at any time, or not at all
    happened.Commented: "nobody has to say anything",
    happened.CommentEdited: "nobody has to mend a comment",
    happened.ItemTaken: "work is decided without being taken, too",
    happened.ItemGivenBack: "who gives it back, for whom, does not matter, nor whether work that waits was ever held",
    happened.ItemAssigned: "work that is not decided yet may be anybody's",
    happened.EnvironmentRegistered: "an environment is registered early, or again",
    happened.DocumentAttached: "a version is replaced by the next one, and whoever of the role attaches it",
    happened.ChannelHanded: "until work opens, the channel shows in nothing",
    happened.LinkMade: "nobody has to make a link",
    happened.LinkWithdrawn: "a link expires by itself",
    happened.CallAsked: "a system without an endpoint is not asked",
    happened.CallSettled: "an answer that nobody used yet may be still to come",
    happened.CallAskedAgain: "what has failed is done by hand, too",
}
NO_RULE: dict[type, tuple[str, ...]] = {  # what the process leaves open
    happened.CaseOpened: ("client",),
    happened.ItemOpened: ("due_at", "soon_at"),  # the deadlines of that day, of new work
    happened.ItemDueMoved: ("due_at", "soon_at"),
    happened.DraftPrepared: ("template",),
    happened.DocumentAttached: ("sha256", "name", "media_type", "size"),
    happened.EnvironmentRegistered: ("environment", "expires_at"),  # of another that nothing needs yet, or for longer
    happened.ItemAssigned: ("to",),
    happened.ItemGivenBack: ("why",),
    happened.LinkMade: ("expires_at", "token_hash"),
    happened.CallSettled: ("status", "reference", "outcome"),  # until the work goes on
}


def whole_act(record: Record, place: int) -> bool:
    """Whether nothing follows from an entry, and it does not itself follow from a decision."""
    event, kind = record[place], type(record[place].body)
    after = record[place + 1] if place + 1 < len(record) and record[place + 1].at == event.at else None
    leads = kind is happened.DocumentAttached and after and isinstance(after.body, happened.Performed)
    moves = kind is happened.EnvironmentRegistered and after and isinstance(after.body, happened.ItemDueMoved)
    given_again = kind is happened.ItemAssigned and event.person is None
    return kind in OF_THEIR_OWN and not (leads or moves or given_again)


def may_be(record: Record, place: int, how: str) -> bool:
    """Whether the mutant may be a record that follows the process as well."""
    event, kind = record[place], type(record[place].body)
    own = whole_act(record, place)
    match how:
        case "dropped":  # or a tick: a No is said before the list of phase 1 is done, too
            return own or (kind is happened.Performed and event.phase == 1 and rejected_at(record, event.at))
        case "doubled":
            return own and kind in (happened.Commented, happened.CommentEdited, happened.EnvironmentRegistered)
        case "swapped":
            return own and whole_act(record, place + 1)
        case "person":  # what follows from a registration has no person
            return own or kind is happened.EnvironmentRegistered
        case "for_person":  # whoever takes a decision back may stand in for somebody
            return own or kind in (happened.EnvironmentRegistered, happened.DecisionTakenBack)
        case _:
            return how in NO_RULE.get(kind, ())


def rejected_at(record: Record, at: int) -> bool:
    return any(e.at == at and isinstance(e.body, happened.CaseEnded) for e in record)


# --- records ---
def eventful(world: World) -> str:
    """A case in which everything happens that can: calls, links, comments, hands, waits, returns, decisions undone."""
    w = world
    w.setting("endpoints", {name: {"url": f"https://{name}.example/"} for name in SYSTEMS})
    w.setting("rules", {"propuesta_comercial": {"mode": "quorum", "quorum": 2}})
    code = w.open(flow=Flow.ESTANDAR, international=True)
    w.settle(code)
    cases.comment(w.db, ID[ALIANZAS], code, "visto", w.tick())
    cases.edit_comment(w.db, ID[ALIANZAS], code, w.case(code).version, "visto bien", w.tick())
    undone(w, code, lambda: w.validate(code, who=OPERADORA), OPERADORA)
    w.validate(code)
    first, second = (call.call for call in w.case(code).calls)
    w.settle(code, first, "failed")
    outbound_calls.ask_again(w.db, ID[ADMIN], code, first, w.tick())
    w.settle(code, first, "failed")
    w.settle(code, second)
    w.link(code)
    w.withdraw(code)
    w.link(code)
    w.to(code, 2)
    w.hand_over(code)
    w.hand_over(code, Channel.OPERACION)
    hands(w, code)
    w.to(code, 2, Kind.PRODUCE)
    w.attach(code)
    w.attach(code, OPERADOR_2)
    undone(w, code, lambda: w.send(code, OPERADOR_2), OPERADOR_2)
    w.send(code)
    w.review(code, Role.PROCESO, "return", answers=FAILS)
    w.to(code, 2, Kind.REVIEW)
    item = w.item(code, Role.PROCESO).item
    cases.take(w.db, ID[PROCESO], code, item, w.tick())
    undone(w, code, lambda: w.review(code, Role.PROCESO), PROCESO, Role.PROCESO)
    w.review(code, Role.GERENTE_ALIANZAS)
    undone(w, code, lambda: w.review(code), COMERCIAL, Role.GERENTE_COMERCIAL)
    w.to(code, 6)
    w.register(code, Environment.TEST, expires_at=w.now + DAY)
    w.tick(2 * DAY)
    w.register(code, Environment.TEST)
    w.to_end(code)
    return code


def undone(w: World, code: str, decide: Any, who: str, role: Role | None = None) -> None:
    item = w.item(code, role).item
    decide()
    cases.take_back(w.db, ID[who], code, item, "era otro", w.tick())


def hands(w: World, code: str) -> None:
    item = w.item(code).item
    cases.take(w.db, ID[OPERADORA], code, item, w.tick())
    cases.give_back(w.db, ID[OPERADORA], code, item, w.tick())
    cases.assign(w.db, ID[PROCESO], code, item, ID[OPERADOR_2], w.tick())


def records(db: Database) -> list[Record]:
    e = tables.events.c
    columns = (e.case_id, e.seq, e.at, e.phase, e.person_id, e.for_person_id, e.data)
    with db.reading() as connection:
        rows = connection.execute(select(*columns).order_by(e.case_id, e.seq)).all()
    return [[happened.from_row(*row[1:]) for row in each] for _, each in groupby(rows, lambda row: row[0])]


@pytest.fixture(scope="module")
def every(lived: Database, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    """The records of the demonstration's cases, and of the one in which everything happens."""
    folder = tmp_path_factory.mktemp("eventful")
    shutil.copy(sqlite_template, folder / "approvals.db")
    world = World(Database(f"sqlite:///{folder / 'approvals.db'}"), folder / "files")
    code = eventful(world)
    found = [world.record(code), *records(lived)]
    world.db.engine.dispose()
    return found


def test_the_record_in_which_everything_happens_follows_the_process(every: list[Record]) -> None:
    assert {type(event.body) for event in every[0]} == set(KINDS)
    assert list(deviations(every[0])) == []


# --- mutants ---
def numbered(record: Record) -> Record:
    """Numbered anew, so that no gap gives it away."""
    return [replace(event, seq=seq) for seq, event in enumerate(record, start=1)]


def mutants(record: Record, place: int) -> Iterator[tuple[str, Record]]:
    event, before, after = record[place], record[:place], record[place + 1 :]
    yield "dropped", numbered([*before, *after])
    yield "doubled", numbered([*before, event, event, *after])
    if after and replace(after[0], seq=event.seq, at=event.at) != event:
        swapped = [replace(after[0], at=event.at), replace(event, at=after[0].at)]
        yield "swapped", numbered([*before, *swapped, *after[1:]])
    for how, changed in chain(people(event), bodies(event)):
        yield how, [*before, changed, *after]


def people(event: Event) -> Iterator[tuple[str, Event]]:
    yield "phase_of_entry", replace(event, phase=event.phase % 9 + 1)
    yield "person", replace(event, person=ID[COMERCIAL_2] if event.person != ID[COMERCIAL_2] else ID[ALIANZAS])
    yield "for_person", replace(event, for_person=ID[ADMIN] if event.for_person is None else None)
    if event.person is not None:
        yield "nobody", replace(event, person=None)


def bodies(event: Event) -> Iterator[tuple[str, Event]]:
    """Every role, phase, verdict, version, number and code another one."""
    for field in fields(event.body):
        value = getattr(event.body, field.name)
        for other in CODES[field.name] if type(value) is str and field.name in CODES else others(value):
            if other != value:
                yield field.name, replace(event, body=replace(event.body, **{field.name: other}))


def others(value: Any) -> tuple[Any, ...]:
    match value:
        case bool():
            return ()
        case Enum():
            return tuple(type(value))
        case int():
            return (value + 1, value - 1)
        case PanelTaken():
            fewer = () if value.mode == "quorum" else (replace(value, needed=value.needed - 1),)
            return (None, replace(value, roles=value.roles[1:]), *fewer)  # of a quorum any number may be set
    return ()


def places(every: list[Record], kind: type) -> list[tuple[Record, int]]:
    """All in the eventful record, and then in turn from the others, early and late ones."""
    here = [[(record, n) for n, event in enumerate(record) if type(event.body) is kind] for record in every]
    rest = [own[turn % len(own)] for turn, own in enumerate(here[1:]) if own]
    return [*here[0][:: max(len(here[0]) // PLACES, 1)], *rest[:PLACES]]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_mutant_is_found_but_for_what_is_a_record_as_well(every: list[Record], kind: type) -> None:
    escaped = []
    for record, place in places(every, kind):
        for how, mutant in mutants(record, place):
            if next(deviations(mutant), None) is None and not may_be(record, place, how):
                escaped.append((how, record[place]))
    assert escaped == []
