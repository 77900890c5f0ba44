"""A command with everything that guards need to judge it."""

from dataclasses import dataclass
from functools import cached_property
from typing import cast

from core.case.commands import Actor, Command, ItemCommand
from core.case.model import Case, Item
from core.errors import Stale
from core.process.policy import Policy


@dataclass(frozen=True)
class Context:
    """A command with the policy, case, actor and time that guards check it against."""

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
        open_item = self.case.item(cast(ItemCommand, self.command).item)
        if open_item is None:
            raise Stale("item_not_open")
        return open_item

    @property
    def people(self) -> set[int | None]:
        """The person who issues the command and the person they substitute."""
        return {self.actor.person, self.actor.for_person} - {None}
