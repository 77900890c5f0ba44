"""Mapa: the figures on its shapes, counted by hand, the page, and the path of a case."""

import json
import math
from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from core.exports.bpmn import file
from core.figures.base import evidence
from core.figures.base.evidence import FigureRef
from core.figures.catalogue import FIGURES
from core.figures.pages import process_map as process_map_figures
from core.process.terms import Channel, Environment, Flow, Kind, Role
from core.queries import case as queries_case
from core.queries.selection import Selection, end_of
from tests.support import countable_cases
from tests.support.drive_case import World
from tests.support.people import DAY, HOUR, MINUTE, OUTSIDER
from ui.analysis.pages import process_map as process_map_page
from ui.case import map_tab
from ui.web import process_drawing
from ui.widgets import process_map
from ui.words.format import Format

Visit = Callable[..., AppTest]


def test_the_figures_of_a_work_item_are_those_counted_by_hand(both: World):
    one, other = both.open("a", flow=Flow.B2B), both.open("b", flow=Flow.B2B)
    both.tick(5 * HOUR)
    both.validate(one)
    between = both.now
    both.tick(3 * HOUR)
    both.validate(other)
    with both.db.reading() as connection:
        at_last = process_map_figures.compute(connection, Selection(), both.now)
        halfway = process_map_figures.compute(connection, Selection(as_of=between), both.now)
        mesa = process_map_figures.compute(connection, Selection(channel=Channel.MESA_DE_AYUDA), both.now)
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
        rows = process_map_figures.compute(connection, Selection(), both.now).to_dict("records")
        passed = process_map_figures.path(connection, queries_case.header(connection, code).id)
    assert [(row["role"], row["n"]) for row in rows if row["kind"] == Kind.REVIEW] == [(Role.GERENTE_ALIANZAS, 1)]
    returned = [(one.role, one.times, one.returns) for one in passed if one.returns]
    assert returned == [(Role.GERENTE_ALIANZAS, 1, 1)]
    assert [(one.kind, one.open) for one in passed if one.open] == [(Kind.CORRECT, 1)]


def test_a_case_is_marked_where_it_is_and_where_it_went_by_signs():
    marks = map_tab.walked(
        [
            process_map_figures.PathStep(2, Role.GERENTE_COMERCIAL, Kind.REVIEW, 2, 0, 1),
            process_map_figures.PathStep(2, Role.MESA_DE_AYUDA, Kind.CORRECT, 1, 1, 0),
        ]
    )
    assert marks == [
        ("review_2_gerente_comercial", "✓ ×2 ↩1", "pasó 2 veces · una devolución", "visited"),
        ("correct_2_mesa_de_ayuda", "▶", "está aquí", "now"),
    ]


def test_the_greatest_figure_is_the_hottest(world: World):
    countable_cases.play(world)
    with world.db.reading() as connection:
        found = process_map_figures.compute(connection, Selection(), world.now)
    marks = process_map_page.heat(found, "p50", Format("es", world.now, "America/Bogota"))
    rows = found.to_dict("records")
    hottest = max(range(len(rows)), key=lambda n: -1 if math.isnan(rows[n]["p50"]) else rows[n]["p50"])
    assert marks[hottest].look == "heat-4"
    assert len(marks) == len(rows)


def test_the_wait_for_the_clients_environment_is_nobodys(both: World):
    code = both.open("w", flow=Flow.B2B)
    both.to(code, 6)
    opened = both.now
    both.tick(DAY)
    with both.db.reading() as connection:
        waits = row_of(at_phase(process_map_figures.compute(connection, Selection(), both.now), 6), Kind.VALIDATE)
        of = FigureRef("element_queue", 6, Role.OPERADOR_OPERACION, Kind.VALIDATE)
        behind = evidence.evidence_of(
            connection, FIGURES[of.figure], evidence.question_of(connection, of, Selection(), both.now)
        )
    assert waits[3:5] == (0, 0)
    assert (behind.counts, behind.excluded) == ({"queue": 0, "waiting": 0, "tasks_held": 0}, {"at_gate": 1})
    both.register(code, Environment.TEST)
    registered = both.now
    both.tick(HOUR)
    both.validate(code)
    with both.db.reading() as connection:
        done = row_of(at_phase(process_map_figures.compute(connection, Selection(), both.now), 6), Kind.VALIDATE)
    assert registered - opened > DAY
    assert done[3:6] == (1, 0, both.now - registered)


def at_phase(frame: pd.DataFrame, phase: int) -> pd.DataFrame:
    return frame[frame["phase"] == phase]


def test_the_cases_behind_a_task_are_those_of_its_own_number(both: World):
    countable_cases.play(both)
    with both.db.reading() as connection:
        for chosen in (Selection(), Selection(flow=Flow.B2B, as_of=both.now - 20 * HOUR)):
            frame = process_map_figures.compute(connection, chosen, both.now)
            assert len(frame) > 20
            for row in frame.to_dict("records"):
                for name, figure in (("n", "element_times"), ("queue", "element_queue")):
                    of = FigureRef(figure, row["phase"], Role(row["role"]), row["kind"])
                    asked = evidence.question_of(connection, of, chosen, both.now)
                    listed = evidence.cases(connection, FIGURES[figure], asked, None)
                    assert sum(case.times for case in listed) == row[name], of


