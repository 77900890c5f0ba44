"""A command together with all that a guard judges it by."""

from dataclasses import dataclass
from functools import cached_property
from typing import cast

from core.case.commands import Actor, Command, ItemCommand
from core.case.model import Case, Item
from core.errors import Stale
from core.process.policy import Policy


@dataclass(frozen=True)
class Context:
    """A command in its circumstances, as guards look at it."""

    policy: Policy
    state: Case | None
    command: Command
    actor: Actor
    at: int

    @property
    def case(self) -> Case:
        assert self.state is not None
        return self.state

    @cached_property
    def item(self) -> Item:
        found = self.case.item(cast(ItemCommand, self.command).item)
        if found is None:
            raise Stale("item_not_open")
        return found

    @property
    def people(self) -> set[int | None]:
        """Whoever is behind the command: the person, and the one they stand in for."""
        return {self.actor.person, self.actor.for_person} - {None}
