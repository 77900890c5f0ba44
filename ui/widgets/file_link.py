"""A link that downloads one version of a document."""

from html import escape

import streamlit as st

from core.process.terms import DOCUMENT_NAMES
from core.queries.case import DocumentRow
from ui.web.document_routes import DOWNLOAD, document_url
from ui.words.format import Format
from ui.words.messages import by_whom, plain


def file_line(code: str, row: DocumentRow, fmt: Format) -> None:
    """Draw a download link for a document version, with who attached it and when."""
    with st.container(horizontal=True, vertical_alignment="center"):
        url = f"{document_url(code, row.sha256, row.name)}?{DOWNLOAD}"
        link(f"⬇ {DOCUMENT_NAMES[row.document]} v{row.version}", url)
        by = by_whom(row.attached_by, row.attached_for)
        st.caption(f"{plain(row.name)} · {fmt.size(row.size)} · {plain(by)}, {fmt.moment(row.attached_at)}")


def link(label: str, url: str) -> None:
    """Draw a link that opens in this window, which a download does not leave."""
    st.html(f'<a class="file" href="{escape(url)}">{escape(label)}</a>', width="content")
