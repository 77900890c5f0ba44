"""Deciding through the page: the event in the record, the sentence on the screen, and what a refusal keeps."""

import pytest

from core.case.events import CaseEnded, DocumentAttached, DocumentSent, Performed, Validated
from core.process.terms import Document, Environment, Flow, Kind, Outcome
from core.store import form_drafts
from tests.support.drive_case import World, dump
from tests.support.people import EVERYTHING, ID, OPERADOR_2, OPERADORA, PROCESO
from tests.support.screen import LANGUAGES

B2B = Flow.B2B
YES = {"es": "Sí, continuar", "en": "Sí, go on"}
NO = {"es": "No, rechazar la solicitud", "en": "No, reject the request"}
REASON = {"es": "Motivo (obligatorio si responde No)", "en": "Reason (required if you answer No)"}
INVALID = {
    "es": "No se guardó: hay campos por completar o corregir. Revise los que están marcados.",
    "en": "Not saved: some fields are missing or wrong. See the ones that are marked.",
}


def beneath(sentence: str) -> str:
    """A problem as it stands beneath its field."""
    return f":red[:small[↑ {sentence}]]"


# --- Sí and No ---
@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "es",
            "**Respondió Sí\\: Validar solicitud\\.** "
            "1 Inicio: Generar y enviar CRO (Operador Operación), vence mar 3 mar, 08:02.",
        ),
        (
            "en",
            "**You answered Sí\\: Validar solicitud\\.** "
            "1 Inicio: Generar y enviar CRO (Operador Operación), due Tue 3 Mar, 08:02.",
        ),
    ],
)
def test_a_yes_is_recorded_with_its_checklist_and_said_with_what_follows(see, world: World, language: str, said: str):
    code = world.open(flow=B2B)
    screen = see(OPERADOR_2, language).case(code)
    world.tick()
    screen.tick_all().click(YES[language])
    assert (screen.done, screen.refused, screen.tasks) == ([said], [], ["Generar y enviar CRO"])
    assert world.bodies(code, Validated) == [Validated(1, "yes", "")]
    done = [(e.person, e.body.position, e.body.result) for e in world.record(code) if isinstance(e.body, Performed)]
    assert done == [(ID[OPERADORA], 1, ""), *((ID[OPERADOR_2], n, "yes" if n == 4 else "") for n in (2, 3, 4))]
    assert screen.run().done == []


