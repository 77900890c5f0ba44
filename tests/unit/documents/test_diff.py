"""What changed between two versions: words added and removed in real PDFs and DOCX, and honest answers about others."""

import io
import zipfile
from collections import Counter
from collections.abc import Sequence

import pypdf
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from core.demo.documents import pdf
from core.documents import diff, text_extraction
from core.documents.diff import Comparison, DiffPart, DiffPlace, abridged, compare
from core.documents.sandbox import compare_confined
from core.documents.text_extraction import ExtractedText, extract

PRICE = "El precio es de 10.000 USD al mes, a 30 días."
NEW_PRICE = "El precio es de 9.500 USD al mes, a 30 días."


def docx(*paragraphs: str) -> bytes:
    made, content = Document(), io.BytesIO()
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(content)
    return content.getvalue()


def changed(older: Sequence[str], newer: Sequence[str]) -> Comparison:
    return compare(docx(*older), docx(*newer))


# --- reading ---
def test_a_pdf_is_read_line_by_line():
    assert extract(pdf("Contrato", [PRICE, "", "Segunda  línea"])) == ExtractedText(
        ("Contrato", PRICE, "Segunda línea")
    )


def test_a_docx_is_read_with_its_tables_text_boxes_and_margins():
    made, content = Document(), io.BytesIO()
    made.add_paragraph("Uno\tdos")
    made.add_table(1, 2).rows[0].cells[1].text = "celda"
    made.sections[0].footer.paragraphs[0].text = "al pie"
    boxed = f"<w:p {nsdecls('w')}><w:r><w:t>marco</w:t></w:r></w:p>"
    shape = f"<w:r {nsdecls('w')}><w:pict><w:txbxContent>{boxed}</w:txbxContent></w:pict></w:r>"
    made.paragraphs[0]._p.append(parse_xml(shape))
    struck = f"<w:del {nsdecls('w')}><w:r><w:delText>borrado</w:delText></w:r></w:del>"
    made.paragraphs[0]._p.append(parse_xml(struck))
    made.save(content)
    assert extract(content.getvalue()) == ExtractedText(("Uno dos", "marco", "celda", "al pie"))


def locked(password: str) -> bytes:
    writer, content = pypdf.PdfWriter(pypdf.PdfReader(io.BytesIO(pdf("Contrato", [PRICE])))), io.BytesIO()
    writer.encrypt(password, "owner")
    writer.write(content)
    return content.getvalue()


def blank_pages(count: int) -> bytes:
    writer, content = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(count):
        writer.add_blank_page(595, 842)
    writer.write(content)
    return content.getvalue()


