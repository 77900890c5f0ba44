"""What is refused of opening, validating, attaching and sending."""

from core.case.commands import (
    Attach,
    Send,
    Validate,
)
from core.case.events import Criterion
from core.case.rules.opening import MAX_CRITERIA
from core.errors import Blocked, Ended, Invalid, NotAllowed, Stale
from core.process.terms import Channel, Flow, Kind
from tests.support.people import (
    ALIANZAS,
    MESA,
    OPERADOR_2,
    OPERADORA,
    PROCESO,
)
from tests.support.pure_case import PureCase, acting
from tests.unit.case.situations import (
    ATTACH,
    LONG,
    Row,
    attached,
    blocked,
    called,
    correcting,
    criteria,
    ended,
    held,
    held_by,
    is_refused,
    on_item,
    opened,
    opening,
    producing,
    send,
    table,
    validate,
    validating,
    validating_ones_own,
)

ROWS = table(
    # opening
    ("OpenCase.actor_opens_channel", opened, opening(channel=Channel.MESA_DE_AYUDA), NotAllowed, "channel_role_needed"),
    ("OpenCase.actor_opens_channel", opened, opening(MESA), NotAllowed, "channel_role_needed"),
    ("OpenCase.actor_opens_channel", opened, opening(PROCESO), NotAllowed, "intake_role_needed"),
    ("OpenCase.request_is_complete", opened, opening(service=" "), Invalid, {"service": "service_missing"}),
    ("OpenCase.request_is_complete", opened, opening(service=LONG + "x"), Invalid, {"service": "text_too_long"}),
    ("OpenCase.request_is_complete", opened, opening(criteria=()), Invalid, {"criteria": "criteria_missing"}),
    (
        "OpenCase.request_is_complete",
        opened,
        opening(criteria=criteria(MAX_CRITERIA + 1)),
        Invalid,
        {"criteria": "criteria_too_many"},
    ),
    (
        "OpenCase.request_is_complete",
        opened,
        opening(criteria=(Criterion(" ", " "), Criterion("SLA", "1"), Criterion("sla ", "2"))),
        Invalid,
        {
            "criterion_0": "criterion_name_missing",
            "expected_0": "criterion_expected_missing",
            "criterion_2": "criterion_twice",
        },
    ),
    # validating
    ("Validate.case_is_running", ended, on_item(Validate, OPERADOR_2, "yes"), Ended, "case_ended"),
    ("Validate.command_fits_work", producing, validate(), Stale, "item_not_open"),
    ("Validate.command_fits_work", opened, on_item(Validate, OPERADOR_2, "yes", item=2), Stale, "item_not_open"),
    ("Validate.actor_holds_role", validating, validate(MESA), NotAllowed, "role_needed"),
    (
        "Validate.actor_holds_role",
        validating,
        validate(acting(PROCESO, ALIANZAS)),
        NotAllowed,
        "substitution_role_needed",
    ),
    ("Validate.nobody_else_holds", held, validate(OPERADORA), NotAllowed, "held_by_other"),
    ("Validate.screen_was_current", validating, validate(off=1), Stale, "item_changed"),
    ("Validate.screen_was_current", validating, validate(off=-1), Stale, "item_changed"),
    (
        "Validate.four_eyes_on_validation",
        validating_ones_own,
        validate(OPERADORA),
        NotAllowed,
        "four_eyes_on_validation",
    ),
    (
        "Validate.four_eyes_on_validation",
        validating_ones_own,
        validate(acting(OPERADOR_2, OPERADORA)),
        NotAllowed,
        "four_eyes_on_validation",
    ),
    ("Validate.verdict_is_known", validating, validate(verdict="approve"), Invalid, {"verdict": "verdict_unknown"}),
    ("Validate.reason_is_readable", validating, validate(reason="x\x00"), Invalid, {"reason": "text_unreadable"}),
    ("Validate.reason_is_readable", validating, validate(reason=LONG + "x"), Invalid, {"reason": "text_too_long"}),
    (
        "Validate.no_has_its_reason",
        validating,
        validate(verdict="no", reason=" "),
        Invalid,
        {"reason": "reason_missing"},
    ),
    ("Validate.prerequisite_is_met", blocked, validate(), Blocked, "environment_missing"),
    (
        "Validate.checklist_is_done",
        opened,
        validate(done=frozenset({2})),
        Invalid,
        {"checklist": "checklist_open"},
    ),
    ("Validate.checklist_is_done", called, validate(), Invalid, {"checklist": "call_pending"}),
    # attaching
    ("Attach.case_is_running", ended, on_item(Attach, OPERADORA, *ATTACH), Ended, "case_ended"),
    ("Attach.command_fits_work", validating, on_item(Attach, OPERADORA, *ATTACH), Stale, "item_not_open"),
    ("Attach.actor_holds_role", producing, on_item(Attach, PROCESO, *ATTACH), NotAllowed, "role_needed"),
    (
        "Attach.nobody_else_holds",
        lambda: held_by(producing()),
        on_item(Attach, OPERADORA, *ATTACH),
        NotAllowed,
        "held_by_other",
    ),
    ("Attach.screen_was_current", producing, on_item(Attach, OPERADORA, *ATTACH, off=1), Stale, "item_changed"),
    # sending
    ("Send.case_is_running", ended, on_item(Send, OPERADORA), Ended, "case_ended"),
    ("Send.command_fits_work", validating, send(), Stale, "item_not_open"),
    ("Send.actor_holds_role", producing, send(MESA), NotAllowed, "role_needed"),
    ("Send.nobody_else_holds", lambda: held_by(producing()), send(), NotAllowed, "held_by_other"),
    ("Send.screen_was_current", producing, send(off=1), Stale, "item_changed"),
    ("Send.document_is_attached", producing, send(), Invalid, {"file": "document_missing"}),
    (
        "Send.new_version_is_attached",
        correcting,
        send(n1="corregido", n2="corregido"),
        Invalid,
        {"file": "new_version_missing"},
    ),
    (
        "Send.findings_are_answered",
        lambda: attached(correcting()),
        send(n1="corregido", n2=" "),
        Invalid,
        {"answer_2": "answer_missing"},
    ),
    (
        "Send.findings_are_answered",
        lambda: attached(correcting()),
        send(n1=LONG + "x", n2="corregido"),
        Invalid,
        {"answer_1": "text_too_long"},
    ),
    (
        "Send.checklist_is_done",
        lambda: PureCase(Flow.B2B).to(1, Kind.PRODUCE),
        send(done=frozenset()),
        Invalid,
        {"checklist": "checklist_open"},
    ),
)


@ROWS
def test_it_is_refused(row: Row) -> None:
    is_refused(row)
