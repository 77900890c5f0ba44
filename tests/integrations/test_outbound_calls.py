"""Other systems that carry activities out: asked in the decision's transaction, signed, tried again, on the record."""

import hashlib
import hmac
import http.client
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from core import network
from core.case.events import CallAsked, CallAskedAgain, CallSettled, Performed
from core.cli.systems import SECRET
from core.errors import Invalid, Stale
from core.integrations import outbound_calls, signed_http
from core.integrations.outbound_calls import FailedCall
from core.process.policy import Endpoint, Policy
from core.process.terms import SYSTEMS, Channel, Kind, Role
from core.services import cases
from core.store import settings
from core.store.database import Database
from core.store.outbox import DeliveryFailure, decode, encode
from core.store.projected.write import Conflict
from core.store.replay import differences
from tests.support.drive_case import World, dump
from tests.support.people import ADMIN, ID, MINUTE, OPERADOR_2, OPERADORA

KEY = "a secret of the tests, long enough"
SECRETS = dict.fromkeys(SYSTEMS, KEY)


class Other(ThreadingHTTPServer):
    """Another system: it keeps what it is sent and answers as it is told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[tuple[int, bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/in?x=1"


class Handler(BaseHTTPRequestHandler):
    server: Other

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        status, said = self.server.answers.pop(0) if self.server.answers else (200, b'{"reference": "B-77"}')
        self.send_response(status)
        if status == 302:
            self.send_header("Location", self.server.url)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def other() -> Iterator[Other]:
    server = Other()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def tie(w: World, url: str, *names: str, private: bool = True) -> None:
    w.setting("endpoints", {name: {"url": url, "private": private} for name in names or SYSTEMS})


def deliver(w: World) -> list[tuple[str, str, str]]:
    """Key, outcome, and the code of the failure with its parameters, of each call that one run has sent."""
    return [(one.key, one.outcome, stored(one.failure)) for one in outbound_calls.deliver(w.db, SECRETS, lambda: w.now)]


def stored(failure: DeliveryFailure | None) -> str:
    return encode(failure) or ""


def outbox(db: Database) -> list[tuple[Any, ...]]:
    """call, item, system, state, status, reference, attempts of each row."""
    return [(*row[1:5], row[7], row[8], row[9]) for row in dump(db)["system_calls"]]


def test_opening_a_case_asks_the_other_system_in_the_same_transaction(both: World, other: Other):
    tie(both, other.url, "booking")
    code = both.open()
    asked = CallAsked(1, 1, "booking", 1, Role.OPERADOR_OPERACION, 3)
    assert both.bodies(code, CallAsked) == [asked]
    assert outbox(both.db) == [(1, 1, "booking", "pending", None, "", None)]
    assert other.got == []
    assert deliver(both) == [(f"{code}/1", "answered", "")]
    assert both.bodies(code, CallSettled) == [CallSettled(1, "answered", 200, "B-77")]
    assert outbox(both.db) == [(1, 1, "booking", "answered", 200, "B-77", 1)]
    assert deliver(both) == []
    assert len(other.got) == 1
    assert list(differences(both.db)) == []


def test_what_is_sent_is_signed_and_has_its_key(both: World, other: Other):
    tie(both, other.url, "booking")
    code = both.open(client_name="Café «Ñ»")
    at = both.now
    deliver(both)
    ((headers, body),) = other.got
    told = json.loads(body)
    assert told == {
        "id": f"{code}/1",
        "activity": "Confirmación Booking",
        "case": code,
        "client": "Café «Ñ»",
        "service": "Integración de pagos",
        "international": False,
        "asked_at": at,
    }
    wanted = hmac.new(KEY.encode(), f"{at // 1000}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["X-Approvals-Signature"] == f"sha256={wanted}"
    assert headers["X-Approvals-Timestamp"] == str(at // 1000)
    assert headers["Idempotency-Key"] == f"{code}/1"
    assert headers["Content-Type"] == "application/json"


def test_an_answered_activity_needs_no_tick_and_the_record_says_so(both: World, other: Other):
    tie(both, other.url)
    code = both.open(international=True)
    deliver(both)
    on = both.on(code, OPERADOR_2)
    cases.validate(both.db, on, "yes", both.tick(), done=frozenset({2}))
    deliver(both)
    cases.send(both.db, both.on(code, OPERADORA), both.tick(), done=frozenset({5, 6}))
    done = [body for body in both.bodies(code, Performed) if body.why]
    assert [(body.position, body.status, body.why) for body in done] == [
        (3, "done", "by_system"),
        (7, "done", "by_system"),
        (8, "done", "by_system"),
    ]
    contacts = [json.loads(body).get("contact", {}).get("name") for _, body in other.got]
    assert contacts == [None, None, "Rosa Peña"]
    assert "Rosa" not in str(both.record(code))
    assert list(differences(both.db)) == []


def test_while_the_other_system_has_not_answered_the_work_waits(both: World, other: Other):
    tie(both, other.url, "booking")
    code = both.open()
    before = dump(both.db)
    with pytest.raises(Invalid) as refused:
        both.validate(code)
    problem = refused.value.problems["checklist"]
    assert (problem.code, problem.params) == ("call_pending", {"activities": ["Confirmación Booking"]})
    assert dump(both.db) == before


def test_a_case_is_rejected_without_waiting_and_nothing_more_is_sent(both: World, other: Other):
    tie(both, other.url, "booking")
    code = both.open()
    both.validate(code, "no")
    assert deliver(both) == []
    assert other.got == []
    assert list(differences(both.db)) == []


def test_what_has_failed_is_ticked_by_hand_and_the_record_says_so(both: World, other: Other):
    tie(both, other.url, "booking")
    other.answers = [(422, b"no")]
    code = both.open()
    assert deliver(both) == [(f"{code}/1", "failed", 'refused {"status": 422}')]
    assert both.bodies(code, CallSettled) == [CallSettled(1, "failed", 422, "")]
    with both.db.reading() as connection:
        assert outbound_calls.failed(connection) == [
            FailedCall(code, 1, "Cliente k1", "booking", DeliveryFailure("refused", {"status": 422}), both.now)
        ]
    with pytest.raises(Invalid) as refused:
        cases.validate(both.db, both.on(code, OPERADOR_2), "yes", both.tick(), done=frozenset({2}))
    assert refused.value.problems["checklist"].code == "checklist_open"
    both.validate(code)
    assert [body.why for body in both.bodies(code, Performed) if body.position == 3] == ["by_hand"]
    with both.db.reading() as connection:
        assert outbound_calls.failed(connection) == []


def test_a_system_that_is_down_is_tried_again_later_and_later_and_then_given_up(both: World, other: Other):
    tie(both, other.url, "booking")
    other.answers = [(503, b""), (429, b""), (500, b""), (502, b""), (408, b""), (503, b"")]
    code = both.open()
    for wait in (1, 5, 30, 120, 360):
        assert deliver(both)[0][1] == "again"
        both.tick(wait * MINUTE - 1)
        assert deliver(both) == []
        both.tick(1)
    assert deliver(both) == [(f"{code}/1", "failed", 'unavailable {"status": 503}')]
    assert len(other.got) == 6
    assert len({headers["Idempotency-Key"] for headers, _ in other.got}) == 1
    assert both.bodies(code, CallSettled) == [CallSettled(1, "failed", 503, "")]


def test_the_administrator_has_it_asked_again_under_its_key_and_the_work_waits_meanwhile(both: World, other: Other):
    tie(both, other.url, "booking")
    other.answers = [(422, b"no")]
    code = both.open()
    deliver(both)
    outbound_calls.ask_again(both.db, ID[ADMIN], code, 1, both.tick())
    assert both.bodies(code, CallAskedAgain) == [CallAskedAgain(1, "booking")]
    with both.db.reading() as connection:
        assert outbound_calls.failed(connection) == []
    with pytest.raises(Invalid) as refused:
        both.validate(code)
    assert refused.value.problems["checklist"].code == "call_pending"
    assert list(differences(both.db)) == []
    assert deliver(both) == [(f"{code}/1", "answered", "")]
    assert [headers["Idempotency-Key"] for headers, _ in other.got] == [f"{code}/1"] * 2
    both.validate(code)
    assert [body.why for body in both.bodies(code, Performed) if body.position == 3] == ["by_system"]
    assert list(differences(both.db)) == []


def test_after_the_last_try_asking_again_is_one_try_more(world: World, other: Other):
    tie(world, other.url, "booking")
    other.answers = [(503, b"")] * 7
    code = world.open()
    for wait in (0, 1, 5, 30, 120, 360):
        world.tick(wait * MINUTE)
        deliver(world)
    outbound_calls.ask_again(world.db, ID[ADMIN], code, 1, world.tick())
    assert deliver(world) == [(f"{code}/1", "failed", 'unavailable {"status": 503}')]
    assert len(other.got) == 7


@pytest.mark.parametrize(("status", "why"), [(200, "by_system"), (422, "by_hand")])
def test_what_another_system_said_stays_when_a_decision_is_taken_back(both: World, other: Other, status: int, why: str):
    tie(both, other.url, "booking")
    other.answers = [(status, b"{}")]
    code = both.open()
    deliver(both)
    both.validate(code, who=OPERADORA)
    cases.take_back(both.db, ID[OPERADORA], code, 1, "error", both.tick())
    assert list(differences(both.db)) == []
    with both.db.reading() as connection:
        assert len(outbound_calls.failed(connection)) == (why == "by_hand")
    on, ticks = both.on(code, OPERADORA), frozenset({2, 3} if why == "by_hand" else {2})
    cases.validate(both.db, on, "yes", both.tick(), done=ticks)
    assert [body.why for body in both.bodies(code, Performed) if body.position == 3] == [why, why]
    assert list(differences(both.db)) == []


def test_each_system_has_its_own_secret(world: World, other: Other):
    tie(world, other.url)
    code = world.open(international=True)
    world.settle(code)
    world.validate(code)
    secrets = {"sd_crm": "a secret of SD-CRM alone", "oob": "a secret of OOB alone"}
    outbound_calls.deliver(world.db, secrets, lambda: world.now)
    for headers, body in other.got:
        activity = json.loads(body)["activity"]
        system = next(name for name, done in SYSTEMS.items() if done == activity)
        signed = signed_http.signature(secrets[system], headers["X-Approvals-Timestamp"], body)
        assert headers["X-Approvals-Signature"] == signed
    assert len(other.got) == 2


def test_a_connection_that_is_refused_is_tried_again_until_it_works(both: World, other: Other):
    tie(both, "http://127.0.0.1:9/", "booking")
    code = both.open()
    assert deliver(both)[0][1] == "again"
    tie(both, other.url, "booking")
    both.tick(MINUTE)
    assert deliver(both) == [(f"{code}/1", "answered", "")]


def test_two_runs_at_once_send_each_call_once(both: World, other: Other):
    tie(both, other.url, "booking")
    for key in "abcd":
        both.open(key)
    at, found = both.now, []
    gate = threading.Barrier(3)

    def run() -> None:
        gate.wait()
        found.extend(outbound_calls.deliver(both.db, SECRETS, lambda: at))

    runs = [threading.Thread(target=run) for _ in range(3)]
    for each in runs:
        each.start()
    for each in runs:
        each.join()
    assert len(other.got) == 4
    assert sorted(one.outcome for one in found) == ["answered"] * 4


def test_a_run_that_begins_before_an_answer_is_on_the_record_sends_nothing(both: World, other: Other, monkeypatch):
    tie(both, other.url, "booking")
    both.open()
    settle = outbound_calls.settle

    def settle_later(*told: Any) -> None:
        assert deliver(both) == []
        settle(*told)

    monkeypatch.setattr(outbound_calls, "settle", settle_later)
    assert [outcome for _, outcome, _ in deliver(both)] == ["answered"]
    assert len(other.got) == 1


def test_a_claim_of_a_run_that_died_is_taken_up_after_its_lease(world: World, other: Other, monkeypatch):
    tie(world, other.url, "booking")
    code = world.open()

    def dies(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(signed_http, "post", dies)
        with pytest.raises(KeyboardInterrupt):
            deliver(world)
    assert deliver(world) == []
    world.tick(outbound_calls.LEASE)
    assert deliver(world) == [(f"{code}/1", "answered", "")]


def test_an_endpoint_that_was_taken_away_leaves_the_activity_to_the_person(world: World, other: Other):
    tie(world, other.url, "booking")
    code = world.open()
    world.setting("endpoints", {})
    assert deliver(world) == [(f"{code}/1", "failed", "no_endpoint")]
    assert world.validate(code).item(2).work is Kind.PRODUCE


def test_a_redirect_is_not_followed(world: World, other: Other):
    tie(world, other.url, "booking")
    other.answers = [(302, b"")]
    code = world.open()
    assert deliver(world) == [(f"{code}/1", "failed", 'refused {"status": 302}')]
    assert len(other.got) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"])
def test_a_private_target_is_refused_unless_a_setting_allows_it(world: World, other: Other, host: str):
    tie(world, f"http://{host}:{other.server_port}/", "booking", private=False)
    world.open()
    ((_, outcome, trouble),) = deliver(world)
    assert outcome == "again"
    assert trouble.startswith('target_private {"address": "')
    assert other.got == []


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        (TimeoutError("timed out"), "timed_out"),
        (socket.gaierror(-2, "Name or service not known"), "host_unknown"),
        (ssl.SSLCertVerificationError(1, "self-signed certificate"), "tls_failed"),
        (ConnectionRefusedError(111, "Connection refused"), "connection_refused"),
        (ConnectionResetError(104, "Connection reset by peer"), "no_answer"),
        (http.client.BadStatusLine("x"), "no_answer"),
    ],
)
def test_why_there_was_no_answer_is_kept_as_a_code(world: World, monkeypatch, cause: Exception, code: str):
    tie(world, "http://127.0.0.1:9/", "booking")
    world.open()

    def fails(*_: Any) -> None:
        raise cause

    monkeypatch.setattr(signed_http, "post", fails)
    ((_, outcome, failure),) = deliver(world)
    assert (outcome, decode(failure)) == ("again", DeliveryFailure(code, {"error": f"{type(cause).__name__}: {cause}"}))


def test_the_address_is_the_one_that_was_checked_not_a_second_look_up(other: Other, monkeypatch):
    real, asked = network.socket.getaddrinfo, []

    def rebinding(host: str, *args: Any, **how: Any) -> Any:
        asked.append(host)
        return real("127.0.0.1" if host == "rebind.example" else host, *args, **how)

    monkeypatch.setattr(network.socket, "getaddrinfo", rebinding)
    endpoint = Endpoint(f"http://rebind.example:{other.server_port}/", private=True)
    assert signed_http.post(endpoint, b"{}", "k", KEY, 0).status == 200
    assert asked.count("rebind.example") == 1


@pytest.mark.parametrize("reference", [b'{"reference": 12}', b"[1]", b"\xff", b'{"reference": null}', b"", b'{"a":1}'])
def test_whatever_an_answer_holds_only_a_reference_is_kept(world: World, other: Other, reference: bytes):
    tie(world, other.url, "booking")
    other.answers = [(201, reference)]
    code = world.open()
    deliver(world)
    assert world.bodies(code, CallSettled) == [CallSettled(1, "answered", 201, "12" if b"12" in reference else "")]


def test_a_long_reference_is_cut_and_loses_what_nobody_can_read(world: World, other: Other):
    tie(world, other.url, "booking")
    other.answers = [(200, json.dumps({"reference": "\x00\n" + "x" * 500}).encode())]
    code = world.open()
    deliver(world)
    assert world.bodies(code, CallSettled)[0].reference == "x" * 100


def test_without_a_setting_nothing_is_asked(world: World):
    code = world.open(international=True)
    world.to(code, 2)
    assert world.bodies(code, CallAsked, CallSettled) == []
    assert {body.why for body in world.bodies(code, Performed) if body.position in (3, 7, 8)} == {""}


def test_mesa_de_ayuda_has_none_of_these_activities(world: World, other: Other):
    tie(world, other.url)
    code = world.open(channel=Channel.MESA_DE_AYUDA)
    assert world.bodies(code, CallAsked) == []


@pytest.mark.parametrize(
    "endpoints",
    [
        {"correo": {"url": "https://x.example"}},
        {"booking": {"url": "ftp://x.example"}},
        {"booking": {"url": "https://"}},
        {"booking": {"url": "https://user:secret@x.example"}},
        {"booking": {"url": "https://x.example", "private": "yes"}},
        {"booking": {"url": "https://x.example", "secret": "s"}},
        {"booking": "https://x.example"},
    ],
)
def test_a_wrong_endpoint_is_refused(world: World, endpoints: dict[str, Any]):
    with pytest.raises(Invalid), world.db.writing() as tx:
        settings.change(tx, "endpoints", endpoints, ID[OPERADORA], world.now)


def test_the_setting_reads_back_as_it_was_and_holds_no_secret():
    given = {"oob": {"url": "https://oob.example/in", "private": False}}
    assert Policy.of({"endpoints": given}).as_settings()["endpoints"] == given
    assert SECRET == "ENDPOINT_SECRET"


def test_an_answer_that_meets_somebody_else_s_decision_writes_nothing(world: World, other: Other, monkeypatch):
    tie(world, other.url, "booking")
    code = world.open()
    before = dump(world.db)

    def conflict(*_: Any) -> None:
        raise Conflict

    monkeypatch.setattr(outbound_calls, "store", conflict)
    with pytest.raises(Stale) as refused:
        world.settle(code)
    assert refused.value.code == "case_changed"
    assert dump(world.db) == before
