"""What the screens read: the inbox in order, filtered, counted and paged; holders, history and what a client has."""

import pytest

from core.case.model import Item
from core.errors import NotFound
from core.people import accounts
from core.process.terms import Channel, Document, Environment, Flow, Kind, Role
from core.queries import case as queries_case
from core.queries import inbox as queries_inbox
from core.queries.inbox import InboxFilter, InboxRow
from core.services import cases as services_cases
from tests.support.drive_case import CRITERIA, World, dump
from tests.support.people import COMERCIAL, DAY, HOUR, ID, MINUTE, OPERADORA, PROCESO
from tests.support.world_snapshots import once

pytestmark = pytest.mark.sql

OPERACION, REVISION = Role.OPERADOR_OPERACION, Role.GERENTE_COMERCIAL


def inbox(world: World, role: Role = OPERACION, wanted: InboxFilter = InboxFilter(), **more) -> list[InboxRow]:  # noqa: B008
    with world.db.reading() as connection:
        return queries_inbox.inbox(connection, role, world.now, wanted, **more)


def open_items(world: World, codes: list[str], role: Role = OPERACION) -> list[tuple[Item, str, bool]]:
    """What is open for a role, with its case and whether it is blocked, by the state of the cases themselves."""
    cases = [(world.case(code), code) for code in codes]
    found = [(item, code, case.missing(item, world.now) is not None) for case, code in cases for item in case.items]
    return [each for each in found if each[0].role is role]


@pytest.fixture
def busy(both: World) -> tuple[World, list[str]]:
    """Cases in every state of a deadline, in both flows, blocked by a missing and by an expired environment."""
    return both, once(both, _work)


def _work(w: World) -> list[str]:
    codes = [w.open("late"), w.open("late too", flow=Flow.B2B)]
    waiting, expired, lasting = (w.open(key, flow=Flow.B2B) for key in ("waiting", "expired", "lasting"))
    w.register(expired, Environment.TEST)
    w.register(expired, Environment.TEST, expires_at=w.now + DAY)
    w.register(lasting, Environment.TEST, expires_at=w.now + DAY)
    w.register(lasting, Environment.TEST)
    for code in (waiting, expired, lasting):
        w.to(code, 6)
    w.to(w.open("review"), 3, Kind.REVIEW)
    w.tick(DAY + 6 * HOUR)
    codes += [waiting, expired, lasting, w.open("soon", channel=Channel.MESA_DE_AYUDA), w.open("elsewhere")]
    w.hand_over(codes[-2], Channel.OPERACION)
    w.validate(codes[-2])
    w.tick(DAY - HOUR)
    return [*codes, w.open("new", flow=Flow.B2B)]


def test_an_inbox_holds_exactly_what_is_open_for_its_role_the_most_urgent_first(busy: tuple[World, list[str]]):
    w, codes = busy
    expected = sorted(open_items(w, codes), key=lambda each: each[0].due_at)
    rows = inbox(w)
    assert [(row.code, row.kind, row.phase, row.due_at, row.soon_at, row.opened_at, row.blocked) for row in rows] == [
        (code, i.work, i.phase, i.due_at, i.soon_at, i.opened_at, blocked) for i, code, blocked in expected
    ]
    assert [row.client for row in rows][:2] == ["Cliente late", "Cliente late too"]
    assert {row.code: row.flow for row in rows}[codes[1]] is Flow.B2B
    assert [row.id for row in rows] == [row.id for row in sorted(rows, key=lambda row: (row.due_at, row.id))]


@pytest.mark.parametrize("state", ["overdue", "soon", "on_time", "blocked"])
def test_the_filter_by_deadline_lets_through_what_the_badge_says(busy: tuple[World, list[str]], state: str):
    w, codes = busy

    def state_of(item: Item, blocked: bool) -> str:
        if blocked:
            return "blocked"
        if item.due_at < w.now:
            return "overdue"
        return "soon" if item.soon_at <= w.now else "on_time"

    expected = [code for item, code, blocked in open_items(w, codes) if state_of(item, blocked) == state]
    assert sorted(row.code for row in inbox(w, wanted=InboxFilter(state=state))) == sorted(expected)
    assert expected != []


def test_a_task_is_blocked_while_the_newest_registration_is_missing_or_expired(busy: tuple[World, list[str]]):
    w, codes = busy
    waiting, expired, lasting = codes[2:5]
    blocked = {row.code: row.blocked for row in inbox(w)}
    assert (blocked[waiting], blocked[expired], blocked[lasting]) == (True, True, False)
    w.register(expired, Environment.TEST)
    assert {row.code: row.blocked for row in inbox(w)}[expired] is False


def test_filters_narrow_by_flow_phase_and_words_without_accents(busy: tuple[World, list[str]]):
    w, codes = busy
    assert [row.code for row in inbox(w, wanted=InboxFilter(phase=6))] == codes[2:5]
    assert {row.flow for row in inbox(w, wanted=InboxFilter(flow="estandar"))} == {Flow.ESTANDAR}
    assert [row.code for row in inbox(w, wanted=InboxFilter("LÁTE cliénte", "b2b"))] == [codes[1]]
    assert [row.code for row in inbox(w, wanted=InboxFilter(codes[3]))] == [codes[3]]
    assert inbox(w, wanted=InboxFilter("%")) == inbox(w, wanted=InboxFilter("l_te")) == []
    assert len(inbox(w, wanted=InboxFilter("integracion"))) == len(inbox(w))


