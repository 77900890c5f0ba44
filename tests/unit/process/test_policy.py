"""What the process owner sets: what is accepted, what is refused at which field, and what follows from it."""

from typing import Any

import pytest

from core.errors import BadDefinition, Invalid
from core.process.definition import PHASES
from core.process.policy import Allowance, Endpoint, Policy, Rule, default_deadlines
from core.process.settings_catalogue import ApprovalRule, Minutes, ValueKind
from core.process.terms import REVIEW_ROLES, REVIEWED_DOCUMENTS, Document, Environment, Flow, Role
from tests.support.people import HOUR, MINUTE, START

LANE = "4/proceso"
MOST = 260 * 8 * 60
DAYS = {  # working days of the intake lanes and of the review lane, by phase
    1: (1, None), 2: (2, 2), 3: (2, 2), 4: (2, 2), 5: (2, 2), 6: (5, 2), 7: (1, 1), 8: (2, 1), 9: (1, 1),
}  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "field", "code"),
    [
        ({"soon": -1}, "soon", "working_time_range"),
        ({"soon": MOST + 1}, "soon", "working_time_range"),
        ({"soon": 1.5}, "soon", "working_time_malformed"),
        ({"soon": True}, "soon", "working_time_malformed"),
        ({"escalate_after": -1}, "escalate_after", "working_time_range"),
        ({"deadlines": {LANE: [0, 5]}}, f"{LANE}/first", "working_time_range"),
        ({"deadlines": {LANE: [5, 0]}}, f"{LANE}/later", "working_time_range"),
        ({"deadlines": {LANE: [5]}}, "deadlines", "setting_malformed"),
        ({"deadlines": {LANE: 5}}, "deadlines", "setting_malformed"),
        ({"deadlines": [5, 5]}, "deadlines", "setting_malformed"),
        ({"deadlines": {"1/proceso": [5, 5]}}, "deadlines", "setting_unknown"),
        ({"rules": {"cro": {"mode": "all"}}}, "rules", "setting_unknown"),
        ({"rules": {"contrato": {"mode": "most"}}}, "contrato", "choice_missing"),
        ({"rules": {"contrato": {"quorum": 2}}}, "contrato", "choice_missing"),
        ({"rules": {"contrato": {"mode": "all", "other": 1}}}, "contrato", "choice_missing"),
        ({"rules": {"contrato": {"mode": "quorum", "quorum": 0}}}, "contrato", "quorum_range"),
        ({"rules": {"contrato": {"mode": "quorum", "quorum": 5}}}, "contrato", "quorum_range"),
        ({"rules": {"contrato": {"mode": "quorum", "quorum": 2.0}}}, "contrato", "choice_missing"),
        ({"four_eyes_on_validation": 1}, "four_eyes_on_validation", "choice_missing"),
        ({"calendar": {"weekdays": [7]}}, "weekdays", "calendar_weekdays"),
        ({"calendar": {"holidays": []}}, "calendar", "setting_unknown"),
        ({"endpoints": {"fax": {"url": "https://a.invalid/"}}}, "endpoints", "endpoint_system"),
        ({"endpoints": {"booking": {"url": "ftp://a.invalid/"}}}, "endpoints", "endpoint_malformed"),
        ({"endpoints": {"booking": {"url": "https://u@a.invalid/"}}}, "endpoints", "endpoint_malformed"),
        ({"endpoints": {"booking": {"url": "https://a.invalid/#x"}}}, "endpoints", "endpoint_malformed"),
        ({"endpoints": {"booking": {"url": "https://a.invalid/", "private": 1}}}, "endpoints", "endpoint_malformed"),
        ({"endpoints": {"booking": {"private": True}}}, "endpoints", "endpoint_malformed"),
        ({"colour": 1}, "colour", "setting_unknown"),
    ],
    ids=str,
)
def test_a_setting_that_cannot_be_is_refused_at_its_field(settings: dict[str, Any], field: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        Policy.of(settings)
    assert {name: problem.code for name, problem in refusal.value.problems.items()} == {field: code}


@pytest.mark.parametrize(
    "settings",
    [
        {"soon": 0},
        {"soon": MOST},
        {"escalate_after": 0},
        {"deadlines": {LANE: [1, MOST]}},
        {"rules": {"contrato": {"mode": "quorum", "quorum": 1}}},
        {"rules": {"contrato": {"mode": "quorum", "quorum": 4}}},
        {"rules": {"contrato": {"mode": "any"}}},
        {"four_eyes_on_validation": True},
        {"calendar": {"closed": ["2026-12-24"]}},
        {"endpoints": {"booking": {"url": "http://a.invalid:8080/x?y=1", "private": True}}},
    ],
    ids=str,
)
def test_a_setting_at_its_limit_is_accepted_and_read_back(settings: dict[str, Any]) -> None:
    policy = Policy.of(settings)
    assert policy != Policy()
    assert Policy.of(policy.as_settings()) == policy


def test_what_is_not_set_keeps_its_default() -> None:
    policy = Policy.of({"deadlines": {LANE: [100, 50]}, "rules": {"contrato": {"mode": "any"}}})
    assert policy.deadlines == {**default_deadlines(), (4, Role.PROCESO): Allowance(100, 50)}
    assert policy.rules == {**dict.fromkeys(REVIEWED_DOCUMENTS, Rule("all", 4)), Document.CONTRATO: Rule("any", 4)}
    assert (policy.soon, policy.escalate_after, policy.four_eyes_on_validation) == (240, 480, False)
    assert (policy.endpoints, policy.templates) == ({}, {})


def test_a_refusal_says_the_limit_or_what_is_known() -> None:
    settings = {"colour": 1, "soon": -1, "endpoints": {"oob": {"url": "ftp://a.invalid/"}}}
    settings |= {"rules": {"contrato": {"mode": "quorum", "quorum": 5}, "cro": {"mode": "all"}}}
    with pytest.raises(Invalid) as refusal:
        Policy.of(settings)
    params = {field: problem.params for field, problem in refusal.value.problems.items()}
    assert (params["soon"], params["contrato"], params["endpoints"]) == ({"days": 260}, {"limit": 4}, {"system": "oob"})
    assert params["rules"] == {"names": ["cro"], "known": [document.value for document in REVIEWED_DOCUMENTS]}
    assert (params["colour"]["names"], params["colour"]["known"][:2]) == (["colour"], ["rules", "deadlines"])


@pytest.mark.parametrize(
    ("kind", "value", "comparable"),
    [
        (ApprovalRule(), {"mode": "quorum", "quorum": 2}, ("quorum", 2)),
        (ApprovalRule(), {"mode": "any", "quorum": 2}, ("any", 0)),  # the number says nothing there
        (Minutes(), 5, 5),
    ],
)
def test_what_has_to_differ_for_a_change_to_be_one(kind: ValueKind, value: Any, comparable: Any) -> None:
    assert kind.comparable(value) == comparable


def test_a_policy_that_cannot_be_is_refused_when_it_is_made() -> None:
    with pytest.raises(Invalid) as refusal:
        Policy(soon=-1)
    assert list(refusal.value.problems) == ["soon"]


def test_a_policy_without_a_rule_or_a_deadline_is_none() -> None:
    with pytest.raises(BadDefinition):
        Policy(rules={Document.CONTRATO: Rule()})
    with pytest.raises(BadDefinition):
        Policy(deadlines={(4, Role.PROCESO): Allowance(5, 5)})


def test_each_lane_of_each_phase_has_its_days() -> None:
    days = {(phase, role): allowance for (phase, role), allowance in default_deadlines().items()}
    intake = {(p, r): i for p, (i, _) in DAYS.items() for r in (Role.OPERADOR_OPERACION, Role.MESA_DE_AYUDA)}
    review = {(p, r): v for p, (_, v) in DAYS.items() for r in REVIEW_ROLES if v}
    assert days == {key: Allowance(n * 480, n * 480) for key, n in (intake | review).items()}


def test_each_document_goes_by_its_own_rule() -> None:
    modes = [Rule("all"), Rule("any"), Rule("quorum", 2), Rule("quorum", 1), Rule("any", 3), Rule("quorum", 3), Rule()]
    policy = Policy(rules=dict(zip(REVIEWED_DOCUMENTS, modes, strict=True)))
    panels = [policy.panel(Flow.ESTANDAR, document) for document in REVIEWED_DOCUMENTS]
    assert [(panel.mode, panel.needed) for panel in panels] == [
        ("all", 4), ("any", 1), ("quorum", 2), ("quorum", 1), ("any", 1), ("quorum", 3), ("all", 4),
    ]  # fmt: skip
    assert {panel.roles for panel in panels} == {REVIEW_ROLES}
    b2b = {policy.panel(Flow.B2B, document) for document in REVIEWED_DOCUMENTS}
    assert b2b == {("b2b", (Role.GERENTE_COMERCIAL,), 1)}


def test_a_lane_has_one_time_for_its_first_work_item_and_one_for_later_ones() -> None:
    policy = Policy.of({"deadlines": {LANE: [100, 50]}, "soon": 30})
    assert policy.due(4, Role.PROCESO, START, first=True) == (START + 100 * MINUTE, START + 70 * MINUTE)
    assert policy.due(4, Role.PROCESO, START, first=False) == (START + 50 * MINUTE, START + 20 * MINUTE)
    short = Policy.of({"deadlines": {LANE: [20, 30]}, "soon": 30})
    assert short.due(4, Role.PROCESO, START, first=True) == (START + 20 * MINUTE, START)
    assert short.due(4, Role.PROCESO, START, first=False) == (START + 30 * MINUTE, START)


def test_what_is_late_is_brought_before_proceso_after_the_set_working_time() -> None:
    assert Policy.of({"escalate_after": 60}).escalates(START) == START + HOUR
    assert Policy().escalates(START) == START + 9 * HOUR  # eight working hours, and an hour at noon


def test_a_system_has_the_activity_of_its_name() -> None:
    policy = Policy(endpoints={name: Endpoint("https://a.invalid/") for name in ("sd_crm", "booking")})
    assert policy.system_of("Confirmación Booking") == "booking"
    assert policy.system_of("Cargar Cliente Internacional en SD-CRM") == "sd_crm"
    assert policy.system_of("Notificar OOB y envío de datos de contacto") is None


def test_phases_6_to_9_need_an_environment() -> None:
    test, production = Environment.TEST, Environment.PRODUCTION
    assert [phase.needs for phase in PHASES] == [None, None, None, None, None, test, production, production, production]
