"""Absences of the cast, in days relative to the world's current day."""

from collections.abc import Mapping
from datetime import timedelta

from core.people import absences
from core.people.absences import Days
from core.process.terms import Role
from core.process.working_time import Calendar
from core.staff.availability import today
from tests.support.drive_case import World
from tests.support.people import ID


def days(w: World, first: int = 0, last: int = 4) -> Days:
    now = today(Calendar(), w.now)
    return Days(now + timedelta(days=first), now + timedelta(days=last))


def leave(w: World, who: str, named: Mapping[Role, str], first: int = 0, last: int = 4, by: str = "") -> int:
    """Set an absence with substitutes by role (logins); returns its id."""
    substitutes = {role: ID[login] for role, login in named.items()}
    return absences.set_absence(w.db, ID[who], days(w, first, last), substitutes, ID[by or who], w.tick())
