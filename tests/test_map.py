"""Mapa: the figures on its shapes, counted by hand, the page, and the path of a case."""

import math
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
import twelve
from cast import HOUR, MINUTE, OUTSIDER
from driver import World
from streamlit.testing.v1 import AppTest

from core import queries
from core.figures import map as counted
from core.figures.selection import Selection
from core.terms import Channel, Flow, Kind, Role
from ui import map_figures, process_map
from ui.format import Format

Visit = Callable[..., AppTest]


def test_the_figures_of_a_work_item_are_those_counted_by_hand(both: World):
    one, other = both.open("a", flow=Flow.B2B), both.open("b", flow=Flow.B2B)
    both.tick(5 * HOUR)
    both.validate(one)
    between = both.now
    both.tick(3 * HOUR)
    both.validate(other)
    with both.db.reading() as connection:
        at_last = counted.compute(connection, Selection(), both.now)
        halfway = counted.compute(connection, Selection(), between)
        mesa = counted.compute(connection, Selection(channel=Channel.MESA_DE_AYUDA), both.now)
    # The first took 5 h and 2 min, the second 8 h and 2 min: both were opened a minute after one another.
    waited = (5 * HOUR + 2 * MINUTE, 8 * HOUR + 2 * MINUTE)
    place = (1, Role.OPERADOR_OPERACION, Kind.VALIDATE)
    assert row_of(halfway, Kind.VALIDATE) == (*place, 1, 1, waited[0], waited[0])
    assert row_of(at_last, Kind.VALIDATE) == (*place, 2, 0, 6 * HOUR + 32 * MINUTE, waited[0] + 0.85 * 3 * HOUR)
    assert row_of(at_last, Kind.PRODUCE)[3:5] == (0, 2)
    assert math.isnan(row_of(at_last, Kind.PRODUCE)[5])
    assert len(mesa) == 0


def row_of(frame: pd.DataFrame, kind: Kind) -> tuple[Any, ...]:
    """The only row of a kind."""
    (row,) = frame[frame["kind"] == kind].itertuples(index=False, name=None)
    return tuple(row)


def test_what_was_withdrawn_is_no_decision_of_its_lane(both: World):
    code = both.open("w", flow=Flow.ESTANDAR)
    both.to(code, 2, Kind.REVIEW)
    both.review(code, Role.GERENTE_ALIANZAS, "return", reason="corregir")
    with both.db.reading() as connection:
        rows = counted.compute(connection, Selection(), both.now).to_dict("records")
        passed = counted.path(connection, queries.header(connection, code).id)
    assert [(row["role"], row["n"]) for row in rows if row["kind"] == Kind.REVIEW] == [(Role.GERENTE_ALIANZAS, 1)]
    returned = [(one.role, one.times, one.returns) for one in passed if one.returns]
    assert returned == [(Role.GERENTE_ALIANZAS, 1, 1)]
    assert [(one.kind, one.open) for one in passed if one.open] == [(Kind.CORRECT, 1)]


def test_a_case_is_marked_where_it_is_and_where_it_went_by_signs():
    marks = process_map.walked(
        [
            counted.Passed(2, Role.GERENTE_COMERCIAL, Kind.REVIEW, 2, 0, 1),
            counted.Passed(2, Role.MESA_DE_AYUDA, Kind.CORRECT, 1, 1, 0),
        ]
    )
    assert [(mark.shape, mark.text, mark.classes) for mark in marks] == [
        ("review_2_gerente_comercial", "✓ ×2 ↩1", ["visited"]),
        ("correct_2_mesa_de_ayuda", "▶", ["now"]),
    ]
    assert [map_figures.phase_of_shape(mark.shape) for mark in marks] == [2, 2]
    assert map_figures.phase_of_shape("review_5_responsable_implementacion_b2b") == 5


def test_the_greatest_figure_is_the_hottest(world: World):
    twelve.play(world)
    with world.db.reading() as connection:
        found = counted.compute(connection, Selection(), world.now)
    marks = process_map.heat(found, "p50", Format("es", world.now, "America/Bogota"))
    rows = found.to_dict("records")
    hottest = max(range(len(rows)), key=lambda n: -1 if math.isnan(rows[n]["p50"]) else rows[n]["p50"])
    assert marks[hottest].classes == ["heat-4"]
    assert len(marks) == len(rows)
    assert all(mark.asks for mark in marks)


@pytest.mark.parametrize(
    ("language", "title", "queue"), [("es", "Mapa", "En cola"), ("en", "Map", "In the queue")]
)  # fmt: skip
def test_the_page_shows_its_numbers_as_a_table_too(visit: Visit, world: World, language: str, title: str, queue: str):
    twelve.play(world)
    app = visit("mapa", language=language, cifra="queue")
    assert app.title[0].value == title
    table = app.dataframe[0].value
    with world.db.reading() as connection:
        expected = counted.compute(connection, Selection(), world.now)
    assert table[queue].tolist() == expected["queue"].tolist()
    assert table[queue].sum() == sum(expected["queue"])


def test_an_empty_house_says_that_nothing_waits(visit: Visit):
    app = visit("mapa")
    assert app.subheader[0].value == "Ninguna tarea está en cola"


def test_who_has_no_role_does_not_see_the_map(visit: Visit):
    app = visit("mapa", OUTSIDER)
    assert app.warning
    assert not app.dataframe


def test_the_tab_of_a_case_says_where_it_is(visit: Visit, world: World):
    code = world.open("t", flow=Flow.B2B)
    world.to(code, 2, Kind.REVIEW)
    app = visit("caso", caso=code, vista="map")
    said = [caption.value for caption in app.caption]
    assert any("Está en: 2 Envío Propuesta · Gerente Comercial · Revisar Propuesta Comercial." in each for each in said)
    shown = app.table[-1].value
    assert shown["Abiertas"].tolist() == [0, 0, 0, 0, 1]
