"""What a record can break, and what a deviation is."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal, NamedTuple


class ConformanceRule(StrEnum):
    """What can be broken. The first ones judge what was done in itself: the record is read on as if it were right."""

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
    # After these the case does not stand where the process would have it.
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
    # This breaks nothing: it is a remark.
    CLOCK = "clock"


JUDGED = frozenset(list(ConformanceRule)[: list(ConformanceRule).index(ConformanceRule.BEGINNING)])
KNOWN = ("", *(rule.value for rule in ConformanceRule))  # what the check may have found; "" when nothing
Steps = Iterator[ConformanceRule]  # the rules that one entry breaks


class Deviation(NamedTuple):
    """An event that the process does not allow (its seq), and which rule it breaks."""

    seq: int
    rule: ConformanceRule | Literal[""]
