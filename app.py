"""Entry point: the server imports this file for its routes and headers; each session runs it to draw the page."""

import streamlit as st

from ui.web import routes

if __name__ == "__main__":
    from ui.shell import navigation

    navigation.draw()
else:
    app = st.App(__file__, routes=routes.ROUTES, middleware=routes.MIDDLEWARE, on_script_error=routes.failed)
