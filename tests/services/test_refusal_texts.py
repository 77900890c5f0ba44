"""Every refusal is a sentence in both languages, with its real parameters: what happened, why, what to do."""

import re

import pytest

from core.case.events import CriterionAnswer
from core.documents import store
from core.errors import Invalid, Refused
from core.people import accounts
from core.process.terms import REVIEWED_DOCUMENTS, Flow, Kind, Role
from core.services import cases, environments
from tests.support.drive_case import FAILS, MEETS, World
from tests.support.people import ADMIN, ALIANZAS, COMERCIAL, COMERCIAL_2, ID, MINUTE, OPERADOR_2, OPERADORA, PROCESO
from tests.support.refused_commands import ATTACKS
from ui.words import messages
from ui.words.messages import LANGUAGES

UNKNOWN = ("No se pudo hacer lo que pidió", "This could not be done")


def said(error: Refused, language: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a page says: the sentence at the top, then those beneath the fields."""
    monkeypatch.setattr(messages, "language", lambda: language)
    problems = error.problems if isinstance(error, Invalid) else {}
    return [messages.refusal(error), *(messages.problem(each) for each in problems.values())]


def refused(attempt) -> Refused:
    with pytest.raises(Refused) as refusal:
        attempt()
    return refusal.value


@pytest.mark.parametrize("guard", list(ATTACKS))
def test_what_each_guard_refuses_is_said_in_both_languages(world: World, monkeypatch: pytest.MonkeyPatch, guard: str):
    error = refused(ATTACKS[guard].prepare(world))
    spanish, english = (said(error, language, monkeypatch) for language in LANGUAGES)
    assert len(spanish) == len(english)
    for sentence, translated in zip(spanish, english, strict=True):
        assert sentence != translated
        for each in (sentence, translated):
            assert not each.startswith(UNKNOWN)
            assert re.fullmatch(r"[A-ZÁÉÍÓÚ«].{10,}[.»]", each), each
            assert not re.search(r"[{}_]|None|True|False|\b\d{13}\b", each), each


# --- somebody was faster: who, what, when, why ---
def at_review(w: World, flow: Flow = Flow.ESTANDAR) -> str:
    code = w.open(flow=flow)
    w.to(code, 2, Kind.REVIEW)
    return code


def returned_by_another_role(w: World) -> Refused:
    code = at_review(w)
    on = w.on(code, ALIANZAS, Role.GERENTE_ALIANZAS)
    w.review(code, Role.PROCESO, "return", answers=FAILS)
    return refused(lambda: cases.review(w.db, on, "approve", w.tick(), answers=MEETS))


def returned_by_the_same_role(w: World) -> Refused:
    code = at_review(w, Flow.B2B)
    on = w.on(code, COMERCIAL)
    w.review(code, who=COMERCIAL_2, verdict="return", answers=MEETS, reason="falta el {anexo}")
    return refused(lambda: cases.review(w.db, on, "approve", w.tick(), answers=MEETS))


def approved_without(w: World) -> Refused:
    w.setting("rules", {name: {"mode": "any"} for name in REVIEWED_DOCUMENTS})
    code = at_review(w)
    on = w.on(code, ALIANZAS, Role.GERENTE_ALIANZAS)
    w.review(code, Role.PROCESO)
    return refused(lambda: cases.review(w.db, on, "approve", w.tick(), answers=MEETS))


def decided_by_oneself(w: World) -> Refused:
    code = w.open()
    on = w.on(code, OPERADOR_2)
    w.validate(code)
    return refused(lambda: cases.validate(w.db, on, "yes", w.tick()))


def another_file_meanwhile(w: World) -> Refused:
    code = w.open()
    w.to(code, 2, Kind.PRODUCE)
    on = w.on(code, OPERADORA)
    w.attach(code, OPERADOR_2)
    return refused(lambda: cases.send(w.db, on, w.tick()))


def wrong_file(w: World) -> Refused:
    return refused(lambda: w.store.put(b"MZ", "virus.pdf"))


def no_file(w: World) -> Refused:
    return refused(lambda: w.store.put(b"", "vacio.pdf"))


def too_large(_: World) -> Refused:
    return refused(lambda: store.examine(bytes(store.MAX_SIZE + 1), "grande.pdf"))


def login_taken(w: World) -> Refused:
    return refused(lambda: accounts.create(w.db, "Olga", "Olga", [], at=w.now))


def unknown_person(w: World) -> Refused:
    return refused(lambda: accounts.reset(w.db, "nadie", None, w.now))


def last_administrator(w: World) -> Refused:
    accounts.set_roles(w.db, "maria", [], ID[ADMIN], w.now)
    return refused(lambda: accounts.disable(w.db, ADMIN, ID[ADMIN], w.now))


def environment_of_nobody(w: World) -> Refused:
    return refused(lambda: environments.register_environment(w.db, ID[PROCESO], 99, "test", "acta", w.now))


def foreign_criterion(w: World) -> Refused:
    on = w.on(at_review(w, Flow.B2B), COMERCIAL)
    answers = (*MEETS, CriterionAnswer("Color", "meets"))
    return refused(lambda: cases.review(w.db, on, "approve", w.tick(MINUTE), answers=answers))


SENTENCES = {
    returned_by_another_role: (
        "No se guardó: otro rol devolvió el documento el lun 2 mar, 08:08 y esta revisión se retiró. "
        "Vea la historia del caso.",
        "Not saved: another role returned the document on Mon 2 Mar, 08:08 and this review was withdrawn. "
        "See the case’s history.",
    ),
    returned_by_the_same_role: (
        "No se guardó: Ciro ya decidió esta tarea (devolvió) el lun 2 mar, 08:08. Motivo: falta el {anexo}. "
        "Vea la historia del caso.",
        "Not saved: Ciro has already decided this task (returned) on Mon 2 Mar, 08:08. Reason: falta el {anexo}. "
        "See the case’s history.",
    ),
    approved_without: (
        "No se guardó: el documento ya quedó aprobado el lun 2 mar, 08:08 y esta revisión ya no hace falta. "
        "Vea la historia del caso.",
        "Not saved: the document was approved on Mon 2 Mar, 08:08 and this review is no longer needed. "
        "See the case’s history.",
    ),
    decided_by_oneself: (
        "No se guardó: usted ya decidió esta tarea (Sí) el lun 2 mar, 08:02. Vea la historia del caso.",
        "Not saved: you have already decided this task (Sí) on Mon 2 Mar, 08:02. See the case’s history.",
    ),
    another_file_meanwhile: (
        "No se guardó: Oscar adjuntó otra versión el lun 2 mar, 08:06, después de que usted abrió esta página. "
        "Revise la versión nueva y decida otra vez.",
        "Not saved: Oscar attached another version on Mon 2 Mar, 08:06, after you opened this page. "
        "Look at the new version and decide again.",
    ),
    wrong_file: (
        "No se puede adjuntar ese archivo: por su contenido no es de estos formatos: DOCX, JPG, PDF, PNG y XLSX. "
        "Guárdelo en uno de ellos.",
        "This file cannot be attached: by its content it is none of DOCX, JPG, PDF, PNG, and XLSX. "
        "Save it in one of these formats.",
    ),
    no_file: ("El archivo está vacío. Elija otro.", "The file is empty. Choose another."),
    too_large: (
        "El archivo es muy grande: el máximo es de 20 MB.",
        "The file is too large: the limit is 20 MB.",
    ),
    login_taken: (
        "Ya existe el usuario «olga». Elija otro.",
        "The login “olga” exists already. Choose another.",
    ),
    unknown_person: (
        "No existe la persona «nadie». Revise el usuario.",
        "There is no person “nadie”. Check the login.",
    ),
    last_administrator: (
        "No se guardó: es la única persona que administra el sistema. Dé antes ese rol a otra.",
        "Not saved: this is the only administrator. Give that role to somebody else first.",
    ),
    environment_of_nobody: ("Elija un cliente de la lista.", "Choose a client from the list."),
    foreign_criterion: (
        "El criterio Color no es de este caso. Vuelva a cargar la página.",
        "The criterion Color is not one of this case. Reload the page.",
    ),
}


@pytest.mark.parametrize("happens", SENTENCES, ids=lambda happens: happens.__name__)
def test_a_refusal_says_exactly_this(world: World, monkeypatch: pytest.MonkeyPatch, happens):
    class Clock:
        time_ns = staticmethod(lambda: world.now * 1_000_000)

    monkeypatch.setattr(messages, "time", Clock)
    error = happens(world)
    assert tuple(said(error, language, monkeypatch)[-1] for language in LANGUAGES) == SENTENCES[happens]


def test_a_code_without_a_sentence_is_named_for_the_administrator(monkeypatch: pytest.MonkeyPatch):
    spanish, english = (said(Refused("made_up"), language, monkeypatch) for language in LANGUAGES)
    assert spanish[0].startswith(UNKNOWN[0])
    assert english[0].startswith(UNKNOWN[1])
    assert "«made_up»" in spanish[0]
    assert "“made_up”" in english[0]
