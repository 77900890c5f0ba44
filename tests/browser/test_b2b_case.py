"""One B2B case from its opening to its close, through the pages, by the people whose roles it asks for."""

import re
import time
from io import BytesIO
from typing import NamedTuple

import pytest
from docx import Document as WordDocument
from playwright.sync_api import Route, expect
from sqlalchemy import select

from core.case import events
from core.case.model import Case, load
from core.demo.documents import pdf
from core.process.definition import PHASES, title
from core.process.terms import DOCUMENT_NAMES, Document, Kind, Outcome
from core.store import replay, tables
from tests.browser.browser_user import BrowserUser, UserFactory
from tests.browser.server import Server

pytestmark = pytest.mark.browser
CLIENT = "Cooperativa «Ñandú & Hijos» <b>O'Higgins</b> 🦙"
CRITERIA = {"Precio": "12.500 USD", "SLA": "99,9 %"}
CLOSED = "Cierre Comercial y Fin de Proceso"


class Team(NamedTuple):
    """The windows of those who carry the case, open from beginning to end."""

    operator: BrowserUser
    commercial: BrowserUser
    implementation: BrowserUser
    process: BrowserUser


@pytest.fixture
def team(signed_in: UserFactory) -> Team:
    return Team(*(signed_in(login) for login in ("operador", "comercial", "implementacion", "proceso")))


def word(text: str) -> bytes:
    made, content = WordDocument(), BytesIO()
    made.add_paragraph(text)
    made.save(content)
    return content.getvalue()


def state(server: Server, code: str) -> Case:
    with server.db.reading() as connection:
        return load(connection.scalars(select(tables.cases.c.state).where(tables.cases.c.code == code)).one())


@pytest.mark.smoke
def test_a_b2b_case_from_opening_to_close(team: Team, server: Server) -> None:
    code = opens(team.operator)
    begins(team.operator, code)
    validates(team.operator, code, 2)
    refuses_what_is_no_document(team.operator, code)
    sends(team.operator, code, Document.PROPUESTA)
    nobody_else_decides(team, code)
    returns(team.commercial, code)
    corrects(team.operator, code)
    approves_what_was_corrected(team.commercial, code)
    for phase in range(3, 9):
        if phase == 6:
            waits_for(team.operator, code, "ambiente de pruebas")
            registers(team.implementation, code, "ambiente de pruebas")
        if phase == 7:
            waits_for(team.operator, code, "ambiente de producción")
            registers(team.process, code, "ambiente de producción")
        validates(team.operator, code, phase)
        sends(team.operator, code, PHASES[phase - 1].document)
        approves(team.commercial, code)
    validates(team.operator, code, 9)
    closes(team, code)
    is_on_record(server, code)
    for user in team:
        assert not user.troubles
        assert not user.outside


def opens(operator: BrowserUser) -> str:
    """The form, wrongly first: each field says what is wrong with it, and nothing typed is lost, a reload included."""
    operator.go("/nuevo")
    operator.click("Abrir el caso")
    operator.sees(
        "No se guardó: hay campos por completar o corregir.",
        "↑ Escriba el nombre del cliente.",
        "↑ Describa el servicio solicitado.",
        "↑ Escriba el nombre del contacto.",
        "↑ Escriba un correo o un teléfono.",
        "↑ Agregue al menos un criterio de revisión.",
    )
    operator.picture("nuevo-rechazado")
    expect(operator.main.get_by_text("↑ Elija una opción.")).to_have_count(2)
    operator.type("Nombre del cliente", CLIENT)
    operator.type("Servicio solicitado", "Integración de pagos para 1.200 asociados")
    operator.type("Correo", "rosa en la cooperativa")
    operator.type("Valor esperado", CRITERIA["Precio"])
    operator.choose("B2B")
    operator.choose("Nacional")
    operator.click("Abrir el caso")
    operator.sees(re.compile("«rosa en la cooperativa» no parece un correo"), "↑ Escriba el nombre del contacto.")
    operator.sees_not("↑ Escriba el nombre del cliente.", "↑ Elija una opción.")
    operator.page.reload()
    operator.arrive()
    expect(operator.field("Nombre del cliente")).to_have_value(CLIENT)
    expect(operator.field("Servicio solicitado")).to_have_value("Integración de pagos para 1.200 asociados")
    expect(operator.field("Correo")).to_have_value("rosa en la cooperativa")
    expect(operator.field("Valor esperado").first).to_have_value(CRITERIA["Precio"])
    expect(operator.main.get_by_role("radio", name="B2B")).to_be_checked()
    operator.type("Nombre", "Rosa Peña", nth=1)
    operator.type("Correo", "rosa@nandu.example")
    operator.main.get_by_label("Valor esperado").nth(3).fill(CRITERIA["SLA"])
    operator.main.get_by_label("Valor esperado").nth(3).press("Tab")
    operator.settle()
    operator.click("Abrir el caso")
    expect(operator.page).to_have_url(re.compile(r"/caso\?caso=S-\d{4}-\d{4}$"))
    operator.sees("Se abrió S-")
    operator.picture("caso-abierto")
    expect(operator.main.get_by_role("heading", level=1)).to_contain_text(CLIENT)
    return operator.page.url[-11:]


