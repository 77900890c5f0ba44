"""Documents on the screen: the file in force to download, and the place to attach the next one."""

from functools import partial

import streamlit as st

from core import drafts, services
from core.case import Item
from core.documents import MAX_SIZE, MEDIA_TYPES
from core.queries import DocumentRow
from core.terms import CHANNEL_ROLE, DOCUMENT_NAMES, ROLE_NAMES, Document
from ui.acting import show_problem
from ui.desk import Desk
from ui.format import Format
from ui.i18n import by_whom, plain, t, word
from ui.shell import Visit, store
from ui.typed import Typed


def newest(documents: list[DocumentRow], document: Document) -> DocumentRow | None:
    return max((row for row in documents if row.document is document), key=lambda row: row.version, default=None)


def current_file(documents: list[DocumentRow], document: Document, words: Format, place: str = "") -> None:
    """The version that is to be decided on, to read and to keep; `place` tells several on one page apart."""
    row = newest(documents, document)
    if row is None:
        st.caption(t("no-file", document=DOCUMENT_NAMES[document]))
        return
    file_line(row, words, key=f"current{place}")
    _show(row, place)


def _show(row: DocumentRow, place: str) -> None:
    """The document itself, beside the buttons, for whoever wants to read it here (PDF and pictures)."""
    readable = row.media_type == MEDIA_TYPES[".pdf"] or row.media_type.startswith("image/")
    if not readable or not st.toggle(t("show-file"), key=f"ver{place}", bind="query-params"):
        return
    content = store().get(row.sha256)
    if row.media_type.startswith("image/"):
        st.image(content)
    else:
        st.pdf(content, height=520)


def file_line(row: DocumentRow, words: Format, key: str) -> None:
    """One version: its name to download, who attached it and when."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            f"⬇ {DOCUMENT_NAMES[row.document]} v{row.version}",
            data=partial(store().get, row.sha256),
            file_name=row.name,
            mime=row.media_type,
            key=f"{key}-{row.document}-{row.version}",
            on_click="ignore",
        )
        by = by_whom(row.attached_by, row.attached_for)
        st.caption(f"{plain(row.name)} · {words.size(row.size)} · {plain(by)}, {words.moment(row.attached_at)}")


def attach_form(desk: Desk, item: Item, typed: Typed) -> None:
    """The version attached so far, the draft to start from, and the place for a new file."""
    document = item.document
    assert document is not None
    row = newest(desk.documents, document)
    if row:
        file_line(row, desk.visit.format, key="attached")
    if document is not Document.CRO:
        _draft_button(desk, document)
    kinds = [ending.strip(".") for ending in MEDIA_TYPES]
    key = f"{typed.name}-file-{item.version}"  # a new version on the record empties the uploader
    label = t("attach-next" if row else "attach", document=DOCUMENT_NAMES[document])
    st.file_uploader(
        label,
        key=key,
        type=[*kinds, "jpeg"],
        max_upload_size=MAX_SIZE // 1_000_000,
        on_change=partial(_attach, desk, item, typed, key),
        help=t("attach-help"),
    )
    show_problem(f"{typed.name}:file")


def _attach(desk: Desk, item: Item, typed: Typed, key: str) -> None:
    uploaded = st.session_state.get(key)
    if uploaded is None:  # taken out again, and what was wrong with it too
        st.session_state.pop("problems", None)
        return

    def act(visit: Visit) -> str:
        on = desk.on(item, visit)
        services.attach(visit.db, store(), on, uploaded.getvalue(), uploaded.name, visit.now)
        return t("done-attach", name=plain(uploaded.name))

    desk.attempt(act, f"{typed.name}:")


def _draft_button(desk: Desk, document: Document) -> None:
    """The draft of the document from its template, with the case's data."""
    name = DOCUMENT_NAMES[document]
    st.download_button(
        t("draft", document=name),
        data=partial(drafts.draft, document, draft_values(desk, document)),
        file_name=f"{desk.head.code} {name} (borrador).docx",
        mime=MEDIA_TYPES[".docx"],
        key=f"draft-{document}",
        on_click="ignore",
        type="tertiary",
    )


def draft_values(desk: Desk, document: Document) -> dict[str, object]:
    """What the templates name."""
    head, case = desk.head, desk.head.case
    contact = (head.contact_name, head.contact_email, head.contact_phone)
    before = list(Document)[list(Document).index(document) - 1]
    row = newest(desk.documents, before)
    return {
        "code": head.code,
        "date": Format("es", desk.visit.now, desk.visit.format.zone).day(desk.visit.now),
        "client": head.client,
        "contact": " · ".join(part for part in contact if part),
        "flow": word(case.flow),
        "channel": ROLE_NAMES[CHANNEL_ROLE[case.channel]],
        "scope": t("word-international" if case.international else "word-national"),
        "previous": f"{DOCUMENT_NAMES[before]} v{row.version}" if row else DOCUMENT_NAMES[before],
        "service": case.service,
        "criteria": [{"name": each.name, "expected": each.expected} for each in case.criteria],
    }
