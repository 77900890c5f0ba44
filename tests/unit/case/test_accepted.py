"""What lies on the other side of each rule is accepted; and every guard has a row that it refuses."""

from collections.abc import Callable

import pytest

from core.case.commands import (
    Actor,
    AskAgain,
    Comment,
    GiveBack,
    Hold,
    MakeLink,
    Take,
    WithdrawLink,
)
from core.case.rules.comments_and_links import EDITABLE, MAX_LINK_DAYS
from core.case.rules.opening import MAX_CRITERIA
from core.process.terms import PROCESS_ROLES, Environment, Flow, Kind, Role
from tests.properties.seed import ENTRIES
from tests.support.drive_case import FAILS
from tests.support.people import (
    ADMIN,
    ALIANZAS,
    ID,
    IMPLEMENTACION,
    MESA,
    MINUTE,
    OPERADOR_2,
    OPERADORA,
    PROCESO,
)
from tests.support.pure_case import PureCase, acting
from tests.unit.case import test_holding_guards, test_intake_guards, test_other_guards, test_review_guards
from tests.unit.case.situations import (
    LONG,
    Act,
    answers,
    assign,
    blocked,
    call_failed,
    correcting,
    criteria,
    decided,
    edit,
    held,
    linked,
    opened,
    opening,
    plainly,
    review,
    reviewing,
    send,
    sent_by,
    take_back,
    validate,
    validating_ones_own,
)

ACCEPTED: list[tuple[str, Callable[[], PureCase], Act]] = [
    ("40 criteria", opened, opening(criteria=criteria(MAX_CRITERIA))),
    ("a text of 4,000 signs", opened, opening(service=LONG)),
    ("a line break and a tab", opened, opening(service="una\nlínea\ty otra")),
    ("one's own validation", lambda: sent_by(OPERADORA), validate(OPERADORA)),
    ("a No without its checklist", opened, validate(verdict="no", reason="no", done=frozenset())),
    ("a No while an environment is missing", blocked, validate(verdict="no", reason="no")),
    ("what one holds", held, validate(OPERADOR_2)),
    ("what the absent person holds", held, validate(acting(MESA, OPERADOR_2))),
    ("the validation of what another sent", validating_ones_own, validate(OPERADOR_2)),
    ("a CRO without a file", lambda: PureCase(Flow.B2B).to(1, Kind.PRODUCE), send()),
    ("a return for a failed criterion alone", reviewing, review(verdict="return", answers=FAILS)),
    ("a return for a reason alone", reviewing, review(verdict="return", reason="falta")),
    ("comments of 4,000 signs", reviewing, review(answers=answers("meets", "not_applicable", comment=LONG))),
    ("a comment of any process role", opened, plainly(Comment("hola"), IMPLEMENTACION)),
    ("a comment of 4,000 signs", opened, plainly(Comment(LONG), ALIANZAS)),
    ("a comment put anew in the fifth minute", opened, lambda case: edit(case, ALIANZAS, EDITABLE)),
    ("a link of one day", opened, plainly(MakeLink("x", 1), PROCESO)),
    ("a link of 365 days", opened, plainly(MakeLink("x", MAX_LINK_DAYS), PROCESO)),
    (
        "an environment that expires a moment later",
        opened,
        lambda c: c.register(Environment.TEST, expires_at=c.now + MINUTE + 1),
    ),
    ("an environment of the Responsable", opened, lambda case: case.register(Environment.TEST, IMPLEMENTACION)),
    ("giving back what one holds", held, plainly(GiveBack(1), OPERADOR_2)),
    ("giving back as Proceso what another holds", held, plainly(GiveBack(1), PROCESO)),
    ("giving back for whom one stands in", held, plainly(GiveBack(1), acting(MESA, OPERADOR_2))),
    ("handing on what one holds", held, assign(OPERADORA, OPERADOR_2)),
    ("handing on as it was seen", held, lambda c: assign(OPERADORA, seen=Hold(ID[OPERADOR_2], c.item().held_since))(c)),
    ("handing a correction to who sent it", correcting, assign(OPERADORA)),
    ("taking a correction of one's own", correcting, lambda case: case.do(Take(case.item().item), OPERADORA)),
    ("taking another's validation", validating_ones_own, lambda case: case.do(Take(case.item().item), OPERADOR_2)),
    ("taking one's decision back", decided, take_back()),
    ("withdrawing the second link", linked, plainly(WithdrawLink(2), PROCESO)),
    ("asking again", call_failed, plainly(AskAgain(1), ADMIN)),
    ("ticking by hand what another system failed at", call_failed, validate()),
]


@pytest.mark.parametrize(("stands", "act"), [pytest.param(*row[1:], id=row[0]) for row in ACCEPTED])
def test_what_lies_on_the_other_side_of_a_rule_is_accepted(stands: Callable[[], PureCase], act: Act) -> None:
    case = stands()
    before = len(case.record)
    act(case)
    assert len(case.record) > before


@pytest.mark.parametrize("role", PROCESS_ROLES)
def test_every_role_of_the_process_takes_part(role: Role) -> None:
    assert len(opened().do(Comment("hola"), Actor(99, frozenset({role})))) == 1


def test_every_guard_has_its_row() -> None:
    tables = (test_intake_guards, test_review_guards, test_holding_guards, test_other_guards)
    assert {case.values[0].guard for table in tables for case in table.ROWS.args[1]} == set(ENTRIES)
