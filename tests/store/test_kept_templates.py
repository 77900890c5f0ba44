"""Templates: a draft comes from the one that the record names, whatever lies in the folder afterwards."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as Docx
from sqlalchemy import delete, func, select

from core.case.events import DraftPrepared
from core.errors import NotFound
from core.process.terms import Document, Flow, Kind
from core.store import kept_templates, tables
from tests.support.drive_case import World
from tests.support.people import OPERADORA
from tests.support.route_requests import Answer, fetch, words
from ui.shell import process
from ui.web import document_routes
from ui.web.document_routes import draft_url

DAY_OF_THE_WORLD = "2 de marzo de 2026"


@pytest.fixture
def folder(both: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of templates of this test's own, and an app on its database."""
    place = tmp_path / "templates"
    shutil.copytree(kept_templates.FOLDER, place)
    monkeypatch.setattr(kept_templates, "FOLDER", place)
    monkeypatch.setattr(kept_templates, "_read", {})
    monkeypatch.setenv("DATABASE_URL", both.db.url.render_as_string(hide_password=False))
    monkeypatch.setenv("COOKIE_SECRET", "a secret of the tests that is long enough")
    monkeypatch.setattr(document_routes, "moment", lambda: both.now)
    process.database.cache_clear()
    yield place
    process.database().engine.dispose()
    process.database.cache_clear()


def replace(folder: Path, text: str) -> None:
    """A contract's template that says something else."""
    made = Docx()
    made.add_paragraph(f"{text} {{{{ client }}}} {{{{ date }}}}")
    content = BytesIO()
    made.save(content)
    (folder / "contrato.docx").write_bytes(content.getvalue())


def prepared(world: World, key: str) -> str:
    """A case whose contract's draft has been prepared."""
    code = world.open(key, flow=Flow.B2B)
    world.to(code, 3, Kind.PRODUCE)
    return code


def draft(world: World, code: str, document: Document = Document.CONTRATO) -> Answer:
    return fetch(draft_url(code, document), OPERADORA, world.now, accept_language="es")


def test_each_case_has_the_draft_of_the_template_that_its_record_names(folder: Path, both: World):
    older = prepared(both, "uno")
    replace(folder, "PLANTILLA NUEVA")
    newer = prepared(both, "dos")
    replace(folder, "PLANTILLA POSTERIOR")
    named = [both.bodies(code, DraftPrepared)[0].template for code in (older, newer)]
    assert len({*named, kept_templates.in_force(Document.CONTRATO).sha256}) == 3
    texts = [words(draft(both, code).body) for code in (older, newer)]
    assert ["PLANTILLA" in text for text in texts] == [False, True]
    assert "PLANTILLA NUEVA Cliente dos" in texts[1]
    assert "Cliente uno" in texts[0]


def test_the_record_and_its_template_are_kept_together(folder: Path, both: World):
    code = prepared(both, "uno")
    (named,) = (body.template for body in both.bodies(code, DraftPrepared))
    with both.db.reading() as connection:
        rows = connection.execute(select(tables.templates)).all()
    assert [row.sha256 for row in rows] == [named]
    assert rows[0].content == (folder / "contrato.docx").read_bytes()


def test_a_record_of_before_has_its_draft_while_the_file_is_the_same_and_is_never_given_another(
    folder: Path, both: World
):
    code = prepared(both, "uno")
    forget(both)
    assert "Cliente uno" in words(draft(both, code).body)
    replace(folder, "OTRA")
    answer = draft(both, code)
    named = both.bodies(code, DraftPrepared)[0].template[: kept_templates.SHOWN]
    assert answer.status == 404
    assert answer.text.startswith(
        f"Este borrador se preparó con la plantilla {named} de Contrato, que ya no se conserva: "
        "no se ofrece otra en su lugar."
    )


def forget(world: World) -> None:
    with world.db.engine.begin() as connection:
        connection.execute(delete(tables.templates))


def test_the_app_keeps_at_its_start_what_records_of_before_name(folder: Path, both: World):
    code = prepared(both, "uno")
    forget(both)
    kept_templates.keep_all(both.db)
    kept_templates.keep_all(both.db)  # two instances
    replace(folder, "OTRA")
    text = words(draft(both, code).body)
    assert ("Cliente uno" in text, "OTRA" in text) == (True, False)
    with both.db.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.templates)) == 7


def test_a_template_that_is_half_written_or_missing_is_not_in_force(folder: Path):
    before = kept_templates.in_force(Document.CONTRATO)
    path = folder / "contrato.docx"
    path.write_bytes(before.content[: len(before.content) // 2])
    assert kept_templates.in_force(Document.CONTRATO) == before
    path.unlink()
    assert kept_templates.in_force(Document.CONTRATO) == before
    replace(folder, "NUEVA")
    assert kept_templates.in_force(Document.CONTRATO).content == path.read_bytes()


def test_a_document_without_a_template_is_said_to_have_none(folder: Path):
    (folder / "factura.docx").rename(folder / "kept")
    with pytest.raises(NotFound) as refused:
        kept_templates.in_force(Document.FACTURA)
    assert (refused.value.code, refused.value.params) == ("template_unknown", {"document": Document.FACTURA})
    (folder / "kept").rename(folder / "factura.docx")


def test_a_draft_says_the_year_and_has_its_name(folder: Path, both: World):
    replace(folder, "FECHA")
    code = prepared(both, "uno")
    answer = draft(both, code)
    assert f"FECHA Cliente uno {DAY_OF_THE_WORLD}" in words(answer.body)
    assert answer.headers["content-disposition"] == (
        f"attachment; filename*=UTF-8''{code}%20Contrato%20%28borrador%29.docx"
    )
    assert answer.headers["cache-control"] == "no-store"
    assert fetch(draft_url(code, Document.CRO), OPERADORA, both.now).status == 404
    assert fetch(f"/borradores/{code}/nada", OPERADORA, both.now).status == 404
    assert fetch(draft_url(code, Document.CONTRATO)).status == 403
