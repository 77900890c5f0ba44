"""When roles had nobody, computed independently from the rows of absences and people, moment by moment."""

import json
from itertools import pairwise
from typing import Any

import numpy as np
from sqlalchemy import insert, select

from core.process.terms import PROCESS_ROLES
from core.store import tables
from core.store.database import Database
from tests.support.people import DAY


def unsettle(db: Database, first: int, last: int, *, absences: int, seed: int = 7) -> None:
    """Record random absences and changes of roles and activity between two moments, without any checks."""
    dice = np.random.default_rng(seed)
    log: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    spans: list[tuple[int, int, int]] = []

    def among(begin: int, end: int) -> int:
        return int(dice.integers(begin, end))

    def log_event(at: int, person: int, kind: str, **data: Any) -> None:
        log.append({"at": at, "by_id": None, "person_id": person, "kind": kind, "data": json.dumps(data)})

    with db.engine.begin() as connection:
        people = list(connection.scalars(select(tables.people.c.id)))
        roles = connection.execute(select(tables.person_roles)).all()
        for _ in range(absences):
            person, created = people[among(0, len(people))], among(first, last)
            begun = created + (-DAY // 3, 0, 2 * DAY)[among(0, 3)]
            until = begun + among(DAY, 40 * DAY)
            withdrawn = (None, None, created + among(1, 20 * DAY))[among(0, 3)]
            span = (max(begun, created), min(until, withdrawn or until))
            if any(who == person and a < span[1] and span[0] < b for who, a, b in spans):
                continue  # nobody is away twice at once
            spans.append((person, *span))
            row = {"person_id": person, "created_at": created, "created_by": person, "withdrawn_at": withdrawn}
            rows.append({**row, "from_at": begun, "until_at": until})
            held = [row.role for row in roles if row.person_id == person]
            substitutes = {role: people[among(0, len(people))] for role in held if dice.random() < 0.3}
            log_event(created, person, "absence_set", substitutes=substitutes)
            for role, who in substitutes.items():
                if dice.random() < 0.3:
                    log_event(created + among(1, 9 * DAY), person, "substitution_ended", role=role, substitute=who)
        for _ in range(absences // 10):
            person, at = people[among(0, len(people))], among(first, last)
            log_event(at, person, "roles_set", before=[], after=[role for role in PROCESS_ROLES if dice.random() < 0.2])
            log_event(at + DAY, person, "disabled")
            log_event(at + 3 * DAY, person, "enabled")
        connection.execute(insert(tables.absences), sorted(rows, key=lambda row: row["created_at"]))
        connection.execute(insert(tables.people_events), sorted(log, key=lambda row: row["at"]))


class People:
    """The people's roles, activity and absences at any moment, from rows that are read once."""

    def __init__(self, db: Database) -> None:
        e = tables.people_events.c
        with db.reading() as connection:
            self.absences = connection.execute(select(tables.absences)).all()
            rows = connection.execute(select(tables.people_events).order_by(e.at, e.id)).all()
        self.log = [(row.at, row.person_id, row.kind, json.loads(row.data)) for row in rows]

    def moments(self) -> list[int]:
        """All moments at which availability may have changed."""
        of_absences = [(a.from_at, a.until_at, a.created_at, a.withdrawn_at or 0) for a in self.absences]
        return sorted({at for absence in of_absences for at in absence} | {at for at, *_ in self.log})

    def roles(self, person: int, at: int) -> set[str]:
        """The roles of a person at a moment; none when not active."""
        held: set[str] = set()
        active = False
        for when, who, kind, data in self.log:
            if who == person and when <= at:
                held = set(data["roles"] if kind == "created" else data["after"] if kind == "roles_set" else held)
                active = (active or kind in ("created", "enabled")) and kind != "disabled"
        return held if active else set()

    def active(self, person: int, at: int) -> bool:
        kinds = [k for when, who, k, _ in self.log if who == person and when <= at]
        last = [k for k in kinds if k in ("created", "enabled", "disabled")]
        return bool(last) and last[-1] != "disabled"

    def absence(self, person: int, at: int) -> list[Any]:
        """The absences of a person that were recorded and in force at a moment."""
        return [
            a
            for a in self.absences
            if a.person_id == person
            and max(a.from_at, a.created_at) <= at < min(a.until_at, a.withdrawn_at or a.until_at)
        ]

    def stood_in(self, absence: Any, role: str, at: int) -> bool:
        """Whether an available substitute decided for the absent person."""
        person, made = absence.person_id, absence.created_at
        who = next(d for t, p, k, d in self.log if (t, p, k) == (made, person, "absence_set"))["substitutes"].get(role)
        given_up = any(
            kind == "substitution_ended" and (whose, d["role"], d["substitute"]) == (person, role, who)
            for when, whose, kind, d in self.log
            if made <= when <= at
        )
        return who is not None and not given_up and self.active(who, at) and not self.absence(who, at)

    def nobody(self, role: str, at: int) -> bool:
        """Whether the role had holders at a moment, but neither them nor their substitutes were available."""
        holders = [p for p in {p for _, p, *_ in self.log} if role in self.roles(p, at)]
        away = {person: self.absence(person, at) for person in holders}
        return (
            bool(holders)
            and all(away.values())
            and not any(self.stood_in(a, role, at) for found in away.values() for a in found)
        )

    def spells(self, until: int) -> dict[str, list[tuple[int, int]]]:
        """The periods in which a role had nobody, by role, split at every moment at which anything may change."""
        cuts = [at for at in self.moments() if at < until] + [until]
        pairs = list(pairwise(cuts))
        return {role: [(a, b) for a, b in pairs if self.nobody(role, a)] for role in PROCESS_ROLES}