@pytest.mark.parametrize(
    ("language", "title", "numbers", "queue"),
    [("es", "Mapa", "Cifras exactas", "En cola"), ("en", "Map", "Exact numbers", "In the queue")],
)
def test_the_page_shows_its_numbers_as_a_table_too(
    visit: Visit, world: World, language: str, title: str, numbers: str, queue: str
):
    countable_cases.play(world)
    app = visit("mapa", language=language, cifra="queue")
    assert app.title[0].value == title
    assert not app.dataframe
    app.session_state["map_tabs"] = numbers
    table = app.run().dataframe[0].value
    with world.db.reading() as connection:
        expected = process_map_figures.compute(connection, Selection(), world.now)
    assert table[queue].tolist() == expected["queue"].tolist()
    assert table[queue].sum() == 4  # six cases run, and two of them wait for the client's environment


def test_the_address_chooses_the_cases_the_day_and_what_is_behind_a_task(visit: Visit, world: World):
    countable_cases.play(world)
    app = visit("mapa", al="2026-03-02", flujo="b2b", detras="element_times:1:operador_operacion:validate")
    with world.db.reading() as connection:
        then = Selection(flow=Flow.B2B, as_of=end_of(date(2026, 3, 2), "America/Bogota") - 1)
        frame = process_map_figures.compute(connection, then, world.now)
    n = row_of(frame[(frame["phase"] == 1) & (frame["role"] == Role.OPERADOR_OPERACION)], Kind.VALIDATE)[3]
    assert f"Terminadas: {n}" in [each.value for each in app.markdown]
    assert len(app.dataframe[0].value) == n


def test_choosing_a_task_opens_what_is_behind_its_figure(visit: Visit, world: World, monkeypatch: pytest.MonkeyPatch):
    countable_cases.play(world)
    monkeypatch.setattr(process_map, "draw", lambda *_, **__: "validate_1_operador_operacion")
    app = visit("mapa", cifra="p85")
    assert app.query_params["detras"] == "element_times:1:operador_operacion:validate"
    app = visit("mapa", cifra="queue")
    assert app.query_params["detras"] == "element_queue:1:operador_operacion:validate"
    monkeypatch.setattr(process_map, "draw", lambda *_, **__: None)
    assert "detras" not in visit("mapa").query_params


def test_a_run_sends_the_marks_and_not_the_drawing(visit: Visit, world: World, monkeypatch: pytest.MonkeyPatch):
    countable_cases.play(world)
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(process_map, "_viewer", lambda **args: sent.append(args))
    visit("mapa")
    assert len(sent[-1]["marks"]) > 20
    assert len(json.dumps(sent[-1])) < 10_000


def test_the_drawing_is_had_at_its_own_address_only_and_kept():
    found, lost = (
        process_drawing.answer(Request({"type": "http", "path_params": {"name": name}}))
        for name in (process_drawing.address().removeprefix("process/"), "0123456789abcdef.bpmn")
    )
    assert (found.status_code, found.body) == (200, file.file())
    assert "immutable" in found.headers["cache-control"]
    assert lost.status_code == 404


def test_the_title_is_the_finding_of_the_chosen_figure():
    columns = ["phase", "role", "kind", "n", "queue", "p50", "p85"]
    rows = [
        (2, Role.MESA_DE_AYUDA, Kind.CORRECT, 4, 1, 9.0 * DAY, 9.5 * DAY),
        (8, Role.PROCESO, Kind.REVIEW, 5, 0, 2.0 * DAY, 6.3 * DAY),
        (7, Role.PROCESO, Kind.REVIEW, 5, 0, 2.5 * DAY, 3.0 * DAY),
    ]
    frame, words = pd.DataFrame(rows, columns=columns), Format("es", 0)
    assert [process_map_page.finding(frame, figure, words) for figure in process_map_page.FIGURES] == [
        "Lo que más tarda: Revisar Factura (7 Facturación, Proceso); la mitad de las veces 2,5 d o más (n = 5)",
        "Lo que más tarda: Revisar Cobranza (8 Cobranza, Proceso); 85 de cada 100 veces 6,3 d o menos (n = 5)",
        "Donde más se espera: Corregir Propuesta Comercial (2 Envío Propuesta, Mesa de Ayuda), con 1 en cola",
    ]
    few = frame.assign(n=4, queue=0)
    assert [process_map_page.finding(few, figure, words) for figure in ("p50", "queue")] == [
        "Ninguna tarea ha terminado las veces suficientes para decir cuál tarda más",
        "Ninguna tarea está en cola",
    ]


def test_an_empty_house_says_so(visit: Visit):
    app = visit("mapa")
    assert (len(app.info), len(app.subheader)) == (1, 0)


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
