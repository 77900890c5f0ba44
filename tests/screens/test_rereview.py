"""Re-review through the page: the round counter, every earlier finding, and the words that changed, with real files."""

import io

import pytest
from docx import Document as WordDocument

from core.demo.documents import pdf
from core.process.terms import Document, Flow, Kind
from core.services import cases
from tests.support.drive_case import FAILS, World
from tests.support.people import COMERCIAL, OPERADORA, OUTSIDER
from tests.support.screen import LANGUAGES, Screen
from ui.case import rereview
from ui.words.messages import plain

PRICE, NEW_PRICE = "Precio: 10.000 USD [a](http://x) *al mes*", "Precio: 9.500 USD [a](http://x) *al mes*"
SAID = (
    r"Precio\: :red-background[**−** ~~10\.000~~] :green-background[**+** 9\.500] USD \[a\]\("
    + rf"{plain('http://x')}\) \*al mes\*"
)
SECTIONS = {
    "es": ["Hallazgos anteriores y su respuesta (2)", "Qué cambió en Propuesta Comercial desde que se devolvió"],
    "en": ["Earlier findings and their answers (2)", "What changed in Propuesta Comercial since it was returned"],
}


def docx(*paragraphs: str) -> bytes:
    made, content = WordDocument(), io.BytesIO()
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(content)
    return content.getvalue()


def attach(w: World, code: str, content: bytes, name: str) -> None:
    cases.attach(w.db, w.store, w.on(code, OPERADORA), content, name, w.tick())


def again(w: World, *files: tuple[bytes, str]) -> str:
    """A case whose Propuesta Comercial was returned and is under review again, in the last of these versions."""
    code = w.open(flow=Flow.B2B)
    w.to(code, 2, Kind.PRODUCE)
    attach(w, code, *files[0])
    w.send(code)
    w.review(code, verdict="return", answers=FAILS, reason="revisar *todo*")
    for each in files[1:]:
        attach(w, code, *each)
    w.send(code, answers={1: "bajó", 2: "hecho"})
    return code


def sections(screen: Screen) -> list[str]:
    return [each.label for each in screen.at.main.get("expander")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", [lambda *lines: pdf("Propuesta", lines), docx], ids=["pdf", "docx"])
def test_from_the_second_cycle_on_the_reviewer_sees_what_changed(see, world: World, language: str, made):
    code = again(world, (made("Inicio", PRICE), "uno.pdf"), (made("Inicio", NEW_PRICE), "dos.pdf"))
    screen = see(COMERCIAL, language).case(code)
    assert sections(screen) == SECTIONS[language]
    assert f":gray[:small[Inicio]]  \n{SAID}" in screen.lines
    before = {"es": "Hallazgo anterior", "en": "Earlier finding"}[language]
    assert f"{before} 1: Precio: muy alto → **bajó**" in screen.captions
    assert f"{before} 2: revisar \\*todo\\* → **hecho**" in screen.captions
    ending = "PDF" if made is not docx else "DOCX"
    assert f"{ {'es': 'Nombre', 'en': 'Name'}[language] }: uno\\.{ending.lower()} → **dos\\.{ending.lower()}**" in (
        screen.captions
    )
    counted = {
        "es": "Un cambio en el texto: **+** una palabra agregada, **−** una quitada. "
        "No se comparan imágenes ni formato.",
        "en": "One change in the text: **+** one word added, **−** one removed. Images and format are not compared.",
    }[language]
    assert counted in screen.lines


def test_in_the_first_cycle_there_is_nothing_to_compare(see, world: World):
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.REVIEW)
    assert sections(see(COMERCIAL).case(code)) == []


def test_the_counter_says_how_many_cycles_are_usual(see, world: World):
    code = again(world, (pdf("a", [PRICE]), "uno"), (pdf("a", [NEW_PRICE]), "dos"))
    first = ":gray-badge[ciclo 2] :gray[:small[todavía no hay casos con los que compararla]]"
    assert first in see(COMERCIAL).case(code).lines
    world.to(world.open("k2", flow=Flow.B2B), 3)
    usual = ":orange-badge[▲ ciclo 2] :gray[:small[lo usual: 1 (mediana de un caso que pasó esta revisión)]]"
    assert usual in see(COMERCIAL).case(code).lines


