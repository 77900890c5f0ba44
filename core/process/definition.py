"""The process as data: nine phases, six roles, 229 activities, read from top to bottom.

The names are the source's own, verbatim. A definition that contradicts itself fails at import.
(The file exceeds 250 lines because it holds the whole process as one text.)
"""

from collections.abc import Iterator, Mapping

from core.errors import BadDefinition
from core.process.terms import (
    DOCUMENT_NAMES,
    INTAKE_ROLES,
    REJECTS,
    REVIEW_ROLES,
    ROLE_NAMES,
    Activity,
    Document,
    Does,
    Environment,
    Kind,
    Lane,
    Phase,
    Placed,
    Role,
)


def start(name: str) -> Activity:
    return Activity(name, Does.START)


def check(name: str, *, international_only: bool = False) -> Activity:
    return Activity(name, Does.CHECK, international_only=international_only)


def decision(name: str) -> Activity:
    return Activity(name, Does.DECISION, if_no=REJECTS)


def generate(name: str) -> Activity:
    return Activity(name, Does.GENERATE)


def send(name: str) -> Activity:
    return Activity(name, Does.SEND)


def message(name: str) -> Activity:
    return Activity(name, Does.MESSAGE)


def review(name: str) -> Activity:
    return Activity(name, Does.REVIEW)


def approval(name: str, *, back_to: str) -> Activity:
    return Activity(name, Does.DECISION, if_no=back_to)


def draft(name: str) -> Activity:
    return Activity(name, Does.DRAFT)


def hand_over(name: str) -> Activity:
    return Activity(name, Does.HAND_OVER)


def order(name: str) -> Activity:
    return Activity(name, Does.ORDER)


def close(name: str) -> Activity:
    return Activity(name, Does.CLOSE)


def end(name: str) -> Activity:
    return Activity(name, Does.END)


def both(*lane: Activity) -> Mapping[Role, Lane]:
    """Use one lane for both channels, as in every phase after the first."""
    return dict.fromkeys(INTAKE_ROLES, lane)


