"""What is typed while the page is still at work on what came before: no answer that is on its way takes it away."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import WebSocketRoute, expect
from sqlalchemy import select

from core.process.terms import Kind, Role
from core.store import tables
from tests.browser.browser_user import BrowserUser, UserFactory
from tests.browser.server import Server
from tests.browser.test_two_people import waiting

pytestmark = pytest.mark.browser
SECOND = 1000


class Slow:
    """The line from the app to a window: it holds back what the app says, until it is let through."""

    def __init__(self, user: BrowserUser) -> None:
        self.waiting: list[Callable[[], None]] = []
        self.holds = False
        user.page.route_web_socket("**/_stcore/stream", self._between)

    def _between(self, page: WebSocketRoute) -> None:
        app = page.connect_to_server()
        page.on_message(app.send)
        app.on_message(lambda message: self._pass(page, message))

    def _pass(self, page: WebSocketRoute, message: str | bytes) -> None:
        if self.holds:
            self.waiting.append(lambda: page.send(message))
        else:
            page.send(message)

    def let_through(self, count: int) -> None:
        """The first of what waits, in its order."""
        now, self.waiting = self.waiting[:count], self.waiting[count:]
        for send in now:
            send()


def returns(server: Server, code: str) -> list[str]:
    v = tables.verdicts.c
    chosen = select(v.reason).join_from(tables.verdicts, tables.cases).where(tables.cases.c.code == code)
    with server.db.reading() as connection:
        return list(connection.scalars(chosen.where(v.verdict == "return")))


def test_what_is_typed_while_an_earlier_answer_is_on_its_way_is_sent(signed_in: UserFactory, server: Server) -> None:
    code = waiting(server, Role.GERENTE_COMERCIAL, Kind.REVIEW)
    one = signed_in("comercial")
    line = Slow(one)
    one.case(code)
    one.click("Todos cumplen")
    remark, reason = one.field("Comentario").first, one.field("Motivo")
    line.holds = True
    remark.fill("Se habló por teléfono")
    remark.blur()
    one.page.wait_for_timeout(5 * SECOND)  # the app has drawn the page again, and that is on its way
    earlier = len(line.waiting)
    assert earlier > 0
    reason.fill("Falta el precio")
    reason.blur()
    line.let_through(earlier)
    one.page.wait_for_timeout(SECOND)
    expect(reason).to_have_value("Falta el precio")
    one.button("Devolver").click()
    line.holds = False
    line.let_through(len(line.waiting))
    one.sees(re.compile("^Devolvió "))
    assert "Falta el precio" in returns(server, code)
