"""Events of work items: opened, claimed, decided, taken back."""

from core.case.events.body import Body
from core.process.terms import Document, Kind, Role


class ItemOpened(Body, frozen=True):
    """A work item appeared in a role's inbox."""

    item: int
    work: Kind
    phase: int
    role: Role
    cycle: int
    due_at: int
    soon_at: int


class ItemDueMoved(Body, frozen=True):
    """A work item got a new deadline, because the wait for its prerequisite does not count against the role."""

    item: int
    due_at: int
    soon_at: int


class ItemWithdrawn(Body, frozen=True):
    """A work item is no longer needed: `returned` or `approved` by others, `signed_off`, or `taken_back`."""

    item: int
    why: str


class ItemTaken(Body, frozen=True):
    """A person claimed a work item."""

    item: int
    role: Role


class ItemGivenBack(Body, frozen=True):
    """A claim was released; `why` is `left` when the holder lost the role."""

    item: int
    role: Role
    why: str = ""


class ItemAssigned(Body, frozen=True):
    """A work item was assigned to a person with its role."""

    item: int
    role: Role
    to: int


class DecisionTakenBack(Body, frozen=True):
    """The author of a decision took it back before anybody had started on what followed; `role` is the item's."""

    item: int
    role: Role
    choice: str
    work: Kind
    phase: int
    document: Document | None
    reason: str


class Performed(Body, frozen=True):
    """An activity of the source was performed, or does not apply.

    `status`: done, ordered (left as an order to the next phase), not_applicable. `result`: the answer of a decision.
    `execution`: the seq of the event that carried it out, when this one repeats it for another role's lane.
    """

    phase: int
    role: Role
    position: int
    status: str = "done"
    result: str = ""
    why: str = ""
    execution: int | None = None


class Validated(Body, frozen=True):
    """An intake decision: `verdict` is yes or no; a no has its reason."""

    item: int
    verdict: str
    reason: str
