"""The page of a status link: what it says in both languages, for whom, and what keeps it to itself."""

import base64
import hashlib
import re
from collections.abc import Iterator

import pytest
from starlette.requests import Request
from starlette.responses import Response

from core.process.terms import Channel, Environment, Flow, Kind
from tests.support.drive_case import FAILS, World
from tests.support.people import DAY, HOUR
from ui.shell import process
from ui.web import status_page
from ui.web.rate_limit import Limit

NEVER = "a" * 43


@pytest.fixture(autouse=True)
def house(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", world.db.url.render_as_string(hide_password=False))
    for module in (status_page, process):
        monkeypatch.setattr(module, "moment", lambda: world.now)
    monkeypatch.setattr(status_page, "_limit", Limit(status_page.PER_MINUTE))
    process.database.cache_clear()
    yield
    process.database().engine.dispose()
    process.database.cache_clear()


def ask(token: str, query: str = "", accept: str = "", client: str = "10.0.0.1") -> Response:
    headers = [(b"accept-language", accept.encode())] if accept else []
    scope = {
        "type": "http",
        "method": "GET",
        "path": f"/estado/{token}",
        "path_params": {"token": token},
        "query_string": query.encode(),
        "headers": headers,
        "client": (client, 50000),
    }
    return status_page.answer(Request(scope))


def html(answer: Response) -> str:
    return bytes(answer.body).decode()


def said(answer: Response) -> str:
    """The words of the page, without its tags and style."""
    body = html(answer).split("</style>", 1)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_the_page_says_phase_role_and_since_when_in_spanish(world: World):
    token = world.link(world.open(channel=Channel.MESA_DE_AYUDA))
    world.tick(2 * HOUR)
    assert said(ask(token)) == (
        "Estado de su solicitud S-2026-0001 English Fase 1 de 9: Inicio "
        "La tiene ahora Mesa de Ayuda Desde lun 2 mar (hace 2 h) "
        "Qué necesitamos de usted Por ahora, nada. Le avisaremos por el medio acordado. "
        "Más adelante hará falta su ambiente de pruebas. Puede ir preparándolo. "
        "Más adelante hará falta su ambiente de producción. Puede ir preparándolo. "
        "Las fases Inicio en curso Envío Propuesta pendiente Análisis Comercial pendiente "
        "Análisis Técnico pendiente Envío Contrato pendiente Implementación pendiente Facturación pendiente "
        "Cobranza pendiente Cierre Comercial pendiente "
        "Página de solo lectura, actualizada el lun 2 mar, 10:02. Este enlace vence el mié 1 abr."
    )


def test_the_page_says_in_english_what_is_waited_for(world: World):
    code = world.open(flow=Flow.B2B)
    token = world.link(code)
    world.to(code, 6)
    told = said(ask(token, "lang=en"))
    assert told.startswith(
        "Status of your request S-2026-0001 Español Phase 6 of 9: Implementación "
        "It is now with Operador Operación Since Mon 2 Mar (now) "
        "What we need from you Your test environment. The request waits until it is available: "
        "tell the person you deal with. Later on your production environment will be needed."
    )
    assert 'class="waits"' in html(ask(token))
    world.register(code, Environment.TEST)
    assert 'class="waits"' not in html(ask(token))


def test_several_roles_that_may_decide_are_named(world: World):
    code = world.open()
    token = world.link(code)
    world.to(code, 2, Kind.REVIEW)
    roles = "Gerente Alianzas, Gerente Comercial, Responsable Implementación B2B o Proceso"
    assert f"La tiene ahora {roles} Desde" in said(ask(token))


@pytest.mark.parametrize(
    ("verdict", "language", "start"),
    [
        ("no", "es", "Su solicitud no continúa El proceso terminó el lun 2 mar."),
        ("no", "en", "Your request will not continue The process ended on Mon 2 Mar."),
        ("yes", "es", "Su solicitud terminó Todas las fases están completas desde el lun 2 mar."),
        ("yes", "en", "Your request is complete All phases were completed on Mon 2 Mar."),
    ],
)
def test_an_end_is_said_in_plain_words(world: World, verdict: str, language: str, start: str):
    code = world.open(flow=Flow.B2B)
    token = world.link(code)
    if verdict == "no":
        world.validate(code, "no", reason="cliente moroso")
    else:
        world.to_end(code)
    told = said(ask(token, f"lang={language}"))
    assert start in told
    ended = {"no": "Fin de Proceso - Solicitud Rechazada.", "yes": "Cierre Comercial y Fin de Proceso."}
    assert ended[verdict] in told
    assert not [word for word in ("moroso", "La tiene", "It is now with", "Qué necesitamos") if word in told]


def test_nothing_internal_is_on_the_page(world: World):
    code = world.open(flow=Flow.B2B, service="<b>Servicio secreto</b>", client_name="Cliente secreto")
    token = world.link(code)
    world.to(code, 2, Kind.REVIEW)
    world.review(code, verdict="return", answers=FAILS, reason="motivo secreto")
    for language in ("es", "en"):
        found = html(ask(token, f"lang={language}"))
        inside = ("ecreto", "Carla", "Olga", "Rosa", "Pablo", "documento.pdf", "muy alto", "Precio", "10.000", "SLA")
        assert [word for word in inside if word in found] == []


def test_a_link_that_leads_nowhere_is_answered_alike_whatever_the_cause(world: World):
    code = world.open()
    expired, withdrawn = world.link(code, days=1), world.link(code)
    world.withdraw(code, 2)
    world.tick(DAY)
    never = ask(NEVER)
    for token in (expired, withdrawn, "x", "%00", "../../etc/passwd"):
        answer = ask(token)
        assert (answer.status_code, answer.body, answer.headers.items()) == (
            404,
            never.body,
            never.headers.items(),
        )
    assert said(never) == (
        "Este enlace no está disponible English "
        "Puede haber vencido o haber sido retirado. Pida uno nuevo a la persona que se lo envió."
    )


@pytest.mark.parametrize(
    ("query", "accept", "language"),
    [
        ("", "", "es"),
        ("", "en-GB,en;q=0.9,es;q=0.8", "en"),
        ("", "es-CO", "es"),
        ("", "fr-FR, en;q=0.3, es;q=0.7", "es"),
        ("", "fr, de", "es"),
        ("", "q=;;;,,en;q=x", "en"),
        ("lang=es", "en", "es"),
        ("lang=en", "es", "en"),
        ("lang=fr", "en", "en"),
        ("lang=<script>", "", "es"),
    ],
)
def test_the_language_is_the_one_asked_for_else_the_browser_s_else_spanish(query: str, accept: str, language: str):
    answer = ask(NEVER, query, accept)
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}">' in html(answer)


def test_the_page_keeps_to_itself(world: World):
    answer = ask(world.link(world.open()))
    page = html(answer)
    assert answer.status_code == 200
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert answer.headers["content-security-policy"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
    wanted = {"referrer-policy": "no-referrer", "x-robots-tag": "noindex, nofollow", "cache-control": "no-store"}
    assert {name: answer.headers[name] for name in wanted} == wanted
    assert "set-cookie" not in answer.headers
    assert not re.search(r"<script|<form|<img|style=|\bon\w+=|https?://", page)
    assert '<meta name="robots" content="noindex, nofollow">' in page


def test_too_many_looks_from_one_address_are_asked_to_wait(world: World):
    token = world.link(world.open())
    answers = [ask(token).status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]
    busy = ask(token)
    assert busy.headers["retry-after"] == "60"
    assert said(busy) == "Demasiadas consultas English Espere un minuto y vuelva a cargar la página."
    assert ask(token, client="10.0.0.2").status_code == 200
    world.tick()
    assert ask(token).status_code == 200
