"""One attack per guard: a command that exactly this guard refuses.

Each brings a case to the point, then hands back the attempt and how it must be refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.case.commands import Hold
from core.case.events import CriterionAnswer
from core.case.rules.comments_and_links import EDITABLE
from core.case.rules.texts import MAX_TEXT
from core.errors import Blocked, Ended, Invalid, NotAllowed, NotFound, Stale
from core.integrations import outbound_calls
from core.people import accounts
from core.process.terms import Channel, Environment, Flow, Kind, Role
from core.services import cases, environments
from core.services.cases import SeenItem
from tests.support.drive_case import FAILS, MEETS, World
from tests.support.people import (
    ADMIN,
    ALIANZAS,
    EVERYTHING,
    FORMER,
    ID,
    MESA,
    MINUTE,
    OPERADOR_2,
    OPERADORA,
    OUTSIDER,
    PROCESO,
)

LONG = "x" * (MAX_TEXT + 1)
Attempt = Callable[[], Any]


@dataclass(frozen=True)
class Attack:
    """A prepared attempt and its expected refusal: class and code, or the fields' codes."""

    prepare: Callable[[World], Attempt]
    error: type[Exception]
    code: str | dict[str, str]


ATTACKS: dict[str, Attack] = {}


def attack(guard: str, error: type[Exception], code: str | dict[str, str]) -> Callable[[Any], Any]:
    def keep(prepare: Callable[[World], Attempt]) -> Callable[[World], Attempt]:
        assert guard not in ATTACKS
        ATTACKS[guard] = Attack(prepare, error, code)
        return prepare

    return keep


def held_by(w: World, code: str, holder: str, who: str) -> SeenItem:
    """The open work item as `who` saw it before `holder` claimed it."""
    on = w.on(code, who)
    cases.take(w.db, ID[holder], code, on.item, w.tick())
    return on


# --- opening ---
@attack("OpenCase.actor_opens_channel", NotAllowed, "channel_role_needed")
def _(w: World) -> Attempt:
    return lambda: w.open(who=OPERADORA, channel=Channel.MESA_DE_AYUDA)


@attack("OpenCase.request_is_complete", Invalid, {"service": "service_missing"})
def _(w: World) -> Attempt:
    return lambda: w.open(service=" ")


# --- validating ---
def at_validation(w: World, phase: int = 2) -> str:
    code = w.open(flow=Flow.B2B)
    w.to(code, phase)
    return code


def validating(w: World, on: SeenItem, verdict: str = "yes", **more: Any) -> Attempt:
    return lambda: cases.validate(w.db, on, verdict, w.tick(), **more)


@attack("Validate.case_is_running", Ended, "case_ended")
def _(w: World) -> Attempt:
    code = at_validation(w)
    on = w.on(code, OPERADORA)
    w.validate(code, "no")
    return validating(w, on)


@attack("Validate.command_fits_work", Stale, "item_not_open")
def _(w: World) -> Attempt:
    code = w.open()
    w.to(code, 2, Kind.PRODUCE)
    return validating(w, w.on(code, OPERADORA))


@attack("Validate.actor_holds_role", NotAllowed, "role_needed")
def _(w: World) -> Attempt:
    return validating(w, w.on(at_validation(w), MESA))


@attack("Validate.nobody_else_holds", NotAllowed, "held_by_other")
def _(w: World) -> Attempt:
    code = at_validation(w)
    return validating(w, held_by(w, code, OPERADOR_2, OPERADORA))


@attack("Validate.screen_was_current", Stale, "file_attached_meanwhile")
def _(w: World) -> Attempt:
    on = w.on(at_validation(w), OPERADORA)
    return validating(w, on._replace(seen=on.seen - 1))


@attack("Validate.four_eyes_on_validation", NotAllowed, "four_eyes_on_validation")
def _(w: World) -> Attempt:
    w.setting("four_eyes_on_validation", True)
    code = w.open()
    w.to(code, 1, Kind.PRODUCE)
    w.attach(code)
    w.send(code)
    return validating(w, w.on(code, OPERADORA))


@attack("Validate.verdict_is_known", Invalid, {"verdict": "verdict_unknown"})
def _(w: World) -> Attempt:
    return validating(w, w.on(at_validation(w), OPERADORA), "approve")


@attack("Validate.reason_is_readable", Invalid, {"reason": "text_too_long"})
def _(w: World) -> Attempt:
    return validating(w, w.on(at_validation(w), OPERADORA), reason=LONG)


