"""Other systems at the running app: a case opened over HTTP, and its checklist that waits for a third system."""

import re
from collections.abc import Callable

import pytest

from core.integrations import api_clients
from core.process.terms import Channel
from core.store import settings
from tests.browser.browser_user import Seat
from tests.browser.server import House, now

pytestmark = pytest.mark.browser
Sit = Callable[..., Seat]
BODY = {
    "flow": "b2b",
    "international": True,
    "client": "Cliente por HTTP",
    "contact": {"name": "Rosa Peña", "email": "rosa@cliente.example"},
    "service": "Integración de pagos",
    "criteria": [{"name": "SLA", "expected": "99,5 %"}],
}


def tie(house: House, endpoints: dict[str, dict[str, str]]) -> None:
    with house.db.writing() as tx:
        settings.change(tx, "endpoints", endpoints, None, now())


def test_a_case_that_another_system_opens_waits_for_a_third_one(at: Sit, seat: Sit, house: House) -> None:
    token = api_clients.create(house.db, "sd-crm", Channel.OPERACION, now())
    tie(house, {"booking": {"url": "https://booking.example/"}})
    stranger = seat()
    ask = stranger.page.request
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "pedido-1"}
    try:
        answers = [ask.post(f"{house.url}/api/cases", data=BODY, headers=headers) for _ in range(2)]
    finally:
        tie(house, {})
    assert [each.status for each in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    code = answers[0].json()["code"]
    assert ask.get(f"{house.url}/api/cases/{code}", headers=headers).json()["phase"]["number"] == 1
    refused = ask.get(f"{house.url}/api/cases/{code}")
    assert (refused.status, refused.json()["errors"][0]["code"]) == (401, "system_not_known")
    assert ask.get(f"{house.url}/api").json()["openapi"] == "3.1.0"
    assert stranger.context.cookies() == []
    one = at("operador")
    one.case(code)
    one.sees("en espera del otro sistema", re.compile("abierto por SD-CRM"))
    one.picture("caso-otro-sistema")
    assert (one.outside, one.troubles) == ([], [])
