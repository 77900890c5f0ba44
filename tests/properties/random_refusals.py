"""Attacks on the random lives of cases, at least one rule per guard of each command."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from core.case.events import Commented, CriterionAnswer, Event
from core.case.model import Case, Item
from core.case.rules.comments_and_links import EDITABLE
from core.case.rules.texts import MAX_TEXT
from core.integrations import outbound_calls
from core.people import accounts
from core.process.terms import CHANNEL_ROLE, INTAKE_ROLES, Channel, Environment, Flow, Kind
from core.services import cases, environments, status_links
from tests.properties.random_cases import ANY, WORK, Fits, Lives, Where, always
from tests.support.drive_case import FAILS, MEETS
from tests.support.people import (
    ADMIN,
    ALIANZAS,
    COMERCIAL,
    DAY,
    EVERYTHING,
    FORMER,
    ID,
    OPERADORA,
    OUTSIDER,
    PROCESO,
    ROLES,
)


def no_version(case: Case, item: Item, at: int) -> bool:  # noqa: ARG001
    return item.phase > 1 and item.work is Kind.PRODUCE and not case.documents.get(item.document)


def no_new_version(case: Case, item: Item, at: int) -> bool:  # noqa: ARG001
    return item.work is Kind.CORRECT and case.newest(item.document).sent_by is not None


def corrects(case: Case, item: Item, at: int) -> bool:  # noqa: ARG001
    return item.work is Kind.CORRECT


def in_phase_1(case: Case, item: Item, at: int) -> bool:  # noqa: ARG001
    return item.phase == 1


def free_in_phase_1(case: Case, item: Item, at: int) -> bool:  # noqa: ARG001
    return item.phase == 1 and item.held_by is None


def reviewed(case: Case, item: Item, at: int) -> bool:  # noqa: ARG001
    return item.phase > 1


def lacks_environment(case: Case, item: Item, at: int) -> bool:
    return case.missing(item, at) is not None


def lacks_nothing(case: Case, item: Item, at: int) -> bool:
    return case.missing(item, at) is None


def on_work(name: str, command: str, fits: Fits, **changes: Any) -> Any:
    """A rule: where the command's work is open and `fits`, the proper command with one thing changed is refused."""

    def attacked(self: Lives, pick: int) -> None:
        where = self.places(command, fits)
        self.refused(lambda: self.command(command, where[pick % len(where)], **changes))

    attacked.__name__ = name
    found = precondition(lambda self: bool(self.places(command, fits)))
    return found(rule(pick=ANY)(attacked))


def stale(name: str, command: str) -> Any:
    def attacked(self: Lives, pick: int, off: int) -> None:
        where = self.places(command)
        place = where[pick % len(where)]
        self.refused(lambda: self.command(command, place, seen=place[2].version + off))

    attacked.__name__ = name
    found = precondition(lambda self: bool(self.places(command)))
    return found(rule(pick=ANY, off=st.sampled_from((-3, -1, 1)))(attacked))


def wrong_person(name: str, command: str) -> Any:
    def attacked(self: Lives, pick: int, who: int) -> None:
        where = self.places(command)
        place = where[pick % len(where)]
        strangers = [login for login, roles in ROLES.items() if place[2].role not in roles or login == FORMER]
        self.refused(lambda: self.command(command, place, who=strangers[who % len(strangers)]))

    attacked.__name__ = name
    found = precondition(lambda self: bool(self.places(command)))
    return found(rule(pick=ANY, who=ANY)(attacked))


def wrong_work(name: str, command: str) -> Any:
    def elsewhere(self: Lives) -> list[Where]:
        return [place for place in self.everything_open() if place[2].work not in WORK[command]]

    def attacked(self: Lives, pick: int) -> None:
        where = elsewhere(self)
        self.refused(lambda: self.command(command, where[pick % len(where)], who=EVERYTHING))

    attacked.__name__ = name
    return precondition(lambda self: bool(elsewhere(self)))(rule(pick=ANY)(attacked))


def after_the_end(name: str, command: str) -> Any:
    def attacked(self: Lives, pick: int) -> None:
        code, case = self.ended()[pick % len(self.ended())]
        item = Item(case.last_item, WORK[command][0], case.phase, INTAKE_ROLES[0], 1, 0, 0, 0, case.version)
        refusal = self.refused(lambda: self.command(command, (code, case, item), who=EVERYTHING))
        assert refusal.code == "case_ended"

    attacked.__name__ = name
    return precondition(lambda self: bool(self.ended()))(rule(pick=ANY)(attacked))


