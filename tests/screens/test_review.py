"""Reviewing through the page: criteria, approvals of several roles, a return, its correction and the next cycle."""

import pytest

from core.case.events import CriterionAnswer, DocumentApproved, DocumentSent, Finding, Reviewed
from core.process.terms import REVIEWED_DOCUMENTS, Document, Flow, Kind, Role
from tests.support.drive_case import FAILS, MEETS, World, dump
from tests.support.people import ALIANZAS, COMERCIAL, COMERCIAL_2, ID, IMPLEMENTACION, OPERADORA, PROCESO
from tests.support.screen import LANGUAGES, Screen

APPROVE, RETURN = {"es": "Aprobar", "en": "Approve"}, {"es": "Devolver", "en": "Return"}
ALL_MET = {"es": "Todos cumplen", "en": "All met"}
INVALID = "No se guardó: hay campos por completar o corregir. Revise los que están marcados."
ANSWER = "Respuesta al hallazgo · Carla, Gerente Comercial"
REASON = "Motivo (obligatorio si devuelve sin marcar «No cumple»)"
PROPUESTA = Document.PROPUESTA


def at_review(world: World, flow: Flow = Flow.B2B) -> str:
    code = world.open(flow=flow)
    world.to(code, 2, Kind.REVIEW)
    return code


def beneath(*sentences: str) -> list[str]:
    return [f":red[:small[↑ {sentence}]]" for sentence in sentences]


def answers(screen: Screen) -> list[str | None]:
    return [screen.value(name) for name in ("Precio", "SLA")]


# --- approving ---
@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "es",
            "**Aprobó Propuesta Comercial\\.** 3 Análisis Comercial: Validar Propuesta Comercial (Operador Operación), "
            "vence mié 4 mar, 08:08.",
        ),
        (
            "en",
            "**You approved Propuesta Comercial\\.** 3 Análisis Comercial: Validar Propuesta Comercial "
            "(Operador Operación), due Wed 4 Mar, 08:08.",
        ),
    ],
)
def test_an_approval_is_recorded_with_its_answers_and_said_with_what_follows(see, world: World, language, said):
    code = at_review(world)
    screen = see(COMERCIAL, language).case(code)
    world.tick()
    screen.answer("SLA", "not_applicable").write("Comentario" if language == "es" else "Comment", " sin SLA ", 1)
    screen.click(ALL_MET[language])
    assert answers(screen) == ["meets", "not_applicable"]
    screen.click(APPROVE[language])
    assert (screen.done, screen.refused, screen.tasks) == ([said], [], [])
    assert world.bodies(code, Reviewed) == [Reviewed(5, PROPUESTA, 1, 1, "approve", MEETS, "")]
    assert world.record(code)[-1].at == world.now


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_criterion_asks_for_its_answer_and_a_failed_one_bars_the_approval(see, world: World, language: str):
    unanswered = {
        "es": ("Responda el criterio Precio\\.", "Responda el criterio SLA\\."),
        "en": ("Answer the criterion Precio\\.", "Answer the criterion SLA\\."),
    }[language]
    failed = {
        "es": "No se puede aprobar con criterios que no se cumplen\\: Precio\\. Devuelva el documento o corrija su "
        "respuesta\\.",
        "en": "It cannot be approved while criteria are not met\\: Precio\\. Return the document or correct your "
        "answer\\.",
    }[language]
    code = at_review(world)
    screen = see(COMERCIAL, language).case(code)
    before = dump(world.db)["events"]
    assert screen.click(APPROVE[language]).problems == beneath(*unanswered)
    screen.answer("Precio", "fails").click(ALL_MET[language])
    assert answers(screen) == ["fails", "meets"]
    assert screen.click(APPROVE[language]).problems == beneath(failed)
    assert answers(screen) == ["fails", "meets"]
    assert dump(world.db)["events"] == before


