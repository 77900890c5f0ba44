"""The commands on a case. `seen` is the work item's version that the screen showed."""

from typing import NamedTuple

from msgspec import Struct

from core.case.events import Criterion, CriterionAnswer
from core.process.terms import Channel, Environment, Flow, Role


class Actor(NamedTuple):
    """Who issues a command, their current roles, and whom they substitute, if anybody."""

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
    """Send the document to the next step: `done` as in Validate, `answers` to the findings by number."""

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
    """Register an environment of the client."""

    environment: Environment
    evidence: str
    expires_at: int | None = None


class HandOver(Struct, frozen=True):
    """Give the case to the other channel."""

    channel: Channel
    reason: str


class Hold(NamedTuple):
    """The holder of a work item and since when (ms); both None when unclaimed."""

    person: int | None = None
    since: int | None = None


class Take(Struct, frozen=True):
    """Claim a work item: nobody else can decide it until it is given back or assigned."""

    item: int


class GiveBack(Struct, frozen=True):
    """Return a work item to the role's inbox; `seen` as in Assign."""

    item: int
    seen: Hold | None = None


class Assign(Struct, frozen=True):
    """Assign a work item to a person; `holder` is that person with their current roles, read with the case.

    `seen` is the holder that the screen showed; None skips that check.
    """

    item: int
    to: int
    holder: Actor | None = None
    seen: Hold | None = None


class Written(NamedTuple):
    """Who wrote something, and when (ms)."""

    person: int
    at: int


class TakeBack(Struct, frozen=True):
    """Take back one's own decision on a work item; `begun` is who has since typed on what followed, and when."""

    item: int
    reason: str
    begun: Written | None = None


class Comment(Struct, frozen=True):
    """Comment on the case; `mentions` are active people."""

    text: str
    mentions: tuple[int, ...] = ()


class EditComment(Struct, frozen=True):
    """Edit one's own comment: `comment` is its seq, `written` its author and time, None if it does not exist."""

    comment: int
    text: str
    mentions: tuple[int, ...] = ()
    written: Written | None = None


class MakeLink(Struct, frozen=True):
    """Create a link to the case's status page that is valid for `days` days."""

    token_hash: str
    days: int


class WithdrawLink(Struct, frozen=True):
    """Revoke a status link."""

    link: int


class SettleCall(Struct, frozen=True):
    """Record the outcome of a call to another system: `answered` or `failed`."""

    call: int
    outcome: str
    status: int | None = None
    reference: str = ""


class AskAgain(Struct, frozen=True):
    """Repeat a failed call to another system."""

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
