"""Beside each button stands what it would cause, before it is clicked; a document can be read and begun there."""

import pytest

from core.case.events import DraftPrepared
from core.people import accounts
from core.process.terms import REVIEWED_DOCUMENTS, Document, Flow, Kind
from core.queries import case
from core.store import kept_templates
from core.store.settings import policy
from tests.support.drive_case import FAILS, World
from tests.support.people import COMERCIAL, COMERCIAL_2, ID, OPERADOR_2, OPERADORA, PROCESO
from tests.support.route_requests import fetch, words
from tests.support.screen import LANGUAGES, Screen
from ui.case.work_item import CaseView
from ui.shell import process
from ui.shell.guard import Visit
from ui.words.format import ZONE

INTAKE = "(Operador Operación)"
ALL = {"es": "Gerente Alianzas, Gerente Comercial, Responsable Implementación B2B y Proceso"}
ALL["en"] = "Gerente Alianzas, Gerente Comercial, Responsable Implementación B2B, and Proceso"
ENDS = {
    "es": "Termina el proceso, no se puede continuar: Fin de Proceso - Solicitud Rechazada.",
    "en": "The process ends here and cannot go on: Fin de Proceso - Solicitud Rechazada.",
}
CLOSED = {
    "es": "El caso queda cerrado: Cierre Comercial y Fin de Proceso.",
    "en": "The case is closed: Cierre Comercial y Fin de Proceso.",
}
IF = {
    "es": {
        "yes": "Si responde Sí", "no": "Si responde No", "approve": "Si aprueba", "return": "Si devuelve",
        "send": "Al enviar", "close": "Al cerrar",
    },
    "en": {
        "yes": "If you answer Sí", "no": "If you answer No", "approve": "If you approve",
        "return": "If you return it", "send": "When you send it", "close": "When you close it",
    },
}  # fmt: skip
# phase, whose, and per choice what it opens (empty: it ends the case) and when that is due
CHOICES = {
    Kind.VALIDATE: (4, OPERADORA, {"yes": (f"4 Análisis Técnico: Generar y enviar Orden de Servicio {INTAKE}", 3),
                                   "no": ("", 0)}),
    Kind.PRODUCE: (4, OPERADORA, {"send": ("4 Análisis Técnico: Revisar Orden de Servicio (Gerente Comercial)", 3)}),
    Kind.REVIEW: (8, COMERCIAL, {"approve": (f"9 Cierre Comercial: Validar Cobranza {INTAKE}", 2),
                                 "return": (f"8 Cobranza: Corregir Cobranza {INTAKE}", 3)}),
    Kind.CORRECT: (4, OPERADORA, {"send": ("4 Análisis Técnico: Revisar Orden de Servicio (Gerente Comercial)", 3)}),
    Kind.CLOSE: (9, OPERADORA, {"close": ("9 Cierre Comercial: Cerrar Comercial ({all})", 2)}),
    Kind.SIGN_OFF: (9, PROCESO, {"close": ("", 0)}),
}  # fmt: skip


def brought_to(world: World, work: Kind) -> str:
    code = world.open(flow=Flow.B2B)
    phase = CHOICES[work][0]
    world.to(code, phase, Kind.REVIEW if work is Kind.CORRECT else work)
    if work is Kind.CORRECT:
        world.review(code, verdict="return", answers=FAILS)
    return code


def captions(screen: Screen) -> list[str]:
    return [caption for caption in screen.captions if caption.startswith("**")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("work", Kind)
def test_each_button_says_what_it_would_cause(see, world: World, work: Kind, language: str):
    code = brought_to(world, work)
    _, who, choices = CHOICES[work]
    days = {"es": {2: "mar 3 mar", 3: "mié 4 mar"}, "en": {2: "Tue 3 Mar", 3: "Wed 4 Mar"}}[language]
    due = {"es": "vence", "en": "due"}[language]
    screen = see(who, language).case(code)
    clock = f"08:{(world.now // 60_000) % 60:02}"
    expected = []
    for choice, (opens, day) in choices.items():
        end = CLOSED[language] if choice == "close" else ENDS[language]
        then = f"{opens.format(all=ALL[language])}, {due} {days[day]}, {clock}." if opens else end
        expected.append(f"**{IF[language][choice]}:** {then}")
    assert captions(screen) == expected


@pytest.mark.parametrize(
    ("language", "settled"),
    [
        ("es", "No se guardó: Ciro ya decidió esta tarea (aprobó) el lun 2 mar, 08:08. Vea la historia del caso."),
        ("en", "Not saved: Ciro has already decided this task (approved) on Mon 2 Mar, 08:08. "
         "See the case’s history."),
    ],
)  # fmt: skip
def test_a_page_that_is_drawn_again_says_what_became_of_the_work_it_had_asked_for(see, world, language, settled):
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.REVIEW)
    screen = see(COMERCIAL, language).case(code)
    world.review(code, who=COMERCIAL_2)
    assert screen.run().warned == [settled]
    assert screen.run().warned == []