# --- several roles ---
RULES = {
    "all": (4, "Deben aprobar todos los roles que revisan.", "All reviewing roles must approve."),
    "any": (1, "Basta la aprobación de un rol.", "One role’s approval is enough."),
    "quorum": (3, "Deben aprobar 3 de los roles que revisan.", "3 of the reviewing roles must approve."),
}
FIRST, SECOND, THIRD, FOURTH = ALIANZAS, PROCESO, IMPLEMENTACION, COMERCIAL


@pytest.mark.parametrize("rule", RULES)
def test_the_page_says_which_rule_holds_and_whose_approval_is_still_missing(see, world: World, rule: str):
    needed, spanish, english = RULES[rule]
    world.setting("rules", {document: {"mode": rule, "quorum": 3} for document in REVIEWED_DOCUMENTS})
    code = at_review(world, Flow.ESTANDAR)
    nobody = {"es": "Nadie ha aprobado todavía.", "en": "Nobody has approved yet."}
    heads = {"es": "En revisión: Propuesta Comercial v1.", "en": "Under review: Propuesta Comercial v1."}
    for language, sentence in (("es", spanish), ("en", english)):
        assert f"{heads[language]} {sentence} {nobody[language]}" in see(FIRST, language).case(code).captions
    then = {
        4: "**Si aprueba:** Faltarán 3 aprobaciones: Gerente Comercial, Responsable Implementación B2B y Proceso.",
        3: "**Si aprueba:** Faltarán 2 aprobaciones: Gerente Comercial, Responsable Implementación B2B y Proceso.",
        1: "**Si aprueba:** 3 Análisis Comercial: Validar Propuesta Comercial (Operador Operación), vence mié 4 mar, "
        "08:07.",
    }[needed]
    first = see(FIRST).case(code)
    world.tick()
    assert then in first.captions
    first.click("Todos cumplen").click("Aprobar")
    waiting = "Todavía deben decidir: Gerente Comercial, Responsable Implementación B2B y Proceso."
    assert (
        first.done[0]
        .removeprefix("**Aprobó Propuesta Comercial\\.** ")
        .startswith("3 Análisis Comercial: Validar" if needed == 1 else waiting)
    )
    others = [SECOND, THIRD, FOURTH][: needed - 1]
    for who in others:
        screen = see(who).case(code).click("Todos cumplen").click("Aprobar")
    assert len(world.bodies(code, DocumentApproved)) == 1
    assert world.case(code).phase == 3
    if others:
        assert screen.done[0].startswith("**Aprobó Propuesta Comercial\\.** 3 Análisis Comercial: Validar")


def test_who_has_approved_already_is_said_to_the_others(see, world: World):
    code = at_review(world, Flow.ESTANDAR)
    world.review(code, Role.PROCESO)
    world.review(code, Role.GERENTE_ALIANZAS)
    sentence = "Deben aprobar todos los roles que revisan. Ya aprobó: Proceso y Gerente Alianzas."
    assert f"En revisión: Propuesta Comercial v1. {sentence}" in see(COMERCIAL).case(code).captions
    assert see(PROCESO).case(code).tasks == []
    last = see(IMPLEMENTACION).case(code)
    assert "**Si aprueba:** Faltará una aprobación: Gerente Comercial." in last.captions


# --- returning and correcting ---
def test_a_return_needs_a_finding_and_opens_the_correction(see, world: World):
    code = at_review(world)
    screen = see(COMERCIAL).case(code)
    screen.click("Todos cumplen").click("Devolver")
    assert (screen.refused, screen.problems) == (
        [INVALID],
        beneath("Para devolver, marque al menos un criterio como «No cumple» o escriba el motivo\\."),
    )
    screen.answer("Precio", "fails").write("Comentario", "muy alto").write(REASON, "revisar *todo*").click("Devolver")
    assert screen.done == [
        "**Devolvió Propuesta Comercial\\.** 2 Envío Propuesta: Corregir Propuesta Comercial (Operador Operación), "
        "vence mié 4 mar, 08:07."
    ]
    role, who = Role.GERENTE_COMERCIAL, ID[COMERCIAL]
    findings = (Finding(1, role, who, "Precio", "muy alto"), Finding(2, role, who, "", "revisar *todo*"))
    assert world.bodies(code, Reviewed) == [Reviewed(5, PROPUESTA, 1, 1, "return", FAILS, "revisar *todo*", findings)]
    assert "Una devolución en 2 Envío Propuesta." in screen.captions


