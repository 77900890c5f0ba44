"""Four scripted lives of cases in which every command occurs, told as what each command records and changes.

After a rule has changed `python -m tests.unit.case.recorded_lives > tests/unit/case/recorded_lives.txt` writes them
anew; the difference shows what the change does.
"""

from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import Any

import msgspec

from core.case.commands import (
    AskAgain,
    Assign,
    Comment,
    EditComment,
    GiveBack,
    HandOver,
    MakeLink,
    SettleCall,
    Take,
    WithdrawLink,
    Written,
)
from core.case.events import Event
from core.case.model import Case
from core.process.policy import Allowance, Endpoint, Rule, default_deadlines
from core.process.terms import REVIEW_ROLES, REVIEWED_DOCUMENTS, Channel, Environment, Flow, Kind, Role
from core.state import evolve
from tests.support.drive_case import FAILS
from tests.support.people import (
    ADMIN,
    ALIANZAS,
    COMERCIAL,
    COMERCIAL_2,
    DAY,
    HOUR,
    ID,
    IMPLEMENTACION,
    MESA,
    MINUTE,
    OPERADOR_2,
    OPERADORA,
    PROCESO,
    START,
)
from tests.support.pure_case import PureCase, acting, with_policy

UNTOLD = ("version", "moment")  # what each event changes
EMPTY: tuple[Any, ...] = (None, "", [], {})
CALLED = {"booking": Endpoint("https://booking.invalid/"), "sd_crm": Endpoint("https://crm.invalid/")}


def returned_and_taken_back() -> PureCase:
    """Estándar, every role approves: returns, corrections, claims and decisions that are taken back."""
    life = PureCase(international=True)
    life.do(Comment(" hola ", (ID[PROCESO],)), ALIANZAS)
    life.do(EditComment(life.case.version, "hola a todos", written=Written(ID[ALIANZAS], life.now)), ALIANZAS)
    life.do(MakeLink("one", 1), PROCESO)
    life.do(MakeLink("two", 365), PROCESO)
    life.do(WithdrawLink(1), PROCESO)
    life.do(Take(1), OPERADORA)
    life.do(GiveBack(1), OPERADORA)
    life.do(Take(1), OPERADORA)
    life.do(Assign(1, ID[OPERADOR_2], acting(OPERADOR_2)), PROCESO)
    life.validate()
    life.take_back(1, OPERADOR_2)
    life.validate()
    life.send()
    life.validate()
    life.attach()
    life.attach()
    sent = life.item().item
    life.send()
    life.take_back(sent, OPERADORA)
    life.send()
    approved = life.item(Role.GERENTE_ALIANZAS).item
    life.review(Role.GERENTE_ALIANZAS)
    life.take_back(approved, ALIANZAS)
    life.review(Role.GERENTE_ALIANZAS)
    returned = life.item(Role.GERENTE_COMERCIAL).item
    life.review(Role.GERENTE_COMERCIAL, "return", answers=FAILS, reason=" ver anexo ")
    life.take_back(returned, COMERCIAL)
    life.review(Role.GERENTE_COMERCIAL, "return", answers=FAILS, reason=" ver anexo ")
    life.step()
    life.step()
    last = life.item(Role.PROCESO).item
    for role in REVIEW_ROLES:
        life.review(role)
    life.take_back(last, PROCESO)
    life.review(Role.PROCESO)
    life.do(HandOver(Channel.MESA_DE_AYUDA, " turno "), PROCESO)
    life.to(9, Kind.CLOSE)
    closed = life.item().item
    life.close()
    life.take_back(closed, MESA)
    life.close()
    life.close(Role.PROCESO)
    return life


