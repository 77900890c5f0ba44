"""The rules that a record can break, and deviations from them."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal, NamedTuple


class ConformanceRule(StrEnum):
    """The rules. The first ones concern a decision in itself: reading continues as if it were correct."""

    FOUR_EYES = "four_eyes"
    HELD = "held"
    PREREQUISITE = "prerequisite"
    CRITERIA = "criteria"
    FAILED_APPROVED = "failed_approved"
    RETURN_WITHOUT_FINDING = "return_without_finding"
    FINDINGS = "findings"
    ANSWERS = "answers"
    REASON = "reason"
    COMMENT = "comment"
    # After these the state of the case is unknown.
    BEGINNING = "beginning"
    NUMBERS = "numbers"
    UNFINISHED = "unfinished"
    ONE_DECISION = "one_decision"
    AFTER_END = "after_end"
    WRONG_PHASE = "wrong_phase"
    PERSON = "person"
    NOT_OPEN = "not_open"
    VERDICT = "verdict"
    WRONG_DOCUMENT = "wrong_document"
    NOT_ATTACHED = "not_attached"
    PANEL = "panel"
    APPROVAL = "approval"
    DRAFT = "draft"
    PHASE_ORDER = "phase_order"
    WORK_OUT_OF_TURN = "work_out_of_turn"
    WORK_WITHDRAWN = "work_withdrawn"
    DUE_MOVED = "due_moved"
    ACTIVITY = "activity"
    HOLDING = "holding"
    TAKEN_BACK = "taken_back"
    CHANNEL = "channel"
    LINK = "link"
    CALL = "call"
    END = "end"
    # A remark, which breaks no rule.
    CLOCK = "clock"


JUDGED = frozenset(list(ConformanceRule)[: list(ConformanceRule).index(ConformanceRule.BEGINNING)])
KNOWN = ("", *(rule.value for rule in ConformanceRule))  # the possible results of a check; "" for no deviation
Steps = Iterator[ConformanceRule]  # the rules that one entry breaks


class Deviation(NamedTuple):
    """The seq of an event that the process does not allow, and the rule it breaks."""

    seq: int
    rule: ConformanceRule | Literal[""]
