"""Every page in four versions: nothing fails or loads from other hosts, and a screenshot is saved for people.

The pictures are in `.artifacts/screenshots`.
"""

from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from core.process.terms import Flow, Kind
from core.store import tables
from tests.browser.browser_user import BrowserUser, UserFactory
from tests.browser.server import Server
from tests.browser.test_analysis_pages import CHARTS
from tests.browser.window_pool import NARROW

pytestmark = pytest.mark.browser
# How a window is opened, and what is seen in it: the dark theme and then, in the same window, the light one.
VERSIONS: dict[str, dict[str, Any]] = {
    "es": {"dark": True},
    "en": {"language": "en"},
    "es-estrecho": {"size": NARROW},
}
PAGES = {
    "bandeja": ("comercial", "/gerente_comercial"),
    "bandeja-operador": ("operador", "/operador_operacion"),
    "bandeja-sin-resultado": ("comercial", "/gerente_comercial?buscar=zzzz"),
    "nuevo": ("operador", "/nuevo"),
    "casos": ("proceso", "/casos"),
    "embudo": ("proceso", "/embudo"),
    "tiempos": ("proceso", "/tiempos"),
    "cuellos": ("proceso", "/cuellos"),
    "calidad": ("proceso", "/calidad"),
    "cumplimiento": ("proceso", "/cumplimiento"),
    "mapa": ("proceso", "/mapa"),
    "pronostico": ("proceso", "/pronostico"),
    "y_si": ("proceso", "/y_si"),
    "en_curso": ("proceso", "/en_curso"),
    "descargas": ("proceso", "/descargas"),
    "cuenta": ("proceso", "/cuenta"),
    "plazos": ("proceso", "/plazos?fase=2"),
    "plazos-calendario": ("proceso", "/plazos?parte=calendario"),
    "plazos-aprobacion": ("proceso", "/plazos?parte=aprobacion"),
    "plazos-cambios": ("proceso", "/plazos?parte=cambios"),
    "avisos": ("comercial", "/avisos?ver=all"),
    "personas": ("admin", "/personas"),
    "otro-rol": ("comercial", "/operador_operacion"),
    "caso-validar": ("operador", "/caso?caso={validate}"),
    "caso-generar": ("operador", "/caso?caso={produce}"),
    "caso-corregir": ("mesa", "/caso?caso={correct}"),
    "caso-revisar-estandar": ("comercial", "/caso?caso={review}"),
    "caso-revisar-b2b": ("comercial", "/caso?caso={b2b}"),
    "caso-mirar": ("alianzas", "/caso?caso={b2b}&todo=true"),
    "caso-firmar": ("proceso", "/caso?caso={sign_off}"),
    "caso-documentos": ("proceso", "/caso?caso={sign_off}&vista=documents"),
    "caso-cliente": ("proceso", "/caso?caso={sign_off}&vista=client"),
    "caso-coordinacion": ("proceso", "/caso?caso={review}&vista=coordination"),
    "caso-enlace": ("proceso", "/caso?caso={review}&vista=link"),
    "caso-mapa": ("proceso", "/caso?caso={review}&vista=map"),
    "caso-entera": ("operador", "/caso?caso={ended}&todo=true"),
    "casos-sin-resultado": ("admin", "/casos?buscar=nada+que+exista"),
    "ambientes": ("proceso", "/ambientes"),
    "ambientes-vacio": ("operador", "/ambientes?buscar=nada+que+exista"),
    "embudo-b2b": ("proceso", "/embudo?flujo=b2b&al=2026-09-30"),
    "caso-que-no-hay": ("mesa", "/caso?caso=S-1999-0001"),
    "caso-terminado": ("proceso", "/caso?caso={ended}"),
}


@pytest.fixture(scope="module")
def codes(server: Server) -> dict[str, str]:
    """A case for each kind of work, as it stands now."""
    cases, items = tables.cases.c, tables.work_items.c
    asked = select(items.kind, cases.flow, cases.code).join(tables.cases).where(items.ended_at.is_(None))
    with server.db.reading() as connection:
        found = {str(kind): code for kind, flow, code in connection.execute(asked) if flow == Flow.ESTANDAR}
        for kind, flow, code in connection.execute(asked):
            found.setdefault(str(kind), code)
            if flow == Flow.B2B and kind == Kind.REVIEW:
                found["b2b"] = code
        ended = select(cases.code).where(cases.outcome.is_not(None))
        found["ended"] = connection.scalars(ended).first() or ""
    return found


@pytest.mark.parametrize("version", VERSIONS)
def test_every_page_keeps_to_the_house_and_is_kept_as_a_picture(
    version: str, new_user: UserFactory, cookies: dict[str, list[Any]], codes: dict[str, str]
) -> None:
    how = VERSIONS[version]
    one = new_user(**how)
    one.go()
    expect(one.main.get_by_role("heading", level=1)).to_be_visible()
    pictures(one, f"ingreso-{version}", how)
    for name, (login, path) in PAGES.items():
        if name in CHARTS and version != "en":
            continue  # `test_analysis_pages` looks at it in Spanish, in both themes and widths
        one.sign_in_once(login, cookies)
        one.go(path.format(**codes))
        expect(one.main.get_by_role("heading").or_(one.messages()).first).to_be_visible()
        one.sees_not("Esta página no se pudo mostrar.", "This page could not be shown.")
        pictures(one, f"{name}-{version}", how)
    assert not one.outside
    assert not one.troubles


def pictures(one: BrowserUser, name: str, how: dict[str, Any]) -> None:
    if how.get("dark"):
        one.picture(f"{name}-oscuro")
        one.page.emulate_media(color_scheme="light")
        one.picture(f"{name}-claro")
        one.page.emulate_media(color_scheme="dark")
    else:
        one.picture(name)