def test_the_version_that_was_returned_is_compared_with_the_one_that_was_sent(see, world: World):
    versions = [(pdf("a", [text]), name) for text, name in ((PRICE, "uno"), ("Borrador", "dos"), (NEW_PRICE, "tres"))]
    screen = see(COMERCIAL).case(again(world, *versions))
    assert "**De v1 a v3**" in screen.lines
    assert any(SAID in line for line in screen.lines)


@pytest.mark.parametrize(
    ("files", "told", "warned"),
    [
        ([pdf("a", [PRICE])] * 2, ["Es el mismo archivo: su huella no cambió."], []),
        (
            [docx(PRICE), docx(PRICE, "")],
            ["El texto es el mismo. Cambió otra cosa del archivo: formato, imágenes o firmas. Lea las dos versiones."],
            [],
        ),
        (
            [b"%PDF-1.7\n1", b"\x89PNG\r\n\x1a\n1"],
            [],
            [
                "No se puede comparar el texto: v1 está dañada o no sigue su formato y v2 no es PDF ni DOCX. "
                "La huella del archivo sí cambió; lea las dos versiones."
            ],
        ),
    ],
    ids=["the same file", "the same text", "unreadable"],
)
def test_what_is_no_change_of_text_is_said_as_what_it_is(see, world: World, files, told, warned):
    screen = see(COMERCIAL).case(again(world, *((content, "a.pdf") for content in files)))
    assert (screen.infos, screen.warned) == (told, warned)
    hashes = [line for line in screen.captions if line.startswith("Huella del archivo")]
    assert bool(hashes) == (files[0] != files[1])


def test_a_file_that_is_gone_from_the_disk_is_said_and_the_form_stays(see, world: World):
    code = again(world, (pdf("a", ["gone"]), "uno"), (pdf("a", ["here"]), "dos"))
    world.store._path(world.case(code).documents[Document.PROPUESTA][0].sha256).unlink()
    screen = see(COMERCIAL).case(code)
    assert screen.warned == ["No se encontró el archivo. Vuelva a cargar la página."]
    assert "Aprobar" in screen.buttons


def test_more_changes_than_fit_beside_the_form_are_counted(see, world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rereview, "PLACES", 1)
    older, newer = docx("uno", "igual", "dos"), docx("1", "igual", "2")
    screen = see(COMERCIAL).case(again(world, (older, "a"), (newer, "b")))
    more = "Y un cambio más: véalos en Documentos, «Comparar versiones», o descargue las dos versiones."
    assert more in screen.captions
    assert sum(line.count("green-background") for line in screen.lines) == 1


# --- any two versions, in the documents' tab ---
@pytest.mark.parametrize(
    ("address", "title"),
    [
        ({}, "**De v2 a v3**"),
        ({"desde": "1"}, "**De v1 a v3**"),
        ({"desde": "1", "hasta": "2"}, "**De v1 a v2**"),
        ({"desde": "x", "hasta": "9"}, "**De v2 a v3**"),
    ],
)
def test_any_two_versions_can_be_compared_by_whoever_sees_the_case(see, world: World, address, title: str):
    versions = [(pdf("a", [f"texto {n}"]), f"v{n}") for n in (1, 2, 3)]
    code = again(world, *versions)
    screen = see(OUTSIDER).case(code, vista="documents", comparar="propuesta_comercial", **address)
    assert title in screen.lines
    assert sum("green-background" in line for line in screen.lines) == 1


def test_a_version_is_not_compared_with_itself(see, world: World):
    versions = [(pdf("a", [f"texto {n}"]), f"v{n}") for n in (1, 2, 3)]
    where = {"vista": "documents", "comparar": "propuesta_comercial", "desde": "2", "hasta": "2"}
    assert see(OUTSIDER).case(again(world, *versions), **where).infos == ["Elija dos versiones distintas."]


def test_without_a_second_version_there_is_no_choice(see, world: World):
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.REVIEW)
    screen = see(COMERCIAL).case(code, vista="documents")
    assert [each.label for each in screen.at.main.selectbox] == []
