"""Opening a case: who asks for what, through which channel, and by which criteria it will be reviewed."""

import secrets
from functools import partial

import streamlit as st

from core.case.events import Criterion
from core.errors import Invalid
from core.process.terms import CHANNEL_ROLE, ROLE_NAMES, Channel, Flow
from core.queries import case
from core.services import opening
from ui.shell.actions import attempt, show_problem
from ui.shell.guard import Visit, database, notify
from ui.widgets.form_state import Typed
from ui.words import labels
from ui.words.messages import plain, t, word

USUAL = ("Precio", "Plazo", "Servicio", "SLA")  # the source's own examples
MAX_CRITERIA = 12
TEXTS = ("client_name", "contact_name", "contact_email", "contact_phone", "service")


def draw(visit: Visit) -> None:
    """The form; once the case is open, its page."""
    if code := st.session_state.pop("opened", None):
        notify(t("done-open", code=plain(code)))  # said where it is read: the visit has used up the first saying
        st.switch_page("pages/caso.py", query_params={"caso": code})
    st.title(t("page-nuevo"), anchor=False)
    typed = Typed(visit, "nuevo")
    with st.container(width=860, gap="medium"):
        _what(visit, typed)
        _client(visit, typed)
        _contact(typed)
        _criteria(typed)
        st.button(t("do-open"), type="primary", on_click=partial(_open, typed), key="nuevo-open")


def _what(visit: Visit, typed: Typed) -> None:
    channels = [c.value for c in Channel if CHANNEL_ROLE[c] in visit.person.roles]
    if typed.value("channel") not in channels:
        st.session_state[typed.key("channel")] = channels[0]
    if len(channels) > 1:
        typed.pick("channel", t("channel"), channels, _channel_word, required=True)
    else:
        st.caption(t("channel-is", role=_channel_word(channels[0])))
    left, right = st.columns(2)
    with left:
        typed.pick("flow", t("flow"), [flow.value for flow in Flow], _flow_word, help=t("flow-help"))
    with right:
        typed.pick("scope", t("scope"), ["national", "international"], word)
    typed.text("service", t("service"), lines=3, placeholder=t("service-hint"))


def _channel_word(code: str) -> str:
    return ROLE_NAMES[CHANNEL_ROLE[Channel(code)]]


def _flow_word(code: str) -> str:
    return word(Flow(code))


def _client(visit: Visit, typed: Typed) -> None:
    st.session_state.setdefault(typed.key("known"), "new")
    typed.pick("known", t("client"), ["new", "known"], lambda code: t(f"client-{code}"), required=True)
    if typed.value("known", "new") == "new":
        typed.text("client_name", t("client-name"))
        return
    with visit.db.reading() as connection:
        clients = case.clients(connection)
    known = labels.distinct(clients, lambda client: t("client-number", number=str(client)))
    st.selectbox(
        t("client-choose"),
        list(clients),
        index=None,
        format_func=lambda client: known.get(client, ""),
        placeholder=t("client-choose-hint"),
        **typed.widget("client") | {"on_change": partial(_known_chosen, typed)},
    )
    show_problem(f"{typed.name}:client")


def _known_chosen(typed: Typed) -> None:
    """The criteria of the client's last request are the ones to begin with."""
    client = typed.value("client", None)
    if client is not None:
        with database().reading() as connection:
            found = case.criteria(connection, client)
        st.session_state["nuevo:rows"] = max(len(found), 1)
        for number, criterion in enumerate(found):
            st.session_state[typed.key(f"criterion_{number}")] = criterion.name
            st.session_state[typed.key(f"expected_{number}")] = criterion.expected
    typed.keep()


def _contact(typed: Typed) -> None:
    st.markdown(f"**{t('contact')}**")
    name, email, phone = st.columns(3)
    with name:
        typed.text("contact_name", t("contact-name"))
    with email:
        typed.text("contact_email", t("contact-email"))
    with phone:
        typed.text("contact_phone", t("contact-phone"))


def _criteria(typed: Typed) -> None:
    st.markdown(f"**{t('criteria')}**")
    st.caption(t("criteria-help"))
    if typed.key("rows") not in st.session_state:
        st.session_state[typed.key("rows")] = len(USUAL)
        for number, name in enumerate(USUAL):
            st.session_state.setdefault(typed.key(f"criterion_{number}"), name)
    for number in range(typed.value("rows")):
        left, right = st.columns([2, 3])
        seen = "visible" if number == 0 else "collapsed"
        with left:
            typed.text(f"criterion_{number}", t("criterion"), label_visibility=seen)
        with right:
            typed.text(f"expected_{number}", t("expected"), label_visibility=seen)
    show_problem(f"{typed.name}:criteria")
    full = typed.value("rows") >= MAX_CRITERIA
    st.button(t("add-criterion"), on_click=partial(_one_more, typed), disabled=full, type="tertiary")


def _one_more(typed: Typed) -> None:
    st.session_state[typed.key("rows")] += 1
    typed.keep()


def _open(typed: Typed) -> None:
    def act(visit: Visit) -> str:
        rows = _rows(typed)
        try:
            code = opening.open_case(visit.db, visit.person.id, _request(typed, rows), visit.now)
        except Invalid as refused:
            raise _at_their_rows(refused, rows) from refused
        st.session_state["opened"] = code
        return t("done-open", code=plain(code))

    if attempt(act, f"{typed.name}:"):
        typed.forget()


def _rows(typed: Typed) -> list[int]:
    """The rows of the criteria in which something is expected or that the person named, by number."""
    usual = dict(enumerate(USUAL))

    def filled(n: int) -> bool:
        name, expected = str(typed.value(f"criterion_{n}")).strip(), str(typed.value(f"expected_{n}")).strip()
        return bool(expected) or (bool(name) and usual.get(n) != name)

    return [n for n in range(typed.value("rows", 0)) if filled(n)]


def _request(typed: Typed, rows: list[int]) -> opening.Request:
    known, flow, scope = typed.value("known", "new") == "known", typed.value("flow"), typed.value("scope")
    texts = {name: str(typed.value(name)) for name in TEXTS}
    criteria = tuple(Criterion(str(typed.value(f"criterion_{n}")), str(typed.value(f"expected_{n}"))) for n in rows)
    return opening.Request(
        key=str(st.session_state.setdefault(typed.key("request"), secrets.token_urlsafe(16))),
        flow=Flow(flow) if flow else None,
        channel=Channel(typed.value("channel")),
        international=scope == "international" if scope else None,
        client=int(typed.value("client", 0)) if known else None,
        criteria=criteria,
        **texts,
    )


def _at_their_rows(refused: Invalid, rows: list[int]) -> Invalid:
    """The problems of the criteria at the rows of the form where they were typed."""
    moved = {}
    for field, found in refused.problems.items():
        name, _, number = field.rpartition("_")
        there = name in ("criterion", "expected") and number.isdigit()
        moved[f"{name}_{rows[int(number)]}" if there else field] = found
    return Invalid(moved)