@pytest.mark.parametrize(
    ("language", "said", "then"),
    [
        (
            "es",
            "**Respondió No\\: Validar CRO\\.** El caso terminó: Fin de Proceso - Solicitud Rechazada.",
            "**Si responde No:** Termina el proceso, no se puede continuar: Fin de Proceso - Solicitud Rechazada.",
        ),
        (
            "en",
            "**You answered No\\: Validar CRO\\.** The case ended: Fin de Proceso - Solicitud Rechazada.",
            "**If you answer No:** The process ends here and cannot go on: Fin de Proceso - Solicitud Rechazada.",
        ),
    ],
)
def test_a_no_ends_the_case_with_its_reason_and_says_so_before(see, world: World, language: str, said: str, then: str):
    code = world.open()
    world.to(code, 2)
    screen = see(OPERADORA, language).case(code)
    assert then in screen.captions
    screen.write(REASON[language], "  fuera de alcance ").click(NO[language])
    assert (screen.done[0], screen.buttons) == (said, [])
    assert world.bodies(code, Validated)[-1] == Validated(3, "no", "fuera de alcance")
    assert world.bodies(code, CaseEnded) == [CaseEnded(Outcome.REJECTED)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_shows_the_problem_beneath_its_field_and_keeps_what_was_typed(see, world: World, language: str):
    missing = {
        "es": ("Escriba el motivo\\.", "Falta marcar\\: Confirmación Booking\\."),
        "en": ("Write the reason\\.", "Still to be ticked\\: Confirmación Booking\\."),
    }[language]
    code = world.open()
    before = dump(world.db)["events"]
    screen = see(OPERADORA, language).case(code)
    screen.at.checkbox[0].check()
    screen.click(NO[language])
    assert (screen.refused, screen.problems) == ([INVALID[language]], [beneath(missing[0])])
    screen.write(REASON[language], "lo pienso").click(YES[language])
    assert (screen.refused, screen.problems) == ([INVALID[language]], [beneath(missing[1])])
    assert (screen.value(REASON[language]), [box.value for box in screen.at.checkbox]) == ("lo pienso", [True, False])
    assert dump(world.db)["events"] == before


def test_a_yes_does_not_keep_the_reason_that_was_written_for_a_no(see, world: World):
    code = world.open()
    world.to(code, 2)
    see(OPERADORA).case(code).write(REASON["es"], "quizás no").click(YES["es"])
    assert world.bodies(code, Validated)[-1] == Validated(3, "yes", "")


# --- somebody was faster ---
@pytest.mark.parametrize(
    ("language", "other", "own"),
    [
        (
            "es",
            "No se guardó: Oscar ya decidió esta tarea (Sí) el lun 2 mar, 08:05. Vea la historia del caso.",
            "No se guardó: usted ya decidió esta tarea (Sí) el lun 2 mar, 08:05. Vea la historia del caso.",
        ),
        (
            "en",
            "Not saved: Oscar has already decided this task (Sí) on Mon 2 Mar, 08:05. See the case’s history.",
            "Not saved: you have already decided this task (Sí) on Mon 2 Mar, 08:05. See the case’s history.",
        ),
    ],
)
def test_a_screen_that_is_behind_says_who_decided_what_and_when(see, world: World, language: str, other: str, own: str):
    code = world.open()
    world.to(code, 2)
    mine, second_window = (see(who, language).case(code) for who in (OPERADORA, OPERADOR_2))
    world.validate(code, who=OPERADOR_2)
    world.tick(90 * 60_000)
    before = dump(world.db)["events"]
    assert mine.click(YES[language]).refused == [other]
    assert second_window.click(YES[language]).refused == [own]
    assert dump(world.db)["events"] == before
    assert mine.tasks == ["Generar y enviar Propuesta Comercial"]


def test_a_no_that_was_faster_is_said_with_its_reason_and_the_end_of_the_case(see, world: World):
    code = world.open()
    world.to(code, 2)
    screen = see(OPERADORA).case(code)
    world.validate(code, "no", reason="sin presupuesto")
    screen.click(YES["es"])
    said = "No se guardó: el caso terminó (Fin de Proceso - Solicitud Rechazada) el lun 2 mar, 08:05 y ya no recibe "
    assert screen.refused[0].startswith(said)
    assert screen.refused[1:] == ["El caso terminó el lun 2 mar, 08:05: Fin de Proceso - Solicitud Rechazada."]


# --- documents ---
def test_a_file_is_attached_by_choosing_it_and_sent_by_the_button(see, world: World):
    code = world.open(flow=B2B)
    world.to(code, 2, Kind.PRODUCE)
    screen = see(OPERADORA).case(code)
    screen.click("Enviar Propuesta Comercial")
    assert screen.problems == [beneath("Adjunte Propuesta Comercial antes de enviar\\.")]
    screen.upload(b"MZ\x90", "precios.pdf")
    assert screen.problems[0].startswith(beneath("No se puede adjuntar ese archivo\\: por su contenido")[:-2])
    assert world.bodies(code, DocumentAttached) == world.bodies(code, DocumentAttached)[:1]
    screen.at.file_uploader[0].set_value(None)
    assert screen.run().problems == []
    screen.upload(b"%PDF-1.7 uno", "precios.png")
    assert screen.done == ["Se adjuntó precios\\.png."]
    assert "precios\\.pdf · 12 B · Olga, lun 2 mar, 08:05" in screen.captions
    attached = world.bodies(code, DocumentAttached)[-1]
    assert (attached.document, attached.version, attached.name) == (Document.PROPUESTA, 1, "precios.pdf")
    assert world.store.get(attached.sha256) == b"%PDF-1.7 uno"
    screen.click("Enviar Propuesta Comercial")
    assert screen.done == [
        "**Envió Propuesta Comercial\\.** 2 Envío Propuesta: Revisar Propuesta Comercial (Gerente Comercial), "
        "vence mié 4 mar, 08:05."
    ]
    sent = world.bodies(code, DocumentSent)[-1]
    assert (sent.document, sent.version, sent.panel.mode) == (Document.PROPUESTA, 1, "b2b")


def test_somebody_elses_newer_version_is_not_sent_unseen(see, world: World):
    code = world.open(flow=B2B)
    world.to(code, 2, Kind.PRODUCE)
    world.attach(code)
    screen = see(OPERADORA).case(code)
    world.attach(code, OPERADOR_2)
    screen.click("Enviar Propuesta Comercial")
    assert screen.refused == [
        "No se guardó: Oscar adjuntó otra versión el lun 2 mar, 08:07, después de que usted abrió esta página. "
        "Revise la versión nueva y decida otra vez."
    ]
    assert world.item(code).work is Kind.PRODUCE
    assert screen.click("Enviar Propuesta Comercial").done != []


# --- closing ---
def test_both_lanes_close_the_case(see, world: World):
    code = world.open(flow=B2B)
    world.to(code, 9, Kind.CLOSE)
    screen = see(EVERYTHING).case(code)
    screen.click("Cerrar Comercial")
    assert screen.done[0].startswith(
        "**Cerrar Comercial\\: hecho\\.** 9 Cierre Comercial: Cerrar Comercial (Gerente Al"
    )
    late = see(PROCESO).case(code)
    screen.click("Cerrar Comercial")
    assert screen.done[0] == "**Cerrar Comercial\\: hecho\\.** El caso terminó: Cierre Comercial y Fin de Proceso."
    assert world.bodies(code, CaseEnded) == [CaseEnded(Outcome.CLOSED)]
    assert late.click("Cerrar Comercial").refused[0].startswith("No se guardó: el caso terminó (Cierre Comercial")


# --- what is typed stays ---
def test_what_was_typed_is_there_in_a_new_session_and_gone_once_it_was_sent(see, world: World):
    code = world.open()
    see(OPERADORA).case(code).write(REASON["es"], "a medias").tick_all()
    again = see(OPERADORA).case(code)
    assert (again.value(REASON["es"]), [box.value for box in again.at.checkbox]) == ("a medias", [True, True])
    assert see(OPERADOR_2).case(code).value(REASON["es"]) == ""
    again.click(YES["es"])
    with world.db.reading() as connection:
        assert form_drafts.load(connection, ID[OPERADORA], f"{code}/1") == {}
    assert world.case(code).item(1) is None


def test_a_second_click_on_its_way_finds_nothing_to_keep_of_a_form_that_was_sent(see, world: World):
    code = world.open()
    screen = see(OPERADORA).case(code).tick_all()
    screen.at.text_area[0].input("todo está")
    screen.button(YES["es"]).click()
    twice = screen.at._tree.get_widget_states()  # what the browser sends with either click
    screen.run()
    screen.at._run(twice)
    assert [each.message for each in screen.at.exception] == []
    assert len(world.bodies(code, Validated)) == 1
    with world.db.reading() as connection:
        assert form_drafts.load(connection, ID[OPERADORA], f"{code}/1") == {}


def test_an_environment_that_expires_while_the_page_is_open_bars_the_yes_again(see, world: World):
    code = world.open(flow=B2B)
    world.to(code, 6)
    world.register(code, Environment.TEST, expires_at=world.now + 60 * 60_000)
    screen = see(OPERADORA).case(code)
    assert not screen.button(YES["es"]).disabled
    world.tick(2 * 60 * 60_000)
    screen.click(YES["es"])
    assert screen.refused == [
        "No se puede continuar: falta registrar el ambiente de pruebas del cliente. "
        "Pida a Proceso o a Responsable Implementación B2B que lo registre."
    ]
    assert screen.button(YES["es"]).disabled