def test_counts_stop_at_their_cap(busy: tuple[World, list[str]]):
    w, codes = busy
    total = len(open_items(w, codes))
    with w.db.reading() as connection:
        assert queries_inbox.counted(connection, OPERACION, w.now, 500) == total == 8
        assert [queries_inbox.counted(connection, OPERACION, w.now, cap) for cap in (7, 3)] == [8, 4]
        assert queries_inbox.counted(connection, OPERACION, w.now, 500, InboxFilter(state="blocked")) == 2
        assert queries_inbox.pending(connection, [OPERACION, REVISION, Role.PROCESO], 500) == {
            OPERACION: 8, REVISION: 1, Role.PROCESO: 1,
        }  # fmt: skip
        assert queries_inbox.pending(connection, [OPERACION], 5) == {OPERACION: 6}


def test_pages_go_on_without_a_gap_or_a_repeat_also_when_a_task_of_an_earlier_page_is_decided(both: World):
    codes = [both.open(f"a{n}") for n in range(3)]
    both.tick = lambda: both.now  # type: ignore[method-assign]  # the same due date for the rest
    codes += [both.open(f"b{n}") for n in range(20)]
    seen: list[InboxRow] = []
    while page := inbox(both, after=(seen[-1].due_at, seen[-1].id) if seen else None, limit=5):
        seen += page
        both.validate(page[0].code, "no")
    assert [row.code for row in seen] == codes
    assert len(inbox(both)) == 23 - 5


def test_a_full_page_is_fifty(world: World):
    for number in range(51):
        world.open(f"k{number}")
    assert len(inbox(world)) == queries_inbox.PAGE == 50


def test_the_holders_of_a_role_are_the_active_people_who_have_it(both: World):
    with both.db.reading() as connection:
        assert list(queries_case.holders(connection, REVISION).values()) == ["Carla", "Ciro", "Maria"]
        assert queries_case.holders(connection, Role.ADMINISTRADOR) == {ID["adela"]: "Adela", ID["maria"]: "Maria"}
    accounts.disable(both.db, "ciro", None, both.now)
    with both.db.reading() as connection:
        assert queries_case.holders(connection, REVISION) == {ID["carla"]: "Carla", ID["maria"]: "Maria"}


def test_the_history_is_the_record_in_its_order_with_names(both: World):
    code = both.open(flow=Flow.B2B)
    both.to(code, 3)
    services_cases.comment(both.db, ID[COMERCIAL], code, "visto", both.tick())
    with both.db.reading() as connection:
        entries = queries_case.history(connection, queries_case.header(connection, code).id)
    assert [entry.event for entry in entries] == both.record(code)
    names = {None: None, **{number: login.capitalize() for login, number in ID.items()}}
    assert [entry.person for entry in entries] == [names[event.person] for event in both.record(code)]
    assert {entry.for_person for entry in entries} == {None}


def test_the_head_of_a_case_holds_its_client_contact_and_state(both: World):
    code = both.open("k", channel=Channel.MESA_DE_AYUDA)
    with both.db.reading() as connection:
        head = queries_case.header(connection, code)
        with pytest.raises(NotFound) as refusal:
            queries_case.header(connection, "S-2026-0002")
    assert head[1:9] == (
        code, head.case.client, "Cliente k", "Rosa Peña", "rosa@cliente.example", "+57 601 555 0100",
        both.case(code).opened_at, "Marta",
    )  # fmt: skip
    assert head.case == both.case(code)
    assert (refusal.value.code, refusal.value.params) == ("case_unknown", {"case": "S-2026-0002"})


def test_documents_and_environments_come_with_who_and_when(both: World):
    code = both.open(flow=Flow.B2B)
    both.to(code, 2, Kind.PRODUCE)
    both.attach(code)
    both.attach(code)
    both.send(code)
    attached, sent = both.now - MINUTE, both.now
    both.register(code, Environment.TEST)
    both.register(code, Environment.TEST, expires_at=both.now + DAY)
    with both.db.reading() as connection:
        head = queries_case.header(connection, code)
        rows = [row for row in queries_case.documents(connection, head.id) if row.document is Document.PROPUESTA]
        environments = queries_case.environments(connection, head.client_id)
        names = dict(queries_case.names(connection, {ID[PROCESO], ID[OPERADORA]}))
    assert [(row.version, row.attached_at, row.attached_by, row.sent_at) for row in rows] == [
        (1, attached - MINUTE, "Olga", None),
        (2, attached, "Olga", sent),
    ]
    assert [(row.environment, row.registered_by, row.expires_at) for row in environments] == [
        (Environment.TEST, "Pablo", both.now - MINUTE + DAY),
        (Environment.TEST, "Pablo", None),
    ]
    assert names == {ID[PROCESO]: "Pablo", ID[OPERADORA]: "Olga"}


def test_known_clients_come_by_name_with_the_criteria_of_their_last_request(both: World):
    for key in ("b", "a"):
        both.open(key)
    with both.db.reading() as connection:
        clients = queries_case.clients(connection)
        assert list(clients.values()) == ["Cliente a", "Cliente b"]
        assert queries_case.criteria(connection, next(iter(clients))) == list(CRITERIA)
    known = next(iter(clients))
    both.open("c", client=known, criteria=CRITERIA[1:])
    with both.db.reading() as connection:
        assert queries_case.criteria(connection, known) == [CRITERIA[1]]
        assert len(queries_case.clients(connection)) == 2


def test_reading_writes_nothing(busy: tuple[World, list[str]]):
    w, codes = busy
    before = dump(w.db)
    with w.db.reading() as connection:
        head = queries_case.header(connection, codes[2])
        queries_inbox.inbox(connection, OPERACION, w.now)
        queries_case.history(connection, head.id)
        queries_case.documents(connection, head.id)
        queries_case.environments(connection, head.client_id)
    assert dump(w.db) == before