def begins(operator: BrowserUser, code: str) -> None:
    """Phase 1: both checklists, each refused while something is open; the CRO goes without a file."""
    operator.case(code)
    operator.click("Sí, continuar")
    operator.sees(
        "↑ Falta marcar: Recepción de Solicitud de Servicio - Nuevo Cliente y Confirmación Booking.",
    )
    operator.picture("caso-lista-incompleta")
    operator.tick("Recepción de Solicitud de Servicio - Nuevo Cliente", "Confirmación Booking")
    operator.click("Sí, continuar")
    operator.sees(
        "Respondió Sí: Validar solicitud.", "No aplica (cliente nacional): Cargar Cliente Internacional en SD-CRM"
    )
    operator.tick("Generar CRO", "Enviar CRO", "Notificar OOB y envío de datos de contacto")
    operator.click("Enviar CRO")
    operator.sees("Envió CRO.")


def validates(operator: BrowserUser, code: str, phase: int) -> None:
    operator.case(code)
    expect(operator.main.get_by_role("heading", name=title(Kind.VALIDATE, phase))).to_be_visible()
    operator.click("Sí, continuar")
    operator.sees(f"Respondió Sí: {title(Kind.VALIDATE, phase)}.")


def refuses_what_is_no_document(operator: BrowserUser, code: str) -> None:
    """Nothing to send, a file that is not what its name says: each with its reason; nothing is kept of either."""
    operator.case(code)
    operator.click("Enviar Propuesta Comercial")
    operator.sees("↑ Adjunte Propuesta Comercial antes de enviar.")
    operator.attach("factura.pdf", b"MZ\x90\x00 no es un PDF")
    operator.sees(re.compile("No se puede adjuntar ese archivo: por su contenido no es"))
    operator.sees_not("factura.pdf ·")
    operator.picture("caso-archivo-rechazado")
    # The next one is long on its way; the page forgets what it said of this one meanwhile, and must not forget that.
    operator.page.route("**/_stcore/upload_file/**", later, times=2)


def later(route: Route) -> None:
    time.sleep(2)
    route.continue_()


def sends(operator: BrowserUser, code: str, document: Document | None) -> None:
    """The document, a PDF or the draft that the case prepared, and off it goes."""
    assert document is not None
    name = DOCUMENT_NAMES[document]
    if document in (Document.CONTRATO, Document.ORDEN):
        draft = operator.download(re.compile(f"Borrador de {name}")).path().read_bytes()
        assert CLIENT in "\n".join(cell.text for table in WordDocument(BytesIO(draft)).tables for cell in table._cells)
        operator.attach(f"{name}.docx", draft)
        operator.sees(f"Se adjuntó {name}.docx.")
    else:
        operator.attach(f"{name}.pdf", pdf(name, [code, CLIENT]))
        operator.sees(f"Se adjuntó {name}.pdf.")
    operator.click(f"Enviar {name}")
    operator.sees(f"Envió {name}.")


def nobody_else_decides(team: Team, code: str) -> None:
    """B2B: the other review roles see the document and have no verdict."""
    for user in (team.implementation, team.process):
        user.case(code)
        user.sees("Decide solo Gerente Comercial.", re.compile("Puede hacerlo: .*Beatriz Elena Montoya"))
        expect(user.button("Aprobar")).to_have_count(0)
        expect(user.button("Devolver")).to_have_count(0)
    team.process.picture("caso-sin-decision")


def returns(commercial: BrowserUser, code: str) -> None:
    """An approval with a failed criterion is refused; the return takes the same answers."""
    commercial.case(code)
    commercial.sees(re.compile("Si aprueba: .*3 Análisis Comercial: Validar Propuesta Comercial"))
    commercial.sees(re.compile("Si devuelve: .*Corregir Propuesta Comercial"))
    commercial.choose("No cumple", nth=0)
    commercial.choose("Cumple", nth=1)
    commercial.type("Comentario", "pide 14.000")
    commercial.click("Aprobar")
    commercial.sees(re.compile("No se puede aprobar con criterios que no se cumplen: Precio"))
    commercial.picture("caso-aprobar-rechazado")
    commercial.type("Motivo", "El precio supera lo acordado")
    commercial.click("Devolver")
    commercial.sees("Devolvió Propuesta Comercial.")