def other_channel(case: Case) -> Channel:
    return next(channel for channel in Channel if channel is not case.channel)


def is_comment(event: Event) -> bool:
    return isinstance(event.body, Commented)


LONG = "x" * (MAX_TEXT + 1)
MENDING = (
    {"who": PROCESO},
    {"who": EVERYTHING},
    {"text": "\t"},
    {"text": LONG},
    {"text": "\u200b"},
    {"text": "a\u202eb"},
    {"wait": EDITABLE + 1},
)
FOREIGN = (*MEETS, CriterionAnswer("Color", "meets"))
ON_WORK: dict[str, tuple[str, Fits, dict[str, Any]]] = {
    "validate_with_an_unknown_verdict": ("validate", lacks_nothing, {"verdict": "approve"}),
    "validate_with_a_long_reason": ("validate", lacks_nothing, {"reason": LONG}),
    "validate_no_without_reason": ("validate", always, {"verdict": "no", "reason": " "}),
    "validate_without_the_environment": ("validate", lacks_environment, {}),
    "validate_with_an_open_checklist": ("validate", in_phase_1, {"done": frozenset({1})}),
    "send_without_a_document": ("send", no_version, {}),
    "send_without_a_new_version": ("send", no_new_version, {}),
    "review_with_an_unknown_verdict": ("review", always, {"verdict": "yes"}),
    "review_with_an_unreadable_reason": ("review", always, {"reason": "a\x00b"}),
    "review_without_an_answer": ("review", always, {"answers": MEETS[1:]}),
    "review_with_a_foreign_criterion": ("review", always, {"answers": FOREIGN}),
    "approve_with_a_failed_criterion": ("review", always, {"answers": FAILS}),
    "return_without_a_finding": ("review", always, {"verdict": "return"}),
}


