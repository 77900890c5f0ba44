"""What is refused of reviewing, closing and taking back."""

from core.case.commands import (
    Actor,
    Close,
    Review,
    TakeBack,
    Written,
)
from core.case.events import CriterionAnswer
from core.errors import Ended, Invalid, NotAllowed, Stale
from core.process.terms import Kind, Role
from tests.support.drive_case import FAILS, MEETS
from tests.support.people import (
    ALIANZAS,
    COMERCIAL,
    COMERCIAL_2,
    EVERYTHING,
    ID,
    MESA,
    OPERADOR_2,
    OPERADORA,
    PROCESO,
)
from tests.support.pure_case import PureCase, acting
from tests.unit.case.situations import (
    ANSWERED,
    LONG,
    Row,
    answers,
    closing,
    decided,
    ended,
    held_by,
    is_refused,
    on_item,
    opened,
    plainly,
    producing,
    review,
    reviewing,
    reviewing_ones_own,
    table,
    take_back,
    validating,
)

ROWS = table(
    # reviewing
    ("Review.case_is_running", ended, on_item(Review, COMERCIAL, "approve", MEETS), Ended, "case_ended"),
    ("Review.command_fits_work", producing, review(EVERYTHING), Stale, "item_not_open"),
    ("Review.actor_holds_role", reviewing, review(ALIANZAS), NotAllowed, "b2b_sole_approver"),
    (
        "Review.actor_holds_role",
        lambda: PureCase().to(2, Kind.REVIEW),
        review(PROCESO),
        NotAllowed,
        "role_needed",
    ),
    ("Review.nobody_else_holds", lambda: held_by(reviewing(), COMERCIAL_2), review(), NotAllowed, "held_by_other"),
    ("Review.screen_was_current", reviewing, review(off=-1), Stale, "item_changed"),
    ("Review.four_eyes", reviewing_ones_own, review(EVERYTHING), NotAllowed, "four_eyes"),
    ("Review.four_eyes", reviewing_ones_own, review(acting(EVERYTHING, COMERCIAL)), NotAllowed, "four_eyes"),
    ("Review.four_eyes", reviewing_ones_own, review(acting(COMERCIAL, EVERYTHING)), NotAllowed, "four_eyes"),
    ("Review.verdict_is_known", reviewing, review(verdict="yes"), Invalid, {"verdict": "verdict_unknown"}),
    ("Review.reason_is_readable", reviewing, review(reason="x\x1f"), Invalid, {"reason": "text_unreadable"}),
    (
        "Review.criteria_are_answered",
        reviewing,
        review(answers=answers("meets", "perhaps")),
        Invalid,
        {"criterion_1": "criterion_unanswered"},
    ),
    (
        "Review.criteria_are_answered",
        reviewing,
        review(answers=()),
        Invalid,
        {"criterion_0": "criterion_unanswered", "criterion_1": "criterion_unanswered"},
    ),
    (
        "Review.criteria_are_answered",
        reviewing,
        review(answers=answers("meets", "meets", comment=LONG + "x")),
        Invalid,
        {"criterion_0": "text_too_long", "criterion_1": "text_too_long"},
    ),
    (
        "Review.criteria_are_the_clients",
        reviewing,
        review(answers=(*ANSWERED, CriterionAnswer("Color", "meets"))),
        Invalid,
        {"criteria": "criterion_unknown"},
    ),
    (
        "Review.criteria_are_the_clients",
        reviewing,
        review(answers=(*ANSWERED, ANSWERED[0])),
        Invalid,
        {"criteria": "criterion_unknown"},
    ),
    (
        "Review.failed_criterion_is_not_approved",
        reviewing,
        review(answers=FAILS),
        Invalid,
        {"verdict": "approve_with_failed"},
    ),
    (
        "Review.return_has_a_finding",
        reviewing,
        review(verdict="return", reason=" "),
        Invalid,
        {"reason": "finding_missing"},
    ),
    # closing
    ("Close.case_is_running", ended, on_item(Close, OPERADORA), Ended, "case_ended"),
    ("Close.command_fits_work", validating, on_item(Close, OPERADORA), Stale, "item_not_open"),
    ("Close.actor_holds_role", closing, on_item(Close, PROCESO), NotAllowed, "role_needed"),
    ("Close.nobody_else_holds", lambda: held_by(closing()), on_item(Close, OPERADORA), NotAllowed, "held_by_other"),
    ("Close.screen_was_current", closing, on_item(Close, OPERADORA, off=1), Stale, "item_changed"),
    # taking back
    ("TakeBack.case_is_running", ended, plainly(TakeBack(1, "era otro"), OPERADOR_2), Ended, "case_ended"),
    ("TakeBack.nobody_has_started", opened, plainly(TakeBack(1, "era otro"), OPERADOR_2), Stale, "take_back_too_late"),
    (
        "TakeBack.nobody_has_started",
        decided,
        take_back(begun=Written(ID[OPERADORA], 5)),
        Stale,
        "take_back_too_late",
    ),
    ("TakeBack.actor_is_author", decided, take_back(OPERADORA), NotAllowed, "decision_of_another"),
    ("TakeBack.actor_is_author", decided, take_back(acting(MESA, OPERADOR_2)), NotAllowed, "decision_of_another"),
    (
        "TakeBack.author_holds_role",
        decided,
        take_back(Actor(ID[OPERADOR_2], frozenset({Role.MESA_DE_AYUDA}))),
        NotAllowed,
        "role_needed",
    ),
    ("TakeBack.take_back_has_its_reason", decided, take_back(reason=" "), Invalid, {"reason": "reason_missing"}),
)


@ROWS
def test_it_is_refused(row: Row) -> None:
    is_refused(row)