def corrects(operator: BrowserUser, code: str) -> None:
    """Each finding is answered and a new version attached, or it does not go."""
    operator.case(code)
    expect(operator.main.get_by_role("heading", name="Corregir Propuesta Comercial")).to_be_visible()
    operator.sees("El precio supera lo acordado", "pide 14.000")
    operator.picture("caso-corregir")
    operator.click("Enviar Propuesta Comercial")
    operator.sees(re.compile("Adjunte una versión nueva de Propuesta Comercial"))
    operator.attach("Propuesta v2.docx", word(f"{code}: 12.500 USD"))
    operator.sees("Se adjuntó Propuesta v2.docx.")
    operator.click("Enviar Propuesta Comercial")
    operator.sees("↑ Responda este hallazgo.")
    answers = operator.field("Respuesta al hallazgo")
    for number in range(answers.count()):
        operator.type("Respuesta al hallazgo", f"Corregido en la página {number + 1}", nth=number)
    operator.click("Enviar Propuesta Comercial")
    operator.sees("Envió Propuesta Comercial.")


def approves_what_was_corrected(commercial: BrowserUser, code: str) -> None:
    """The second cycle shows what was found and how it was answered, and the new version."""
    commercial.case(code)
    commercial.sees("ciclo 2", "⬇ Propuesta Comercial v2", re.compile("Hallazgo anterior 1:.*Corregido en la página 1"))
    commercial.picture("caso-segundo-ciclo")
    commercial.click("Aprobar")
    commercial.sees("↑ Responda el criterio Precio.", "↑ Responda el criterio SLA.")
    commercial.click("Todos cumplen")
    commercial.click("Aprobar")
    commercial.sees("Aprobó Propuesta Comercial.")


def approves(commercial: BrowserUser, code: str) -> None:
    commercial.case(code)
    commercial.click("Todos cumplen")
    commercial.click("Aprobar")
    commercial.sees(re.compile("^Aprobó "))


def waits_for(operator: BrowserUser, code: str, environment: str) -> None:
    """Sí is barred, and the page says by what and who can lift it; No stays possible."""
    operator.case(code)
    operator.sees(f"Falta el {environment} del cliente. No se puede responder Sí hasta que Proceso o Responsable")
    expect(operator.button("Sí, continuar")).to_be_disabled()
    expect(operator.button("No, rechazar la solicitud")).to_be_enabled()
    operator.picture("caso-bloqueado")


def registers(user: BrowserUser, code: str, environment: str) -> None:
    user.case(code, view="client")
    user.click("Registrar ambiente")
    user.sees("↑ Escriba la evidencia: dónde consta el ambiente.")
    user.picture("caso-ambiente-rechazado")
    user.choose(environment)
    user.type("Evidencia", "Acta 12, carpeta del cliente")
    user.click("Registrar ambiente")
    user.sees(f"Se registró el {environment}. Consta en su caso en curso.")


def closes(team: Team, code: str) -> None:
    """The intake lane closes, then one review role signs off, and the case takes nothing more."""
    team.operator.case(code)
    team.operator.click("Cerrar Comercial")
    team.operator.sees("Cerrar Comercial: hecho.")
    team.commercial.case(code)
    team.commercial.sees(f"El caso queda cerrado: {CLOSED}.")
    team.commercial.picture("caso-por-cerrar")
    team.commercial.click("Cerrar Comercial")
    team.commercial.sees(f"El caso terminó: {CLOSED}.")
    team.commercial.picture("caso-cerrado")
    for user in team:
        user.case(code)
        user.sees(re.compile(rf"El caso terminó el .*: {CLOSED}\."))
        expect(user.button("Cerrar Comercial")).to_have_count(0)


def is_on_record(server: Server, code: str) -> None:
    """The database says what the pages said, and the whole of it replays."""
    case = state(server, code)
    assert case.outcome is Outcome.CLOSED
    assert not case.items
    with server.db.reading() as connection:
        e = tables.events.c
        columns = (e.seq, e.at, e.phase, e.person_id, e.for_person_id, e.data)
        chosen = select(*columns).join(tables.cases).where(tables.cases.c.code == code).order_by(e.seq)
        record = [events.from_row(*row).body for row in connection.execute(chosen)]
    verdicts = [each.verdict for each in record if isinstance(each, events.Reviewed)]
    assert verdicts == ["return", *["approve"] * 7]
    versions = [(each.document, each.version) for each in record if isinstance(each, events.DocumentAttached)]
    assert len(versions) == 8
    assert versions[:2] == [(Document.PROPUESTA, 1), (Document.PROPUESTA, 2)]
    assert not list(replay.differences(server.db))
