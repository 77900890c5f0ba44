"""Files: what they are by their content, under a safe name, whole on the disk, and only for who may attach them."""

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents.store import MAX_NAME, MAX_SIZE, MEDIA_TYPES, Store, examine, safe_name
from core.errors import Altered, Invalid, NotAllowed, NotFound
from core.process.terms import Document, Flow, Kind
from core.services import cases
from tests.support.drive_case import World
from tests.support.people import ADMIN, OPERADORA


def archive(*parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for part in parts:
            made.writestr(part, "<x/>")
    return content.getvalue()


GOOD = {
    ".pdf": b"%PDF-1.7 ...",
    ".docx": archive("[Content_Types].xml", "word/document.xml"),
    ".xlsx": archive("[Content_Types].xml", "xl/workbook.xml"),
    ".png": b"\x89PNG\r\n\x1a\n...",
    ".jpg": b"\xff\xd8\xff\xe0...",
}
BAD = {
    "a program": b"MZ\x90\x00",
    "a page": b"<html><script>alert(1)</script></html>",
    "an image with script": b"<svg onload='alert(1)'/>",
    "text that speaks of a PDF": b"x%PDF-1.7",
    "another archive": archive("payload.exe"),
    "an old Office file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "a program with a document behind it": b"MZ" + archive("word/document.xml"),
    "half an archive": archive("word/document.xml")[20:],
    "an archive whose list is damaged": archive("word/document.xml").replace(b"PK\x01\x02", b"PK\x09\x09"),
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "files")


def refusal(content: bytes, name: str = "x.pdf") -> str:
    with pytest.raises(Invalid) as refused:
        examine(content, name)
    return refused.value.problems["file"].code


@pytest.mark.parametrize("ending", GOOD)
def test_a_file_is_what_its_content_is_whatever_its_name_says(store: Store, ending: str):
    file = store.put(GOOD[ending], "contrato.exe")
    assert (file.name, file.media_type, file.size) == (f"contrato{ending}", MEDIA_TYPES[ending], len(GOOD[ending]))
    assert store.get(file.sha256) == GOOD[ending]


@pytest.mark.parametrize("what", BAD)
def test_other_content_is_refused_whatever_its_name_says(what: str):
    assert refusal(BAD[what]) == "file_type"


def test_an_empty_file_and_one_that_is_too_large_are_refused():
    assert refusal(b"") == "file_empty"
    assert refusal(b"%PDF-" + bytes(MAX_SIZE)) == "file_too_large"
    assert examine(b"%PDF-" + bytes(MAX_SIZE - 5), "x").size == MAX_SIZE


@given(st.binary(max_size=60))
def test_no_content_whatsoever_breaks_the_examination(junk: bytes):
    for content in (junk, b"PK\x03\x04" + junk, archive("word/document.xml")[:-30] + junk):
        with suppress(Invalid):
            assert examine(content, "x").size == len(content)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\boot.ini", "boot.pdf"),
        ("C:\\docs\\Oferta final.PDF", "Oferta final.pdf"),
        ("..", "documento.pdf"),
        ("", "documento.pdf"),
        ("a\x00b\r\nc\u202egpj.exe", "abcgpj.pdf"),
        ("Propuesta «Ñandú» n.º 3.docx", "Propuesta «Ñandú» n.º 3.pdf"),
        ("v1.2", "v1.pdf"),
        (".oculto", "oculto.pdf"),
        ("ñ" * 300, "ñ" * (MAX_NAME - 4) + ".pdf"),
    ],
)
def test_a_name_has_no_folder_no_control_character_and_the_content_s_ending(given_name: str, kept: str):
    assert safe_name(given_name, ".pdf") == kept


def test_the_same_content_is_kept_once_and_without_leftovers(store: Store):
    first = store.put(GOOD[".pdf"], "a.pdf")
    second = store.put(GOOD[".pdf"], "b.pdf")
    assert first.sha256 == second.sha256
    assert [path.name for path in store.root.rglob("*") if path.is_file()] == [first.sha256]


def test_a_file_that_changed_on_the_disk_is_not_given_out(store: Store):
    file = store.put(GOOD[".pdf"], "a.pdf")
    next(path for path in store.root.rglob("*") if path.is_file()).write_bytes(b"%PDF-other")
    for read in (store.get, store.verified):
        with pytest.raises(Altered):
            read(file.sha256)


@pytest.mark.parametrize("name", ["../../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64])
def test_only_a_stored_hash_is_read(store: Store, name: str):
    with pytest.raises(NotFound):
        store.get(name)


def test_a_full_disk_leaves_nothing_behind(store: Store, monkeypatch: pytest.MonkeyPatch):
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    store._path(examine(GOOD[".pdf"], "a.pdf").sha256).parent.mkdir(parents=True)
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.put(GOOD[".pdf"], "a.pdf")
    assert not [path for path in store.root.rglob("*") if path.is_file()]


def test_versions_are_kept_and_each_names_its_content(both: World):
    code = both.open(flow=Flow.B2B)
    both.to(code, 2, Kind.PRODUCE)
    both.attach(code)
    both.attach(code)
    versions = both.case(code).documents[Document.PROPUESTA]
    assert [version.version for version in versions] == [1, 2]
    assert len({both.store.get(version.sha256) for version in versions}) == 2


def test_who_may_not_attach_leaves_no_file_on_the_disk(world: World):
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.PRODUCE)
    before = list(world.store.root.rglob("*"))
    with pytest.raises(NotAllowed):
        cases.attach(world.db, world.store, world.on(code, ADMIN), b"%PDF-big", "x.pdf", world.tick())
    assert list(world.store.root.rglob("*")) == before


def test_a_wrong_file_leaves_the_case_as_it_was(world: World):
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.PRODUCE)
    before = world.case(code)
    with pytest.raises(Invalid):
        cases.attach(world.db, world.store, world.on(code, OPERADORA), b"MZ", "x.pdf", world.tick())
    assert world.case(code) == before
