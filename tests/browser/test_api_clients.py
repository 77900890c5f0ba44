"""Other systems at the running app: a case opened over HTTP, and its checklist that waits for a third system."""

import re

import pytest

from core.integrations import api_clients
from core.process.terms import Channel
from core.store import settings
from tests.browser.browser_user import UserFactory
from tests.browser.server import Server, now

pytestmark = pytest.mark.browser
BODY = {
    "flow": "b2b",
    "international": True,
    "client": "Cliente por HTTP",
    "contact": {"name": "Rosa Peña", "email": "rosa@cliente.example"},
    "service": "Integración de pagos",
    "criteria": [{"name": "SLA", "expected": "99,5 %"}],
}


def tie(server: Server, endpoints: dict[str, dict[str, str]]) -> None:
    with server.db.writing() as tx:
        settings.change(tx, "endpoints", endpoints, None, now())


def test_a_case_that_another_system_opens_waits_for_a_third_one(
    signed_in: UserFactory, new_user: UserFactory, server: Server
) -> None:
    token = api_clients.create(server.db, "sd-crm", Channel.OPERACION, now())
    tie(server, {"booking": {"url": "https://booking.example/"}})
    stranger = new_user()
    ask = stranger.page.request
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "pedido-1"}
    try:
        answers = [ask.post(f"{server.url}/api/cases", data=BODY, headers=headers) for _ in range(2)]
    finally:
        tie(server, {})
    assert [each.status for each in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    code = answers[0].json()["code"]
    assert ask.get(f"{server.url}/api/cases/{code}", headers=headers).json()["phase"]["number"] == 1
    refused = ask.get(f"{server.url}/api/cases/{code}")
    assert (refused.status, refused.json()["errors"][0]["code"]) == (401, "system_not_known")
    assert ask.get(f"{server.url}/api").json()["openapi"] == "3.1.0"
    assert stranger.context.cookies() == []
    one = signed_in("operador")
    one.case(code)
    one.sees("en espera del otro sistema", re.compile("abierto por SD-CRM"))
    one.picture("caso-otro-sistema")
    assert (one.outside, one.troubles) == ([], [])
