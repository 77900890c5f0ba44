"""One case."""

import streamlit as st

from ui.case import page
from ui.shell.guard import enter

page.draw(enter(), st.query_params.get("caso", ""))