@attack("Validate.no_has_its_reason", Invalid, {"reason": "reason_missing"})
def _(w: World) -> Attempt:
    return validating(w, w.on(at_validation(w), OPERADORA), "no", reason=" \n")


@attack("Validate.prerequisite_is_met", Blocked, "environment_missing")
def _(w: World) -> Attempt:
    return validating(w, w.on(at_validation(w, 6), OPERADORA))


@attack("Validate.checklist_is_done", Invalid, {"checklist": "checklist_open"})
def _(w: World) -> Attempt:
    return validating(w, w.on(w.open(), OPERADORA), done=frozenset({2, 4, 99}))


# --- attaching ---
def attaching(w: World, on: SeenItem) -> Attempt:
    return lambda: cases.attach(w.db, w.store, on, b"%PDF-x", "x.pdf", w.tick())


def at_production(w: World, phase: int = 2) -> str:
    code = w.open(flow=Flow.B2B)
    w.to(code, phase, Kind.PRODUCE)
    return code


@attack("Attach.case_is_running", Ended, "case_ended")
def _(w: World) -> Attempt:
    code = w.open()
    w.to_end(code)
    return attaching(w, SeenItem(ID[OPERADORA], code, 2, 5))


@attack("Attach.command_fits_work", Stale, "item_not_open")
def _(w: World) -> Attempt:
    return attaching(w, w.on(at_validation(w), OPERADORA))


@attack("Attach.actor_holds_role", NotAllowed, "role_needed")
def _(w: World) -> Attempt:
    return attaching(w, w.on(at_production(w), MESA))


@attack("Attach.nobody_else_holds", NotAllowed, "held_by_other")
def _(w: World) -> Attempt:
    code = at_production(w)
    return attaching(w, held_by(w, code, OPERADOR_2, OPERADORA))


@attack("Attach.screen_was_current", Stale, "file_attached_meanwhile")
def _(w: World) -> Attempt:
    code = at_production(w)
    on = w.on(code, OPERADORA)
    w.attach(code, OPERADOR_2)
    return attaching(w, on)


# --- sending ---
def sending(w: World, on: SeenItem, **more: Any) -> Attempt:
    return lambda: cases.send(w.db, on, w.tick(), **more)


def returned(w: World) -> str:
    """A case with a Propuesta that was returned with two findings."""
    code = w.open(flow=Flow.B2B)
    w.to(code, 2, Kind.REVIEW)
    w.review(code, verdict="return", answers=FAILS, reason="revisar el precio")
    return code


@attack("Send.case_is_running", Ended, "case_ended")
def _(w: World) -> Attempt:
    code = w.open()
    w.to_end(code)
    return sending(w, SeenItem(ID[OPERADORA], code, 2, 5))


@attack("Send.command_fits_work", Stale, "item_not_open")
def _(w: World) -> Attempt:
    return sending(w, w.on(at_validation(w), OPERADORA))


@attack("Send.actor_holds_role", NotAllowed, "role_needed")
def _(w: World) -> Attempt:
    code = at_production(w)
    w.attach(code)
    return sending(w, w.on(code, PROCESO))


@attack("Send.nobody_else_holds", NotAllowed, "held_by_other")
def _(w: World) -> Attempt:
    code = at_production(w)
    w.attach(code)
    return sending(w, held_by(w, code, OPERADOR_2, OPERADORA))


@attack("Send.screen_was_current", Stale, "file_attached_meanwhile")
def _(w: World) -> Attempt:
    code = at_production(w)
    w.attach(code)
    on = w.on(code, OPERADORA)
    w.attach(code, OPERADOR_2)
    return sending(w, on)


@attack("Send.document_is_attached", Invalid, {"file": "document_missing"})
def _(w: World) -> Attempt:
    return sending(w, w.on(at_production(w), OPERADORA))


@attack("Send.new_version_is_attached", Invalid, {"file": "new_version_missing"})
def _(w: World) -> Attempt:
    return sending(w, w.on(returned(w), OPERADORA), answers={1: "listo", 2: "listo"})


@attack("Send.findings_are_answered", Invalid, {"answer_2": "answer_missing"})
def _(w: World) -> Attempt:
    code = returned(w)
    w.attach(code)
    return sending(w, w.on(code, OPERADORA), answers={1: "listo", 2: " "})


