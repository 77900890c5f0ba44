"""What is refused of comments, links, calls to other systems and environments."""

from core.case.commands import (
    AskAgain,
    Comment,
    EditComment,
    MakeLink,
    RegisterEnvironment,
    SettleCall,
    WithdrawLink,
)
from core.case.rules.comments_and_links import EDITABLE, MAX_LINK_DAYS
from core.errors import Ended, Invalid, NotAllowed, NotFound, Stale
from core.process.terms import Environment
from tests.support.people import (
    ADMIN,
    ALIANZAS,
    MINUTE,
    OUTSIDER,
    PROCESO,
)
from tests.unit.case.situations import (
    LONG,
    Row,
    call_failed,
    called,
    edit,
    ended,
    is_refused,
    linked,
    opened,
    plainly,
    table,
)

ROWS = table(
    # commenting
    ("Comment.case_is_running", ended, plainly(Comment("tarde"), ALIANZAS), Ended, "case_ended"),
    ("Comment.actor_takes_part", opened, plainly(Comment("hola"), OUTSIDER), NotAllowed, "process_role_needed"),
    ("Comment.actor_takes_part", opened, plainly(Comment("hola"), ADMIN), NotAllowed, "process_role_needed"),
    ("Comment.comment_has_text", opened, plainly(Comment(" "), ALIANZAS), Invalid, {"text": "comment_missing"}),
    ("Comment.comment_has_text", opened, plainly(Comment(LONG + "x"), ALIANZAS), Invalid, {"text": "text_too_long"}),
    ("EditComment.case_is_running", ended, plainly(EditComment(2, "mejor"), ALIANZAS), Ended, "case_ended"),
    (
        "EditComment.actor_takes_part",
        opened,
        plainly(EditComment(2, "mejor"), OUTSIDER),
        NotAllowed,
        "process_role_needed",
    ),
    ("EditComment.comment_is_there", opened, plainly(EditComment(2, "mejor"), ALIANZAS), NotFound, "comment_unknown"),
    ("EditComment.comment_is_ones_own", opened, lambda c: edit(c, PROCESO, 0), NotAllowed, "comment_of_another"),
    ("EditComment.comment_is_fresh", opened, lambda c: edit(c, ALIANZAS, EDITABLE + 1), Stale, "comment_settled"),
    (
        "EditComment.comment_has_text",
        opened,
        lambda c: edit(c, ALIANZAS, 0, " "),
        Invalid,
        {"text": "comment_missing"},
    ),
    # links
    ("MakeLink.case_is_running", ended, plainly(MakeLink("x", 1), PROCESO), Ended, "case_ended"),
    ("MakeLink.actor_takes_part", opened, plainly(MakeLink("x", 1), ADMIN), NotAllowed, "process_role_needed"),
    ("MakeLink.link_lasts", opened, plainly(MakeLink("x", 0), PROCESO), Invalid, {"days": "link_days"}),
    ("MakeLink.link_lasts", opened, plainly(MakeLink("x", MAX_LINK_DAYS + 1), PROCESO), Invalid, {"days": "link_days"}),
    ("WithdrawLink.actor_takes_part", linked, plainly(WithdrawLink(1), OUTSIDER), NotAllowed, "process_role_needed"),
    ("WithdrawLink.link_is_there", linked, plainly(WithdrawLink(3), PROCESO), Stale, "link_withdrawn"),
    # other systems
    ("SettleCall.call_is_pending", opened, plainly(SettleCall(1, "answered"), ADMIN), Stale, "call_settled"),
    ("SettleCall.call_is_pending", call_failed, plainly(SettleCall(1, "answered"), ADMIN), Stale, "call_settled"),
    ("AskAgain.case_is_running", ended, plainly(AskAgain(1), ADMIN), Ended, "case_ended"),
    ("AskAgain.actor_administers", call_failed, plainly(AskAgain(1), PROCESO), NotAllowed, "role_needed"),
    ("AskAgain.call_has_failed", called, plainly(AskAgain(1), ADMIN), Stale, "call_not_failed"),
    # environments
    (
        "RegisterEnvironment.actor_registers_environments",
        opened,
        plainly(RegisterEnvironment(Environment.TEST, "acta"), ALIANZAS),
        NotAllowed,
        "environment_role_needed",
    ),
    (
        "RegisterEnvironment.environment_has_evidence",
        opened,
        plainly(RegisterEnvironment(Environment.TEST, " "), PROCESO),
        Invalid,
        {"evidence": "evidence_missing"},
    ),
    (
        "RegisterEnvironment.environment_is_not_expired",
        opened,
        lambda case: case.register(Environment.TEST, expires_at=case.now + MINUTE),
        Invalid,
        {"expires_at": "expiry_in_the_past"},
    ),
)


@ROWS
def test_it_is_refused(row: Row) -> None:
    is_refused(row)
