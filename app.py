"""The frame of the product. The server imports this file for its routes and headers; each session runs it to draw."""

import streamlit as st

from ui import serving

if __name__ == "__main__":
    from ui import frame

    frame.draw()
else:
    app = st.App(__file__, routes=serving.ROUTES, middleware=serving.MIDDLEWARE, on_script_error=serving.failed)
