"""A document that is returned and comes back, as a real PDF and as a real DOCX: the reviewer sees what changed."""

import re
from io import BytesIO

import pytest
from docx import Document as WordDocument
from playwright.sync_api import expect

from core.demo.documents import pdf
from core.process.terms import Flow, Kind, Role
from tests.browser.browser_user import BrowserUser, UserFactory
from tests.browser.server import Server
from tests.browser.test_two_people import waiting

pytestmark = pytest.mark.browser
DOCUMENT = "Orden de Servicio"
AGREED, CHANGED = "El precio es de 10.000 USD al mes", "El precio es de 9.500 USD al mes"


def word(*paragraphs: str) -> bytes:
    made, content = WordDocument(), BytesIO()
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(content)
    return content.getvalue()


def corrects(operator: BrowserUser, code: str, name: str, content: bytes) -> None:
    operator.case(code)
    operator.attach(name, content)
    operator.sees(f"Se adjuntó {name}.")
    for number in range(operator.field("Respuesta al hallazgo").count()):
        operator.type("Respuesta al hallazgo", f"Corregido en {name}", nth=number)
    operator.click(f"Enviar {DOCUMENT}")
    operator.sees(f"Envió {DOCUMENT}.")


def returns(commercial: BrowserUser, code: str, reason: str) -> None:
    commercial.case(code)
    commercial.click("Todos cumplen")
    commercial.type("Motivo", reason)
    commercial.click("Devolver")
    commercial.sees(f"Devolvió {DOCUMENT}.")


def test_the_reviewer_sees_the_words_that_changed_in_a_pdf_and_in_a_docx(
    signed_in: UserFactory, server: Server
) -> None:
    code = waiting(server, Role.OPERADOR_OPERACION, Kind.CORRECT, Flow.B2B)
    operator, commercial = signed_in("operador"), signed_in("comercial")
    versions = (("v2.pdf", pdf(DOCUMENT, [AGREED])), ("v3.pdf", pdf(DOCUMENT, [CHANGED])))
    versions += (("v4.docx", word(DOCUMENT, AGREED)), ("v5.docx", word(DOCUMENT, CHANGED)))
    for cycle, (name, content) in enumerate(versions, start=2):
        corrects(operator, code, name, content)
        commercial.case(code)
        commercial.sees(f"ciclo {cycle}", re.compile(f"Hallazgo anterior 1: .*Corregido en {name}"))
        if cycle in (3, 5):
            commercial.sees(
                f"De v{cycle - 1} a v{cycle}", "Un cambio en el texto: + una palabra agregada, − una quitada"
            )
            expect(commercial.main.locator("del", has_text="10.000")).to_be_visible()
            commercial.sees("+ 9.500")
            commercial.picture(f"caso-revision-otra-vez-{name.split('.')[1]}")
        if cycle < 5:
            returns(commercial, code, f"Otra vez, por {name}")
    commercial.case(code, view="documents&comparar=orden_de_servicio&desde=2&hasta=5")
    commercial.sees("De v2 a v5", "Tipo: PDF → DOCX")
    for user in (operator, commercial):
        assert not user.troubles
        assert not user.outside