@attack("Send.checklist_is_done", Invalid, {"checklist": "checklist_open"})
def _(w: World) -> Attempt:
    return sending(w, w.on(at_production(w, 1), OPERADORA), done=frozenset({5, 6}))


# --- reviewing ---
def at_review(w: World, flow: Flow = Flow.B2B, sender: str = OPERADORA) -> str:
    code = w.open(flow=flow)
    w.to(code, 2, Kind.PRODUCE)
    w.attach(code)
    w.send(code, sender)
    return code


def reviewing(w: World, on: SeenItem, verdict: str = "approve", answers: Any = MEETS, reason: str = "") -> Attempt:
    return lambda: cases.review(w.db, on, verdict, w.tick(), answers=answers, reason=reason)


@attack("Review.case_is_running", Ended, "case_ended")
def _(w: World) -> Attempt:
    code = w.open(flow=Flow.B2B)
    w.to(code, 2, Kind.REVIEW)
    on = w.on(code, "carla")
    w.to(code, 3)
    w.validate(code, "no")
    return reviewing(w, on)


@attack("Review.command_fits_work", Stale, "item_not_open")
def _(w: World) -> Attempt:
    return reviewing(w, w.on(at_production(w), EVERYTHING))


@attack("Review.actor_holds_role", NotAllowed, "b2b_sole_approver")
def _(w: World) -> Attempt:
    return reviewing(w, w.on(at_review(w), ALIANZAS))


@attack("Review.nobody_else_holds", NotAllowed, "held_by_other")
def _(w: World) -> Attempt:
    return reviewing(w, held_by(w, at_review(w), "ciro", "carla"))


@attack("Review.screen_was_current", Stale, "file_attached_meanwhile")
def _(w: World) -> Attempt:
    on = w.on(at_review(w), "carla")
    return reviewing(w, on._replace(seen=on.seen - 1))


@attack("Review.four_eyes", NotAllowed, "four_eyes")
def _(w: World) -> Attempt:
    return reviewing(w, w.on(at_review(w, sender=EVERYTHING), EVERYTHING))


@attack("Review.verdict_is_known", Invalid, {"verdict": "verdict_unknown"})
def _(w: World) -> Attempt:
    return reviewing(w, w.on(at_review(w), "carla"), "yes")


@attack("Review.reason_is_readable", Invalid, {"reason": "text_unreadable"})
def _(w: World) -> Attempt:
    return reviewing(w, w.on(at_review(w), "carla"), reason="bien\x00")


@attack("Review.criteria_are_answered", Invalid, {"criterion_0": "criterion_unanswered"})
def _(w: World) -> Attempt:
    return reviewing(w, w.on(at_review(w), "carla"), answers=(CriterionAnswer("Precio", "quizás"), MEETS[1]))


@attack("Review.criteria_are_the_clients", Invalid, {"criteria": "criterion_unknown"})
def _(w: World) -> Attempt:
    return reviewing(w, w.on(at_review(w), "carla"), answers=(*MEETS, CriterionAnswer("Color", "meets")))


@attack("Review.failed_criterion_is_not_approved", Invalid, {"verdict": "approve_with_failed"})
def _(w: World) -> Attempt:
    return reviewing(w, w.on(at_review(w), "carla"), answers=FAILS)


@attack("Review.return_has_a_finding", Invalid, {"reason": "finding_missing"})
def _(w: World) -> Attempt:
    return reviewing(w, w.on(at_review(w), "carla"), "return", reason=" ")


# --- closing ---
def closing(w: World, on: SeenItem) -> Attempt:
    return lambda: cases.close(w.db, on, w.tick())


@attack("Close.case_is_running", Ended, "case_ended")
def _(w: World) -> Attempt:
    code = w.open(flow=Flow.B2B)
    w.to(code, 9, Kind.SIGN_OFF)
    on = w.on(code, ALIANZAS, Role.GERENTE_ALIANZAS)
    w.close(code, Role.PROCESO)
    return closing(w, on)


@attack("Close.command_fits_work", Stale, "item_not_open")
def _(w: World) -> Attempt:
    return closing(w, w.on(at_validation(w, 9), OPERADORA))


@attack("Close.actor_holds_role", NotAllowed, "role_needed")
def _(w: World) -> Attempt:
    code = w.open(flow=Flow.B2B)
    w.to(code, 9, Kind.CLOSE)
    return closing(w, w.on(code, PROCESO))


