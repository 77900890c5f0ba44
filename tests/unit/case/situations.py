"""Where a case stands, and what somebody does there: what the tables of guards are made of."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from core.case.commands import (
    Actor,
    Assign,
    Comment,
    EditComment,
    Hold,
    MakeLink,
    OpenCase,
    Review,
    Send,
    SettleCall,
    Take,
    TakeBack,
    Validate,
    Written,
)
from core.case.events import Criterion, CriterionAnswer
from core.case.rules.texts import MAX_TEXT
from core.errors import Invalid, Refused
from core.process.policy import Endpoint
from core.process.terms import Channel, Flow, Kind
from tests.support.drive_case import CRITERIA, FAILS, MEETS
from tests.support.people import (
    ADMIN,
    ALIANZAS,
    COMERCIAL,
    EVERYTHING,
    ID,
    MINUTE,
    OPERADOR_2,
    OPERADORA,
    PROCESO,
)
from tests.support.pure_case import PureCase, acting, with_policy

LONG = "x" * MAX_TEXT
ENDPOINT = {"booking": Endpoint("https://booking.invalid/")}
Act = Callable[[PureCase], Any]


# --- where a case stands ---
def opened() -> PureCase:
    return PureCase(Flow.B2B)


def ended() -> PureCase:
    case = PureCase(Flow.B2B)
    case.validate("no")
    return case


def validating() -> PureCase:
    return PureCase(Flow.B2B).to(2)


def blocked() -> PureCase:
    return PureCase(Flow.B2B).to(6)


def producing() -> PureCase:
    return PureCase(Flow.B2B).to(2, Kind.PRODUCE)


def reviewing() -> PureCase:
    return PureCase(Flow.B2B).to(2, Kind.REVIEW)


def reviewing_ones_own() -> PureCase:
    case = producing()
    case.attach(EVERYTHING)
    case.send(EVERYTHING)
    return case


def correcting() -> PureCase:
    case = reviewing()
    case.review(verdict="return", answers=FAILS, reason="ver anexo")
    return case


def validating_ones_own() -> PureCase:
    case = PureCase(Flow.B2B, policy=with_policy(four_eyes_on_validation=True)).to(2, Kind.PRODUCE)
    case.attach(OPERADORA)
    case.send(OPERADORA)
    case.review()
    return case


def closing() -> PureCase:
    return PureCase(Flow.B2B).to(9, Kind.CLOSE)


def held() -> PureCase:
    case = opened()
    case.do(Take(1), OPERADOR_2)
    return case


def decided() -> PureCase:
    """The first validation of phase 2 was answered by the second operator."""
    case = validating()
    case.validate(who=OPERADOR_2)
    return case


def linked() -> PureCase:
    case = opened()
    case.do(MakeLink("one", 1), PROCESO)
    case.do(MakeLink("two", 1), PROCESO)
    return case


def called() -> PureCase:
    return PureCase(Flow.B2B, policy=with_policy(endpoints=ENDPOINT))


def call_failed() -> PureCase:
    case = called()
    case.do(SettleCall(1, "failed"), ADMIN)
    return case


# --- what somebody does there ---
def on_item(kind: type, who: Actor | str, *rest: Any, off: int = 0, item: int | None = None, **given: Any) -> Act:
    """A command on the open work item as it stands; `off` makes the screen one of another version."""

    def act(case: PureCase) -> Any:
        now = case.item() if case.case.items else None
        number, version = (now.item, now.version) if now else (1, 1)
        return case.do(kind(item or number, version + off, *rest, **given), who)

    return act


def plainly(command: Any, who: Actor | str, after: int = MINUTE) -> Act:
    return lambda case: case.do(command, who, after)


def validate(
    who: Actor | str = OPERADOR_2, verdict: str = "yes", reason: str = "", done: Any = None, off: int = 0
) -> Act:
    return lambda case: on_item(Validate, who, verdict, reason, case.ticked() if done is None else done, off=off)(case)


def send(who: Actor | str = OPERADORA, done: Any = None, off: int = 0, **answers: str) -> Act:
    given = {int(number.removeprefix("n")): text for number, text in answers.items()}
    return lambda case: on_item(Send, who, case.ticked() if done is None else done, given, off=off)(case)


def review(
    who: Actor | str = COMERCIAL, verdict: str = "approve", answers: Any = MEETS, reason: str = "", off: int = 0
) -> Act:
    return on_item(Review, who, verdict, answers, reason, off=off)


def last_decision(case: PureCase) -> int:
    return case.case.last.item.item if case.case.last else 1


def take_back(who: Actor | str = OPERADOR_2, reason: str = "era otro", begun: Written | None = None) -> Act:
    return lambda case: case.do(TakeBack(last_decision(case), reason, begun), who)


def assign(to: str, who: Actor | str = PROCESO, seen: Hold | None = None) -> Act:
    return lambda case: case.do(Assign(case.item().item, ID[to], acting(to), seen), who)


def opening(who: Actor | str = OPERADORA, channel: Channel = Channel.OPERACION, **changes: Any) -> Act:
    complete = {"international": False, "client": 1, "service": "Pagos", "criteria": CRITERIA, **changes}
    return lambda case: PureCase.do(_unopened(case), OpenCase(Flow.B2B, channel, **complete), who)


def _unopened(case: PureCase) -> PureCase:
    case._case = None
    return case


ATTACH = ("sha", "documento.pdf", "application/pdf", 9)
ANSWERED = (CriterionAnswer("Precio", "meets"), CriterionAnswer("SLA", "meets"))


def answers(*given: str, comment: str = "") -> tuple[CriterionAnswer, ...]:
    return tuple(CriterionAnswer(c.name, answer, comment) for c, answer in zip(CRITERIA, given, strict=True))


def criteria(count: int) -> tuple[Criterion, ...]:
    return tuple(Criterion(f"criterio {n}", "sí") for n in range(count))


def held_by(case: PureCase, holder: str = OPERADOR_2) -> PureCase:
    case.do(Take(case.item().item), holder)
    return case


def attached(case: PureCase) -> PureCase:
    case.attach()
    return case


def edit(case: PureCase, who: str, wait: int, text: str = "mejor") -> Any:
    """Put the comment of Alba's anew, `wait` ms after it was written."""
    case.do(Comment("bien"), ALIANZAS)
    written = Written(ID[ALIANZAS], case.now)
    return case.do(EditComment(case.case.version, text, (), written), who, wait)


def sent_by(who: str) -> PureCase:
    case = producing()
    case.attach(who)
    case.send(who)
    case.review()
    return case


class Row(NamedTuple):
    """A guard, where the case stands, what somebody does there, and how that is refused."""

    guard: str
    stands: Callable[[], PureCase]
    act: Act
    error: type[Refused]
    code: str | dict[str, str]


def table(*rows: tuple[Any, ...]) -> Any:
    """The rows as cases of a test, each named by its guard and its place."""
    return pytest.mark.parametrize("row", [pytest.param(Row(*row), id=f"{row[0]}-{n}") for n, row in enumerate(rows)])


def is_refused(row: Row) -> None:
    """The act is refused as the row says."""
    case = row.stands()
    with pytest.raises(Refused) as refusal:
        row.act(case)
    refused = refusal.value
    code = {name: p.code for name, p in refused.problems.items()} if isinstance(refused, Invalid) else refused.code
    assert (type(refused), code) == (row.error, row.code)
