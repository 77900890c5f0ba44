"""What people can ask of a case. `seen` is the work item's version that was on the screen when they asked."""

from typing import NamedTuple

from msgspec import Struct

from core.case.events import Criterion, CriterionAnswer
from core.process.terms import Channel, Environment, Flow, Role


class Actor(NamedTuple):
    """Who asks, with the roles held at this moment, and for whom when substituting."""

    person: int
    roles: frozenset[Role]
    for_person: int | None = None


class OpenCase(Struct, frozen=True):
    """Open a case; `environments` are those the client has already (kind: expiry or none)."""

    flow: Flow
    channel: Channel
    international: bool
    client: int
    service: str
    criteria: tuple[Criterion, ...]
    environments: dict[Environment, int | None] = {}


class Validate(Struct, frozen=True):
    """Answer an intake decision, `yes` or `no`; `done` are the positions ticked on the checklist of phase 1."""

    item: int
    seen: int
    verdict: str
    reason: str = ""
    done: frozenset[int] = frozenset()


class Attach(Struct, frozen=True):
    """Attach a stored file as the document's next version."""

    item: int
    seen: int
    sha256: str
    name: str
    media_type: str
    size: int


class Send(Struct, frozen=True):
    """Send the document on: `done` as in Validate, `answers` to the findings by their number."""

    item: int
    seen: int
    done: frozenset[int] = frozenset()
    answers: dict[int, str] = {}


class Review(Struct, frozen=True):
    """Give a review verdict, `approve` or `return`, with an answer to each criterion."""

    item: int
    seen: int
    verdict: str
    answers: tuple[CriterionAnswer, ...] = ()
    reason: str = ""


class Close(Struct, frozen=True):
    """Cerrar Comercial, in either lane of the last phase."""

    item: int
    seen: int


class RegisterEnvironment(Struct, frozen=True):
    """The client has an environment now."""

    environment: Environment
    evidence: str
    expires_at: int | None = None


class HandOver(Struct, frozen=True):
    """Give the case to the other channel."""

    channel: Channel
    reason: str


class Hold(NamedTuple):
    """Who holds a work item, and since when (ms); nobody: both None."""

    person: int | None = None
    since: int | None = None


class Take(Struct, frozen=True):
    """Hold a work item: nobody else decides it until it is given back or handed on."""

    item: int


class GiveBack(Struct, frozen=True):
    """Put a work item back into the role's inbox, for anybody of the role; `seen` as in Assign."""

    item: int
    seen: Hold | None = None


class Assign(Struct, frozen=True):
    """Hand a work item to a person; `holder` is that person with the roles held now, read with the case.

    `seen` is who held the item on the screen of whoever asks; None asks without having looked.
    """

    item: int
    to: int
    holder: Actor | None = None
    seen: Hold | None = None


class Written(NamedTuple):
    """Who wrote something, and when."""

    person: int
    at: int


class TakeBack(Struct, frozen=True):
    """Take one's own decision back: that on the work item `item`; `begun` says who has typed on what followed, when."""

    item: int
    reason: str
    begun: Written | None = None


class Comment(Struct, frozen=True):
    """Say something about the case, on its record; `mentions` are active people."""

    text: str
    mentions: tuple[int, ...] = ()


class EditComment(Struct, frozen=True):
    """Put one's own comment anew: `comment` is its seq, `written` what the record says of it, if it is there."""

    comment: int
    text: str
    mentions: tuple[int, ...] = ()
    written: Written | None = None


class MakeLink(Struct, frozen=True):
    """Make a link to the page that says where the case stands, for so many days."""

    token_hash: str
    days: int


class WithdrawLink(Struct, frozen=True):
    """Let a link lead nowhere from now on."""

    link: int


class SettleCall(Struct, frozen=True):
    """Say what became of a call to another system: `answered` or `failed`."""

    call: int
    outcome: str
    status: int | None = None
    reference: str = ""


class AskAgain(Struct, frozen=True):
    """Ask another system again for what it has failed to do."""

    call: int


ItemCommand = Validate | Attach | Send | Review | Close
HoldingCommand = Take | GiveBack | Assign
Command = (
    OpenCase
    | ItemCommand
    | HoldingCommand
    | TakeBack
    | RegisterEnvironment
    | HandOver
    | Comment
    | EditComment
    | MakeLink
    | WithdrawLink
    | SettleCall
    | AskAgain
)