def waits_for_environments() -> PureCase:
    """B2B: environments that are missing and expire, a substitute, another system's calls, and a No in the end."""
    life = PureCase(Flow.B2B, policy=with_policy(endpoints=CALLED), international=True)
    life.do(SettleCall(1, "failed", 500), ADMIN)
    life.do(AskAgain(1), ADMIN)
    life.do(SettleCall(1, "answered", 200, "B-77"), ADMIN)
    life.do(Take(1), OPERADOR_2)
    life.validate(who=OPERADOR_2)
    life.do(SettleCall(2, "failed", None), ADMIN)
    life.send()
    life.validate(who=acting(MESA, OPERADOR_2))
    life.attach()
    life.send(who=acting(MESA, OPERADORA))
    life.review(who=acting(COMERCIAL_2, COMERCIAL), verdict="return", reason="falta el anexo")
    life.step()
    life.step()
    life.to(6)
    life.now += 2 * DAY
    life.register(Environment.TEST, IMPLEMENTACION, expires_at=life.now + 2 * HOUR)
    life.now += 3 * HOUR
    life.register(Environment.PRODUCTION)
    life.register(Environment.TEST)
    life.validate()
    life.to(7)
    life.validate("no", reason=" sin pago ")
    return life


def needs_some_approvals() -> PureCase:
    """Estándar by a rule of its own per document (quorum, any, all), with deadlines of their own."""
    modes = (
        Rule("quorum", 2),
        Rule("any"),
        Rule("all"),
        Rule("quorum", 1),
        Rule("any"),
        Rule("quorum", 3),
        Rule("any"),
    )
    deadlines = {
        lane: Allowance(100 + 10 * place, 50 + place) for place, lane in enumerate(sorted(default_deadlines()))
    }
    rules = dict(zip(REVIEWED_DOCUMENTS, modes, strict=True))
    life = PureCase(policy=with_policy(rules=rules, deadlines=deadlines, soon=30))
    life.to(3, Kind.REVIEW)
    life.review(Role.PROCESO, "return", reason="otra vez")
    life.step()
    life.step()
    life.to(5)
    life.validate("no")
    return life


def is_rejected_at_once() -> PureCase:
    """A No on the request itself."""
    life = PureCase()
    life.validate("no")
    return life


LIVES: tuple[Callable[[], PureCase], ...] = (
    returned_and_taken_back,
    waits_for_environments,
    needs_some_approvals,
    is_rejected_at_once,
)


def told(life: PureCase) -> Iterator[str]:
    """Each event with its minute, phase and person; after the last one of a command the values that it has changed."""
    case: Case | None = None
    before: dict[str, str] = {}
    for event, following in zip_longest(life.record, life.record[1:]):
        case = evolve(case, event)
        yield _line(event)
        if following is None or following.at != event.at:
            after = _values(_state(case))
            yield from (f"    {key}: {value}" for key, value in after.items() if value != before.get(key))
            yield from (f"    {key} is gone" for key in before if key not in after)
            before = after


def _line(event: Event) -> str:
    who = f"{event.person or '-'}" + (f" for {event.for_person}" if event.for_person else "")
    body = _plain(event.body)
    return (
        f"{event.seq} {(event.at - START) / MINUTE:g} {event.phase} {who}: {body.pop('event')} {_brief(body)}".rstrip()
    )


def _state(case: Case) -> dict[str, Any]:
    """A case with its items by their numbers; what a decision has kept shows when it is taken back."""
    state = _plain(case)
    state["items"] = {item.pop("item"): item for item in state["items"]}
    if state["last"]:
        state["last"] |= {"item": state["last"]["item"]["item"], "before": state["last"]["before"] is not None}
    for approval in state["review"]["approvals"] if state["review"] else ():
        approval["item"] = approval["item"]["item"]
    return {name: value for name, value in state.items() if name not in UNTOLD}


def _values(state: dict[str, Any]) -> dict[str, str]:
    """Each field of a state, and each work item, review and document by itself; nothing of what is empty."""
    rows: dict[str, str] = {}
    for name, value in state.items():
        inner = {f"{name}.{key}": row for key, row in value.items()} if isinstance(value, dict) else {name: value}
        rows |= {key: _brief(row) for key, row in inner.items() if row not in EMPTY}
    return rows


def _brief(value: Any) -> str:
    """A value in one line, without its empty fields."""
    if isinstance(value, dict):
        return " ".join(f"{name}={_brief(inner)}" for name, inner in value.items() if inner not in EMPTY)
    if isinstance(value, list):
        return "[" + "; ".join(map(_brief, value)) + "]"
    return str(value)


def _plain(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


def text() -> str:
    return "".join(f"# {life.__name__}\n" + "".join(f"{line}\n" for line in told(life())) for life in LIVES)


if __name__ == "__main__":
    print(text(), end="")
