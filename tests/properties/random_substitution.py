"""Substitution in the random lives: what a substitute properly decides, and the ways around that are refused."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from core.errors import NotAllowed
from core.people import absences
from core.process.terms import PROCESS_ROLES, Kind, Role
from core.services import cases
from core.services.cases import SeenItem
from tests.properties.random_cases import ANY, Where
from tests.properties.random_claims import READY, Holding, always, proper
from tests.support.absences import leave
from tests.support.drive_case import MEETS
from tests.support.people import ALIANZAS, EVERYTHING, ID, IMPLEMENTACION, ROLES

DECISIONS = ("validate", "send", "review", "close")


class Substituting(Holding):
    """The same lives, in which people are away and others decide for them."""

    def decidable(self, command: str) -> list[Where]:
        """Where a substitute of the proper person would decide, held by nobody or by that person."""
        places = self.places(command, READY.get(command, always))
        return [p for p in places if p[2].held_by in (None, ID[proper(p[2])])]

    def other(self, role: Role) -> str:
        """Somebody without the role, who sends nothing."""
        return IMPLEMENTACION if role is Role.GERENTE_ALIANZAS else ALIANZAS

    def back(self, absence: int, who: str) -> None:
        absences.end_absence(self.w.db, absence, ID[who], self.w.tick(1))

    # --- living ---
    def undo(self, code: str, item: int, who: str, absent: str) -> None:
        """A substitute takes the decision on that item back while standing in, and not for themself."""
        if any(each.item.item == item and each.person == ID[who] for each in self.w.case(code).revocable):
            self.refused(lambda: self.revoke(code, item, who))
            cases.take_back(self.w.db, ID[who], code, item, "error", self.w.tick(1), for_person=ID[absent])

    @rule(pick=ANY, command=st.sampled_from(DECISIONS), undone=st.booleans())
    def substitute_decides(self, pick: int, command: str, undone: bool) -> None:
        where = self.decidable(command)
        if where:
            place = where[pick % len(where)]
            code, _, item = place
            absent, who = proper(item), self.other(item.role)
            absence = leave(self.w, absent, {item.role: who})
            self.command(command, place, who=who, absent=absent)
            done = [event for event in self.w.record(code) if event.person == ID[who] and event.at == self.w.now]
            assert {event.for_person for event in done} == {ID[absent]}
            if undone:
                self.undo(code, item.item, who, absent)
            self.back(absence, absent)
            self.see()

    # --- attacking ---
    @precondition(lambda self: self.everything_open())
    @rule(pick=ANY, command=st.sampled_from(DECISIONS))
    def decide_for_somebody_who_is_there(self, pick: int, command: str) -> None:
        where = self.decidable(command)
        if where:
            place = where[pick % len(where)]
            refusal = self.refused(
                lambda: self.command(command, place, who=self.other(place[2].role), absent=proper(place[2]))
            )
            assert refusal.code == "not_substituting"

    @rule(pick=ANY, command=st.sampled_from(DECISIONS))
    def decide_in_a_role_that_was_not_named(self, pick: int, command: str) -> None:
        where = self.decidable(command)
        if where:
            place = where[pick % len(where)]
            who = self.other(place[2].role)
            named = next(role for role in PROCESS_ROLES if role is not place[2].role)
            absence = leave(self.w, EVERYTHING, {named: who})
            refusal = self.refused(lambda: self.command(command, place, who=who, absent=EVERYTHING))
            assert refusal.code == "substitution_role_needed"
            self.back(absence, EVERYTHING)

    @rule(pick=ANY, command=st.sampled_from(DECISIONS))
    def pass_it_on_twice(self, pick: int, command: str) -> None:
        where = self.decidable(command)
        if where:
            place = where[pick % len(where)]
            role, absent, first = place[2].role, proper(place[2]), self.other(place[2].role)
            second = next(who for who in (ALIANZAS, IMPLEMENTACION, "oscar") if who not in (first, absent))
            one = leave(self.w, absent, {role: first})
            try:
                other = leave(self.w, first, {ROLES[first][0]: second})
            except NotAllowed as refusal:
                if refusal.code != "leaves_undecided":
                    raise
                self.back(one, absent)  # four eyes bar whoever would be left, so that both cannot be away
                return
            attempts: tuple[Any, ...] = ((second, absent), (first, absent))
            for who, whom in attempts:
                refusal = self.refused(lambda who=who, whom=whom: self.command(command, place, who=who, absent=whom))
                assert refusal.code == "not_substituting"
            self.back(other, first)
            self.back(one, absent)

    @rule(pick=ANY)
    def go_around_four_eyes(self, pick: int) -> None:
        """Whoever sent the version reviews it for somebody else."""
        where = [p for p in self.open_items(held=False) if p[2].work is Kind.REVIEW]
        if where:
            code, case, item = where[pick % len(where)]
            sent = case.sent(item.document) if item.document else None
            sender = next(login for login, number in ID.items() if sent and number == sent.sent_by)
            absent = proper(item)
            if sender == EVERYTHING or sent is None or sent.sent_for is not None:
                return
            absence = leave(self.w, absent, {item.role: sender})
            on = SeenItem(ID[sender], code, item.item, item.version, ID[absent])
            refusal = self.refused(lambda: cases.review(self.w.db, on, "approve", self.w.tick(1), answers=MEETS))
            assert isinstance(refusal, NotAllowed)
            assert refusal.code == "four_eyes"
            self.back(absence, absent)
