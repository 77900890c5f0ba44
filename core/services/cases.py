"""What people do, one function per action: authorised, decided, stored and committed together, or refused whole.

`for_person` is the absent person in whose place it is done, by whoever stands in for them on that day.
`person` is the id of whoever asks, `seen` the work item's version that was on the screen, `at` when they ask (ms).
It happens at the moment of its transaction, once the case is locked and never before its last event; guards, deadlines
and what is stored go by that moment.
Every function raises a Refused; the case that it returns is the state after the commit.
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


class On(NamedTuple):
    """A work item as a person saw it: who, on which case, which item, at which version, and for whom if not oneself."""

    person: int
    code: str
    item: int
    seen: int
    for_person: int | None = None


def validate(
    db: Database, on: On, verdict: str, at: int, *, reason: str = "", done: frozenset[int] = frozenset()
) -> Case:
    """Answer an intake decision, `yes` or `no`."""
    return carry_out(db, on.person, on.code, Validate(on.item, on.seen, verdict, reason, done), at, on.for_person)


def attach(db: Database, store: Store, on: On, content: bytes, name: str, at: int) -> Case:
    """Attach a file as the document's next version: allowed first, then stored durably, then named by the record."""
    file = examine(content, name)
    command = Attach(on.item, on.seen, file.sha256, file.name, file.media_type, file.size)
    rehearse(db, on.person, on.code, command, at, on.for_person)
    store.keep(file, content)
    return carry_out(db, on.person, on.code, command, at, on.for_person)


def send(
    db: Database, on: On, at: int, *, done: frozenset[int] = frozenset(), answers: Mapping[int, str] | None = None
) -> Case:
    """Send the document on, with the answers to the findings when it was returned."""
    return carry_out(db, on.person, on.code, Send(on.item, on.seen, done, dict(answers or {})), at, on.for_person)


def review(
    db: Database, on: On, verdict: str, at: int, *, answers: tuple[CriterionAnswer, ...], reason: str = ""
) -> Case:
    """Give a review verdict, `approve` or `return`."""
    return carry_out(db, on.person, on.code, Review(on.item, on.seen, verdict, answers, reason), at, on.for_person)


def close(db: Database, on: On, at: int) -> Case:
    """Cerrar Comercial, in either lane of the last phase."""
    return carry_out(db, on.person, on.code, Close(on.item, on.seen), at, on.for_person)


def hand_over(db: Database, person: int, code: str, channel: Channel, reason: str, at: int) -> Case:
    """Give the case to the other channel, from its next work item on."""
    return carry_out(db, person, code, HandOver(channel, reason), at)


def take(db: Database, person: int, code: str, item: int, at: int, *, for_person: int | None = None) -> Case:
    """Hold a work item: from now on nobody else decides it."""
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
    """Put a work item back into the role's inbox; its holder may, and Proceso. `seen`: who held it on the screen."""
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
    """Hand a work item to a person of its role; its holder may, and Proceso anybody's. `seen` as in `give_back`.

    Invalid at `to` when nobody was chosen.
    """
    if to is None:
        raise Invalid({"to": Problem("choice_missing")})
    return carry_out(db, person, code, Assign(item, to, seen=seen), at, for_person)


def take_back(
    db: Database, person: int, code: str, item: int, reason: str, at: int, *, for_person: int | None = None
) -> Case:
    """Take one's own decision on a work item back, until somebody has started on what followed."""
    return carry_out(db, person, code, TakeBack(item, reason), at, for_person)


def comment(db: Database, person: int, code: str, text: str, at: int) -> Case:
    """Say something about a case, on its record; whoever takes part in the process may, and it decides nothing.

    «@login» in the text mentions somebody, who is told of it.
    """
    return carry_out(db, person, code, Comment(text), at)


def edit_comment(db: Database, person: int, code: str, comment: int, text: str, at: int) -> Case:
    """Put one's own comment (its seq on the record) anew, within five minutes; what was said first stays there too."""
    return carry_out(db, person, code, EditComment(comment, text), at)
