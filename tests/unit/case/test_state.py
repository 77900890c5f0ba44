"""What the state of a case keeps beyond the guards: who may still take back, who reviewed, and its stored form."""

import pytest

from core.case.commands import Assign, Take
from core.case.model import dump, load
from core.errors import NotAllowed, Stale
from core.process.terms import Document, Flow, Kind, Role
from tests.support.people import ALIANZAS, ID, MINUTE, OPERADOR_2, OPERADORA, PROCESO, START
from tests.support.pure_case import PureCase, acting
from tests.unit.case.recorded_lives import LIVES
from tests.unit.case.situations import decided, held


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.__name__)
def test_a_state_is_loaded_as_it_was_dumped(life) -> None:
    case = life().case
    assert load(dump(case)) == case


@pytest.mark.parametrize(
    "start",
    [
        lambda case: case.do(Take(case.item().item), OPERADORA),
        lambda case: case.do(Assign(case.item().item, ID[OPERADORA], acting(OPERADORA)), PROCESO),
        lambda case: case.attach(),
    ],
    ids=["taken", "handed on", "attached to"],
)
def test_once_somebody_has_started_on_what_followed_nothing_is_taken_back(start) -> None:
    case = decided()
    number = case.case.revocable[0].item.item
    start(case)
    assert case.case.revocable == ()
    with pytest.raises(Stale) as refusal:
        case.take_back(number, OPERADOR_2)
    assert refusal.value.code == "take_back_too_late"


def test_an_approval_taken_back_leaves_the_others() -> None:
    case = PureCase().to(2, Kind.REVIEW)
    first = case.item(Role.GERENTE_ALIANZAS).item
    case.review(Role.GERENTE_ALIANZAS)
    case.review(Role.PROCESO)
    case.take_back(first, ALIANZAS)
    assert case.case.reviewers == (Role.PROCESO,)
    assert case.case.review is not None
    assert [approval.role for approval in case.case.review.approvals] == [Role.PROCESO]
    assert {item.role for item in case.case.items} == {
        Role.GERENTE_ALIANZAS,
        Role.GERENTE_COMERCIAL,
        Role.RESPONSABLE_IMPLEMENTACION_B2B,
    }


def test_a_refusal_names_the_holder_and_since_when() -> None:
    with pytest.raises(NotAllowed) as refusal:
        held().validate(who=OPERADORA)
    assert refusal.value.params == {"holder": ID[OPERADOR_2], "at": START + 2 * MINUTE}


def test_what_is_attached_and_not_sent_is_not_the_sent_version() -> None:
    case = PureCase(Flow.B2B).to(2, Kind.REVIEW)
    case.review(verdict="return", reason="falta el anexo")
    case.attach()
    newest, sent = case.case.newest(Document.PROPUESTA), case.case.sent(Document.PROPUESTA)
    assert newest is not None
    assert sent is not None
    assert (newest.version, sent.version) == (2, 1)