# --- the document beside the buttons ---
def test_a_pdf_can_be_read_on_the_page(see, world: World):
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.REVIEW)
    assert see(COMERCIAL).case(code).at.get("bidi_component") == []
    shown = see(COMERCIAL).case(code, ver="true")
    assert [each.label for each in shown.at.toggle if each.value] == ["Leer aquí"]
    (viewer,) = shown.at.get("bidi_component")
    (url,) = (url for label, url in shown.files if label == "⬇ Propuesta Comercial v1")
    assert f"http://127.0.0.1{url.removesuffix('?descargar')}" in viewer.proto.SerializeToString().decode(
        errors="ignore"
    )


@pytest.mark.parametrize("document", REVIEWED_DOCUMENTS)
def test_the_draft_of_each_document_holds_the_data_of_the_case(see, world: World, document: Document):
    code = world.open("Peña & Hijos <S.A.>", flow=Flow.B2B)
    phase = list(Document).index(document) + 1
    world.to(code, phase, Kind.PRODUCE)
    screen = see(OPERADORA).case(code)
    links = dict(screen.files)
    url = links[f"⬇ Borrador de {screen.tasks[0].removeprefix('Generar y enviar ')} con los datos del caso (.docx)"]
    text = words(fetch(url, OPERADORA, world.now).body)
    for part in (code, "Peña &amp; Hijos &lt;S.A.&gt;", "Rosa Peña", "Integración de pagos", "10.000 USD", "99,5 %"):
        assert part in text
    prepared = [each.document for each in world.bodies(code, DraftPrepared)]
    assert prepared == list(Document)[2:phase]


def view_of(world: World, code: str) -> CaseView:
    """The case as its page lays it out, for Olga."""
    person = accounts.person(world.db, ID[OPERADORA])
    assert person is not None
    with world.db.reading() as connection:
        head = case.header(connection, code)
        documents = case.documents(connection, head.id)
        return CaseView(Visit(person, world.db, world.now, ZONE), head, policy(connection), documents, {}, {})


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "Este borrador se preparó con la plantilla 0123456789ab de Contrato, que ya no se conserva"),
        ("en", "This draft was prepared with the template 0123456789ab of Contrato, which is no longer stored"),
    ],
)
def test_a_draft_whose_template_is_not_kept_any_more_is_not_offered(see, world: World, language: str, said: str):
    code = world.open(flow=Flow.B2B)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_templates, "all_in_force", lambda: dict.fromkeys(REVIEWED_DOCUMENTS, "0123456789ab" * 5))
        patch.setattr(kept_templates, "keep", lambda *_: None)
        world.to(code, 3, Kind.PRODUCE)
    screen = see(OPERADORA, language).case(code)
    assert [line for line in screen.captions if line.startswith(said)]
    assert [label for label, _ in screen.files if "Contrato" in label] == []


class Later:
    """A clock that has gone on since the page looked at it, as it has by the time of the transaction."""

    def __init__(self, world: World) -> None:
        self.world = world

    def time_ns(self) -> int:
        return (self.world.now + 3) * 1_000_000


def test_what_follows_is_said_though_the_decision_is_made_after_the_click(
    see, world: World, monkeypatch: pytest.MonkeyPatch
):
    code = world.open(flow=Flow.B2B)
    screen = see(OPERADOR_2).case(code)
    monkeypatch.setattr(process, "time", Later(world))
    screen.tick_all().click("Sí, continuar")
    follows = "1 Inicio: Generar y enviar CRO (Operador Operación), vence mar 3 mar, 08:01."
    assert screen.done == [f"**Respondió Sí\\: Validar solicitud\\.** {follows}"]
    assert world.record(code)[-1].at == world.now + 3
