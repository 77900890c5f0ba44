"""The tables. Times are whole milliseconds since 1970 UTC; ids are whole numbers; JSON is text.

The record (`events`, `verdicts`, `people_events`) is written once and never changed: triggers refuse it.
`work_items`, `phase_visits`, the tables from which past states are derived, `documents`, `status_links` (but for when
a link was last used), `ended_cases` and the state in `cases` are derived from `events`: `core.store.replay`
compares them with the events, and `core.store.rebuild` rebuilds them.
"""

from core.store.tables.cases import case_numbers, cases, client_criteria, clients, environments
from core.store.tables.columns import metadata
from core.store.tables.derived import (
    blocks,
    conformance,
    documents,
    due_moves,
    ended_cases,
    further_deviations,
    hand_overs,
    holdings,
    last_rebuild,
    phase_visits,
    rebuilds,
    templates,
    undone_visits,
    work_items,
)
from core.store.tables.notices import notice_choices, notices, status_links, system_calls, systems
from core.store.tables.own_work import drafts, inbox_views
from core.store.tables.people import (
    absence_substitutes,
    absences,
    people,
    people_events,
    person_rights,
    person_roles,
    sessions,
)
from core.store.tables.record import events, verdicts
from core.store.tables.settings import settings

RECORD = (events, verdicts, people_events)

__all__ = [
    "RECORD",
    "absence_substitutes",
    "absences",
    "blocks",
    "case_numbers",
    "cases",
    "client_criteria",
    "clients",
    "conformance",
    "documents",
    "drafts",
    "due_moves",
    "ended_cases",
    "environments",
    "events",
    "further_deviations",
    "hand_overs",
    "holdings",
    "inbox_views",
    "last_rebuild",
    "metadata",
    "notice_choices",
    "notices",
    "people",
    "people_events",
    "person_rights",
    "person_roles",
    "phase_visits",
    "rebuilds",
    "sessions",
    "settings",
    "status_links",
    "system_calls",
    "systems",
    "templates",
    "undone_visits",
    "verdicts",
    "work_items",
]
