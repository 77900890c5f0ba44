"""What a work item lies on, and the buttons that answer it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from core import access, foresight
from core.case import Case, Item
from core.commands import Actor
from core.policy import Policy
from core.queries import DocumentRow, Header
from core.services import On
from core.terms import Role
from ui.consequences import foreseen
from ui.i18n import t
from ui.shell import Visit
from ui.typed import Typed


@dataclass(frozen=True)
class Desk:
    """What a work item lies on: the visit, the case, its documents, who holds each role, and the names to say."""

    visit: Visit
    head: Header
    policy: Policy
    documents: list[DocumentRow]
    holders: dict[Role, dict[int, str]]
    names: dict[int, str]

    @property
    def case(self) -> Case:
        return self.head.case

    def able(self, item: Item) -> list[str]:
        """The names of those who may act on a work item, by name."""
        actors = {Actor(number, frozenset({item.role})): name for number, name in self.holders[item.role].items()}
        at = self.visit.now
        return [name for who, name in actors.items() if access.why_not(self.policy, self.case, item, who, at) is None]

    def typed(self, item: Item) -> Typed:
        return Typed(self.visit, f"{self.head.code}/{item.item}")

    def on(self, item: Item, visit: Visit) -> On:
        """The item as it was drawn, for whoever clicks now."""
        return On(visit.person.id, self.head.code, item.item, item.version)


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
                key=f"{desk.head.code}-{item.item}-{choice}",
                disabled=barred,
                width="stretch",
            )
            would = foresight.consequence(desk.policy, desk.case, item, choice, desk.visit.actor, desk.visit.now)
            lines = [t("then-blocked")] if barred else foreseen(would, desk.visit.format)
            st.caption(f"**{t(f'if-{choice}')}:** {' '.join(lines)}")
