"""What is stored of an event: its columns, and the codes that its JSON holds."""

from core.case.events import Event, ItemOpened, as_row, from_row
from core.process.terms import Does, Kind, Role

STEPS = ["start", "check", "decision", "generate", "send", "message", "review", "draft"]
STEPS += ["hand_over", "order", "close", "end"]


def test_the_row_of_an_event_has_who_for_whom_and_in_which_role():
    body = ItemOpened(3, Kind.REVIEW, 2, Role.PROCESO, 1, 2_000, 1_000)
    row = as_row(7, Event(5, 900, 2, 11, 12, body))
    assert {name: row[name] for name in row if name != "data"} == {
        "case_id": 7,
        "seq": 5,
        "at": 900,
        "kind": "ItemOpened",
        "phase": 2,
        "role": "proceso",
        "position": None,
        "person_id": 11,
        "for_person_id": 12,
    }
    assert from_row(5, 900, 2, 11, 12, row["data"]) == Event(5, 900, 2, 11, 12, body)


def test_the_codes_of_what_an_activity_does_are_those_of_the_record():
    assert [step.value for step in Does] == STEPS
