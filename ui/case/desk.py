"""What a work item lies on, and the buttons that answer it."""

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
from ui.words.consequences import foreseen
from ui.words.messages import by_whom, t


@dataclass(frozen=True)
class Desk:
    """What a work item lies on: the visit, the case, its documents, who holds each role, and the names to say.

    `standing`: for whom the visitor stands in; `acting`: who may decide in each role today.
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
        """The names of those who may act on a work item, by name."""
        at = self.visit.now
        return [
            by_whom(self.names.get(who.person, ""), self.names.get(who.for_person or 0))
            for who in self.acting.get(item.role, ())
            if permissions.why_not(self.policy, self.case, item, who, at) is None
        ]

    @property
    def roles(self) -> frozenset[Role]:
        """The roles of the visitor, and those of whom they stand in for."""
        return self.visit.person.roles.union(*(each.roles for each in self.standing))

    def actor(self, item: Item) -> Actor:
        """As whom the visitor acts on the item: themself if they may, else for somebody who is away."""
        actors = availability.actors(self.visit.actor, self.standing)
        able = permissions.able(self.policy, self.case, item, actors, self.visit.now)
        return able or next((each for each in actors if item.role in each.roles), self.visit.actor)

    def stands_for(self, item: Item) -> Substitution | None:
        """For whom the visitor would decide the item, if not for themself."""
        absent = self.actor(item).for_person
        return next((each for each in self.standing if each.person == absent), None)

    def typed(self, item: Item) -> Typed:
        return Typed(self.visit, f"{self.head.code}/{item.item}")

    def key(self, item: Item, name: str) -> str:
        """The key of a button: it names the case, the work item and the version that the button is drawn for."""
        return f"{self.head.code}-{item.item}-{item.version}-{name}"

    def attempt(self, action: Callable[[Visit], str], field_prefix: str = "") -> bool:
        """`acting.attempt` for a button of this case: refused when the address names another case by then."""
        return attempt(action, field_prefix, self.head.code)

    def on(self, item: Item, visit: Visit) -> SeenItem:
        """The item as it was drawn, for whoever clicks now."""
        return SeenItem(visit.person.id, self.head.code, item.item, item.version, self.actor(item).for_person)


def buttons(desk: Desk, item: Item, labels: dict[str, str], click: Callable[[str], None]) -> None:
    """The answers that the item takes, each with what it would cause, before it is given."""
    blocked = desk.case.missing(item, desk.visit.now)
    for place, (choice, label) in zip(st.columns(len(labels), gap="medium"), labels.items(), strict=True):
        barred = choice == "yes" and blocked is not None
        with place:
            st.button(
                label,
                type="primary" if choice == next(iter(labels)) else "secondary",
                on_click=partial(click, choice),
                key=desk.key(item, choice),
                disabled=barred,
                width="stretch",
            )
            would = preview.consequence(desk.policy, desk.case, item, choice, desk.actor(item), desk.visit.now)
            lines = [t("then-blocked")] if barred else foreseen(would, desk.visit.format)
            st.caption(f"**{t(f'if-{choice}')}:** {' '.join(lines)}")
