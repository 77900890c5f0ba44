"""Saved views of an inbox: choose, save the current filters under a name, rename, delete, or make the default."""

from functools import partial
from textwrap import shorten

import streamlit as st

from core.people import saved_views
from core.people.saved_views import View, ViewOwner
from core.process.terms import Right, Role
from ui.shell.actions import attempt
from ui.shell.guard import Visit
from ui.widgets import filters
from ui.widgets.form_state import Typed
from ui.widgets.stored_fields import Fields
from ui.words.messages import plain, t

LONGEST = 18  # characters of a name on the button
VIEW = "vista"  # query parameter: the name of the chosen view, beside its filters


def enter(visit: Visit, role: Role | Right, *names: str) -> None:
    """Apply the default view when the inbox is first opened without filters in the address."""
    entered = f"{role.value}_entered"
    if entered in st.session_state:
        return
    st.session_state[entered] = True
    if filters.chosen(*names, VIEW, filters.PLACE):
        return
    default = next((view for view in _saved(visit, role) if view.is_default), None)
    if default:
        _go(default, names)


def draw(visit: Visit, role: Role | Right, *names: str) -> None:
    """Draw the views behind one button that names the chosen one."""
    saved = _saved(visit, role)
    now = filters.chosen(*names)
    current = next((view for view in saved if view.name == st.query_params.get(VIEW)), None)
    changed = current is not None and current.chosen != now
    label = (
        t("views-changed" if changed else "views-current", view=plain(shorten(current.name, LONGEST, placeholder="…")))
        if current
        else t("views")
    )
    with st.popover(label):
        _choices(saved, names)
        if current:
            _about(visit, role, current, names, changed=changed)
        _new(visit, role, names)


def _saved(visit: Visit, role: Role | Right) -> list[View]:
    with visit.db.reading() as connection:
        return saved_views.of(connection, ViewOwner(visit.person.id, role))


def _go(view: View | None, names: tuple[str, ...]) -> None:
    """Write the filters of the view, or none, into the address."""
    for name in (*names, VIEW, filters.PLACE):
        st.query_params.pop(name, None)
    if view:
        for name in names:
            if name in view.chosen:
                st.query_params[name] = view.chosen[name]
        st.query_params[VIEW] = view.name


def _choices(saved: list[View], names: tuple[str, ...]) -> None:
    st.caption(t("views-mine") if saved else t("views-none"))
    for view in saved:
        label = t("views-default", view=plain(view.name)) if view.is_default else plain(view.name)
        st.button(label, key=f"view-{view.name}", on_click=_go, args=(view, names), width="stretch")
    st.button(t("views-all"), key="view-all", on_click=_go, args=(None, names), type="tertiary")


def _about(visit: Visit, role: Role | Right, view: View, names: tuple[str, ...], *, changed: bool) -> None:
    """Draw the actions on the chosen view."""
    fields = Fields(visit, f"view-{role.value}-{view.name}", {"name": view.name})
    fields.text("name", t("views-name"), max_chars=saved_views.MAX_NAME)
    with st.container(horizontal=True):
        if changed:
            st.button(t("do-replace-view"), key="view-replace", on_click=partial(_replaced, role, view, names))
        st.button(t("do-rename-view"), key="view-rename", on_click=partial(_renamed, fields, role, view))
        label = t("do-no-default-view") if view.is_default else t("do-default-view")
        st.button(label, key="view-default", on_click=partial(_opens_with, role, view))
        st.button(t("do-delete-view"), key="view-delete", on_click=partial(_deleted, role, view))


def _new(visit: Visit, role: Role | Right, names: tuple[str, ...]) -> None:
    typed = Typed(visit, f"new-view-{role.value}")
    typed.text(
        "name", t("views-new" if isinstance(role, Role) else "views-new-filters"), max_chars=saved_views.MAX_NAME
    )
    st.button(t("do-save-view"), key="view-save", on_click=partial(_kept, typed, role, names), type="primary")


def _kept(typed: Typed, role: Role | Right, names: tuple[str, ...]) -> None:
    def act(visit: Visit) -> str:
        now = filters.chosen_now(*names)
        name = saved_views.save(visit.db, ViewOwner(visit.person.id, role), str(typed.value("name")), now)
        st.query_params[VIEW] = name
        return t("done-save-view", view=plain(name))

    if attempt(act, f"{typed.name}:"):
        typed.forget(name="")


def _replaced(role: Role | Right, view: View, names: tuple[str, ...]) -> None:
    def act(visit: Visit) -> str:
        saved_views.replace(visit.db, ViewOwner(visit.person.id, role), view.name, filters.chosen_now(*names))
        return t("done-save-view", view=plain(view.name))

    attempt(act)


def _renamed(fields: Fields, role: Role | Right, view: View) -> None:
    def act(visit: Visit) -> str:
        name = saved_views.rename(visit.db, ViewOwner(visit.person.id, role), view.name, str(fields.now("name")))
        st.query_params[VIEW] = name
        return t("done-rename-view", view=plain(name))

    if attempt(act, f"{fields.name}:"):
        fields.forget()


def _opens_with(role: Role | Right, view: View) -> None:
    def act(visit: Visit) -> str:
        saved_views.make_default(visit.db, ViewOwner(visit.person.id, role), "" if view.is_default else view.name)
        return t("done-no-default-view" if view.is_default else "done-default-view", view=plain(view.name))

    attempt(act)


def _deleted(role: Role | Right, view: View) -> None:
    def act(visit: Visit) -> str:
        saved_views.delete(visit.db, ViewOwner(visit.person.id, role), view.name)
        st.query_params.pop(VIEW, None)
        return t("done-delete-view", view=plain(view.name))

    attempt(act)
