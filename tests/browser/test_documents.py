"""Documents in a real browser: what is shown and downloaded is what the record names, whatever was opened before."""

import hashlib
import re
from typing import NamedTuple

import pytest
from playwright.sync_api import Route, expect
from sqlalchemy import select

from core.demo.documents import pdf
from core.documents.store import Store
from core.process.definition import checklist
from core.process.terms import Document, Flow, Kind
from core.queries import case as queries_case
from core.queries.case import DocumentRow, Header
from core.services import cases as services_cases
from core.services import opening
from core.services.cases import SeenItem
from core.store import tables
from tests.browser.browser_user import BrowserUser, UserFactory
from tests.browser.server import Server, now
from tests.support.drive_case import request
from ui.web.document_routes import DOWNLOAD, document_url

pytestmark = pytest.mark.browser
REDIRECTED = 307
LINK = re.compile("^⬇ Propuesta Comercial v1")
FETCHED = """async url => {
    const answer = await fetch(url), content = await answer.arrayBuffer()
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", content))
    return [...hash].map(byte => byte.toString(16).padStart(2, "0")).join("")
}"""
RED_DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92"
    "ef0000000049454e44ae426082"
)


class Reviewed(NamedTuple):
    """A case whose proposal is under review, and the version on its record."""

    code: str
    row: DocumentRow

    @property
    def url(self) -> str:
        return document_url(self.code, self.row.sha256, self.row.name)


def large(text: str, letter: bytes) -> bytes:
    """A readable PDF of 2 MB; two of them differ in one byte, far from its beginning, middle and end."""
    content = pdf("Propuesta", [text])
    filling = bytearray(b"." * (2_000_000 - len(content)))
    filling[400_000:400_001] = letter
    return b"%PDF-1.4\n%" + bytes(filling) + b"\n" + content


def under_review(server: Server, key: str, content: bytes, name: str, flow: Flow = Flow.B2B) -> Reviewed:
    """Carry a new case to the review of its proposal, which is that file."""
    with server.db.reading() as connection:
        operator = connection.scalar(select(tables.people.c.id).where(tables.people.c.login == "operador"))
    assert operator is not None
    code = opening.open_case(server.db, operator, request(key, flow=flow), now())
    while (item := (head := header(server, code)).case.items[0]).work is not Kind.REVIEW:
        on = SeenItem(operator, code, item.item, item.version)
        asked = checklist(item.work, item.phase, item.role, international=head.case.international)
        done = frozenset(placed.position for placed in asked)
        if item.work is Kind.VALIDATE:
            services_cases.validate(server.db, on, "yes", now(), done=done)
            continue
        if item.document is Document.PROPUESTA:
            services_cases.attach(server.db, Store(server.log.parent / "files"), on, content, name, now())
            on = on._replace(seen=header(server, code).case.items[0].version)
        services_cases.send(server.db, on, now(), done=done)
    with server.db.reading() as connection:
        (row,) = (row for row in queries_case.documents(connection, head.id) if row.document is Document.PROPUESTA)
    return Reviewed(code, row)


def header(server: Server, code: str) -> Header:
    with server.db.reading() as connection:
        return queries_case.header(connection, code)


def shown(user: BrowserUser, case: Reviewed) -> str:
    """Open the document on its case; the SHA-256 of what the viewer fetched its address for."""
    with user.page.expect_request(lambda asked: "/documentos/" in asked.url) as asked:
        user.go(f"/caso?caso={case.code}&ver=true")
    expect(user.page.get_by_test_id("pdf-document-container").locator("canvas").first).to_be_visible()
    return str(user.page.evaluate(FETCHED, asked.value.url))


def downloaded(user: BrowserUser) -> tuple[str, str]:
    """Name and SHA-256 of what the link of the case on the screen downloads."""
    found = user.download(LINK)
    return found.suggested_filename, hashlib.sha256(found.path().read_bytes()).hexdigest()


def test_two_large_documents_that_differ_in_one_byte_are_shown_and_downloaded_as_themselves(
    signed_in: UserFactory, server: Server
) -> None:
    name = "Oferta «Ñandú» \U0001f600.pdf"
    cases = [under_review(server, f"documento {letter!r}", large("Precio", letter), name) for letter in (b"1", b"2")]
    assert len({case.row.sha256 for case in cases}) == 2
    assert {case.row.size for case in cases} == {2_000_011}
    for login, order in (("comercial", (0, 1)), ("comercial2", (1, 0))):
        user = signed_in(login)
        for place in order:
            case = cases[place]
            assert shown(user, case) == case.row.sha256
            assert downloaded(user) == (name, case.row.sha256)
        assert not user.troubles
        assert not user.outside
    user.picture("caso-documento")


def test_a_picture_is_shown_as_the_file_itself(signed_in: UserFactory, server: Server) -> None:
    case = under_review(server, "una foto", RED_DOT, "foto.png")
    user = signed_in("comercial")
    user.go(f"/caso?caso={case.code}&ver=true")
    picture = user.main.get_by_test_id("stImage").locator("img")
    expect(picture).to_have_attribute("src", server.url + case.url)
    expect(picture).to_have_js_property("naturalWidth", 1)
    assert user.page.evaluate(FETCHED, case.url) == case.row.sha256
    assert not user.troubles


def test_a_document_is_downloaded_with_the_keyboard_and_the_page_stays(signed_in: UserFactory, server: Server) -> None:
    case = under_review(server, "teclado", pdf("Propuesta", ["Precio"]), "teclado.pdf")
    user = signed_in("comercial")
    user.case(case.code)
    user.type("Motivo", "a medio escribir")
    link = user.main.get_by_role("link", name=LINK)
    expect(link).to_have_attribute("href", f"{case.url}?{DOWNLOAD}")
    link.focus()
    with user.page.expect_download() as found:
        user.page.keyboard.press("Enter")
    assert hashlib.sha256(found.value.path().read_bytes()).hexdigest() == case.row.sha256
    assert len(user.context.pages) == 1
    expect(user.field("Motivo")).to_have_value("a medio escribir")
    user.click("Todos cumplen")
    expect(user.field("Motivo")).to_have_value("a medio escribir")
    assert not user.troubles


def _release(held: list[Route]) -> None:
    while held:
        held.pop().continue_()


def test_the_document_is_there_in_the_window_in_which_one_signs_in(new_user: UserFactory, server: Server) -> None:
    case = under_review(server, "recién", RED_DOT, "recién.png")
    window = new_user()
    writer: list[Route] = []  # of the cookie: it comes once the browser has asked for the document without it

    def hold(route: Route) -> None:
        writer.append(route)

    window.page.route("**/writer.js", hold)
    window.page.on("response", lambda answer: _release(writer) if answer.status == REDIRECTED else None)
    window.sign_in("comercial", path=f"/caso?caso={case.code}&ver=true")
    picture = window.main.get_by_test_id("stImage").locator("img")
    expect(picture).to_have_js_property("naturalWidth", 1)


def test_whoever_has_no_role_is_refused_in_words(signed_in: UserFactory, server: Server) -> None:
    case = under_review(server, "ajeno", pdf("Propuesta", ["Precio"]), "ajeno.pdf")
    visitor = signed_in("visitante")
    answer = visitor.page.goto(server.url + case.url)
    assert answer is not None
    assert answer.status == 403
    assert visitor.page.inner_text("body").startswith("Los documentos los lee quien tiene uno de los roles")
