"""The process definition is the contract's table, and a definition that contradicts itself does not load."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import BadDefinition
from core.process.definition import PHASES, activities, check, check_phases, checklist, outline, title
from core.process.terms import Document, Kind, Phase, Role

TABLE = Path(__file__).parent / "activities.tsv"


def test_the_outline_is_the_contract_row_for_row():
    assert outline().splitlines() == TABLE.read_text().splitlines()


def test_there_are_229_activities():
    assert len(list(activities())) == 229


def _without_decision(phase: Phase) -> Phase:
    lane = phase.intake[Role.MESA_DE_AYUDA]
    return replace(phase, intake={**phase.intake, Role.MESA_DE_AYUDA: (*lane[:1], *lane[2:])})


def _two_decisions(phase: Phase) -> Phase:
    lane = phase.intake[Role.OPERADOR_OPERACION]
    return replace(phase, intake={**phase.intake, Role.OPERADOR_OPERACION: (lane[1], *lane)})


def _work_before_decision(phase: Phase) -> Phase:
    lane = phase.intake[Role.OPERADOR_OPERACION]
    return replace(phase, intake={**phase.intake, Role.OPERADOR_OPERACION: (lane[2], lane[1], lane[3])})


def _nothing_to_send(phase: Phase) -> Phase:
    lane = phase.intake[Role.OPERADOR_OPERACION]
    return replace(phase, intake={**phase.intake, Role.OPERADOR_OPERACION: lane[:3]})


CONTRADICTIONS = {
    "a phase out of its place": (lambda p: replace(p, number=4), "stands at place"),
    "an intake lane without a decision": (_without_decision, "exactly one decision"),
    "an intake lane with two decisions": (_two_decisions, "exactly one decision"),
    "work before the decision": (_work_before_decision, "before the decision"),
    "a lane that sends nothing": (_nothing_to_send, "incomplete"),
    "a review lane out of order": (lambda p: replace(p, review=p.review[::-1]), "review lane"),
    "a review lane without closing": (lambda p: replace(p, review=p.review[:4]), "review lane"),
    "a document twice": (lambda p: replace(p, document=Document.CRO), "chain of documents"),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_definition_that_contradicts_itself_is_refused(name):
    change, said = CONTRADICTIONS[name]
    with pytest.raises(BadDefinition, match=said):
        check_phases((PHASES[0], change(PHASES[1]), *PHASES[2:]))


def test_a_review_lane_in_phase_1_is_refused():
    with pytest.raises(BadDefinition, match="review lane"):
        check_phases((replace(PHASES[0], review=(check("Revisar CRO"),)), *PHASES[1:]))


def test_the_checklist_of_phase_1_asks_for_the_international_client_only_then():
    asked = checklist(Kind.PRODUCE, 1, Role.OPERADOR_OPERACION, international=True)
    assert [placed.activity.name for placed in asked] == [
        "Generar CRO",
        "Enviar CRO",
        "Cargar Cliente Internacional en SD-CRM",
        "Notificar OOB y envío de datos de contacto",
    ]
    national = checklist(Kind.PRODUCE, 1, Role.OPERADOR_OPERACION, international=False)
    assert set(asked) - set(national) == {asked[2]}


def test_the_receiving_checklist_leaves_out_the_start_and_the_decision():
    asked = checklist(Kind.VALIDATE, 1, Role.OPERADOR_OPERACION, international=True)
    assert [placed.activity.name for placed in asked] == [
        "Recepción de Solicitud de Servicio - Nuevo Cliente",
        "Confirmación Booking",
    ]


def test_only_phase_1_has_checklists():
    asked = [checklist(kind, 2, Role.MESA_DE_AYUDA, international=True) for kind in Kind]
    assert asked == [()] * len(Kind)


def test_work_items_are_titled_in_the_process_own_terms():
    assert title(Kind.VALIDATE, 1) == "Validar solicitud"
    assert title(Kind.VALIDATE, 4) == "Validar Contrato"
    assert title(Kind.PRODUCE, 2) == "Generar y enviar Propuesta Comercial"
    assert title(Kind.REVIEW, 8) == "Revisar Cobranza"
    assert title(Kind.CORRECT, 5) == "Corregir Plan de Implementación"
    assert title(Kind.CLOSE, 9) == title(Kind.SIGN_OFF, 9) == "Cerrar Comercial"
