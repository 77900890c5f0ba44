"""Calls to other systems, the change of channel, environments."""

from typing import cast

from core.case.commands import AskAgain, HandOver, RegisterEnvironment, SettleCall
from core.case.context import Context
from core.case.rules.texts import check_text
from core.errors import Invalid, NotAllowed, Problem, Stale
from core.process.terms import Role

EVIDENCE_ROLES = frozenset({Role.PROCESO, Role.RESPONSABLE_IMPLEMENTACION_B2B})


def call_is_pending(context: Context) -> None:
    number = cast(SettleCall, context.command).call
    if not any(call.call == number and call.state == "pending" for call in context.case.calls):
        raise Stale("call_settled")


def actor_administers(context: Context) -> None:
    if Role.ADMINISTRADOR not in context.actor.roles:
        raise NotAllowed("role_needed", role=Role.ADMINISTRADOR)


def call_has_failed(context: Context) -> None:
    number = cast(AskAgain, context.command).call
    if not any(call.call == number and call.state == "failed" for call in context.case.calls):
        raise Stale("call_not_failed")


def actor_coordinates(context: Context) -> None:
    if Role.PROCESO not in context.actor.roles:
        raise NotAllowed("role_needed", role=Role.PROCESO)


def channel_is_the_other(context: Context) -> None:
    if cast(HandOver, context.command).channel is context.case.channel:
        raise Invalid({"channel": Problem("channel_same")})


def hand_over_has_its_reason(context: Context) -> None:
    check_text("reason", cast(HandOver, context.command).reason)


def actor_registers_environments(context: Context) -> None:
    if not EVIDENCE_ROLES & context.actor.roles:
        raise NotAllowed("environment_role_needed")


def environment_has_evidence(context: Context) -> None:
    check_text("evidence", cast(RegisterEnvironment, context.command).evidence, "evidence_missing")


def environment_is_not_expired(context: Context) -> None:
    expires_at = cast(RegisterEnvironment, context.command).expires_at
    if expires_at is not None and expires_at <= context.at:
        raise Invalid({"expires_at": Problem("expiry_in_the_past")})