def zipped(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/"), text)
    return content.getvalue()


UNREADABLE = {
    "a picture": (b"\x89PNG\r\n\x1a\n...", "other_kind"),
    "a spreadsheet": (zipped(**{"xl__workbook.xml": "<x/>"}), "other_kind"),
    "nothing": (b"", "other_kind"),
    "a PDF with a password": (locked("secreta"), "encrypted"),
    "a PDF that is only a beginning": (b"%PDF-1.7\n1", "broken"),
    "a PDF that was cut": (pdf("Contrato", [PRICE])[:300], "broken"),
    "an archive that was cut": (docx("uno")[:500], "broken"),
    "a DOCX that is none inside": (zipped(**{"word__document.xml": "<x/>"}), "broken"),
    "a scan": (blank_pages(1), "no_text"),
    "an empty DOCX": (docx(), "no_text"),
    "more pages than anybody compares": (blank_pages(text_extraction.MAX_PAGES + 1), "too_large"),
    "more text than anybody compares": (docx("palabra " * 80_000), "too_large"),
    "an archive that unpacks to much more": (
        zipped(**{"word__document.xml": " " * (text_extraction.MAX_UNPACKED + 1)}),
        "too_large",
    ),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_says_why(what: str):
    content, why = UNREADABLE[what]
    assert extract(content) == ExtractedText(problem=why)
    good = pdf("Contrato", [PRICE])
    assert compare(good, content) == Comparison("unreadable", newer=why)
    assert compare(content, good) == Comparison("unreadable", older=why)


def test_a_pdf_that_anybody_can_open_is_read_though_it_is_encrypted():
    assert extract(locked("")).lines == ("Contrato", PRICE)


# --- comparing ---
@pytest.mark.parametrize("made", [lambda *lines: pdf("Contrato", lines), lambda *lines: docx("Contrato", *lines)])
def test_a_changed_word_is_shown_in_its_line_between_its_neighbours(made):
    found = compare(made(PRICE, "Fin"), made(NEW_PRICE, "Fin"))
    parts = (
        DiffPart("same", "El precio es de"),
        DiffPart("removed", "10.000"),
        DiffPart("added", "9.500"),
        DiffPart("same", "USD al mes, a 30 días."),
    )
    assert found == Comparison("changed", (DiffPlace("Contrato", parts, "Fin"),), added=1, removed=1)


def test_a_pdf_and_a_docx_are_compared_by_what_they_say():
    assert compare(pdf("Contrato", [PRICE]), docx("Contrato", PRICE)) == Comparison("same_text")


def test_the_same_bytes_are_identical_and_other_bytes_with_the_same_text_are_not():
    one = docx(PRICE)
    assert compare(one, bytes(one)) == Comparison("identical")
    assert compare_confined(one, bytes(one)) == Comparison("identical")
    assert compare(one, docx("", PRICE)) == Comparison("same_text")


def test_a_line_that_only_breaks_elsewhere_has_not_changed():
    assert changed(["uno dos tres", "cuatro"], ["uno dos", "tres cuatro"]) == Comparison("same_text")


def test_added_and_removed_lines_stand_where_they_were():
    found = changed(["a uno", "b dos", "c tres"], ["a uno", "c tres", "d cuatro"])
    assert found.places == (
        DiffPlace("a uno", (DiffPart("removed", "b dos"),), "c tres"),
        DiffPlace("c tres", (DiffPart("added", "d cuatro"),), ""),
    )
    assert (found.added, found.removed) == (2, 2)


def test_a_lone_word_between_two_changes_belongs_to_them():
    (place,) = changed(["paga en diez días de plazo"], ["cobra en treinta días de plazo"]).places
    assert place.parts == (
        DiffPart("removed", "paga en diez"),
        DiffPart("added", "cobra en treinta"),
        DiffPart("same", "días de plazo"),
    )


def test_places_too_long_to_match_word_by_word_are_replaced_as_a_whole(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(diff, "MAX_PAIRS", 5)
    (place,) = changed(["uno dos tres"], ["uno dos cuatro"]).places
    assert place.parts == (DiffPart("removed", "uno dos tres"), DiffPart("added", "uno dos cuatro"))


def test_of_a_long_stretch_that_stayed_the_same_the_ends_are_shown():
    text = " ".join(str(n) for n in range(30))
    assert abridged(DiffPart("same", text)) == "0 1 2 3 4 5 6 7 … 22 23 24 25 26 27 28 29"
    assert abridged(DiffPart("added", text)) == text


KINDS = ("added", "removed")
lines = st.lists(st.text("ab ", max_size=8), max_size=8)


@given(lines, lines)
def test_whatever_changed_taking_away_and_adding_leads_from_one_version_to_the_other(older, newer):
    before, after = (tuple(filter(None, (" ".join(line.split()) for line in each))) for each in (older, newer))
    places = tuple(diff._places(before, after))
    said = {
        kind: Counter(w for p in places for x in p.parts if x.kind == kind for w in x.text.split()) for kind in KINDS
    }
    words = [Counter(" ".join(each).split()) for each in (before, after)]
    assert words[0] - said["removed"] + said["added"] == words[1]
    assert not said["removed"] - words[0]
    assert bool(places) == (" ".join(before) != " ".join(after))


# --- confined ---
def test_in_its_own_process_the_answer_is_the_same():
    older, newer = pdf("Contrato", [PRICE]), docx("Contrato", NEW_PRICE, "Más")
    assert compare_confined(older, newer) == compare(older, newer)
    assert compare_confined(older, b"%PDF-1.7\n1") == Comparison("unreadable", newer="broken")


def test_a_comparison_that_takes_too_long_is_ended_and_says_so():
    assert compare_confined(pdf("a", []), pdf("b", []), seconds=0) == Comparison(
        "unreadable", (), 0, 0, *["too_long"] * 2
    )