PHASES = (
    Phase(
        1,
        "Inicio",
        document=Document.CRO,
        intake={
            Role.OPERADOR_OPERACION: (
                start("Inicio Operación"),
                check("Recepción de Solicitud de Servicio - Nuevo Cliente"),
                check("Confirmación Booking"),
                decision("Validar si la información es correcta para continuar con el flujo"),
                generate("Generar CRO"),
                send("Enviar CRO"),
                check("Cargar Cliente Internacional en SD-CRM", international_only=True),
                check("Notificar OOB y envío de datos de contacto"),
            ),
            Role.MESA_DE_AYUDA: (
                start("Inicio Mesa de Ayuda"),
                check("Validar Solicitud de Servicio - Nuevo Cliente"),
                decision("Validar si la información es correcta para continuar con el flujo"),
                generate("Generar CRO"),
                send("Enviar CRO"),
            ),
        },
        review=(),
    ),
    Phase(
        2,
        "Envío Propuesta",
        document=Document.PROPUESTA,
        intake=both(
            check("Validar CRO"),
            decision("CRO Validado?"),
            generate("Generar Propuesta Comercial"),
            send("Enviar Propuesta Comercial"),
        ),
        review=(
            message("Recibir mensaje de CRO enviado"),
            review("Revisar Propuesta Comercial"),
            approval("Propuesta Aprobada?", back_to="Volver a Revisar Propuesta Comercial"),
            draft("Generar Contrato"),
            hand_over("Enviar Contrato"),
        ),
    ),
    Phase(
        3,
        "Análisis Comercial",
        document=Document.CONTRATO,
        intake=both(
            check("Validar Propuesta Comercial"),
            decision("Propuesta Validada?"),
            generate("Generar Contrato"),
            send("Enviar Contrato"),
        ),
        review=(
            message("Recibir mensaje de Propuesta Comercial enviada"),
            review("Revisar Contrato"),
            approval("Contrato Aprobado?", back_to="Volver a Revisar Contrato"),
            draft("Generar Orden de Servicio"),
            hand_over("Enviar Orden de Servicio"),
        ),
    ),
    Phase(
        4,
        "Análisis Técnico",
        document=Document.ORDEN,
        intake=both(
            check("Validar Contrato"),
            decision("Contrato Validado?"),
            generate("Generar Orden de Servicio"),
            send("Enviar Orden de Servicio"),
        ),
        review=(
            message("Recibir mensaje de Contrato enviado"),
            review("Revisar Orden de Servicio"),
            approval("Orden de Servicio Aprobada?", back_to="Volver a Revisar Orden de Servicio"),
            draft("Generar Plan de Implementación"),
            hand_over("Enviar Plan de Implementación"),
        ),
    ),
    Phase(
        5,
        "Envío Contrato",
        document=Document.PLAN,
        intake=both(
            check("Validar Orden de Servicio"),
            decision("Orden de Servicio Validada?"),
            generate("Generar Plan de Implementación"),
            send("Enviar Plan de Implementación"),
        ),
        review=(
            message("Recibir mensaje de Orden de Servicio enviada"),
            review("Revisar Plan de Implementación"),
            approval("Plan de Implementación Aprobado?", back_to="Volver a Revisar Plan de Implementación"),
            order("Implementar Servicio"),
            hand_over("Enviar Confirmación de Implementación"),
        ),
    ),
    Phase(
        6,
        "Implementación",
        document=Document.CONFIRMACION,
        needs=Environment.TEST,
        intake=both(
            check("Validar Plan de Implementación"),
            decision("Plan de Implementación Validado?"),
            generate("Implementar Servicio"),
            send("Enviar Confirmación de Implementación"),
        ),
        review=(
            message("Recibir mensaje de Plan de Implementación enviado"),
            review("Revisar Confirmación de Implementación"),
            approval(
                "Confirmación de Implementación Aprobada?",
                back_to="Volver a Revisar Confirmación de Implementación",
            ),
            draft("Generar Factura"),
            hand_over("Enviar Factura"),
        ),
    ),
    Phase(
        7,
        "Facturación",
        document=Document.FACTURA,
        needs=Environment.PRODUCTION,
        intake=both(
            check("Validar Confirmación de Implementación"),
            decision("Confirmación de Implementación Validada?"),
            generate("Generar Factura"),
            send("Enviar Factura"),
        ),
        review=(
            message("Recibir mensaje de Confirmación de Implementación enviada"),
            review("Revisar Factura"),
            approval("Factura Aprobada?", back_to="Volver a Revisar Factura"),
            draft("Generar Cobranza"),
            hand_over("Enviar Cobranza"),
        ),
    ),
    Phase(
        8,
        "Cobranza",
        document=Document.COBRANZA,
        needs=Environment.PRODUCTION,
        intake=both(
            check("Validar Factura"),
            decision("Factura Validada?"),
            generate("Generar Cobranza"),
            send("Enviar Cobranza"),
        ),
        review=(
            message("Recibir mensaje de Factura enviada"),
            review("Revisar Cobranza"),
            approval("Cobranza Aprobada?", back_to="Volver a Revisar Cobranza"),
            order("Cerrar Comercial"),
            order("Fin de Proceso"),
        ),
    ),
    Phase(
        9,
        "Cierre Comercial",
        document=None,
        needs=Environment.PRODUCTION,
        intake=both(
            check("Validar Cobranza"),
            decision("Cobranza Validada?"),
            close("Cerrar Comercial"),
            end("Fin de Proceso"),
        ),
        review=(
            message("Recibir mensaje de Cobranza enviada"),
            close("Cerrar Comercial"),
            end("Fin de Proceso"),
        ),
    ),
)


def phase_of(number: int) -> Phase:
    return PHASES[number - 1]


def phase_name(number: int) -> str:
    """The phase's number and name, such as «4 Análisis Técnico»; the same in every language."""
    return f"{number} {phase_of(number).name}"


