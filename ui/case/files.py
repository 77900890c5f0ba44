"""Documents on the case page: downloading the current version and attaching the next one."""

from functools import partial
from urllib.parse import urljoin

import streamlit as st

from core.case.model import Item
from core.documents.store import MAX_SIZE, MEDIA_TYPES
from core.errors import NotFound
from core.process.terms import DOCUMENT_NAMES, Document
from core.queries.case import DocumentRow
from core.services import cases
from core.store import kept_templates
from ui.case.view import CaseView
from ui.shell.actions import show_problem
from ui.shell.guard import Visit, store
from ui.shell.sign_in import signed_in_here
from ui.web.document_routes import EARLY, SHOWN, document_url, draft_url
from ui.widgets.file_link import file_line, link
from ui.widgets.form_state import Typed
from ui.words.messages import plain, refusal, t


def newest(documents: list[DocumentRow], document: Document) -> DocumentRow | None:
    return max((row for row in documents if row.document is document), key=lambda row: row.version, default=None)


def current_file(view: CaseView, document: Document, place: str = "") -> None:
    """Draw the version to decide on; `place` distinguishes several on one page."""
    row = newest(view.documents, document)
    if row is None:
        st.caption(t("no-file", document=DOCUMENT_NAMES[document]))
        return
    file_line(view.head.code, row, view.visit.format)
    _show(view.head.code, row, place)


def _show(code: str, row: DocumentRow, place: str) -> None:
    """Draw a PDF or image on the page, if the visitor switches it on.

    The browser fetches it from our own route, because Streamlit's media store identifies a large file by samples only.
    """
    if row.media_type not in SHOWN or not st.toggle(t("show-file"), key=f"ver{place}", bind="query-params"):
        return
    url = urljoin(st.context.url or "", document_url(code, row.sha256, row.name))
    if signed_in_here():
        url += f"?{EARLY}=0"
    if row.media_type == MEDIA_TYPES[".pdf"]:
        st.pdf(url, height=520, alt=row.name)
    else:
        st.image(url, alt=row.name)


def attach_form(view: CaseView, item: Item, typed: Typed) -> None:
    """Draw the attached version, the draft to start from, and the uploader."""
    document = item.document
    assert document is not None
    row = newest(view.documents, document)
    if row:
        file_line(view.head.code, row, view.visit.format)
    if document is not Document.CRO:
        _draft_link(view, document)
    kinds = [ending.strip(".") for ending in MEDIA_TYPES]
    key = f"{typed.name}-file-{item.version}"  # a new version on the record empties the uploader
    label = t("attach-next" if row else "attach", document=DOCUMENT_NAMES[document])
    st.file_uploader(
        label,
        key=key,
        type=[*kinds, "jpeg"],
        max_upload_size=MAX_SIZE // 1_000_000,
        on_change=partial(_attach, view, item, typed, key),
        help=t("attach-help"),
    )
    show_problem(f"{typed.name}:file")


def _attach(view: CaseView, item: Item, typed: Typed, key: str) -> None:
    uploaded = st.session_state.get(key)
    if uploaded is None:  # removed again, together with its problem
        st.session_state.pop("problems", None)
        return

    def act(visit: Visit) -> str:
        on = view.on(item, visit)
        cases.attach(visit.db, store(), on, uploaded.getvalue(), uploaded.name, visit.now)
        return t("done-attach", name=plain(uploaded.name))

    view.attempt(act, f"{typed.name}:")


def _draft_link(view: CaseView, document: Document) -> None:
    """Draw the link to the document's draft, or why its template is not available."""
    try:
        with view.visit.db.reading() as connection:
            kept_templates.of(connection, view.head.id, document)
    except NotFound as refused:
        st.caption(refusal(refused))
        return
    link(t("draft", document=DOCUMENT_NAMES[document]), draft_url(view.head.code, document))
