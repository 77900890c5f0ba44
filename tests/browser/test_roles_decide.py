"""Each of the six roles decides once, in its own window, and the decision is on record as that person's."""

import re

import pytest
from sqlalchemy import select

from core.process.terms import PROCESS_ROLES, REVIEW_ROLES, Kind, Role
from core.store import tables
from tests.browser.browser_user import UserFactory
from tests.browser.server import Server
from tests.browser.test_sign_in import LOGINS
from tests.browser.test_two_people import waiting

pytestmark = [pytest.mark.browser, pytest.mark.smoke]


def last_decision(server: Server, code: str, role: Role) -> tuple[str, str]:
    """The login and the verdict of the last decision in that role on that case."""
    verdicts, people, cases = tables.verdicts.c, tables.people.c, tables.cases.c
    joined = tables.verdicts.join(tables.cases, verdicts.case_id == cases.id).join(
        tables.people, verdicts.person_id == people.id
    )
    chosen = select(people.login, verdicts.verdict).select_from(joined).order_by(verdicts.seq.desc())
    with server.db.reading() as connection:
        row = connection.execute(chosen.where(cases.code == code, verdicts.role == role)).first()
    assert row is not None
    return row.login, row.verdict


@pytest.mark.parametrize("role", PROCESS_ROLES)
def test_each_role_decides_what_waits_for_it(role: Role, signed_in: UserFactory, server: Server) -> None:
    reviews = role in REVIEW_ROLES
    code = waiting(server, role, Kind.REVIEW if reviews else Kind.VALIDATE)
    window = signed_in(LOGINS[role])
    window.case(code)
    if reviews:
        window.click("Todos cumplen")
        window.click("Aprobar")
        window.sees(re.compile("^Aprobó "))
    else:
        window.type("Motivo", "el cliente lo retira")
        window.click("No, rechazar la solicitud")
        window.sees(re.compile("^Respondió No: "))
    assert last_decision(server, code, role) == (LOGINS[role], "approve" if reviews else "no")
    assert (window.troubles, window.outside) == ([], [])