class Attacked(Lives):
    """The same lives with an attack per guard: what is not one command with one thing changed stands here."""

    @precondition(lambda self: self.places("send", corrects))
    @rule(pick=ANY)
    def send_with_an_unanswered_finding(self, pick: int) -> None:
        where = self.places("send", corrects)
        code, _, item = where[pick % len(where)]
        self.w.attach(code)
        self.see()
        place = next(place for place in self.everything_open() if place[0] == code and place[2].item == item.item)
        self.refused(lambda: self.command("send", place, answers={}))

    @precondition(lambda self: self.places("send"))
    @rule(pick=ANY)
    def review_an_own_version(self, pick: int) -> None:
        where = [place for place in self.places("send", reviewed) if place[2].held_by is None]
        if where:
            code = where[pick % len(where)][0]
            case = self.w.attach(code, EVERYTHING)
            self.w.send(code, EVERYTHING, {finding.number: "corregido" for finding in case.findings})
            self.see()
            place = next(place for place in self.places("review") if place[0] == code)
            self.refused(lambda: self.command("review", place, who=EVERYTHING))

    def phase_1_to_send(self, pick: int) -> Where:
        """Where the CRO is to be sent and nobody holds it; a case is opened for it when there is none."""
        if not self.places("send", free_in_phase_1):
            self.open_at((1, Kind.PRODUCE), Flow.ESTANDAR, Channel.OPERACION, international=False)
        where = self.places("send", free_in_phase_1)
        return where[pick % len(where)]

    @precondition(lambda self: self.strict)
    @rule(pick=ANY)
    def validate_an_own_version(self, pick: int) -> None:
        code = self.phase_1_to_send(pick)[0]
        self.w.attach(code, EVERYTHING)
        self.w.send(code, EVERYTHING)
        self.see()
        place = next(place for place in self.places("validate") if place[0] == code)
        self.refused(lambda: self.command("validate", place, who=EVERYTHING))

    @rule(pick=ANY)
    def send_with_an_open_checklist(self, pick: int) -> None:
        place = self.phase_1_to_send(pick)
        self.refused(lambda: self.command("send", place, done=frozenset({5})))

    # --- attacking the rest ---
    @rule(channel=st.sampled_from(Channel), who=st.sampled_from(sorted(ROLES)))
    def open_without_the_role(self, channel: Channel, who: str) -> None:
        if CHANNEL_ROLE[channel] not in ROLES[who] or who == FORMER:
            self.refused(lambda: self.w.open("other", who=who, channel=channel))

    @rule(change=st.sampled_from(({"service": " "}, {"criteria": ()}, {"client": 999}, {"contact_name": ""})))
    def open_incomplete(self, change: dict[str, Any]) -> None:
        self.refused(lambda: self.w.open("other", **change))

    def hand(self, code: str, channel: Channel, who: str = PROCESO, reason: str = "turno") -> None:
        self.refused(lambda: cases.hand_over(self.w.db, ID[who], code, channel, reason, self.w.tick(1)))

    @precondition(lambda self: self.ended())
    @rule(pick=ANY, channel=st.sampled_from(Channel))
    def hand_over_after_the_end(self, pick: int, channel: Channel) -> None:
        self.hand(self.ended()[pick % len(self.ended())][0], channel)

    @precondition(lambda self: self.running())
    @rule(pick=ANY, who=st.sampled_from([who for who in ROLES if who not in (PROCESO, EVERYTHING)]))
    def hand_over_by_another_role(self, pick: int, who: str) -> None:
        code = self.running()[pick % len(self.running())]
        self.hand(code, other_channel(self.cases[code]), who)

    @precondition(lambda self: self.running())
    @rule(pick=ANY)
    def hand_over_to_the_same_channel(self, pick: int) -> None:
        code = self.running()[pick % len(self.running())]
        self.hand(code, self.cases[code].channel)

    @precondition(lambda self: self.running())
    @rule(pick=ANY)
    def hand_over_without_a_reason(self, pick: int) -> None:
        code = self.running()[pick % len(self.running())]
        self.hand(code, other_channel(self.cases[code]), reason=" ")

    def refused_comment(self, code: str, who: str = PROCESO, text: str = "hola") -> None:
        self.refused(lambda: cases.comment(self.w.db, ID[who], code, text, self.w.tick(1)))

    @precondition(lambda self: self.ended())
    @rule(pick=ANY)
    def comment_after_the_end(self, pick: int) -> None:
        self.refused_comment(self.ended()[pick % len(self.ended())][0])

    @precondition(lambda self: self.running())
    @rule(pick=ANY, who=st.sampled_from((ADMIN, OUTSIDER, FORMER)))
    def comment_by_an_outsider(self, pick: int, who: str) -> None:
        self.refused_comment(self.running()[pick % len(self.running())], who)

    @precondition(lambda self: self.running())
    @rule(pick=ANY)
    def comment_nothing(self, pick: int) -> None:
        self.refused_comment(self.running()[pick % len(self.running())], text="\n")

    @precondition(lambda self: self.running())
    @rule(pick=ANY, text=st.sampled_from(("\u200b", "a\u202eb", "\0")))
    def comment_in_signs_that_nobody_reads(self, pick: int, text: str) -> None:
        self.refused_comment(self.running()[pick % len(self.running())], text=text)

    def mend(self, code: str, seq: int, who: str = ALIANZAS, text: str = "mejor", wait: int = 1) -> None:
        self.refused(lambda: cases.edit_comment(self.w.db, ID[who], code, seq, text, self.w.tick(wait)))

    @precondition(lambda self: self.running())
    @rule(pick=ANY, change=st.sampled_from(MENDING))
    def mend_badly(self, pick: int, change: dict[str, Any]) -> None:
        code = self.running()[pick % len(self.running())]
        self.mend(code, self.say(code), **change)

    @precondition(lambda self: self.running())
    @rule(pick=ANY, off=st.sampled_from((-1, 1)))
    def mend_what_is_no_comment(self, pick: int, off: int) -> None:
        code = self.running()[pick % len(self.running())]
        seq = self.say(code)
        if off > 0 or not any(event.seq == seq - 1 for event in self.w.record(code) if is_comment(event)):
            self.mend(code, seq + off)

    @precondition(lambda self: self.places("validate"))
    @rule(pick=ANY)
    def mend_after_the_end(self, pick: int) -> None:
        code = self.places("validate")[pick % len(self.places("validate"))][0]
        seq = self.say(code)
        self.w.validate(code, "no")
        self.see()
        self.mend(code, seq)

    @precondition(lambda self: self.running())
    @rule(pick=ANY)
    def mend_without_a_role(self, pick: int) -> None:
        code = self.running()[pick % len(self.running())]
        seq = self.say(code)
        accounts.set_roles(self.w.db, ALIANZAS, [], ID[ADMIN], self.w.now)
        self.mend(code, seq)
        accounts.set_roles(self.w.db, ALIANZAS, ROLES[ALIANZAS], ID[ADMIN], self.w.now)

    def link_badly(self, code: str, who: str = PROCESO, days: int = 30) -> None:
        self.refused(lambda: status_links.make(self.w.db, ID[who], code, self.w.tick(1), days=days))

    @precondition(lambda self: self.ended())
    @rule(pick=ANY)
    def link_after_the_end(self, pick: int) -> None:
        self.link_badly(self.ended()[pick % len(self.ended())][0])

    @precondition(lambda self: self.running())
    @rule(pick=ANY, who=st.sampled_from((ADMIN, OUTSIDER, FORMER)))
    def link_by_an_outsider(self, pick: int, who: str) -> None:
        self.link_badly(self.running()[pick % len(self.running())], who)

    @precondition(lambda self: self.running())
    @rule(pick=ANY, days=st.sampled_from((-1, 0, 366)))
    def link_for_no_time_or_too_long(self, pick: int, days: int) -> None:
        self.link_badly(self.running()[pick % len(self.running())], days=days)

    @precondition(lambda self: self.running())
    @rule(pick=ANY, who=st.sampled_from((ADMIN, OUTSIDER, FORMER)))
    def withdraw_link_by_an_outsider(self, pick: int, who: str) -> None:
        code = self.running()[pick % len(self.running())]
        self.w.link(code)
        link = self.w.case(code).last_link
        self.refused(lambda: status_links.withdraw(self.w.db, ID[who], code, link, self.w.tick(1)))
        self.see()

    @precondition(lambda self: self.running())
    @rule(pick=ANY)
    def withdraw_a_link_twice(self, pick: int) -> None:
        code = self.running()[pick % len(self.running())]
        self.w.link(code)
        link = self.w.case(code).last_link
        self.w.withdraw(code, link)
        self.refused(lambda: status_links.withdraw(self.w.db, ID[PROCESO], code, link, self.w.tick(1)))
        self.see()

    @precondition(lambda self: len(self.cases) < 4)
    @rule(outcome=st.sampled_from(("answered", "failed")))
    def settle_a_call_twice(self, outcome: str) -> None:
        self.w.setting("endpoints", {"booking": {"url": "https://booking.example/"}})
        code = self.w.open(f"k{len(self.cases)}")
        self.w.setting("endpoints", {})
        self.w.settle(code, outcome=outcome)
        self.cases[code] = self.w.case(code)
        self.refused(lambda: self.w.settle(code, outcome="answered"))

    @precondition(lambda self: len(self.cases) < 4)
    @rule(ended=st.booleans())
    def ask_another_system_again(self, ended: bool) -> None:
        """The administrator may, while the work that needs it is open and the call has failed."""
        self.w.setting("endpoints", {"booking": {"url": "https://booking.example/"}})
        code = self.w.open(f"k{len(self.cases)}")
        self.w.setting("endpoints", {})

        def ask(who: str) -> None:
            outbound_calls.ask_again(self.w.db, ID[who], code, 1, self.w.tick(1))

        assert self.refused(lambda: ask(ADMIN)).code == "call_not_failed"
        self.w.settle(code, outcome="failed")
        assert self.refused(lambda: ask(PROCESO)).code == "role_needed"
        if ended:
            self.w.validate(code, "no")
            assert self.refused(lambda: ask(ADMIN)).code == "case_ended"
        else:
            ask(ADMIN)
            self.w.settle(code)
        self.cases[code] = self.w.case(code)

    def register_badly(self, pick: int, who: str = PROCESO, evidence: str = "acta", days: int = 1) -> None:
        client = list(self.cases.values())[pick % len(self.cases)].client
        until = self.w.now + days * DAY
        kind = Environment.TEST
        self.refused(
            lambda: environments.register_environment(
                self.w.db, ID[who], client, kind, evidence, self.w.tick(1), expires_at=until
            )
        )

    @rule(pick=ANY, who=st.sampled_from((OPERADORA, ALIANZAS, COMERCIAL, ADMIN, OUTSIDER, FORMER)))
    def register_by_another_role(self, pick: int, who: str) -> None:
        self.register_badly(pick, who)

    @rule(pick=ANY)
    def register_without_evidence(self, pick: int) -> None:
        self.register_badly(pick, evidence=" ")

    @rule(pick=ANY)
    def register_what_has_expired(self, pick: int) -> None:
        self.register_badly(pick, days=-1)


def _add(name: str, attack: Any) -> None:
    setattr(Attacked, name, attack)


for name, (command, fits, changes) in ON_WORK.items():
    _add(name, on_work(name, command, fits, **changes))
for command in WORK:
    for kind in (after_the_end, wrong_work, wrong_person, stale):
        _add(f"{command}_{kind.__name__}", kind(f"{command}_{kind.__name__}", command))
