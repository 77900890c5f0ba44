"""Every page of the analysis, in both themes and at both widths: no error, nothing cut off, a finding, named charts."""

import pytest
from playwright.sync_api import expect

from tests.browser.browser_user import BrowserUser, UserFactory
from tests.browser.window_pool import NARROW, WIDE
from ui.analysis.charts.style import TEXT as CHART_TEXT

pytestmark = pytest.mark.browser
CHARTS = {
    "embudo": 3,
    "tiempos": 5,
    "cuellos": 4,
    "en_curso": 4,
    "calidad": 7,
    "cumplimiento": 2,
    "pronostico": 2,
    "y_si": 0,
    "descargas": 0,
}
TEXT = {"light": "rgb(27, 36, 48)", "dark": "rgb(232, 237, 243)"}  # of the page, in .streamlit/config.toml
FAILED = ("Esta página no se pudo mostrar.", "This page could not be shown.")
# Every text of every chart, by colour; those that stand on a bar keep the colour of its fill.
COLOURS = """charts => charts.flatMap(chart => [...chart.querySelectorAll("text[style]")]
    .filter(text => text.getAttribute("style").includes("fill: %s"))
    .map(text => getComputedStyle(text).fill))"""
TOO_WIDE = "main => main.scrollWidth > main.clientWidth"


def test_each_page_reads_in_both_themes_and_widths(signed_in: UserFactory) -> None:
    one = signed_in("proceso")
    for page, count in CHARTS.items():
        one.page.emulate_media(color_scheme="light")
        one.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        one.go(f"/{page}")
        expect(one.main.get_by_test_id("stSkeleton")).to_have_count(0)
        charts = one.main.locator(".js-plotly-plot .main-svg:first-child")
        expect(charts).to_have_count(count)
        expect(one.main.get_by_role("heading", level=1)).to_be_visible()
        sentence = (
            one.main.get_by_role("heading", level=3) if page != "descargas" else one.main.get_by_text("casos cumplen")
        )
        expect(sentence.first).to_be_visible()
        one.sees_not(*FAILED)
        _titled(one, count)
        for scheme, colour in TEXT.items():
            one.page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
            expect(one.main.get_by_role("heading", level=1)).to_have_css("color", colour)
            for size in (WIDE, NARROW):
                one.page.set_viewport_size({"width": size[0], "height": size[1]})
                one.settle()
                assert not one.main.evaluate(TOO_WIDE), (page, scheme, size)
                one.picture(f"{page}-es-{scheme}-{size[0]}")
            found = one.main.locator(".js-plotly-plot").evaluate_all(COLOURS % _rgb(CHART_TEXT))
            assert set(found) == ({colour} if count else set()), (page, scheme)
    assert not one.troubles
    assert not one.outside


def _titled(one: BrowserUser, count: int) -> None:
    """Every chart is named by the finding that stands over it as its title."""
    figures = one.main.get_by_test_id("stPlotlyChart")
    assert figures.count() == count
    for figure in figures.all():
        title = figure.get_attribute("aria-label") or ""
        assert len(title.split()) > 3
        expect(one.main.get_by_role("heading", name=title, exact=True).first).to_be_visible()


def _rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"
