"""What is refused of taking, giving back, handing on and handing over."""

from core.case.commands import (
    Assign,
    GiveBack,
    HandOver,
    Hold,
    Take,
)
from core.errors import Ended, Invalid, NotAllowed, Stale
from core.process.terms import Channel
from tests.support.people import (
    ADMIN,
    EVERYTHING,
    ID,
    MESA,
    OPERADOR_2,
    OPERADORA,
    PROCESO,
)
from tests.support.pure_case import acting
from tests.unit.case.situations import (
    Row,
    assign,
    ended,
    held,
    is_refused,
    opened,
    plainly,
    reviewing_ones_own,
    table,
    validating_ones_own,
)

ROWS = table(
    # holding
    ("Take.case_is_running", ended, plainly(Take(1), OPERADORA), Ended, "case_ended"),
    ("Take.actor_holds_role", opened, plainly(Take(1), PROCESO), NotAllowed, "role_needed"),
    ("Take.nobody_else_holds", held, plainly(Take(1), OPERADORA), NotAllowed, "held_by_other"),
    ("Take.not_held_already", held, plainly(Take(1), OPERADOR_2), Stale, "held_already"),
    ("Take.not_held_already", held, plainly(Take(1), acting(MESA, OPERADOR_2)), Stale, "held_already"),
    (
        "Take.taker_may_decide",
        reviewing_ones_own,
        lambda case: case.do(Take(case.item().item), EVERYTHING),
        NotAllowed,
        "four_eyes",
    ),
    (
        "Take.taker_may_decide",
        validating_ones_own,
        lambda case: case.do(Take(case.item().item), OPERADORA),
        NotAllowed,
        "four_eyes_on_validation",
    ),
    ("GiveBack.case_is_running", ended, plainly(GiveBack(1), PROCESO), Ended, "case_ended"),
    ("GiveBack.somebody_holds", opened, plainly(GiveBack(1), PROCESO), Stale, "held_by_nobody"),
    ("GiveBack.actor_may_release", held, plainly(GiveBack(1), OPERADORA), NotAllowed, "holder_or_proceso_needed"),
    (
        "GiveBack.hold_is_as_seen",
        held,
        plainly(GiveBack(1, Hold(ID[OPERADORA], 1)), PROCESO),
        Stale,
        "held_otherwise",
    ),
    ("GiveBack.hold_is_as_seen", held, plainly(GiveBack(1, Hold()), PROCESO), Stale, "held_otherwise"),
    ("Assign.case_is_running", ended, plainly(Assign(1, ID[OPERADORA]), PROCESO), Ended, "case_ended"),
    ("Assign.actor_may_release", held, assign(OPERADORA, OPERADORA), NotAllowed, "holder_or_proceso_needed"),
    ("Assign.actor_may_release", opened, assign(OPERADOR_2, OPERADORA), NotAllowed, "holder_or_proceso_needed"),
    ("Assign.hold_is_as_seen", held, assign(OPERADORA, seen=Hold(ID[OPERADORA], 1)), Stale, "held_otherwise"),
    ("Assign.assignee_is_another", held, assign(OPERADOR_2), Invalid, {"to": "assignee_holds_already"}),
    ("Assign.assignee_holds_role", opened, assign(MESA), Invalid, {"to": "assignee_role_needed"}),
    (
        "Assign.assignee_holds_role",
        opened,
        plainly(Assign(1, ID[OPERADORA]), PROCESO),
        Invalid,
        {"to": "assignee_role_needed"},
    ),
    ("Assign.assignee_may_decide", reviewing_ones_own, assign(EVERYTHING), Invalid, {"to": "assignee_sent_it"}),
    ("Assign.assignee_may_decide", validating_ones_own, assign(OPERADORA), Invalid, {"to": "assignee_sent_it"}),
    # handing over
    (
        "HandOver.case_is_running",
        ended,
        plainly(HandOver(Channel.MESA_DE_AYUDA, "turno"), PROCESO),
        Ended,
        "case_ended",
    ),
    (
        "HandOver.actor_coordinates",
        opened,
        plainly(HandOver(Channel.MESA_DE_AYUDA, "turno"), ADMIN),
        NotAllowed,
        "role_needed",
    ),
    (
        "HandOver.channel_is_the_other",
        opened,
        plainly(HandOver(Channel.OPERACION, "turno"), PROCESO),
        Invalid,
        {"channel": "channel_same"},
    ),
    (
        "HandOver.hand_over_has_its_reason",
        opened,
        plainly(HandOver(Channel.MESA_DE_AYUDA, "\t"), PROCESO),
        Invalid,
        {"reason": "reason_missing"},
    ),
)


@ROWS
def test_it_is_refused(row: Row) -> None:
    is_refused(row)