def activities() -> Iterator[Placed]:
    """All 229 activities in the source's order: by phase, first each intake lane, then the review lanes in parallel."""
    for phase in PHASES:
        for role in INTAKE_ROLES:
            yield from phase.placed(role)
        for position, activity in enumerate(phase.review, start=1):
            for role in REVIEW_ROLES:
                yield Placed(phase.number, role, position, activity)


def title(kind: Kind, phase: int) -> str:
    """The title of a work item, in the process's own terms."""
    document = phase_of(phase).document
    name = DOCUMENT_NAMES[document] if document else ""
    match kind:
        case Kind.VALIDATE:
            return "Validar solicitud" if phase == 1 else phase_of(phase).intake[Role.OPERADOR_OPERACION][0].name
        case Kind.PRODUCE:
            return f"Generar y enviar {name}"
        case Kind.REVIEW:
            return f"Revisar {name}"
        case Kind.CORRECT:
            return f"Corregir {name}"
        case Kind.CLOSE | Kind.SIGN_OFF:
            return "Cerrar Comercial"


def checklist(kind: Kind, phase: int, role: Role, *, international: bool) -> tuple[Placed, ...]:
    """The activities to tick on a work item: those of phase 1 before its decision (VALIDATE) or after it."""
    if phase != 1:
        return ()
    lane = phase_of(1).placed(role)
    split = next(n for n, placed in enumerate(lane) if placed.activity.does is Does.DECISION)
    activities = lane[:split] if kind is Kind.VALIDATE else lane[split + 1 :]
    return tuple(
        placed
        for placed in activities
        if placed.activity.does is not Does.START and (international or not placed.activity.international_only)
    )


def outline() -> str:
    """The definition as tab-separated text: one header and 229 rows."""
    rows = [("phase", "phase_name", "role", "position", "activity", "if_no", "if_yes")]
    for phase, role, position, activity in activities():
        name = phase_of(phase).name.upper()
        rows.append(
            (str(phase), name, ROLE_NAMES[role].upper(), str(position), activity.name, activity.if_no, activity.if_yes)
        )
    return "\n".join("\t".join(row) for row in rows) + "\n"


def check_phases(phases: tuple[Phase, ...]) -> None:
    """Raise BadDefinition with the first contradiction of a definition that could not run."""
    for number, phase in enumerate(phases, start=1):
        if phase.number != number:
            raise BadDefinition(f"phase {phase.number} stands at place {number}")
        for role in INTAKE_ROLES:
            _check_intake(phase, role)
        _check_review(phase)
    if tuple(phase.document for phase in phases) != (*Document, None):
        raise BadDefinition("the phases do not produce the chain of documents in order")


def _check_intake(phase: Phase, role: Role) -> None:
    does = [activity.does for activity in phase.lane(role)]
    if does.count(Does.DECISION) != 1:
        raise BadDefinition(f"phase {phase.number}, {role}: an intake lane has exactly one decision")
    works = (Does.CLOSE, Does.END) if phase.document is None else (Does.GENERATE, Does.SEND)
    if any(does.count(work) != 1 for work in works):
        raise BadDefinition(f"phase {phase.number}, {role}: the work after the decision is incomplete")
    if does.index(Does.DECISION) > does.index(works[0]):
        raise BadDefinition(f"phase {phase.number}, {role}: work stands before the decision")


def _check_review(phase: Phase) -> None:
    does = [activity.does for activity in phase.review]
    if phase.number == 1:
        expected = not does
    elif phase.document is None:
        expected = does == [Does.MESSAGE, Does.CLOSE, Does.END]
    else:
        expected = does[:3] == [Does.MESSAGE, Does.REVIEW, Does.DECISION] and len(does) == 5
    if not expected:
        raise BadDefinition(f"phase {phase.number}: the review lane is not message, review, decision, closing")


check_phases(PHASES)
LAST_PHASE = len(PHASES)
