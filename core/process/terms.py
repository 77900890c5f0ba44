"""The terms of the process: roles, flows, channels, documents, kinds of work item and activities.

Names shown to people are the source's own, verbatim, in every language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple


class Role(StrEnum):
    """The roles of people; `ADMINISTRADOR` manages people and settings and takes no decisions."""

    OPERADOR_OPERACION = "operador_operacion"
    MESA_DE_AYUDA = "mesa_de_ayuda"
    GERENTE_ALIANZAS = "gerente_alianzas"
    GERENTE_COMERCIAL = "gerente_comercial"
    RESPONSABLE_IMPLEMENTACION_B2B = "responsable_implementacion_b2b"
    PROCESO = "proceso"
    ADMINISTRADOR = "administrador"


ROLE_NAMES: Mapping[Role, str] = {
    Role.OPERADOR_OPERACION: "Operador Operación",
    Role.MESA_DE_AYUDA: "Mesa de Ayuda",
    Role.GERENTE_ALIANZAS: "Gerente Alianzas",
    Role.GERENTE_COMERCIAL: "Gerente Comercial",
    Role.RESPONSABLE_IMPLEMENTACION_B2B: "Responsable Implementación B2B",
    Role.PROCESO: "Proceso",
    Role.ADMINISTRADOR: "Administrador",
}

# Codes of roles in stored rows: a new role gets the next number; none is ever changed or reused.
ROLE_CODES: Mapping[Role, int] = {
    Role.OPERADOR_OPERACION: 0,
    Role.MESA_DE_AYUDA: 1,
    Role.GERENTE_ALIANZAS: 2,
    Role.GERENTE_COMERCIAL: 3,
    Role.RESPONSABLE_IMPLEMENTACION_B2B: 4,
    Role.PROCESO: 5,
}
INTAKE_ROLES = (Role.OPERADOR_OPERACION, Role.MESA_DE_AYUDA)
REVIEW_ROLES = (
    Role.GERENTE_ALIANZAS,
    Role.GERENTE_COMERCIAL,
    Role.RESPONSABLE_IMPLEMENTACION_B2B,
    Role.PROCESO,
)
PROCESS_ROLES = INTAKE_ROLES + REVIEW_ROLES


class Right(StrEnum):
    """What a person may see besides the work of their roles; granted and revoked by the administrator."""

    ANALYSIS = "analysis"


class Flow(StrEnum):
    """The approval flow, chosen when the case is opened and fixed from then on."""

    ESTANDAR = "estandar"
    B2B = "b2b"


class Channel(StrEnum):
    """The intake lane that works on the case."""

    OPERACION = "operacion"
    MESA_DE_AYUDA = "mesa_de_ayuda"


CHANNEL_ROLE: Mapping[Channel, Role] = {
    Channel.OPERACION: Role.OPERADOR_OPERACION,
    Channel.MESA_DE_AYUDA: Role.MESA_DE_AYUDA,
}


class Environment(StrEnum):
    """A client's environment, which certain phases require before they can continue."""

    TEST = "test"
    PRODUCTION = "production"


class Outcome(StrEnum):
    """The two ends of a case."""

    CLOSED = "closed"
    REJECTED = "rejected"


OUTCOME_NAMES: Mapping[Outcome, str] = {
    Outcome.CLOSED: "Cierre Comercial y Fin de Proceso",
    Outcome.REJECTED: "Fin de Proceso - Solicitud Rechazada",
}


class Document(StrEnum):
    """D(1) to D(8), in the order of the phases that produce them."""

    CRO = "cro"
    PROPUESTA = "propuesta_comercial"
    CONTRATO = "contrato"
    ORDEN = "orden_de_servicio"
    PLAN = "plan_de_implementacion"
    CONFIRMACION = "confirmacion_de_implementacion"
    FACTURA = "factura"
    COBRANZA = "cobranza"


DOCUMENT_NAMES: Mapping[Document, str] = {
    Document.CRO: "CRO",
    Document.PROPUESTA: "Propuesta Comercial",
    Document.CONTRATO: "Contrato",
    Document.ORDEN: "Orden de Servicio",
    Document.PLAN: "Plan de Implementación",
    Document.CONFIRMACION: "Confirmación de Implementación",
    Document.FACTURA: "Factura",
    Document.COBRANZA: "Cobranza",
}
REVIEWED_DOCUMENTS = tuple(Document)[1:]


class Kind(StrEnum):
    """The kinds of work item."""

    VALIDATE = "validate"
    PRODUCE = "produce"
    REVIEW = "review"
    CORRECT = "correct"
    CLOSE = "close"
    SIGN_OFF = "sign_off"


KIND_CODES: Mapping[Kind, int] = {  # as ROLE_CODES
    Kind.VALIDATE: 0,
    Kind.PRODUCE: 1,
    Kind.REVIEW: 2,
    Kind.CORRECT: 3,
    Kind.CLOSE: 4,
    Kind.SIGN_OFF: 5,
}


class Does(StrEnum):
    """The type of an activity, which determines when it is recorded."""

    START = "start"
    CHECK = "check"
    DECISION = "decision"
    GENERATE = "generate"
    SEND = "send"
    MESSAGE = "message"
    REVIEW = "review"
    DRAFT = "draft"
    HAND_OVER = "hand_over"
    ORDER = "order"
    CLOSE = "close"
    END = "end"


REJECTS = OUTCOME_NAMES[Outcome.REJECTED]
CONTINUES = "Continuar"


@dataclass(frozen=True)
class Activity:
    """One row of the source: its exact name and, for a decision, where No leads."""

    name: str
    does: Does
    if_no: str = ""
    international_only: bool = False

    @property
    def if_yes(self) -> str:
        return CONTINUES if self.if_no else ""


SYSTEMS: Mapping[str, str] = {  # activities that another system may carry out, by a short name for settings
    "booking": "Confirmación Booking",
    "sd_crm": "Cargar Cliente Internacional en SD-CRM",
    "oob": "Notificar OOB y envío de datos de contacto",
}


class Placed(NamedTuple):
    """An activity with its phase, role and position (from 1) in the lane."""

    phase: int
    role: Role
    position: int
    activity: Activity


Lane = tuple[Activity, ...]


@dataclass(frozen=True)
class Phase:
    """A phase: its intake lanes, the lane shared by the review roles, the document it produces and what it needs."""

    number: int
    name: str
    intake: Mapping[Role, Lane]
    review: Lane
    document: Document | None
    needs: Environment | None = None

    def lane(self, role: Role) -> Lane:
        return self.intake[role] if role in INTAKE_ROLES else self.review

    def placed(self, role: Role, *does: Does) -> tuple[Placed, ...]:
        """The activities of a role's lane, in order; only those of the types `does` when given."""
        activities = self._placed.get((role, does))
        if activities is None:
            lane = enumerate(self.lane(role), start=1)
            activities = tuple(Placed(self.number, role, n, a) for n, a in lane if not does or a.does in does)
            self._placed[role, does] = activities
        return activities

    @cached_property
    def _placed(self) -> dict[tuple[Role, tuple[Does, ...]], tuple[Placed, ...]]:
        """Cache of `placed`, which every decision calls a dozen times."""
        return {}
