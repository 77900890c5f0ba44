"""The frame of the product. The server imports this file for its routes and headers; each session runs it to draw."""

import streamlit as st

from ui import frame, serving

if __name__ == "__main__":
    frame.draw()
else:
    app = st.App(__file__, middleware=serving.MIDDLEWARE, on_script_error=serving.failed)
