"""Actions of people on cases, one function per action: authorised, decided and stored in one transaction.

`person` is the id of the actor, `for_person` the absent person whom they substitute, `seen` the work item's version
that the screen showed, `at` the time of the request (ms). Guards, deadlines and stored rows use the transaction's
moment, which is taken once the case is locked and is never before its last event.
Every function raises Refused, or returns the case after the commit.
"""

from collections.abc import Mapping
from typing import NamedTuple

from core.case.commands import (
    Assign,
    Attach,
    Close,
    Comment,
    EditComment,
    GiveBack,
    HandOver,
    Hold,
    Review,
    Send,
    Take,
    TakeBack,
    Validate,
)
from core.case.events import CriterionAnswer
from core.case.model import Case
from core.documents.store import Store, examine
from core.errors import Invalid, Problem
from core.process.terms import Channel
from core.services.execute import carry_out, rehearse
from core.store.database import Database


class SeenItem(NamedTuple):
    """A work item as an actor saw it: person, case code, item, version seen, and the person substituted, if any."""

    person: int
    code: str
    item: int
    seen: int
    for_person: int | None = None


def validate(
    db: Database, on: SeenItem, verdict: str, at: int, *, reason: str = "", done: frozenset[int] = frozenset()
) -> Case:
    """Answer an intake decision, `yes` or `no`."""
    return carry_out(db, on.person, on.code, Validate(on.item, on.seen, verdict, reason, done), at, on.for_person)


def attach(db: Database, store: Store, on: SeenItem, content: bytes, name: str, at: int) -> Case:
    """Attach a file as the document's next version: checked first, then stored durably, then recorded."""
    file = examine(content, name)
    command = Attach(on.item, on.seen, file.sha256, file.name, file.media_type, file.size)
    rehearse(db, on.person, on.code, command, at, on.for_person)
    store.keep(file, content)
    return carry_out(db, on.person, on.code, command, at, on.for_person)


def send(
    db: Database, on: SeenItem, at: int, *, done: frozenset[int] = frozenset(), answers: Mapping[int, str] | None = None
) -> Case:
    """Send the document to the next step, with answers to the findings when it was returned."""
    return carry_out(db, on.person, on.code, Send(on.item, on.seen, done, dict(answers or {})), at, on.for_person)


def review(
    db: Database, on: SeenItem, verdict: str, at: int, *, answers: tuple[CriterionAnswer, ...], reason: str = ""
) -> Case:
    """Give a review verdict, `approve` or `return`."""
    return carry_out(db, on.person, on.code, Review(on.item, on.seen, verdict, answers, reason), at, on.for_person)


def close(db: Database, on: SeenItem, at: int) -> Case:
    """Cerrar Comercial, in either lane of the last phase."""
    return carry_out(db, on.person, on.code, Close(on.item, on.seen), at, on.for_person)


def hand_over(db: Database, person: int, code: str, channel: Channel, reason: str, at: int) -> Case:
    """Hand the case over to the other channel, from its next work item on."""
    return carry_out(db, person, code, HandOver(channel, reason), at)


def take(db: Database, person: int, code: str, item: int, at: int, *, for_person: int | None = None) -> Case:
    """Claim a work item, so that nobody else can decide it."""
    return carry_out(db, person, code, Take(item), at, for_person)


def give_back(
    db: Database,
    person: int,
    code: str,
    item: int,
    at: int,
    *,
    for_person: int | None = None,
    seen: Hold | None = None,
) -> Case:
    """Release a claim, as its holder or as Proceso; `seen` is the holder that the screen showed."""
    return carry_out(db, person, code, GiveBack(item, seen), at, for_person)


def assign(
    db: Database,
    person: int,
    code: str,
    item: int,
    to: int | None,
    at: int,
    *,
    for_person: int | None = None,
    seen: Hold | None = None,
) -> Case:
    """Assign a work item to a person with its role, as its holder or as Proceso; `seen` as in `give_back`.

    Raises Invalid at `to` when nobody was chosen.
    """
    if to is None:
        raise Invalid({"to": Problem("choice_missing")})
    return carry_out(db, person, code, Assign(item, to, seen=seen), at, for_person)


def take_back(
    db: Database, person: int, code: str, item: int, reason: str, at: int, *, for_person: int | None = None
) -> Case:
    """Take back one's own decision on a work item, until somebody has started on what followed."""
    return carry_out(db, person, code, TakeBack(item, reason), at, for_person)


def comment(db: Database, person: int, code: str, text: str, at: int) -> Case:
    """Comment on a case, as somebody who takes part in the process.

    «@login» in the text mentions a person, who gets a notice.
    """
    return carry_out(db, person, code, Comment(text), at)


def edit_comment(db: Database, person: int, code: str, comment: int, text: str, at: int) -> Case:
    """Edit one's own comment (by its seq) within five minutes; the original stays on the record."""
    return carry_out(db, person, code, EditComment(comment, text), at)
