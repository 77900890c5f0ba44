"""Documents over HTTP: the bytes that the record names, for whoever may read them, and for nobody else."""

import hashlib
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from sqlalchemy import update

from core.documents.store import MEDIA_TYPES
from core.people import accounts, sessions
from core.process.terms import Document, Flow, Kind, Role
from core.queries import case
from core.queries.case import DocumentRow
from core.services import cases as services_cases
from core.store import tables
from tests.store.test_documents import archive
from tests.support.absences import leave
from tests.support.drive_case import World
from tests.support.people import ADMIN, COMERCIAL, DAY, ID, MINUTE, OPERADORA, OUTSIDER, PASSWORD, PROCESO
from tests.support.route_requests import Answer, cookie_of, fetch
from ui.shell import process
from ui.web import document_routes
from ui.web.document_routes import EARLY, TRIES, document_url

PICTURE = b"\x89PNG\r\n\x1a\n" + b"a picture"
NAMES = (
    "Ñandú – oferta «final».pdf",
    "a\"b'c;d.pdf",
    "<b>x.pdf",
    "😀 plan.pdf",
    "100% & más?#1.pdf",
    "uno.pdf",
)


@pytest.fixture(autouse=True)
def app_of_this_test(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", world.db.url.render_as_string(hide_password=False))
    monkeypatch.setenv("DOCUMENTS_DIR", str(world.store.root))
    monkeypatch.setenv("COOKIE_SECRET", "a secret of the tests that is long enough")
    monkeypatch.setattr(document_routes, "moment", lambda: world.now)
    for kept in (process.database, process.store):
        kept.cache_clear()
    yield
    process.database().engine.dispose()
    for kept in (process.database, process.store):
        kept.cache_clear()


def attached(world: World, content: bytes = b"%PDF-1.7\nuno", name: str = "Propuesta.pdf") -> tuple[str, DocumentRow]:
    """A case whose proposal is that file: its code, and the version on the record."""
    code = world.open(f"k{world.now}", flow=Flow.B2B)
    world.to(code, 2, Kind.PRODUCE)
    services_cases.attach(world.db, world.store, world.on(code, OPERADORA), content, name, world.tick())
    with world.db.reading() as connection:
        rows = case.documents(connection, case.header(connection, code).id)
    return code, next(row for row in rows if row.document is Document.PROPUESTA)


def url(code: str, row: DocumentRow) -> str:
    return document_url(code, row.sha256, row.name)


def read(world: World, path: str, who: str = COMERCIAL, **headers: str) -> Answer:
    return fetch(path, who, world.now, **headers)


def large(changed: bytes) -> bytes:
    """A PDF of 2 MB; `changed` stands where no sample of the first, middle and last 64 KiB reaches."""
    content = bytearray(b"%PDF-1.7\n".ljust(2_000_000, b"."))
    content[500_000 : 500_000 + len(changed)] = changed
    return bytes(content)


# --- what is served ---
def test_two_large_files_that_differ_in_one_byte_are_each_served_as_themselves(world: World):
    contents = (large(b"1"), large(b"2"))
    cases = [attached(world, content) for content in contents]
    attached_as = list(zip(cases, contents, strict=True))
    for (code, row), content in [*attached_as, *reversed(attached_as)]:
        answer = read(world, url(code, row))
        assert (answer.status, hashlib.sha256(answer.body).hexdigest()) == (200, row.sha256)
        assert answer.body == content


@pytest.mark.parametrize(("query", "kind"), [("", "inline"), ("?descargar", "attachment")])
def test_a_pdf_may_be_looked_at_or_kept(world: World, query: str, kind: str):
    code, row = attached(world)
    answer = read(world, url(code, row) + query)
    assert (answer.status, answer.body) == (200, b"%PDF-1.7\nuno")
    assert answer.headers["content-disposition"] == f"{kind}; filename*=UTF-8''Propuesta.pdf"
    assert {name: answer.headers[name] for name in ("cache-control", "content-type", "x-content-type-options")} == {
        "cache-control": "no-store",
        "content-type": "application/pdf",
        "x-content-type-options": "nosniff",
    }
    assert answer.headers["etag"] == f'"{row.sha256}"'
    assert ("sandbox" in answer.headers["content-security-policy"]) == bool(query)
    assert answer.headers["content-security-policy"].startswith("default-src 'none';")
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_a_picture_is_served_as_it_is_and_may_be_looked_at(world: World):
    code, row = attached(world, PICTURE, "foto.exe")
    answer = read(world, url(code, row))
    assert (answer.body, answer.headers["content-type"]) == (PICTURE, "image/png")
    assert answer.headers["content-disposition"] == "inline; filename*=UTF-8''foto.png"


def test_what_a_browser_cannot_show_is_kept(world: World):
    code, row = attached(world, archive("[Content_Types].xml", "word/document.xml"), "carta.docx")
    answer = read(world, url(code, row))
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''carta.docx"
    assert answer.headers["content-type"] == MEDIA_TYPES[".docx"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_comes_back_whole_and_cannot_leave_its_header(world: World, name: str):
    code, row = attached(world, name=name)
    assert row.name == name
    answer = read(world, url(code, row))
    assert answer.status == 200
    assert answer.headers["content-disposition"] == f"inline; filename*=UTF-8''{quote(name, safe='')}"


def test_a_head_says_what_a_get_would_send(world: World):
    code, row = attached(world)
    answer = read(world, url(code, row), method="HEAD")
    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"", "12")


@pytest.mark.parametrize(
    ("asked", "status", "body", "said"),
    [
        ("bytes=0-4", 206, b"%PDF-", "bytes 0-4/12"),
        ("bytes=-3", 206, b"uno", "bytes 9-11/12"),
        ("bytes=9-", 206, b"uno", "bytes 9-11/12"),
        ("bytes=12-", 416, b"", "bytes */12"),
    ],
)
def test_a_range_is_served_or_refused(world: World, asked: str, status: int, body: bytes, said: str):
    code, row = attached(world)
    answer = read(world, url(code, row), range=asked)
    assert (answer.status, answer.body, answer.headers["content-range"]) == (status, body, said)


# --- for whom ---
def test_nobody_reads_without_a_session(world: World):
    code, row = attached(world)
    answer = fetch(url(code, row), accept_language="es")
    assert (answer.status, answer.text) == (403, "Para abrir un documento, ingrese primero y vuelva a pedirlo.")
    assert fetch(url(code, row), cookie="approvals_session=x.y.z").status == 403
    assert fetch(url(code, row), cookie=cookie_of("a token of nobody")).status == 403


def test_a_window_in_which_somebody_has_just_signed_in_asks_again_until_it_has_its_cookie(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(document_routes, "PAUSE", 0)
    code, row = attached(world)
    again = fetch(f"{url(code, row)}?{EARLY}=0")
    assert (again.status, again.headers["location"]) == (307, f"?{EARLY}=1")
    assert [read(world, f"{url(code, row)}?{EARLY}=1", who).status for who in (COMERCIAL, OUTSIDER)] == [200, 403]
    given_up = [fetch(f"{url(code, row)}?{EARLY}={tries}").status for tries in (TRIES, "x", "-1", "99999999999")]
    assert given_up == [403, 403, 403, 403]


def test_a_session_that_ended_reads_nothing(world: World):
    code, row = attached(world)
    token = sessions.sign_in(world.db, COMERCIAL, PASSWORD, world.now)
    assert fetch(url(code, row), cookie=cookie_of(token)).status == 200
    sessions.end_session(world.db, token, world.tick())
    answer = fetch(url(code, row), cookie=cookie_of(token))
    assert (answer.status, b"%PDF" in answer.body) == (403, False)


@pytest.mark.parametrize("who", [OUTSIDER, ADMIN])
def test_without_a_role_of_the_process_nobody_reads(world: World, who: str):
    code, row = attached(world)
    answer = read(world, url(code, row), who, accept_language="en")
    assert (answer.status, b"%PDF" in answer.body) == (403, False)
    assert answer.text.startswith("Documents are only available to people with a role in the process.")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"


def test_whoever_stands_in_for_a_role_today_reads(world: World):
    code, row = attached(world)
    leave(world, PROCESO, {Role.PROCESO: COMERCIAL}, first=0, last=1)
    with world.db.engine.begin() as connection:  # the services name nobody without a role of their own
        connection.execute(update(tables.absence_substitutes).values(person_id=ID[OUTSIDER]))
    assert read(world, url(code, row), OUTSIDER).status == 200
    world.now += 7 * DAY
    assert read(world, url(code, row), OUTSIDER).status == 403


def test_whoever_has_a_one_time_password_reads_nothing_yet(world: World):
    code, row = attached(world)
    _, one_time = accounts.create(world.db, "nueva", "Nueva", [Role.PROCESO], at=world.now)
    token = sessions.sign_in(world.db, "nueva", one_time, world.now)
    answer = fetch(url(code, row), cookie=cookie_of(token), accept_language="es")
    assert (answer.status, answer.text.split(";")[0]) == (403, "Cambie primero su contraseña de un solo uso")


# --- of which case ---
def test_an_address_that_the_record_does_not_name_leads_nowhere(world: World):
    code, row = attached(world)
    other, strange = attached(world, b"%PDF-1.7\ndos")
    wrong = [
        document_url(other, row.sha256, row.name),
        document_url("S-2020-0001", row.sha256, row.name),
        document_url(code, "0" * 64, row.name),
        document_url(code, row.sha256.upper(), row.name),
        document_url(code, row.sha256, "otro.pdf"),
        document_url(code, row.sha256, "../../../etc/passwd"),
        f"/documentos/{code}/{row.sha256}/../{strange.sha256}/Propuesta.pdf",
        f"/documentos/{code}/..%2F{strange.sha256}/Propuesta.pdf",
        document_url(code, row.sha256, "Propuesta.pdf\0"),
        document_url(f"{code}\0", row.sha256, row.name),
    ]
    answers = [read(world, path) for path in wrong]
    assert [answer.status for answer in answers] == [404] * len(wrong)
    assert [answer for answer in answers if b"%PDF" in answer.body] == []


# --- what is stored ---
def test_a_file_that_was_altered_is_refused_in_words(world: World):
    code, row = attached(world)
    (path,) = (path for path in world.store.root.rglob(row.sha256))
    path.write_bytes(b"%PDF-1.7\nUNO")
    answer = read(world, url(code, row), accept_language="es")
    assert answer.status == 409
    assert answer.text.startswith("El archivo guardado ya no es el que nombra el registro: no se entrega.")
    assert read(world, url(code, row), range="bytes=0-4").status == 409
    world.store.put(b"%PDF-1.7\nuno", "Propuesta.pdf")  # attached again
    assert read(world, url(code, row)).body == b"%PDF-1.7\nuno"


def test_a_file_that_is_missing_is_refused_in_words(world: World):
    code, row = attached(world)
    (path,) = (path for path in world.store.root.rglob(row.sha256))
    path.unlink()
    answer = read(world, url(code, row), accept_language="en")
    assert (answer.status, answer.text) == (404, "The file was not found. Reload the page.")


def test_looking_keeps_the_session_awake(world: World):
    code, row = attached(world)
    token = sessions.sign_in(world.db, COMERCIAL, PASSWORD, world.now)
    for _ in range(3):
        world.now += sessions.IDLE - MINUTE
        assert fetch(url(code, row), cookie=cookie_of(token)).status == 200
