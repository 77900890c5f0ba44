"""Who of the demonstration's cast is away when, and who decides for them: past, present and to come."""

from datetime import date, timedelta
from typing import NamedTuple

from core.people import absences
from core.people.absences import Days
from core.process.terms import Role
from core.process.working_time import MINUTE, Calendar
from core.staff.availability import today
from core.store.database import Database

NOTICE = 2 * 24 * 60 * MINUTE  # ms before the first day at which it is said


class Leave(NamedTuple):
    """Days counted from the demonstration's last one; in the role `substitute`, if any, decides for `login`."""

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

# Said before the first case, so that no case was left alone: a gap in the coverage of the days to come.
GAP = Leave("proceso", Role.PROCESO, "", 24, 28)


class Leaves:
    """The absences by the ids of the people, and the moments at which they are said and begin."""

    def __init__(self, people: dict[str, int], calendar: Calendar, end: int) -> None:
        self._people = people
        self._calendar = calendar
        self._last = today(calendar, end)

    def said_at(self, leave: Leave, end: int) -> int:
        """When the absence is set: before it begins, and in the past."""
        return min(self._calendar.midnight(self._day(leave.first)) - NOTICE, end - NOTICE)

    def say(self, db: Database, leave: Leave, at: int) -> None:
        """Set the absence, as the person would."""
        person = self._people[leave.login]
        substitutes = {leave.role: self._people[leave.substitute]} if leave.substitute else {}
        days = Days(self._day(leave.first), self._day(leave.last))
        absences.set_absence(db, person, days, substitutes, person, at)

    def substitute(self, person: int, role: Role, at: int) -> int | None:
        """Who decides for the person in the role at that moment, if they are away."""
        for leave in LEAVES:
            span = Days(self._day(leave.first), self._day(leave.last)).span(self._calendar)
            if self._people[leave.login] == person and leave.role is role and span[0] <= at < span[1]:
                return self._people[leave.substitute]
        return None

    def _day(self, offset: int) -> date:
        return self._last + timedelta(days=offset)
