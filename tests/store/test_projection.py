"""The rows that follow from events, compared with what happened and not with a second projection of the same code."""

import pytest
from sqlalchemy import select

from core.errors import NotFound
from core.process.terms import Document, Flow, Kind
from core.services import cases
from core.store import tables
from tests.support.drive_case import World
from tests.support.people import HOLDER, ID, OPERADOR_2, OPERADORA


def sent(world: World, document: Document) -> tuple[int | None, int | None]:
    """Who sent a document's newest version, and when."""
    d = tables.documents.c
    with world.db.reading() as connection:
        rows = connection.execute(select(d.sent_by, d.sent_at).where(d.document == document).order_by(d.version)).all()
    return tuple(rows[-1])


def test_a_validation_taken_back_leaves_the_document_sent(world: World) -> None:
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.REVIEW)
    at = world.now
    world.to(code, 3)
    item = world.item(code).item
    world.validate(code)
    cases.take_back(world.db, ID[OPERADOR_2], code, item, "era otro", world.tick())
    assert sent(world, Document.PROPUESTA) == (ID[HOLDER[world.item(code).role]], at)


def test_a_sending_taken_back_leaves_the_document_as_attached(world: World) -> None:
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.PRODUCE)
    world.attach(code)
    item = world.item(code).item
    world.send(code)
    cases.take_back(world.db, ID[OPERADORA], code, item, "era otro", world.tick())
    assert sent(world, Document.PROPUESTA) == (None, None)


def test_a_case_that_is_not_there_is_said_and_not_stale(world: World) -> None:
    with pytest.raises(NotFound) as refusal:
        cases.take(world.db, ID[OPERADORA], "S-1999-0001", 1, world.tick())
    assert (refusal.value.code, refusal.value.params) == ("case_unknown", {"case": "S-1999-0001"})
