"""What is said beside the process: comments, status links, calls to other systems."""

from core.case.events.body import Body
from core.process.terms import Role


class Commented(Body, frozen=True):
    """Somebody who takes part in the process said something, to the people it mentions too; it decides nothing."""

    text: str
    mentions: tuple[int, ...] = ()


class CommentEdited(Body, frozen=True):
    """The author put a comment's text anew; `comment` is the seq of what was said first, which stays on the record."""

    comment: int
    text: str
    mentions: tuple[int, ...] = ()


class LinkMade(Body, frozen=True):
    """A page that shows where the case stands to whoever has its link; the link itself is kept nowhere."""

    link: int
    token_hash: str
    expires_at: int


class LinkWithdrawn(Body, frozen=True):
    """A link leads nowhere any more."""

    link: int


class CallAsked(Body, frozen=True):
    """Another system is asked to carry an activity out."""

    call: int
    item: int
    system: str
    phase: int
    role: Role
    position: int


class CallSettled(Body, frozen=True):
    """What became of it: `answered` (with the system's own reference, if it gave one) or `failed`; `status`: HTTP's."""

    call: int
    outcome: str
    status: int | None
    reference: str


class CallAskedAgain(Body, frozen=True):
    """A call that had failed is asked again."""

    call: int
    system: str
