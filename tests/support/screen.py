"""The whole app at one address, run by Streamlit's AppTest."""

import re
from html import unescape
from typing import Any, Self
from unittest.mock import patch
from urllib.parse import parse_qsl

from streamlit.testing.v1 import AppTest

from core.paths import ROOT
from core.people import sessions
from tests.support.drive_case import World
from tests.support.people import PASSWORD
from ui.shell import language as session_language
from ui.words import messages

LANGUAGES = ("es", "en")
PATIENCE = 20  # timeout of a run in seconds


def app(page: str = "app.py") -> AppTest:
    """The app, or a single page, before its first run."""
    return AppTest.from_file(str(ROOT / page), default_timeout=PATIENCE)


class Screen:
    """A person's browser after signing in; anonymous when `who` is empty."""

    def __init__(self, world: World, who: str = "", language: str = "es") -> None:
        self.world = world
        self.at = app()
        self.at.context["url"] = "http://127.0.0.1/"
        self.language = language
        if language:
            self.at.session_state["language"] = language
        if who:
            self.at.session_state["token"] = sessions.sign_in(world.db, who, PASSWORD, world.now)
        self.run()

    # --- acting ---
    def run(self) -> Self:
        # AppTest formats chosen options before it runs the script, when the session's language is not known.
        state = self.at.session_state
        language = state["language"] if "language" in state else messages.DEFAULT  # noqa: SIM401  (it has no `get`)
        with patch.object(session_language, "DEFAULT", language):
            self.at.run()
        assert [exception.message for exception in self.at.exception] == []
        return self

    def go(self, page: str, **query: str) -> Self:
        """Open a page's address."""
        self.at.query_params.clear()
        for name, value in query.items():
            self.at.query_params[name] = value
        self.at.switch_page(f"pages/{page}.py")
        return self.run()

    def case(self, code: str, **query: str) -> Self:
        return self.go("caso", caso=code, **query)

    def click(self, label: str) -> Self:
        self.button(label).click()
        return self.run()

    def write(self, label: str, text: str, place: int = 0) -> Self:
        """Type into a field, by label and, among several, by `place`."""
        fields = [*self.at.text_area, *self.at.text_input]
        [field for field in fields if field.label == label][place].input(text)
        return self.run()

    def tick_all(self) -> Self:
        for box in self.at.checkbox:
            box.check()
        return self.run()

    def answer(self, label: str, chosen: Any, place: int = 0) -> Self:
        """Choose in the button group of that label (a list for pills)."""
        groups = [group for group in self.at.button_group if group.label == label]
        groups[place].set_value(chosen)
        return self.run()

    def choose(self, label: str, value: Any) -> Self:
        next(box for box in self.at.selectbox if box.label == label).set_value(value)
        return self.run()

    def numbers(self, *charts: str) -> Self:
        """Open the tabs with the exact numbers of these charts."""
        for chart in charts:
            self.at.session_state[f"{chart}_part"] = messages.text(self.language, "tab-numbers")
        return self.run()

    def upload(self, content: bytes, name: str = "documento.pdf") -> Self:
        self.at.file_uploader[0].set_value((name, content, "application/octet-stream"))
        return self.run()

    # --- looking ---
    def button(self, label: str) -> Any:
        return next(button for button in self.at.button if button.label == label)

    def _values(self, *kinds: str) -> list[str]:
        elements: list[Any] = [element for kind in kinds for element in self.at.get(kind)]
        return [element.value for element in elements]

    @property
    def buttons(self) -> list[str]:
        """The labels of the page's enabled buttons."""
        return [button.label for button in self.at.main.button if not button.disabled]

    @property
    def titles(self) -> list[str]:
        return self._values("title")

    @property
    def tasks(self) -> list[str]:
        """The headings of the work items with a form."""
        return self._values("subheader")

    @property
    def done(self) -> list[str]:
        return self._values("success")

    @property
    def refused(self) -> list[str]:
        return self._values("error")

    @property
    def warned(self) -> list[str]:
        return self._values("warning")

    @property
    def infos(self) -> list[str]:
        return self._values("info")

    @property
    def captions(self) -> list[str]:
        return self._values("caption")

    @property
    def texts(self) -> list[str]:
        return self._values("text")

    @property
    def lines(self) -> list[str]:
        return self._values("markdown")

    @property
    def problems(self) -> list[str]:
        """The problems shown below fields."""
        return [line for line in self.lines if line.startswith(":red[:small[↑ ")]

    @property
    def main_texts(self) -> list[str]:
        """The plain texts of the page without the menu."""
        elements: list[Any] = list(self.at.main.get("text"))
        return [element.value for element in elements]

    @property
    def address(self) -> dict[str, str]:
        """The query parameters of the address."""
        parameters = self.at.query_params.items()
        return {name: value if isinstance(value, str) else value[0] for name, value in parameters}

    @property
    def table(self) -> list[list[Any]]:
        """The rows of the page's one table."""
        return self.at.dataframe[0].value.values.tolist()

    @property
    def files(self) -> list[tuple[str, str]]:
        """Label and URL of every link to a document or draft."""
        matches = (
            re.fullmatch(r'<a class="file" href="(.*)">(.*)</a>', html.proto.body) for html in self.at.get("html")
        )
        return [(unescape(link[2]), unescape(link[1])) for link in matches if link]

    def links(self) -> list[tuple[str, str, dict[str, str]]]:
        """Label, page and query parameters of every link of the page."""
        protos = [link.proto for link in self.at.main.get("page_link")]
        return [(proto.label, proto.page, dict(parse_qsl(proto.query_string))) for proto in protos]

    def value(self, label: str, place: int = 0) -> Any:
        """The value of a field, by label and, among several, by `place`."""
        fields = [*self.at.text_area, *self.at.text_input, *self.at.button_group, *self.at.selectbox]
        return [field for field in fields if field.label == label][place].value
