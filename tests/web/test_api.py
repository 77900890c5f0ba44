"""What other systems ask over HTTP: who is let in, one case per key, errors field by field, and the description."""

from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from core.case.events import CaseOpened
from core.errors import Invalid, NotAllowed, NotFound, Refused
from core.integrations import api_clients
from core.people import accounts, sessions
from core.process.terms import Channel, Environment, Flow, Kind, Role
from core.queries import case
from core.staff import directory
from core.store import tables
from core.store.replay import differences
from tests.support.api_requests import BODY, ask, post
from tests.support.drive_case import CRITERIA, World, dump, request
from tests.support.people import ADMIN, ID
from ui.web import api, api_body
from ui.web.api_types import CaseSummary


def test_a_system_opens_a_case_in_its_channel(served: World, token: str):
    answer = post(token)
    assert answer.status == 201
    assert answer.json == {
        "code": "S-2026-0001",
        "client": "Transportes Andinos S.A.S.",
        "service": "Integración de pagos",
        "flow": "b2b",
        "channel": "mesa_de_ayuda",
        "international": False,
        "phase": {"number": 1, "name": "Inicio", "entered_at": "2026-03-02T13:00:00.000Z"},
        "roles": ["Mesa de Ayuda"],
        "missing": None,
        "opened_at": "2026-03-02T13:00:00.000Z",
        "outcome": None,
        "ended_at": None,
    }
    assert answer.headers["location"] == "/api/cases/S-2026-0001"
    (event,) = [each for each in served.record("S-2026-0001") if isinstance(each.body, CaseOpened)]
    assert (event.body.flow, event.body.criteria) == (Flow.B2B, CRITERIA)
    with served.db.reading() as connection:
        assert case.names(connection, [event.person or 0]) == {event.person: "SD-CRM"}
    assert list(differences(served.db)) == []


def test_the_same_key_opens_one_case_and_another_key_another_for_the_same_client(served: World, token: str):
    first = post(token)
    before = dump(served.db)
    again = post(token, {**BODY, "service": "otra cosa"})
    assert (again.status, again.json) == (201, first.json)
    assert dump(served.db) == before
    second = post(token, {**BODY, "client": "TRANSPORTES andinos s.a.s."}, "pedido-2")
    assert second.json["code"] == "S-2026-0002"
    assert second.json["client"] == "Transportes Andinos S.A.S."
    assert len(dump(served.db)["clients"]) == 1


def test_keys_of_two_systems_and_of_people_never_meet(served: World, token: str):
    served.open("pedido-1")
    other = api_clients.create(served.db, "booking", Channel.OPERACION, served.now)
    codes = [post(each).json["code"] for each in (token, other)]
    assert codes == ["S-2026-0002", "S-2026-0003"]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"client": " "}, {"client": "client_name_missing"}),
        ({"flow": None}, {"flow": "choice_missing"}),
        ({"international": None}, {"international": "choice_missing"}),
        (
            {"contact": {"name": ""}},
            {"contact.name": "contact_name_missing", "contact.email": "contact_address_missing"},
        ),
        ({"contact": {"name": "R", "phone": "x"}}, {"contact.phone": "phone_malformed"}),
        ({"service": "x" * 4001}, {"service": "text_too_long"}),
        ({"criteria": []}, {"criteria": "criteria_missing"}),
        (
            {"criteria": [{"name": "A", "expected": " "}, {"name": "a", "expected": "1"}]},
            {"criteria[0].expected": "criterion_expected_missing", "criteria[1].name": "criterion_twice"},
        ),
    ],
)
def test_what_is_wrong_is_told_field_by_field_and_nothing_is_written(served: World, token: str, changes, fields):
    before = dump(served.db)
    answer = post(token, {**BODY, **changes})
    assert (answer.status, answer.codes) == (422, fields)
    assert dump(served.db) == before


def test_a_missing_key_is_told(token: str):
    answer = post(token, key="")
    assert (answer.status, answer.codes) == (422, {"Idempotency-Key": "request_key_missing"})


def test_the_sentences_are_in_the_language_that_is_asked_for(token: str):
    body = {**BODY, "service": ""}
    spanish, english = post(token, body), post(token, body, **{"accept-language": "en"})
    assert spanish.json["errors"][0]["message"] == "Describa el servicio solicitado."
    assert english.json["errors"][0]["message"] == "Describe the requested service."


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"{", ""),
        (b"", ""),
        (b"[]", ""),
        (b"\xff", ""),
        ({**BODY, "flow": "otro"}, "flow"),
        ({**BODY, "service": 7}, "service"),
        ({**BODY, "contact": {"name": 1}}, "contact.name"),
        ({**BODY, "criteria": [{"name": "x"}]}, "criteria[0]"),
        ({**BODY, "canal": "operacion"}, "canal"),
    ],
)
def test_a_body_of_another_form_is_refused_where_it_is_wrong(served: World, token: str, body: Any, field: str):
    before = dump(served.db)
    answer = post(token, body)
    assert (answer.status, answer.codes) == (400, {field: "body_malformed"})
    assert dump(served.db) == before


def test_a_body_that_is_too_large_is_refused(token: str):
    answer = post(token, b" " * (api_body.MAX_BODY + 1))
    assert (answer.status, answer.codes) == (413, {"": "body_too_large"})


