"""Comments and status links."""

from typing import cast

from core.case.commands import Comment, EditComment, MakeLink, WithdrawLink
from core.case.context import Context
from core.case.rules.texts import check_text
from core.errors import Invalid, NotAllowed, NotFound, Problem, Stale
from core.process.terms import PROCESS_ROLES

EDITABLE = 5 * 60_000  # ms for which a comment can be edited


MAX_LINK_DAYS = 365


def actor_takes_part(context: Context) -> None:
    if not context.actor.roles & set(PROCESS_ROLES):
        raise NotAllowed("process_role_needed")


def comment_has_text(context: Context) -> None:
    check_text("text", cast(Comment | EditComment, context.command).text, "comment_missing")


def comment_is_there(context: Context) -> None:
    if cast(EditComment, context.command).written is None:
        raise NotFound("comment_unknown")


def comment_is_ones_own(context: Context) -> None:
    written = cast(EditComment, context.command).written
    if written and written.person != context.actor.person:
        raise NotAllowed("comment_of_another")


def comment_is_fresh(context: Context) -> None:
    written = cast(EditComment, context.command).written
    if written and context.at - written.at > EDITABLE:
        raise Stale("comment_settled", minutes=EDITABLE // 60_000)


def link_lasts(context: Context) -> None:
    if not 1 <= cast(MakeLink, context.command).days <= MAX_LINK_DAYS:
        raise Invalid({"days": Problem("link_days", {"limit": MAX_LINK_DAYS})})


def link_is_there(context: Context) -> None:
    if cast(WithdrawLink, context.command).link not in context.case.links:
        raise Stale("link_withdrawn")
