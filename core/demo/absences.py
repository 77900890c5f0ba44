"""Past, current and future absences of the demonstration's cast, and their substitutes."""

from datetime import date, timedelta
from typing import NamedTuple

from core.people import absences
from core.people.absences import Days
from core.process.terms import Role
from core.process.working_time import MINUTE, Calendar
from core.staff.availability import today
from core.store.database import Database

NOTICE = 2 * 24 * 60 * MINUTE  # ms between recording an absence and its first day


class Leave(NamedTuple):
    """An absence in days relative to the demonstration's last day; `substitute` (or nobody) decides in `role`."""

    login: str
    role: Role
    substitute: str
    first: int
    last: int


LEAVES = (
    Leave("comercial2", Role.GERENTE_COMERCIAL, "implementacion2", -21, -15),
    Leave("implementacion2", Role.RESPONSABLE_IMPLEMENTACION_B2B, "dual", -2, 5),
    Leave("mesa", Role.MESA_DE_AYUDA, "dual", 12, 19),
)

# A future gap in coverage; recorded before the first case, when it leaves no case undecidable.
GAP = Leave("proceso", Role.PROCESO, "", 24, 28)


class Leaves:
    """Records the absences and looks up substitutes."""

    def __init__(self, people: dict[str, int], calendar: Calendar, end: int) -> None:
        self._people = people
        self._calendar = calendar
        self._last = today(calendar, end)

    def recorded_at(self, leave: Leave, end: int) -> int:
        """When the absence is recorded: before it begins and before `end`."""
        return min(self._calendar.midnight(self._day(leave.first)) - NOTICE, end - NOTICE)

    def record(self, db: Database, leave: Leave, at: int) -> None:
        """Record the absence in the person's name."""
        person = self._people[leave.login]
        substitutes = {leave.role: self._people[leave.substitute]} if leave.substitute else {}
        days = Days(self._day(leave.first), self._day(leave.last))
        absences.set_absence(db, person, days, substitutes, person, at)

    def substitute(self, person: int, role: Role, at: int) -> int | None:
        """The person's substitute in the role at a moment, if the person is absent."""
        for leave in LEAVES:
            span = Days(self._day(leave.first), self._day(leave.last)).span(self._calendar)
            if self._people[leave.login] == person and leave.role is role and span[0] <= at < span[1]:
                return self._people[leave.substitute]
        return None

    def _day(self, offset: int) -> date:
        return self._last + timedelta(days=offset)
