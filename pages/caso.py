"""One case."""

import streamlit as st

from ui import case_page
from ui.shell import enter

case_page.draw(enter(), st.query_params.get("caso", ""))
