"""Deadlines, calendar, reminders and approval rules, for Proceso: current values, preview and history of changes."""

from functools import partial

import pandas as pd
import streamlit as st

from core.errors import Invalid, Refused
from core.process.definition import PHASES, phase_name
from core.process.policy import Policy
from core.process.settings_catalogue import leaves
from core.process.terms import ROLE_NAMES, Role
from core.services import settings as services_settings
from core.services import settings_preview
from core.store import settings
from ui.screens import settings_fields
from ui.shell.actions import attempt
from ui.shell.guard import Visit
from ui.widgets import filters
from ui.widgets.stored_fields import Fields, Values
from ui.words import settings as settings_words
from ui.words.format import spelled
from ui.words.messages import optional, plain, refusal, t

NARROW = 2 * settings_fields.HALF
PARTS = ("plazos", "calendario", "avisos", "aprobacion")


def draw(visit: Visit) -> None:
    """Draw the part that the address names."""
    st.title(t("page-plazos"), anchor=False)
    with visit.db.reading() as connection:
        policy, seen = settings.policy(connection), services_settings.newest(connection)
        changes = services_settings.history(connection)
    part = filters.part("parte", t("owner-part"), (*PARTS, "cambios"), lambda name: t(f"owner-part-{name}"))
    if part == "cambios":
        _history(visit, changes)
        return
    fields = Fields(visit, f"plazos-{part}", settings_fields.shown_values(policy, part))
    phase = _phase() if part == "plazos" else None
    if hint := optional(f"owner-part-{part}-hint"):
        st.caption(hint)
    with st.container(width=NARROW):
        if phase is None:
            for leaf in leaves(policy, part):
                settings_fields.draw(fields, leaf)
        else:
            _lanes(fields, policy, phase)
    if part == "plazos":
        with st.expander(t("owner-all")):
            st.dataframe(_all(policy), hide_index=True)
    _save(visit, fields, part, policy, seen)


# --- deadlines, phase by phase ---
def _phase() -> int:
    numbers = [str(phase.number) for phase in PHASES]
    return int(filters.part("fase", t("owner-phase"), numbers, lambda number: phase_name(int(number))))


def _lanes(fields: Fields, policy: Policy, phase: int) -> None:
    phase_leaves = [leaf for leaf in leaves(policy, "plazos") if leaf.of.startswith(f"{phase}/")]
    for role in Role:
        lane = [leaf for leaf in phase_leaves if leaf.of == f"{phase}/{role}"]
        for place, leaf in zip(st.columns(len(lane)) if lane else (), lane, strict=True):
            with place:
                settings_fields.draw(fields, leaf)


def _all(policy: Policy) -> pd.DataFrame:
    """The time allowed to each role, phase by phase; both times where they differ."""

    def cell(phase: int, role: Role) -> str:
        allowed = policy.deadlines.get((phase, role))
        return " / ".join(dict.fromkeys(spelled(minutes) for minutes in allowed)) if allowed else "–"

    roles = [role for role in Role if role is not Role.ADMINISTRADOR]
    rows = [{t("owner-phase"): p.name} | {ROLE_NAMES[r]: cell(p.number, r) for r in roles} for p in PHASES]
    return pd.DataFrame(rows)


# --- saving ---
def _save(visit: Visit, fields: Fields, part: str, policy: Policy, seen: int) -> None:
    """Draw the buttons and the preview below them: above, it would move the buttons while they are being clicked."""
    changed = fields.changed
    with st.container(horizontal=True, vertical_alignment="center"):
        label = t("owner-do-save", count=len(changed)) if changed else t("owner-do-save-none")
        st.button(label, type="primary", on_click=partial(_saved, fields, part, seen), key="owner-save")
        if changed:
            st.button(t("owner-do-discard"), on_click=fields.forget, key="owner-discard")
    if changed:
        _preview(visit, settings_fields.typed_values(fields, policy, part))


def _preview(visit: Visit, values: Values) -> None:
    """Draw the effects of a change before it is saved; problems are shown by their fields on saving."""
    try:
        preview = settings_preview.preview(visit.db, values, visit.now)
    except Invalid:
        st.info(t("owner-unreadable"))
        return
    except Refused as refused:
        st.warning(refusal(refused))
        return
    if not preview.effects:
        return
    with st.container(border=True):
        st.markdown(f"**{t('owner-effects')}**")
        for sentence in settings_words.effects(preview):
            st.markdown(f"- {plain(sentence)}")
        st.caption(t("owner-later-only"))
    if preview.left_count:
        st.warning(t("owner-left", cases=list(preview.left), count=preview.left_count))


def _saved(fields: Fields, part: str, seen: int) -> None:
    def act(visit: Visit) -> str:
        with visit.db.reading() as connection:
            policy = settings.policy(connection)
        services_settings.save(
            visit.db, visit.person.id, settings_fields.typed_values(fields, policy, part), seen, visit.now
        )
        return t("owner-done-save")

    if attempt(act, f"{fields.name}:"):
        fields.forget()


# --- history ---
def _history(visit: Visit, changes: list[services_settings.Change]) -> None:
    st.caption(t("owner-later-only"))
    if changes:
        st.dataframe(settings_words.history(changes, visit.format), hide_index=True, width="stretch")
    else:
        st.info(t("owner-no-changes"))
