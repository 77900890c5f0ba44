"""Holding and taking back in the random lives: what people properly do, and an attack per guard."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from core.case.model import Case, Decision, Item
from core.people import accounts
from core.process.terms import INTAKE_ROLES, Kind, Role
from core.services import cases
from tests.properties.random_cases import ANY, WORK, Where, always
from tests.properties.random_refusals import Attacked, lacks_nothing, no_new_version, no_version
from tests.support.people import ADMIN, EVERYTHING, FORMER, HOLDER, ID, OUTSIDER, PROCESO, ROLES, VALIDATOR

LOGIN = {number: login for login, number in ID.items()}


def proper(item: Item) -> str:
    """Whoever of the cast does the item's work."""
    return VALIDATOR.get(item.role, HOLDER[item.role]) if item.work is Kind.VALIDATE else HOLDER[item.role]


def sendable(case: Case, item: Item, at: int) -> bool:
    return not no_version(case, item, at) and not no_new_version(case, item, at)


READY = {"validate": lacks_nothing, "send": sendable}


class Holding(Attacked):
    """The same lives, in which work is taken, given back and handed on, and decisions are taken back."""

    def open_items(self, *, held: bool) -> list[Where]:
        return [place for place in self.everything_open() if (place[2].held_by is not None) is held]

    def revocable(self) -> list[tuple[str, Decision]]:
        """What its author may take back alone: what was decided for somebody else, only while standing in."""
        found = ((code, each) for code, case in self.cases.items() for each in case.revocable)
        return [(code, decision) for code, decision in found if decision.for_person is None]

    def barred(self, case: Case, item: Item) -> bool:
        """Whether four eyes keep the person with every role from the item."""
        asks = item.work is Kind.REVIEW or (item.work is Kind.VALIDATE and self.strict)
        sent = case.sent(item.document) if item.document and asks else None
        return sent is not None and sent.sent_by == ID[EVERYTHING]

    def free_for_everything(self, *works: Kind) -> list[Where]:
        free = self.open_items(held=False)
        return [p for p in free if p[2].work in (works or tuple(Kind)) and not self.barred(p[1], p[2])]

    def take(self, place: Where, who: str) -> Any:
        return cases.take(self.w.db, ID[who], place[0], place[2].item, self.w.tick(1))

    def give_back(self, place: Where, who: str) -> Any:
        return cases.give_back(self.w.db, ID[who], place[0], place[2].item, self.w.tick(1))

    def assign(self, place: Where, who: str, to: str) -> Any:
        return cases.assign(self.w.db, ID[who], place[0], place[2].item, ID[to], self.w.tick(1))

    def revoke(self, code: str, item: int, who: str, reason: str = "error") -> Any:
        return cases.take_back(self.w.db, ID[who], code, item, reason, self.w.tick(1))

    # --- living ---
    @precondition(lambda self: self.open_items(held=False))
    @rule(pick=ANY, given=st.booleans())
    def hold(self, pick: int, given: bool) -> None:
        where = self.open_items(held=False)
        place = where[pick % len(where)]
        if given:
            self.assign(place, PROCESO, proper(place[2]))
        else:
            self.take(place, proper(place[2]))
        self.see()

    @precondition(lambda self: self.open_items(held=True))
    @rule(pick=ANY, coordinated=st.booleans())
    def let_go(self, pick: int, coordinated: bool) -> None:
        where = self.open_items(held=True)
        place = where[pick % len(where)]
        self.give_back(place, PROCESO if coordinated else LOGIN[place[2].held_by])
        self.see()

    @precondition(lambda self: self.revocable())
    @rule(pick=ANY)
    def take_it_back(self, pick: int) -> None:
        code, decision = self.revocable()[pick % len(self.revocable())]
        self.revoke(code, decision.item.item, LOGIN[decision.person])
        self.see()
        again = [item for item in self.cases[code].items if item.work is decision.item.work]
        assert decision.item.role in {item.role for item in again}

    # --- attacking: deciding what another holds ---
    def held_by_everything(self, place: Where, attempt: Callable[[], Any]) -> None:
        """What is refused while the person with every role holds the item."""
        self.take(place, EVERYTHING)
        self.refused(attempt)
        self.give_back(place, EVERYTHING)
        self.see()

    @precondition(lambda self: self.free_for_everything())
    @rule(pick=ANY)
    def take_what_another_holds(self, pick: int) -> None:
        where = self.free_for_everything()
        place = where[pick % len(where)]
        self.held_by_everything(place, lambda: self.take(place, proper(place[2])))

    @precondition(lambda self: self.free_for_everything())
    @rule(pick=ANY)
    def take_twice(self, pick: int) -> None:
        where = self.free_for_everything()
        place = where[pick % len(where)]
        self.held_by_everything(place, lambda: self.take(place, EVERYTHING))

    @precondition(lambda self: self.free_for_everything())
    @rule(pick=ANY)
    def give_back_what_another_holds(self, pick: int) -> None:
        where = [place for place in self.free_for_everything() if proper(place[2]) != PROCESO]
        if where:
            place = where[pick % len(where)]
            self.held_by_everything(place, lambda: self.give_back(place, proper(place[2])))

    @precondition(lambda self: self.free_for_everything())
    @rule(pick=ANY)
    def assign_to_the_holder(self, pick: int) -> None:
        where = self.free_for_everything()
        place = where[pick % len(where)]
        self.held_by_everything(place, lambda: self.assign(place, PROCESO, EVERYTHING))

    # --- attacking the rest of holding ---
    @precondition(lambda self: self.open_items(held=False))
    @rule(pick=ANY, who=ANY)
    def take_without_the_role(self, pick: int, who: int) -> None:
        where = self.open_items(held=False)
        place = where[pick % len(where)]
        strangers = [login for login, roles in ROLES.items() if place[2].role not in roles or login == FORMER]
        self.refused(lambda: self.take(place, strangers[who % len(strangers)]))

    @precondition(lambda self: self.places("send"))
    @rule(pick=ANY)
    def take_or_get_what_one_sent(self, pick: int) -> None:
        where = [place for place in self.places("send") if place[2].phase > 1 and place[2].held_by is None]
        if where:
            code = where[pick % len(where)][0]
            case = self.w.attach(code, EVERYTHING)
            self.w.send(code, EVERYTHING, {finding.number: "corregido" for finding in case.findings})
            self.see()
            place = next(place for place in self.places("review") if place[0] == code)
            self.refused(lambda: self.take(place, EVERYTHING))
            self.refused(lambda: self.assign(place, PROCESO, EVERYTHING))

    @precondition(lambda self: self.open_items(held=False))
    @rule(pick=ANY)
    def give_back_what_nobody_holds(self, pick: int) -> None:
        where = self.open_items(held=False)
        self.refused(lambda: self.give_back(where[pick % len(where)], PROCESO))

    @precondition(lambda self: self.open_items(held=False))
    @rule(pick=ANY)
    def assign_what_one_does_not_hold(self, pick: int) -> None:
        where = [place for place in self.open_items(held=False) if place[2].role in INTAKE_ROLES]
        if where:
            place = where[pick % len(where)]
            self.refused(lambda: self.assign(place, HOLDER[place[2].role], VALIDATOR[place[2].role]))

    @precondition(lambda self: self.open_items(held=False))
    @rule(pick=ANY, to=st.sampled_from((FORMER, OUTSIDER, ADMIN)))
    def assign_to_somebody_without_the_role(self, pick: int, to: str) -> None:
        where = self.open_items(held=False)
        self.refused(lambda: self.assign(where[pick % len(where)], PROCESO, to))

    @precondition(lambda self: self.ended())
    @rule(pick=ANY)
    def hold_after_the_end(self, pick: int) -> None:
        code, case = self.ended()[pick % len(self.ended())]
        item = Item(case.last_item, WORK["close"][0], case.phase, INTAKE_ROLES[0], 1, 0, 0, 0, case.version)
        place = (code, case, item)
        attempts: tuple[Callable[[], Any], ...] = (
            lambda: self.take(place, EVERYTHING),
            lambda: self.give_back(place, EVERYTHING),
            lambda: self.assign(place, PROCESO, EVERYTHING),
            lambda: self.revoke(code, case.last_item, EVERYTHING),
        )
        assert [self.refused(attempt).code for attempt in attempts] == ["case_ended"] * 4

    # --- attacking taking back ---
    @precondition(lambda self: self.revocable())
    @rule(pick=ANY)
    def take_back_somebody_else_s(self, pick: int) -> None:
        code, decision = self.revocable()[pick % len(self.revocable())]
        other = next(who for who in (EVERYTHING, PROCESO) if ID[who] != decision.person)
        self.refused(lambda: self.revoke(code, decision.item.item, other))

    @precondition(lambda self: self.revocable())
    @rule(pick=ANY)
    def take_back_without_a_reason(self, pick: int) -> None:
        code, decision = self.revocable()[pick % len(self.revocable())]
        self.refused(lambda: self.revoke(code, decision.item.item, LOGIN[decision.person], " "))

    @precondition(lambda self: self.running())
    @rule(pick=ANY)
    def take_back_what_followed_is_started(self, pick: int) -> None:
        started = [
            (c, case) for c, case in self.cases.items() if case.last and not (case.review and case.review.approvals)
        ]
        if started:
            code, case = started[pick % len(started)]
            decision = case.last
            assert decision is not None
            new = next(item for item in case.items if item.item > decision.item.item)
            if new.held_by is None:
                self.take((code, case, new), proper(new))
                self.see()
                self.refused(lambda: self.revoke(code, decision.item.item, LOGIN[decision.person]))

    @precondition(lambda self: self.revocable())
    @rule(pick=ANY)
    def take_back_after_losing_the_role(self, pick: int) -> None:
        found = [(c, d) for c, d in self.revocable() if d.item.role in INTAKE_ROLES and d.person != ID[EVERYTHING]]
        if found:
            code, decision = found[pick % len(found)]
            who = LOGIN[decision.person]
            accounts.set_roles(self.w.db, who, [Role.RESPONSABLE_IMPLEMENTACION_B2B], ID[ADMIN], self.w.tick(1))
            self.refused(lambda: self.revoke(code, decision.item.item, who))
            accounts.set_roles(self.w.db, who, ROLES[who], ID[ADMIN], self.w.tick(1))
            self.see()


def held_by_another(command: str) -> Any:
    """A rule: what would be proper is refused while another person holds the item."""

    def where(self: Holding) -> list[Where]:
        free, now = self.free_for_everything(*WORK[command]), self.w.now + 2
        return [place for place in free if READY.get(command, always)(*place[1:], now)]

    def attacked(self: Holding, pick: int) -> None:
        place = where(self)[pick % len(where(self))]
        self.held_by_everything(place, lambda: self.command(command, place))

    attacked.__name__ = f"{command}_what_another_holds"
    return precondition(lambda self: bool(where(self)))(rule(pick=ANY)(attacked))


for command in WORK:
    setattr(Holding, f"{command}_what_another_holds", held_by_another(command))
