"""Several reviews with one answer: each decided on its own by the ordinary service, whatever becomes of the others."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from core.case import permissions
from core.case.commands import Actor
from core.case.events import CriterionAnswer
from core.case.model import Case, Item, load
from core.errors import Invalid, NotFound, Problem, Refused
from core.process.policy import Policy
from core.process.terms import Kind
from core.services import cases
from core.services.cases import On
from core.store import tables
from core.store.database import Database

MOST = 50  # rows: a page of an inbox
ANSWER = {"approve": "meets", "return": "not_applicable"}  # what is recorded for each of the client's criteria
_items, _cases, _clients = tables.work_items.c, tables.cases.c, tables.clients.c


class Chosen(NamedTuple):
    """A work item that was chosen, at the version that was drawn, and for whom it is decided if not for oneself."""

    code: str
    item: int
    seen: int
    for_person: int | None = None


class Drawn(NamedTuple):
    """An open work item as the look at it shows it: `id` of its inbox row, and the case as it stands."""

    id: int
    case_id: int
    code: str
    client: str
    case: Case
    item: Item
    actor: Actor

    @property
    def chosen(self) -> Chosen:
        return Chosen(self.code, self.item.item, self.item.version, self.actor.for_person)


class Result(NamedTuple):
    """What became of one row: the case after its decision, or why it was refused."""

    chosen: Chosen
    case: Case | None = None
    refused: Refused | None = None


def drawn(
    connection: Connection,
    policy: Policy,
    actors: Sequence[Actor],
    ids: Iterable[int],
    at: int,
    kinds: Collection[Kind] = (Kind.REVIEW,),
) -> list[Drawn]:
    """Those inbox rows that are open work of these kinds, on which one of the actors may decide; earliest due first.

    The actors are one person: themself, and then for each whom they stand in for.
    """
    rows = connection.execute(
        select(_items.id, _items.item, _cases.id, _cases.code, _clients.name, _cases.state)
        .select_from(tables.work_items.join(tables.cases).join(tables.clients))
        .where(_items.id.in_(list(ids)), _items.kind.in_([kind.value for kind in kinds]), _items.ended_at.is_(None))
        .order_by(_items.due_at, _items.id)
    )
    found = []
    for number, item_number, case_id, code, client, state in rows:
        case = load(state)
        item = case.item(item_number)
        actor = permissions.able(policy, case, item, actors, at) if item else None
        if item and actor:
            found.append(Drawn(number, case_id, code, client, case, item, actor))
    return found


def review_together(
    db: Database, person: int, rows: Sequence[Chosen], verdict: str, at: int, reason: str = ""
) -> list[Result]:
    """Give each row the same verdict, `approve` or `return`; one result a row, in their order.

    Approving says that every criterion of each client is met; returning answers none of them («no aplica»): the reason,
    one for all, is the finding. Invalid, with nothing decided, when nothing or too much was chosen or the reason lacks.
    """
    if not rows:
        raise Invalid({"rows": Problem("together_nothing")})
    if len(rows) > MOST:
        raise Invalid({"rows": Problem("together_too_many", {"limit": MOST})})
    if verdict == "return" and not reason.strip():
        raise Invalid({"reason": Problem("reason_missing")})
    return [_one(db, person, row, verdict, at, reason) for row in rows]


def _one(db: Database, person: int, row: Chosen, verdict: str, at: int, reason: str) -> Result:
    on = On(person, row.code, row.item, row.seen, row.for_person)
    said = reason if verdict == "return" else ""
    try:
        answers = _answers(db, row.code, ANSWER.get(verdict, ""))
        return Result(row, cases.review(db, on, verdict, at, answers=answers, reason=said))
    except Refused as refused:
        return Result(row, refused=refused)


def _answers(db: Database, code: str, answer: str) -> tuple[CriterionAnswer, ...]:
    """The same answer for each of the case's criteria, which are fixed when it is opened."""
    with db.reading() as connection:
        state = connection.scalar(select(_cases.state).where(_cases.code == code))
    if state is None:
        raise NotFound("case_unknown", case=code)
    return tuple(CriterionAnswer(criterion.name, answer) for criterion in load(state).criteria)