@attack("Close.nobody_else_holds", NotAllowed, "held_by_other")
def _(w: World) -> Attempt:
    code = w.open(flow=Flow.B2B)
    w.to(code, 9, Kind.CLOSE)
    return closing(w, held_by(w, code, OPERADOR_2, OPERADORA))


@attack("Close.screen_was_current", Stale, "file_attached_meanwhile")
def _(w: World) -> Attempt:
    code = w.open(flow=Flow.B2B)
    w.to(code, 9, Kind.CLOSE)
    on = w.on(code, OPERADORA)
    return closing(w, on._replace(seen=on.seen + 1))


# --- handing over ---
def handing(w: World, code: str, who: str, channel: Channel, reason: str = "turno") -> Attempt:
    return lambda: cases.hand_over(w.db, ID[who], code, channel, reason, w.tick())


@attack("HandOver.case_is_running", Ended, "case_ended")
def _(w: World) -> Attempt:
    code = w.open()
    w.validate(code, "no")
    return handing(w, code, PROCESO, Channel.MESA_DE_AYUDA)


@attack("HandOver.actor_coordinates", NotAllowed, "role_needed")
def _(w: World) -> Attempt:
    return handing(w, w.open(), ADMIN, Channel.MESA_DE_AYUDA)


@attack("HandOver.channel_is_the_other", Invalid, {"channel": "channel_same"})
def _(w: World) -> Attempt:
    return handing(w, w.open(), PROCESO, Channel.OPERACION)


@attack("HandOver.hand_over_has_its_reason", Invalid, {"reason": "reason_missing"})
def _(w: World) -> Attempt:
    return handing(w, w.open(), PROCESO, Channel.MESA_DE_AYUDA, "\t")


# --- holding ---
def taking(w: World, code: str, who: str, item: int | None = None) -> Attempt:
    item = item or w.item(code).item
    return lambda: cases.take(w.db, ID[who], code, item, w.tick())


def giving_back(w: World, code: str, who: str, item: int | None = None) -> Attempt:
    item = item or w.item(code).item
    return lambda: cases.give_back(w.db, ID[who], code, item, w.tick())


def assigning(w: World, code: str, who: str, to: str, item: int | None = None) -> Attempt:
    item = item or w.item(code).item
    return lambda: cases.assign(w.db, ID[who], code, item, ID[to], w.tick())


def taken_meanwhile(w: World) -> tuple[str, int, Hold]:
    """A work item that changed holder after it was shown: case code, item, and the holder shown."""
    code = w.open()
    item = w.item(code).item
    held_by(w, code, OPERADORA, OPERADORA)
    seen = Hold(ID[OPERADORA], w.item(code).held_since)
    cases.give_back(w.db, ID[OPERADORA], code, item, w.tick())
    held_by(w, code, OPERADOR_2, OPERADOR_2)
    return code, item, seen


def rejected(w: World) -> str:
    code = w.open()
    w.validate(code, "no")
    return code


@attack("Take.case_is_running", Ended, "case_ended")
def _(w: World) -> Attempt:
    return taking(w, rejected(w), OPERADORA, 1)


@attack("Take.actor_holds_role", NotAllowed, "role_needed")
def _(w: World) -> Attempt:
    return taking(w, w.open(), PROCESO)


@attack("Take.nobody_else_holds", NotAllowed, "held_by_other")
def _(w: World) -> Attempt:
    code = w.open()
    held_by(w, code, OPERADOR_2, OPERADORA)
    return taking(w, code, OPERADORA)


@attack("Take.not_held_already", Stale, "held_already")
def _(w: World) -> Attempt:
    code = w.open()
    held_by(w, code, OPERADORA, OPERADORA)
    return taking(w, code, OPERADORA)


@attack("Take.taker_may_decide", NotAllowed, "four_eyes")
def _(w: World) -> Attempt:
    return taking(w, at_review(w, sender=EVERYTHING), EVERYTHING)


@attack("GiveBack.case_is_running", Ended, "case_ended")
def _(w: World) -> Attempt:
    return giving_back(w, rejected(w), PROCESO, 1)


@attack("GiveBack.somebody_holds", Stale, "held_by_nobody")
def _(w: World) -> Attempt:
    return giving_back(w, w.open(), PROCESO)


@attack("GiveBack.actor_may_release", NotAllowed, "holder_or_proceso_needed")
def _(w: World) -> Attempt:
    code = w.open()
    held_by(w, code, OPERADOR_2, OPERADORA)
    return giving_back(w, code, OPERADORA)


