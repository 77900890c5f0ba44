"""Events beside the process: comments, status links, calls to other systems."""

from core.case.events.body import Body
from core.process.terms import Role


class Commented(Body, frozen=True):
    """A participant commented on the case and may have mentioned people."""

    text: str
    mentions: tuple[int, ...] = ()


class CommentEdited(Body, frozen=True):
    """The author edited a comment; `comment` is the seq of the original, which stays on the record."""

    comment: int
    text: str
    mentions: tuple[int, ...] = ()


class LinkMade(Body, frozen=True):
    """A link to the case's status page was created; only the hash of its token is stored."""

    link: int
    token_hash: str
    expires_at: int


class LinkWithdrawn(Body, frozen=True):
    """A status link was revoked."""

    link: int


class CallAsked(Body, frozen=True):
    """A call asks another system to carry out an activity."""

    call: int
    item: int
    system: str
    phase: int
    role: Role
    position: int


class CallSettled(Body, frozen=True):
    """A call was `answered` (with the system's reference, if any) or `failed`; `status` is the HTTP status."""

    call: int
    outcome: str
    status: int | None
    reference: str


class CallAskedAgain(Body, frozen=True):
    """A failed call is repeated."""

    call: int
    system: str
