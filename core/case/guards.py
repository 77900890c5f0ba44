"""The guards of each command: one function per rule that can refuse it.

A guard raises a Refused if the command breaks its rule. Guards run in the order of the
table: the actor's rights, then whether the screen was current, then whether the input is complete.
"""

from collections.abc import Callable
from typing import Any

from core.case import claim, recall
from core.case.commands import (
    AskAgain,
    Assign,
    Attach,
    Close,
    Comment,
    EditComment,
    GiveBack,
    HandOver,
    MakeLink,
    OpenCase,
    RegisterEnvironment,
    Review,
    Send,
    SettleCall,
    Take,
    TakeBack,
    Validate,
    WithdrawLink,
)
from core.case.context import Context
from core.case.rules.answers import (
    checklist_is_done,
    criteria_are_answered,
    criteria_are_the_clients,
    failed_criterion_is_not_approved,
    no_has_its_reason,
    prerequisite_is_met,
    reason_is_readable,
    return_has_a_finding,
    take_back_has_its_reason,
    verdict_is_known,
)
from core.case.rules.around_the_case import (
    actor_administers,
    actor_coordinates,
    actor_registers_environments,
    call_has_failed,
    call_is_pending,
    channel_is_the_other,
    environment_has_evidence,
    environment_is_not_expired,
    hand_over_has_its_reason,
)
from core.case.rules.comments_and_links import (
    actor_takes_part,
    comment_has_text,
    comment_is_fresh,
    comment_is_ones_own,
    comment_is_there,
    link_is_there,
    link_lasts,
)
from core.case.rules.documents import document_is_attached, findings_are_answered, new_version_is_attached
from core.case.rules.opening import actor_opens_channel, request_is_complete
from core.case.rules.work_items import (
    actor_holds_role,
    assignee_may_decide,
    case_is_running,
    command_fits_work,
    four_eyes,
    four_eyes_on_validation,
    screen_was_current,
    taker_may_decide,
)

Guard = Callable[[Context], None]
ON_ITEM: tuple[Guard, ...] = (
    case_is_running,
    command_fits_work,
    actor_holds_role,
    claim.nobody_else_holds,
    screen_was_current,
)
GUARDS: dict[type[Any], tuple[Guard, ...]] = {
    OpenCase: (actor_opens_channel, request_is_complete),
    Validate: (
        *ON_ITEM,
        four_eyes_on_validation,
        verdict_is_known,
        reason_is_readable,
        no_has_its_reason,
        prerequisite_is_met,
        checklist_is_done,
    ),
    Attach: ON_ITEM,
    Send: (*ON_ITEM, document_is_attached, new_version_is_attached, findings_are_answered, checklist_is_done),
    Review: (
        *ON_ITEM,
        four_eyes,
        verdict_is_known,
        reason_is_readable,
        criteria_are_answered,
        criteria_are_the_clients,
        failed_criterion_is_not_approved,
        return_has_a_finding,
    ),
    Close: ON_ITEM,
    HandOver: (case_is_running, actor_coordinates, channel_is_the_other, hand_over_has_its_reason),
    Take: (case_is_running, actor_holds_role, claim.nobody_else_holds, claim.not_held_already, taker_may_decide),
    GiveBack: (case_is_running, claim.somebody_holds, claim.actor_may_release, claim.hold_is_as_seen),
    Assign: (
        case_is_running,
        claim.actor_may_release,
        claim.hold_is_as_seen,
        claim.assignee_is_another,
        claim.assignee_holds_role,
        assignee_may_decide,
    ),
    TakeBack: (
        case_is_running,
        recall.nobody_has_started,
        recall.actor_is_author,
        recall.author_holds_role,
        take_back_has_its_reason,
    ),
    Comment: (case_is_running, actor_takes_part, comment_has_text),
    EditComment: (
        case_is_running,
        actor_takes_part,
        comment_is_there,
        comment_is_ones_own,
        comment_is_fresh,
        comment_has_text,
    ),
    MakeLink: (case_is_running, actor_takes_part, link_lasts),
    WithdrawLink: (actor_takes_part, link_is_there),
    SettleCall: (call_is_pending,),
    AskAgain: (case_is_running, actor_administers, call_has_failed),
    RegisterEnvironment: (actor_registers_environments, environment_has_evidence, environment_is_not_expired),
}


def check(context: Context) -> None:
    """Run the guards of the command; raises the first Refused."""
    for guard in GUARDS[type(context.command)]:
        guard(context)