@attack("GiveBack.hold_is_as_seen", Stale, "held_otherwise")
def _(w: World) -> Attempt:
    code, item, seen = taken_meanwhile(w)
    return lambda: cases.give_back(w.db, ID[PROCESO], code, item, w.tick(), seen=seen)


@attack("Assign.case_is_running", Ended, "case_ended")
def _(w: World) -> Attempt:
    return assigning(w, rejected(w), PROCESO, OPERADORA, 1)


@attack("Assign.actor_may_release", NotAllowed, "holder_or_proceso_needed")
def _(w: World) -> Attempt:
    return assigning(w, w.open(), OPERADORA, OPERADOR_2)


@attack("Assign.hold_is_as_seen", Stale, "held_otherwise")
def _(w: World) -> Attempt:
    code, item, seen = taken_meanwhile(w)
    return lambda: cases.assign(w.db, ID[PROCESO], code, item, ID[EVERYTHING], w.tick(), seen=seen)


@attack("Assign.assignee_is_another", Invalid, {"to": "assignee_holds_already"})
def _(w: World) -> Attempt:
    code = w.open()
    held_by(w, code, OPERADOR_2, OPERADORA)
    return assigning(w, code, PROCESO, OPERADOR_2)


@attack("Assign.assignee_holds_role", Invalid, {"to": "assignee_role_needed"})
def _(w: World) -> Attempt:
    return assigning(w, w.open(), PROCESO, FORMER)


@attack("Assign.assignee_may_decide", Invalid, {"to": "assignee_sent_it"})
def _(w: World) -> Attempt:
    return assigning(w, at_review(w, sender=EVERYTHING), PROCESO, EVERYTHING)


# --- taking back ---
def taking_back(w: World, code: str, who: str, item: int, reason: str = "me equivoqué") -> Attempt:
    return lambda: cases.take_back(w.db, ID[who], code, item, reason, w.tick())


@attack("TakeBack.case_is_running", Ended, "case_ended")
def _(w: World) -> Attempt:
    return taking_back(w, rejected(w), OPERADOR_2, 1)


@attack("TakeBack.nobody_has_started", Stale, "take_back_too_late")
def _(w: World) -> Attempt:
    code = at_validation(w)
    item = w.item(code).item
    w.validate(code)
    held_by(w, code, OPERADORA, OPERADORA)
    return taking_back(w, code, OPERADOR_2, item)


@attack("TakeBack.actor_is_author", NotAllowed, "decision_of_another")
def _(w: World) -> Attempt:
    code = at_validation(w)
    item = w.item(code).item
    w.validate(code)
    return taking_back(w, code, OPERADORA, item)


@attack("TakeBack.author_holds_role", NotAllowed, "role_needed")
def _(w: World) -> Attempt:
    code = at_validation(w)
    item = w.item(code).item
    w.validate(code)
    accounts.set_roles(w.db, OPERADOR_2, [Role.MESA_DE_AYUDA], ID[ADMIN], w.tick())
    return taking_back(w, code, OPERADOR_2, item)


@attack("TakeBack.take_back_has_its_reason", Invalid, {"reason": "reason_missing"})
def _(w: World) -> Attempt:
    code = at_validation(w)
    item = w.item(code).item
    w.validate(code)
    return taking_back(w, code, OPERADOR_2, item, " ")


# --- commenting ---
@attack("Comment.case_is_running", Ended, "case_ended")
def _(w: World) -> Attempt:
    code = w.open()
    w.validate(code, "no")
    return lambda: cases.comment(w.db, ID[ALIANZAS], code, "tarde", w.tick())


@attack("Comment.actor_takes_part", NotAllowed, "process_role_needed")
def _(w: World) -> Attempt:
    code = w.open()
    return lambda: cases.comment(w.db, ID[OUTSIDER], code, "hola", w.tick())


@attack("Comment.comment_has_text", Invalid, {"text": "comment_missing"})
def _(w: World) -> Attempt:
    code = w.open()
    return lambda: cases.comment(w.db, ID[ALIANZAS], code, "  ", w.tick())


def editing(w: World, who: str = ALIANZAS, text: str = "mejor", off: int = 0, wait: int = MINUTE) -> Attempt:
    """Edit a comment that Alba wrote on a new case."""
    code = w.open()
    cases.comment(w.db, ID[ALIANZAS], code, "bien", w.tick())
    seq = w.case(code).version + off
    return lambda: cases.edit_comment(w.db, ID[who], code, seq, text, w.tick(wait))


