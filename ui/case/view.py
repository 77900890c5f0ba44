"""A case as one visitor sees it, and the decision buttons of a work item."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import streamlit as st

from core.case import permissions
from core.case.commands import Actor
from core.case.model import Case, Item
from core.process.policy import Policy
from core.process.terms import Role
from core.queries.case import DocumentRow, Header
from core.services import preview
from core.services.cases import SeenItem
from core.staff import availability
from core.staff.availability import Substitution
from ui.shell.actions import attempt
from ui.shell.guard import Visit
from ui.widgets.form_state import Typed
from ui.words.consequences import describe_consequence
from ui.words.messages import by_whom, t


@dataclass(frozen=True)
class CaseView:
    """One visitor's view of a case: the case, its documents, the holders of its roles, and people's names.

    `standing`: the visitor's substitutions; `acting`: who may decide in each role today.
    """

    visit: Visit
    head: Header
    policy: Policy
    documents: list[DocumentRow]
    holders: dict[Role, dict[int, str]]
    names: dict[int, str]
    standing: tuple[Substitution, ...] = ()
    acting: Mapping[Role, tuple[Actor, ...]] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        return self.head.case

    def able(self, item: Item) -> list[str]:
        """The names of the people who may act on a work item."""
        at = self.visit.now
        return [
            by_whom(self.names.get(actor.person, ""), self.names.get(actor.for_person or 0))
            for actor in self.acting.get(item.role, ())
            if permissions.why_not(self.policy, self.case, item, actor, at) is None
        ]

    @property
    def roles(self) -> frozenset[Role]:
        """The visitor's roles, including those of people they stand in for."""
        return self.visit.person.roles.union(*(substitution.roles for substitution in self.standing))

    def actor(self, item: Item) -> Actor:
        """Act as the visitor if they may decide the item, else for an absent person."""
        actors = availability.actors(self.visit.actor, self.standing)
        able = permissions.able(self.policy, self.case, item, actors, self.visit.now)
        return able or next((actor for actor in actors if item.role in actor.roles), self.visit.actor)

    def stands_for(self, item: Item) -> Substitution | None:
        """The substitution under which the visitor would decide the item, if any."""
        absent = self.actor(item).for_person
        return next((substitution for substitution in self.standing if substitution.person == absent), None)

    def typed(self, item: Item) -> Typed:
        return Typed(self.visit, f"{self.head.code}/{item.item}")

    def key(self, item: Item, name: str) -> str:
        """The key of a button, with the case, work item and version that it is drawn for."""
        return f"{self.head.code}-{item.item}-{item.version}-{name}"

    def attempt(self, action: Callable[[Visit], str], field_prefix: str = "") -> bool:
        """`actions.attempt` for a button of this case; refused if the address names another case by then."""
        return attempt(action, field_prefix, self.head.code)

    def on(self, item: Item, visit: Visit) -> SeenItem:
        """The item at its drawn version, for the person who clicks."""
        return SeenItem(visit.person.id, self.head.code, item.item, item.version, self.actor(item).for_person)


def buttons(view: CaseView, item: Item, labels: dict[str, str], click: Callable[[str], None]) -> None:
    """Draw the decisions on the item, each with a preview of its consequences."""
    blocked = view.case.missing(item, view.visit.now)
    for place, (choice, label) in zip(st.columns(len(labels), gap="medium"), labels.items(), strict=True):
        barred = choice == "yes" and blocked is not None
        with place:
            st.button(
                label,
                type="primary" if choice == next(iter(labels)) else "secondary",
                on_click=partial(click, choice),
                key=view.key(item, choice),
                disabled=barred,
                width="stretch",
            )
            would = preview.consequence(view.policy, view.case, item, choice, view.actor(item), view.visit.now)
            lines = [t("then-blocked")] if barred else describe_consequence(would, view.visit.format)
            st.caption(f"**{t(f'if-{choice}')}:** {' '.join(lines)}")