@pytest.mark.parametrize("shown", ["", "x", "Bearer", "á"])
def test_who_shows_no_known_token_is_not_let_in(served: World, token: str, shown: str):
    before = dump(served.db)
    for answer in (post(shown), ask("GET", "/api/cases/S-2026-0001", shown)):
        assert (answer.status, answer.codes) == (401, {"": "system_not_known"})
        assert answer.headers["www-authenticate"] == "Bearer"
    assert ask("POST", "/api/cases", "", BODY, "k", authorization=f"Basic {token}").status == 401
    assert dump(served.db) == before


def test_a_system_whose_token_was_ended_is_not_let_in(served: World, token: str):
    assert post(token).status == 201
    api_clients.end(served.db, "SD-CRM", served.tick())
    assert post(token, key="pedido-2").status == 401
    assert ask("GET", "/api/cases/S-2026-0001", token).status == 401
    with pytest.raises(NotFound):
        api_clients.end(served.db, "sd-crm", served.tick())


def test_a_system_whose_token_ends_while_it_asks_opens_nothing(served: World, token: str):
    system = api_clients.identify(served.db, token)
    api_clients.end(served.db, "SD-CRM", served.tick())
    before = dump(served.db)["cases"]
    asked = request("k9", client_name="Transportes Andinos S.A.S.", channel=Channel.MESA_DE_AYUDA)
    with pytest.raises(NotAllowed) as refused:
        api_clients.open_case(served.db, system, asked, served.tick())
    assert (refused.value.code, dump(served.db)["cases"]) == ("system_not_known", before)


def test_a_system_reads_the_cases_that_it_has_opened_and_no_other(served: World, token: str):
    code = post(token).json["code"]
    foreign = served.open("k1")
    assert ask("GET", f"/api/cases/{foreign}", token).codes == {"": "case_unknown"}
    assert ask("GET", "/api/cases/S-1999-0001", token).status == 404
    served.to(code, 6)
    found = ask("GET", f"/api/cases/{code}", token)
    assert found.status == 200
    assert found.headers["cache-control"] == "no-store"
    assert (found.json["phase"]["number"], found.json["missing"]) == (6, Environment.TEST)
    assert msgspec.json.decode(found.body, type=CaseSummary).missing is Environment.TEST
    served.to_end(code)
    ended = ask("GET", f"/api/cases/{code}", token).json
    assert (ended["outcome"], ended["roles"]) == ("closed", [])


def test_a_case_is_read_without_people_or_contacts(served: World, token: str):
    code = post(token).json["code"]
    served.to(code, 2, Kind.REVIEW)
    told = ask("GET", f"/api/cases/{code}", token).body.decode()
    assert [name for name in ("Rosa", "rosa@", "Marta", "Mateo", "documento.pdf") if name in told] == []


def test_too_many_requests_are_asked_to_wait(token: str):
    answers = [ask("GET", "/api/cases/S-1999-0001", token) for _ in range(api.PER_MINUTE + 1)]
    assert {each.status for each in answers[:-1]} == {404}
    assert (answers[-1].status, answers[-1].headers["retry-after"]) == (429, "60")


# --- the identity of a system ---
def test_a_token_is_kept_as_a_hash_only(served: World, token: str):
    assert not [row for table in dump(served.db).values() for row in table if token in map(str, row)]


def test_a_system_is_nobody_who_signs_in_or_decides(served: World, token: str):
    assert token
    login = "system:sd-crm"
    with pytest.raises(Refused):
        sessions.sign_in(served.db, login, "", served.now)
    for act in (
        lambda: accounts.reset(served.db, login, ID[ADMIN], served.now),
        lambda: accounts.set_roles(served.db, login, [Role.PROCESO], ID[ADMIN], served.now),
    ):
        with pytest.raises(NotFound):
            act()
    with served.db.reading() as connection:
        assert login not in {each.login for each in directory.everybody(connection)}
        assert "SD-CRM" not in case.holders(connection, Role.MESA_DE_AYUDA).values()


@pytest.mark.parametrize(
    ("name", "code"), [("x", "system_name_invalid"), ("Ñandú", "system_name_invalid"), ("SD-CRM", "system_name_taken")]
)
def test_a_wrong_name_of_a_system_is_refused(served: World, token: str, name: str, code: str):
    assert token
    before = dump(served.db)
    with pytest.raises(Invalid) as refused:
        api_clients.create(served.db, name, Channel.OPERACION, served.now)
    assert refused.value.problems["name"].code == code
    assert dump(served.db) == before


def test_the_record_of_people_says_when_a_system_was_let_in_and_until_when(served: World, token: str):
    assert token
    api_clients.end(served.db, "sd-crm", served.tick())
    e = tables.people_events.c
    with served.db.reading() as connection:
        found = connection.scalars(select(e.kind).where(e.kind.like("system%")).order_by(e.id)).all()
        assert [row[0] for row in api_clients.everybody(connection)] == ["sd-crm"]
    assert found == ["system_created", "system_ended"]


# --- the description ---
def test_the_description_is_served():
    answer = ask("GET", "/api")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.body == api.document()
    assert answer.json["openapi"] == "3.1.0"


def test_signs_that_no_database_keeps_are_refused_at_their_field(served: World, token: str):
    answer = post(token, {**BODY, "client": "Peña \x00", "service": "Pagos \x00"})
    assert answer.status == 422
    assert answer.codes == {"client": "text_unreadable", "service": "text_unreadable"}
    assert post(token).status == 201
    assert ask("GET", "/api/cases/S-2026-0001\x00", token).codes == {"": "case_unknown"}
    with pytest.raises(Refused) as refused:
        sessions.sign_in(served.db, "olga\x00", "correct horse battery", served.now)
    assert refused.value.code == "sign_in_failed"