@attack("EditComment.case_is_running", Ended, "case_ended")
def _(w: World) -> Attempt:
    attempt = editing(w)
    w.validate("S-2026-0001", "no")
    return attempt


@attack("EditComment.actor_takes_part", NotAllowed, "process_role_needed")
def _(w: World) -> Attempt:
    attempt = editing(w)
    accounts.set_roles(w.db, ALIANZAS, [], ID[ADMIN], w.now)
    return attempt


@attack("EditComment.comment_is_there", NotFound, "comment_unknown")
def _(w: World) -> Attempt:
    return editing(w, off=-1)


@attack("EditComment.comment_is_ones_own", NotAllowed, "comment_of_another")
def _(w: World) -> Attempt:
    return editing(w, PROCESO)


@attack("EditComment.comment_is_fresh", Stale, "comment_settled")
def _(w: World) -> Attempt:
    return editing(w, wait=EDITABLE + 1)


@attack("EditComment.comment_has_text", Invalid, {"text": "comment_missing"})
def _(w: World) -> Attempt:
    return editing(w, text=" ")


# --- links ---
@attack("MakeLink.case_is_running", Ended, "case_ended")
def _(w: World) -> Attempt:
    code = w.open()
    w.validate(code, "no")
    return lambda: w.link(code)


@attack("MakeLink.actor_takes_part", NotAllowed, "process_role_needed")
def _(w: World) -> Attempt:
    code = w.open()
    return lambda: w.link(code, ADMIN)


@attack("MakeLink.link_lasts", Invalid, {"days": "link_days"})
def _(w: World) -> Attempt:
    code = w.open()
    return lambda: w.link(code, days=366)


@attack("WithdrawLink.actor_takes_part", NotAllowed, "process_role_needed")
def _(w: World) -> Attempt:
    code = w.open()
    w.link(code)
    return lambda: w.withdraw(code, who=OUTSIDER)


@attack("WithdrawLink.link_is_there", Stale, "link_withdrawn")
def _(w: World) -> Attempt:
    code = w.open()
    w.link(code)
    w.withdraw(code)
    return lambda: w.withdraw(code)


# --- other systems ---
@attack("SettleCall.call_is_pending", Stale, "call_settled")
def _(w: World) -> Attempt:
    w.setting("endpoints", {"booking": {"url": "https://booking.example/"}})
    code = w.open()
    w.settle(code)
    return lambda: w.settle(code, outcome="failed")


def failed_call(w: World) -> str:
    w.setting("endpoints", {"booking": {"url": "https://booking.example/"}})
    code = w.open()
    w.settle(code, outcome="failed")
    return code


@attack("AskAgain.case_is_running", Ended, "case_ended")
def _(w: World) -> Attempt:
    code = failed_call(w)
    w.validate(code, "no")
    return lambda: outbound_calls.ask_again(w.db, ID[ADMIN], code, 1, w.tick())


@attack("AskAgain.actor_administers", NotAllowed, "role_needed")
def _(w: World) -> Attempt:
    code = failed_call(w)
    return lambda: outbound_calls.ask_again(w.db, ID[PROCESO], code, 1, w.tick())


@attack("AskAgain.call_has_failed", Stale, "call_not_failed")
def _(w: World) -> Attempt:
    code = failed_call(w)
    w.validate(code)
    return lambda: outbound_calls.ask_again(w.db, ID[ADMIN], code, 1, w.tick())


# --- registering environments ---
def registering(w: World, who: str, evidence: str = "acta", expires_at: int | None = None) -> Attempt:
    client = w.case(w.open()).client
    return lambda: environments.register_environment(
        w.db, ID[who], client, Environment.TEST, evidence, w.tick(), expires_at=expires_at
    )


@attack("RegisterEnvironment.actor_registers_environments", NotAllowed, "environment_role_needed")
def _(w: World) -> Attempt:
    return registering(w, ALIANZAS)


@attack("RegisterEnvironment.environment_has_evidence", Invalid, {"evidence": "evidence_missing"})
def _(w: World) -> Attempt:
    return registering(w, PROCESO, evidence=" ")


@attack("RegisterEnvironment.environment_is_not_expired", Invalid, {"expires_at": "expiry_in_the_past"})
def _(w: World) -> Attempt:
    return registering(w, PROCESO, expires_at=w.now - MINUTE)
