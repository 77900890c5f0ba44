"""Opening a case: every field's problem at once, one case per key, clients known and new, names as written."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from core.case.events import Criterion
from core.case.rules.opening import MAX_CRITERIA
from core.case.rules.texts import MAX_TEXT
from core.errors import Invalid, NotAllowed, NotFound
from core.process.terms import Channel, Environment
from core.services import environments, opening
from core.services.opening import MAX_NAME
from core.store import tables
from tests.support.drive_case import CRITERIA, World, dump, request
from tests.support.people import ADMIN, COMERCIAL, FORMER, ID, MESA, OPERADOR_2, OPERADORA, OUTSIDER, PROCESO, START

NAMES = [
    "Transportes O'Higgins & Hijos",
    'Comercial "La Ñapa" S.A.S.',
    "<b>Café</b> del Sur",
    "=1+1",
    "'); DROP TABLE cases; --",
    "Мир 世界 🌍 ١٢٣",
    "{{ 7*7 }} %s {x}",
]
PROBLEMS: list[tuple[dict[str, Any], Mapping[str, str]]] = [
    ({"client_name": "  "}, {"client_name": "client_name_missing"}),
    ({"client_name": "x" * (MAX_NAME + 1)}, {"client_name": "text_too_long"}),
    ({"client_name": "Caf\x00e"}, {"client_name": "text_unreadable"}),
    ({"client": 4711}, {"client": "client_unknown"}),
    ({"contact_name": " "}, {"contact_name": "contact_name_missing"}),
    ({"contact_name": "x" * (MAX_NAME + 1)}, {"contact_name": "text_too_long"}),
    ({"contact_email": "", "contact_phone": " "}, {"contact_email": "contact_address_missing"}),
    ({"contact_email": "rosa@"}, {"contact_email": "email_malformed"}),
    ({"contact_email": "rosa@x.example, a@b.example"}, {"contact_email": "email_malformed"}),
    ({"contact_phone": "llamar a Rosa"}, {"contact_phone": "phone_malformed"}),
    ({"contact_phone": "1" * 16}, {"contact_phone": "phone_malformed"}),
    ({"service": "\n"}, {"service": "service_missing"}),
    ({"service": "x" * (MAX_TEXT + 1)}, {"service": "text_too_long"}),
    ({"service": "\ud800"}, {"service": "text_unreadable"}),
    ({"criteria": ()}, {"criteria": "criteria_missing"}),
    ({"criteria": (Criterion(" ", "1"),)}, {"criterion_0": "criterion_name_missing"}),
    ({"criteria": (*CRITERIA, Criterion("Color", ""))}, {"expected_2": "criterion_expected_missing"}),
    ({"criteria": (*CRITERIA, Criterion(" precio ", "2"))}, {"criterion_2": "criterion_twice"}),
    ({"criteria": tuple(Criterion(f"c{n}", "1") for n in range(MAX_CRITERIA + 1))}, {"criteria": "criteria_too_many"}),
    ({"flow": None}, {"flow": "choice_missing"}),
    ({"international": None}, {"scope": "choice_missing"}),
    ({"key": ""}, {"key": "request_key_missing"}),
]


@pytest.mark.parametrize(("changes", "problems"), PROBLEMS)
def test_a_wrong_field_is_refused_by_name_and_nothing_is_written(both: World, changes, problems):
    asked = request(**{"key": "k1", **changes})
    before = dump(both.db)
    with pytest.raises(Invalid) as refused:
        opening.open_case(both.db, ID[OPERADORA], asked, both.tick())
    assert {field: problem.code for field, problem in refused.value.problems.items()} == problems
    assert dump(both.db) == before


def test_all_problems_are_told_at_once(world: World):
    with pytest.raises(Invalid) as refused:
        world.open(client_name="", contact_name="", contact_email="x", service="", criteria=())
    assert sorted(refused.value.problems) == ["client_name", "contact_email", "contact_name", "criteria", "service"]


@pytest.mark.parametrize("name", NAMES)
def test_a_client_s_name_is_kept_as_it_is_written(both: World, name: str):
    both.open(client_name=f"  {name} ", contact_name=name, service=name)
    with both.db.reading() as connection:
        assert connection.scalars(select(tables.clients.c.name)).one() == name
        row = connection.execute(select(tables.cases)).one()
    assert (row.contact_name, row.service) == (name, name)


@pytest.mark.parametrize("again", ["café  DEL sur", "CAFE del Sur", "Café del Sur"])
def test_a_new_client_with_a_known_name_is_refused_whatever_its_accents_and_case(world: World, again: str):
    world.open("a", client_name="Café del Sur")
    with pytest.raises(Invalid) as refused:
        world.open("b", client_name=again)
    assert refused.value.problems["client_name"].code == "client_exists"


def test_a_known_client_has_many_cases_and_its_criteria_are_those_of_the_newest(world: World):
    first = world.open("a")
    client = world.case(first).client
    second = world.open("b", client=client, client_name="", criteria=(Criterion(" Plazo ", " 30 días "),))
    assert world.case(second).client == client
    assert world.case(first).criteria == CRITERIA
    assert world.case(second).criteria == (Criterion("Plazo", "30 días"),)
    rows = dump(world.db)
    assert rows["clients"] == [(client, "Cliente a", "cliente a", START + 60_000)]
    assert rows["client_criteria"] == [(client, 0, "Plazo", "30 días")]


def test_the_same_request_sent_again_opens_nothing_and_tells_the_same_code(both: World):
    code = both.open("k")
    before = dump(both.db)
    assert both.open("k") == code
    assert both.open("k", service="otra cosa") == code
    assert dump(both.db) == before


def test_somebody_else_s_key_is_refused(both: World):
    both.open("k")
    with pytest.raises(NotAllowed) as refused:
        both.open("k", who=OPERADOR_2)
    assert refused.value.code == "request_of_another"


@pytest.mark.parametrize(
    ("who", "channel", "code"),
    [
        (OPERADORA, Channel.MESA_DE_AYUDA, "channel_role_needed"),
        (MESA, Channel.OPERACION, "channel_role_needed"),
        (COMERCIAL, Channel.OPERACION, "intake_role_needed"),
        (PROCESO, Channel.MESA_DE_AYUDA, "intake_role_needed"),
        (ADMIN, Channel.OPERACION, "intake_role_needed"),
        (OUTSIDER, Channel.OPERACION, "intake_role_needed"),
        (FORMER, Channel.OPERACION, "person_not_active"),
    ],
)
def test_only_the_channel_s_role_opens_cases_in_it(world: World, who: str, channel: Channel, code: str):
    before = dump(world.db)
    with pytest.raises(NotAllowed) as refused:
        world.open(who=who, channel=channel)
    assert refused.value.code == code
    assert dump(world.db) == before


def test_codes_count_up_within_the_year_of_the_calendar_s_time_zone(world: World):
    new_year = 1_798_779_600_000  # 1 January 2027, 00:00 in Bogotá
    world.now = new_year - 120_000
    codes = [world.open("a"), world.open("b"), world.open("c")]
    assert codes == ["S-2026-0001", "S-2027-0001", "S-2027-0002"]


def test_the_contact_s_data_is_in_no_event(world: World):
    code = world.open(contact_name="Rosa Peña", contact_email="rosa@cliente.example", contact_phone="+57 601 555 0100")
    told = str(world.record(code))
    assert not [secret for secret in ("Rosa", "rosa@", "555") if secret in told]


def test_an_environment_is_registered_for_the_client_on_every_running_case(both: World):
    first = both.open("a")
    client = both.case(first).client
    second = both.open("b", client=client)
    assert both.register(first, Environment.TEST) == 2
    assert both.case(second).environments == {Environment.TEST: None}
    row = dump(both.db)["environments"][0]
    assert row[1:] == (client, "test", "acta 12", both.now, ID[PROCESO], None)


def test_an_environment_of_an_unknown_client_is_refused(world: World):
    with pytest.raises(NotFound):
        environments.register_environment(world.db, ID[PROCESO], 99, Environment.TEST, "acta", world.tick())


def test_evidence_is_bounded(world: World):
    client = world.case(world.open()).client
    with pytest.raises(Invalid):
        environments.register_environment(world.db, ID[PROCESO], client, Environment.TEST, "x" * 4001, world.tick())


def test_pena_with_and_without_its_tilde_are_two_clients_and_a_joiner_makes_no_third(both: World):
    clients = [both.case(both.open(key, client_name=name)).client for key, name in (("a", "Peña"), ("b", "Pena"))]
    assert clients[0] != clients[1]
    for name in ("PEN\u0303A", "pe\u200bña", " Peña\u2060"):
        with pytest.raises(Invalid) as refused:
            both.open("c", client_name=name)
        assert refused.value.problems["client_name"].code == "client_exists"


def test_keys_of_clients_from_an_older_rule_are_renewed_once(both: World):
    both.open("a", client_name="Peña")
    both.open("b", client_name="Café")
    clients = tables.clients
    with both.db.engine.begin() as connection:
        connection.execute(clients.update().where(clients.c.name == "Peña").values(name_key="pena"))
    assert [opening.renew_client_keys(both.db) for _ in range(2)] == [1, 0]
    with both.db.reading() as connection:
        assert set(connection.scalars(select(clients.c.name_key))) == {"pen\u0303a", "cafe"}