def test_a_correction_answers_each_finding_with_a_new_version(see, world: World):
    code = at_review(world)
    world.review(code, verdict="return", answers=FAILS, reason="revisar *todo*")
    screen = see(OPERADORA).case(code)
    assert screen.tasks == ["Corregir Propuesta Comercial"]
    assert screen.lines[2:5] == [
        ":green-badge[○ mié 4 mar, 08:08] Operador Operación · ciclo 2",
        "1. **Precio** muy alto",
        "2. revisar \\*todo\\*",
    ]
    screen.write(ANSWER, "bajó a 9.000", 0).click("Enviar Propuesta Comercial")
    versions = "Adjunte una versión nueva de Propuesta Comercial\\: la versión 1 es la que se devolvió\\."
    assert screen.problems == beneath(versions)
    screen.upload(b"%PDF-1.7 dos").click("Enviar Propuesta Comercial")
    assert screen.problems == beneath("Responda este hallazgo\\.")
    assert [screen.value(ANSWER, place) for place in (0, 1)] == ["bajó a 9.000", ""]
    screen.write(ANSWER, "revisado", 1).click("Enviar Propuesta Comercial")
    assert screen.done[0].startswith("**Envió Propuesta Comercial\\.** 2 Envío Propuesta: Revisar Propuesta Comercial")
    sent = world.bodies(code, DocumentSent)[-1]
    assert (sent.version, sent.cycle, sent.answers) == (2, 2, {1: "bajó a 9.000", 2: "revisado"})


@pytest.mark.parametrize(("language", "before"), [("es", "Hallazgo anterior {}:"), ("en", "Earlier finding {}:")])
def test_the_next_review_shows_the_findings_with_their_answers(see, world: World, language: str, before: str):
    code = at_review(world)
    world.review(code, verdict="return", answers=FAILS, reason="revisar *todo*")
    world.attach(code)
    world.send(code, answers={1: "bajó", 2: "hecho"})
    screen = see(COMERCIAL, language).case(code)
    assert f"{before.format(1)} Precio: muy alto → **bajó**" in screen.captions
    assert f"{before.format(2)} revisar \\*todo\\* → **hecho**" in screen.captions
    assert answers(screen) == [None, None]
    assert any(line.endswith({"es": "· ciclo 2", "en": "· cycle 2"}[language]) for line in screen.lines)


# --- somebody was faster ---
def test_a_verdict_on_a_review_that_was_returned_meanwhile_says_by_whom(see, world: World):
    code = at_review(world)
    screen = see(COMERCIAL).case(code).click("Todos cumplen")
    world.review(code, who=COMERCIAL_2, verdict="return", answers=MEETS, reason="falta el anexo")
    screen.click("Aprobar")
    assert screen.refused == [
        "No se guardó: Ciro ya decidió esta tarea (devolvió) el lun 2 mar, 08:08. Motivo: falta el anexo. "
        "Vea la historia del caso."
    ]
    assert [each.verdict for each in world.bodies(code, Reviewed)] == ["return"]


def test_the_answers_typed_so_far_are_there_in_a_new_session(see, world: World):
    code = at_review(world)
    see(COMERCIAL).case(code).answer("Precio", "fails").write("Comentario", "muy alto").write(REASON, "a medias")
    again = see(COMERCIAL).case(code)
    assert (answers(again), again.value("Comentario"), again.value(REASON)) == (["fails", None], "muy alto", "a medias")
    again.click("Todos cumplen").click("Devolver")
    given = world.bodies(code, Reviewed)[-1]
    assert given.answers == (CriterionAnswer("Precio", "fails", "muy alto"), CriterionAnswer("SLA", "meets"))
    assert given.reason == "a medias"
