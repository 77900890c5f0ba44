"""The product's variant: courses carried out by `core.services.cases`, with everything a decision includes."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import bindparam, select

from bench.course import Act, Course
from core.case.events import Criterion, CriterionAnswer
from core.case.model import Case, Item, load
from core.documents.store import Store
from core.people import accounts
from core.process.definition import checklist
from core.process.terms import PROCESS_ROLES, Environment, Role
from core.services import cases, environments, opening
from core.services.cases import SeenItem
from core.store import tables
from core.store.database import Database

START = 1_772_000_000_000  # a working day in February 2026, in ms since 1970 UTC
MINUTE = 60_000
CLIENTS = 20
PDF = b"%PDF-1.4 a document of the bench"
CRITERIA = tuple(Criterion(name, f"{name} acordado") for name in ("Precio", "Plazo", "SLA"))
ANSWERS = tuple(CriterionAnswer(criterion.name, "meets") for criterion in CRITERIA)

_state = select(tables.cases.c.state).where(tables.cases.c.code == bindparam("code"))


class Product:
    """A fresh database with one person per role, and clients that have both environments."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        self.path = folder / "approvals.db"
        self.db = Database(url or f"sqlite:///{self.path}")
        self.db.create()
        self.store = Store(folder / "files")
        self.cast = {
            role: accounts.create(self.db, role.replace("_", "-"), role, [role], at=START)[0] for role in PROCESS_ROLES
        }
        self.clients = [self._client(number) for number in range(CLIENTS)]

    def _client(self, number: int) -> int:
        with self.db.engine.begin() as connection:
            row = {"name": f"Cliente {number}", "name_key": f"cliente {number}", "created_at": START}
            client: int = connection.scalars(tables.clients.insert().values(row).returning(tables.clients.c.id)).one()
        for environment in Environment:
            environments.register_environment(self.db, self.cast[Role.PROCESO], client, environment, "acta", START)
        return client

    def run(self, course: Course, client: int | None = None) -> Iterator[Act]:
        """Carry out a course; yields after the commit of each act."""
        at = START + course.number * MINUTE
        code = self.open(course, at, client)
        yield course.acts[0]
        with self.db.reading() as connection:
            case = load(connection.scalars(_state, {"code": code}).one())
        for act in course.acts[1:]:
            at += 7 * MINUTE
            case = self.act(act, code, case, at)
            yield act

    def open(self, course: Course, at: int, client: int | None = None) -> str:
        client = client or self.clients[course.number % CLIENTS]
        request = opening.Request(
            key=f"bench-{course.number}",
            flow=course.flow,
            channel=course.channel,
            international=False,
            client=client,
            client_name="",
            contact_name="Ana Ruiz",
            contact_email="ana@cliente.example",
            contact_phone="",
            service="Enlace dedicado de 100 Mbps",
            criteria=CRITERIA,
        )
        return opening.open_case(self.db, self.cast[Role(_intake_role(course))], request, at)

    def act(self, act: Act, code: str, case: Case, at: int) -> Case:
        """Carry out an act on the open work item that it concerns."""
        item = next(i for i in case.items if act.role in (None, i.role))
        on = SeenItem(self.cast[item.role], code, item.item, item.version)
        match act.verb:
            case "validate":
                reason = "no procede" if act.verdict == "no" else ""
                return cases.validate(self.db, on, act.verdict, at, reason=reason, done=_ticked(item))
            case "attach":
                return cases.attach(self.db, self.store, on, PDF, "documento.pdf", at)
            case "send":
                answers = {finding.number: "corregido" for finding in case.findings}
                return cases.send(self.db, on, at, done=_ticked(item), answers=answers)
            case "review":
                reason = "falta el anexo" if act.verdict == "return" else ""
                return cases.review(self.db, on, act.verdict, at, answers=ANSWERS, reason=reason)
            case _:
                return cases.close(self.db, on, at)


def _intake_role(course: Course) -> str:
    return "operador_operacion" if course.channel == "operacion" else "mesa_de_ayuda"


def _ticked(item: Item) -> frozenset[int]:
    to_tick = checklist(item.work, item.phase, item.role, international=False)
    return frozenset(placed.position for placed in to_tick)
