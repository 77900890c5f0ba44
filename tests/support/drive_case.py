"""Driving cases through the services: short helpers for acts, and steps to any point of the process."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, select

from core.case import events
from core.case.commands import SettleCall
from core.case.events import Criterion, CriterionAnswer, Event
from core.case.model import Case, Item, load
from core.documents.store import Store
from core.integrations import outbound_calls
from core.process.definition import checklist
from core.process.terms import CHANNEL_ROLE, Channel, Environment, Flow, Kind, Role
from core.services import cases, environments, opening, status_links
from core.services.cases import SeenItem
from core.store import settings
from core.store import tables as store_tables
from core.store.database import Database
from tests.support.people import HOLDER, ID, MINUTE, PROCESO, START, VALIDATOR

CRITERIA = (Criterion("Precio", "10.000 USD"), Criterion("SLA", "99,5 %"))
MEETS = (CriterionAnswer("Precio", "meets"), CriterionAnswer("SLA", "not_applicable", "sin SLA"))
FAILS = (CriterionAnswer("Precio", "fails", "muy alto"), CriterionAnswer("SLA", "meets"))
PDF = b"%PDF-1.7\n"
_state = select(store_tables.cases.c.state).where(store_tables.cases.c.code == bindparam("code"))


def request(key: str = "k1", **changes: Any) -> opening.Request:
    """A complete request of a new client, with changes."""
    complete: dict[str, Any] = {
        "flow": Flow.ESTANDAR,
        "channel": Channel.OPERACION,
        "international": False,
        "client": None,
        "client_name": f"Cliente {key}",
        "contact_name": "Rosa Peña",
        "contact_email": "rosa@cliente.example",
        "contact_phone": "+57 601 555 0100",
        "service": "Integración de pagos",
        "criteria": CRITERIA,
    }
    return opening.Request(key=key, **{**complete, **changes})


class World:
    """The cast on one database; the clock moves one minute with each act."""

    def __init__(self, db: Database, files: Path) -> None:
        self.db = db
        self.store = Store(files)
        self.now = START
        self._files = 0

    def tick(self, ms: int = MINUTE) -> int:
        self.now += ms
        return self.now

    # --- looking ---
    def case(self, code: str) -> Case:
        with self.db.rehearsing() as tx:  # the fastest way to read; tests call it several times per act
            row = tx.row(_state, code=code)
        assert row is not None, code
        return load(row[0])

    def item(self, code: str, role: Role | None = None) -> Item:
        """The open work item (of `role`, when there are several)."""
        return next(item for item in self.case(code).items if role in (None, item.role))

    def on(self, code: str, who: str, role: Role | None = None) -> SeenItem:
        item = self.item(code, role)
        return SeenItem(ID[who], code, item.item, item.version)

    def record(self, code: str) -> list[Event]:
        e = store_tables.events.c
        columns = (e.seq, e.at, e.phase, e.person_id, e.for_person_id, e.data)
        chosen = select(*columns).join(store_tables.cases).where(store_tables.cases.c.code == code).order_by(e.seq)
        with self.db.reading() as connection:
            return [events.from_row(*row) for row in connection.execute(chosen)]

    def bodies(self, code: str, *kinds: type) -> list[Any]:
        return [event.body for event in self.record(code) if isinstance(event.body, kinds)]

    # --- acting ---
    def open(self, key: str = "k1", who: str | None = None, **changes: Any) -> str:
        new_request = request(key, **changes)
        who = who or HOLDER[CHANNEL_ROLE[new_request.channel]]
        return opening.open_case(self.db, ID[who], new_request, self.tick())

    def ticked(self, code: str) -> frozenset[int]:
        """Every position of the open work item's checklist."""
        case = self.case(code)
        item = case.items[0]
        to_tick = checklist(item.work, item.phase, item.role, international=case.international)
        return frozenset(placed.position for placed in to_tick)

    def validate(self, code: str, verdict: str = "yes", who: str | None = None, reason: str = "") -> Case:
        reason = reason or ("no cumple" if verdict == "no" else "")
        on = self.on(code, who or VALIDATOR[self.item(code).role])
        return cases.validate(self.db, on, verdict, self.tick(), reason=reason, done=self.ticked(code))

    def attach(self, code: str, who: str | None = None) -> Case:
        self._files += 1
        on = self.on(code, who or self.holder(code))
        return cases.attach(self.db, self.store, on, PDF + b"%d" % self._files, "documento.pdf", self.tick())

    def send(self, code: str, who: str | None = None, answers: dict[int, str] | None = None) -> Case:
        on = self.on(code, who or self.holder(code))
        return cases.send(self.db, on, self.tick(), done=self.ticked(code), answers=answers)

    def review(
        self,
        code: str,
        role: Role = Role.GERENTE_COMERCIAL,
        verdict: str = "approve",
        *,
        who: str | None = None,
        answers: tuple[CriterionAnswer, ...] = MEETS,
        reason: str = "",
    ) -> Case:
        on = self.on(code, who or HOLDER[role], role)
        return cases.review(self.db, on, verdict, self.tick(), answers=answers, reason=reason)

    def close(self, code: str, role: Role | None = None, who: str | None = None) -> Case:
        item = self.item(code, role)
        return cases.close(self.db, self.on(code, who or HOLDER[item.role], item.role), self.tick())

    def hand_over(self, code: str, channel: Channel = Channel.MESA_DE_AYUDA, who: str = PROCESO) -> Case:
        return cases.hand_over(self.db, ID[who], code, channel, "vacaciones", self.tick())

    def register(self, code: str, environment: Environment, who: str = PROCESO, expires_at: int | None = None) -> int:
        client = self.case(code).client
        return environments.register_environment(
            self.db, ID[who], client, environment, "acta 12", self.tick(), expires_at=expires_at
        )

    def link(self, code: str, who: str = PROCESO, days: int = 30) -> str:
        return status_links.make(self.db, ID[who], code, self.tick(), days=days)

    def withdraw(self, code: str, link: int = 1, who: str = PROCESO) -> Case:
        return status_links.withdraw(self.db, ID[who], code, link, self.tick())

    def settle(self, code: str, call: int = 1, outcome: str = "answered") -> None:
        with self.db.reading() as connection:
            case_id = connection.scalars(select(store_tables.cases.c.id).where(store_tables.cases.c.code == code)).one()
        outbound_calls.settle(self.db, case_id, SettleCall(call, outcome, 200, "B-77"), self.tick())

    def setting(self, name: str, value: Any) -> None:
        with self.db.writing() as tx:
            settings.change(tx, name, value, ID[PROCESO], self.now)

    # --- going on ---
    def holder(self, code: str) -> str:
        """The login of the cast's holder of the open work item's role."""
        return HOLDER[self.item(code).role]

    def step(self, code: str) -> Case:
        """Carry out the next act towards the case's close."""
        case = self.case(code)
        item = case.items[0]
        match item.work:
            case Kind.VALIDATE:
                missing = case.missing(item, max(self.now + 2 * MINUTE, case.moment))
                if missing:
                    self.register(code, missing)
                return self.validate(code)
            case Kind.PRODUCE | Kind.CORRECT:
                newest = case.newest(item.document) if item.document else None
                if newest is None or newest.sent_by is not None:
                    return self.attach(code)
                return self.send(code, answers={finding.number: "corregido" for finding in case.findings})
            case Kind.REVIEW:
                return self.review(code, item.role)
            case Kind.CLOSE | Kind.SIGN_OFF:
                return self.close(code)

    def until(self, code: str, reached: Callable[[Case], bool]) -> Case:
        """Step the case until `reached`; fails when it ends before."""
        case = self.case(code)
        while not reached(case) and case.outcome is None:
            case = self.step(code)
        assert reached(case)
        return case

    def to(self, code: str, phase: int, work: Kind = Kind.VALIDATE) -> Case:
        """Step the case to a phase in which the kind of work is open."""
        return self.until(code, lambda case: case.phase == phase and any(item.work is work for item in case.items))

    def to_end(self, code: str) -> Case:
        return self.until(code, lambda case: case.outcome is not None)


def dump(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, to compare two states of a database."""
    with db.reading() as connection:
        tables = store_tables.metadata.sorted_tables
        return {t.name: sorted(map(tuple, connection.execute(select(t))), key=repr) for t in tables}
