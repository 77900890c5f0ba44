"""The words of the process: roles, flows, channels, documents, kinds of work item, and what an activity is.

Names shown to people are the source's own, verbatim, in every language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple


class Role(StrEnum):
    """Who takes part; `ADMINISTRADOR` manages people and settings and decides nothing."""

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

# Numbers under which stored rows keep a role: a new role gets the next one, and none is ever changed or used again.
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
    """What a person may see beside the work of their roles; the administrator gives and takes it."""

    ANALYSIS = "analysis"


class Flow(StrEnum):
    """Chosen when the case is opened, afterwards fixed."""

    ESTANDAR = "estandar"
    B2B = "b2b"


class Channel(StrEnum):
    """Which intake lane carries the case."""

    OPERACION = "operacion"
    MESA_DE_AYUDA = "mesa_de_ayuda"


CHANNEL_ROLE: Mapping[Channel, Role] = {
    Channel.OPERACION: Role.OPERADOR_OPERACION,
    Channel.MESA_DE_AYUDA: Role.MESA_DE_AYUDA,
}


class Environment(StrEnum):
    """What a client must have before certain phases can go on."""

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
    """What an activity is, which decides when it is recorded."""

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
    """One row of the source: its exact name, and for a decision where No and Sí lead."""

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
    """An activity at its place: phase, role, position (from 1)."""

    phase: int
    role: Role
    position: int
    activity: Activity


Lane = tuple[Activity, ...]


@dataclass(frozen=True)
class Phase:
    """One phase: its intake lanes, the lane that the review roles share, what it needs and produces."""

    number: int
    name: str
    intake: Mapping[Role, Lane]
    review: Lane
    document: Document | None
    needs: Environment | None = None

    def lane(self, role: Role) -> Lane:
        return self.intake[role] if role in INTAKE_ROLES else self.review

    def placed(self, role: Role, *does: Does) -> tuple[Placed, ...]:
        """The activities of a role's lane, in order; only those that do `does` when given."""
        found = self._found.get((role, does))
        if found is None:
            lane = enumerate(self.lane(role), start=1)
            found = tuple(Placed(self.number, role, n, a) for n, a in lane if not does or a.does in does)
            self._found[role, does] = found
        return found

    @cached_property
    def _found(self) -> dict[tuple[Role, tuple[Does, ...]], tuple[Placed, ...]]:
        """What `placed` has found: each decision asks a dozen times."""
        return {}
