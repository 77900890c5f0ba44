"""A case that leaves a row in every table that follows from events."""

from core.process.terms import Environment, Flow, Kind
from core.services import cases
from tests.support.drive_case import FAILS, World
from tests.support.people import COMERCIAL, ID


def case_in_every_table(w: World) -> str:
    """Drive a case into phase 6: returned, taken, recalled, handed over, with an environment, a call and a link."""
    w.setting("endpoints", {"booking": {"url": "https://booking.example/"}})
    code = w.open("a", flow=Flow.B2B)
    w.setting("endpoints", {})
    w.settle(code)
    w.to(code, 2, Kind.REVIEW)
    w.review(code, verdict="return", answers=FAILS)
    w.to(code, 2, Kind.REVIEW)
    item = w.item(code).item
    cases.take(w.db, ID[COMERCIAL], code, item, w.tick())
    w.review(code)
    cases.take_back(w.db, ID[COMERCIAL], code, item, "era otro", w.tick())
    w.to(code, 6)
    w.hand_over(code)
    w.register(code, Environment.TEST)
    w.to(code, 6, Kind.PRODUCE)
    w.link(code)
    return code
