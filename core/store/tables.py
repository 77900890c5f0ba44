"""The tables. Times are whole milliseconds since 1970 UTC; ids are whole numbers; JSON is text.

The record (`events`, `verdicts`, `people_events`) is written once and never changed: triggers refuse it.
`work_items`, `phase_visits`, the tables beside them that tell a past moment, `documents`, `status_links` (but for when
a link was last used), `ended_cases` and the state in `cases` follow from `events`: `core.store.replay` compares them
with the events, and `core.store.rebuild` makes them anew.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    func,
    select,
    text,
)

metadata = MetaData()


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _time(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=null)


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, Text, nullable=null)


def _whole(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=null)


def _person(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, ForeignKey("people.id"), nullable=null)


# --- who ---
people = Table(
    "people",
    metadata,
    _id(),
    Column("login", Text, nullable=False, unique=True),
    _text("name"),
    _text("email", null=True),
    _text("password_hash"),
    Column("active", Boolean, nullable=False),
    Column("must_change_password", Boolean, nullable=False),
    _text("language", null=True),
    _whole("failed_sign_ins"),
    _time("locked_until", null=True),
    _time("created_at"),
)
person_roles = Table(
    "person_roles",
    metadata,
    _person("person_id"),
    _text("role"),
    PrimaryKeyConstraint("person_id", "role"),
)
person_rights = Table(  # what a person may see beside the work of their roles
    "person_rights",
    metadata,
    _person("person_id"),
    _text("right"),
    PrimaryKeyConstraint("person_id", "right"),
)
sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", Text, primary_key=True),
    _person("person_id"),
    _time("created_at"),
    _time("seen_at"),
    _time("expires_at"),
    _time("ended_at", null=True),
    Index("sessions_of_person", "person_id"),
)
people_events = Table(
    "people_events",
    metadata,
    _id(),
    _time("at"),
    _person("by_id", null=True),
    _person("person_id"),
    _text("kind"),
    _text("data"),
    Index("people_events_of_person", "person_id", "id"),
)

# --- who is away on which days, and who decides for them meanwhile ---
absences = Table(
    "absences",
    metadata,
    _id(),
    _person("person_id"),
    _time("from_at"),
    _time("until_at"),
    _time("created_at"),
    _person("created_by"),
    _time("withdrawn_at", null=True),
    _person("withdrawn_by", null=True),
    _time("read_at", null=True),
    Index("absences_of_person", "person_id", "until_at"),
    Index("absences_until", "until_at"),
)
absence_substitutes = Table(
    "absence_substitutes",
    metadata,
    Column("absence_id", Integer, ForeignKey("absences.id"), nullable=False),
    _text("role"),
    _person("person_id"),
    PrimaryKeyConstraint("absence_id", "role"),
    Index("absence_substitutes_of_person", "person_id"),
)

# --- what the process owner sets; the newest row of a name is in force ---
settings = Table(
    "settings",
    metadata,
    _id(),
    _text("name"),
    _text("value"),
    _time("at"),
    _person("by_id", null=True),
)

# --- clients and their cases ---
clients = Table(
    "clients",
    metadata,
    _id(),
    _text("name"),
    Column("name_key", Text, nullable=False, unique=True),
    _time("created_at"),
)
client_criteria = Table(
    "client_criteria",
    metadata,
    Column("client_id", Integer, ForeignKey("clients.id"), nullable=False),
    _whole("position"),
    _text("name"),
    _text("expected"),
    PrimaryKeyConstraint("client_id", "position"),
)
environments = Table(
    "environments",
    metadata,
    _id(),
    Column("client_id", Integer, ForeignKey("clients.id"), nullable=False),
    _text("kind"),
    _text("evidence"),
    _time("registered_at"),
    _person("registered_by"),
    _time("expires_at", null=True),
    Index("environments_of_client", "client_id"),
)
case_numbers = Table(
    "case_numbers",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    _whole("last"),
)
cases = Table(
    "cases",
    metadata,
    _id(),
    Column("code", Text, nullable=False, unique=True),
    Column("request_key", Text, nullable=False, unique=True),
    Column("client_id", Integer, ForeignKey("clients.id"), nullable=False),
    _text("contact_name"),
    _text("contact_email"),
    _text("contact_phone"),
    _text("service"),
    _text("flow"),
    _text("channel"),
    Column("international", Boolean, nullable=False),
    _text("search"),
    _time("opened_at"),
    _person("opened_by"),
    _whole("phase"),
    _text("outcome", null=True),
    _time("ended_at", null=True),
    _whole("version"),
    _text("state"),
    Index("cases_of_client", "client_id"),
    Index("cases_by_opening", "opened_at", "id"),
    Index("cases_running", "id", sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL")),
)

# --- the record ---
events = Table(
    "events",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    _whole("seq"),
    _time("at"),
    _text("kind"),
    _whole("phase"),
    _text("role", null=True),
    _whole("position", null=True),
    _person("person_id", null=True),
    _person("for_person_id", null=True),
    _text("data"),
    PrimaryKeyConstraint("case_id", "seq"),
    sqlite_with_rowid=False,
)
Index(
    "events_for_another",
    events.c.for_person_id,
    events.c.at,
    sqlite_where=text("for_person_id IS NOT NULL"),
    postgresql_where=text("for_person_id IS NOT NULL"),
)
verdicts = Table(
    "verdicts",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    _whole("item"),
    _whole("seq"),
    _time("at"),
    _whole("phase"),
    _text("role"),
    _person("person_id"),
    _person("for_person_id", null=True),
    _text("verdict"),
    _text("document", null=True),
    _whole("document_version", null=True),
    _text("reason"),
    _text("answers"),  # a review's answers as JSON: [criterion, answer] each
    PrimaryKeyConstraint("case_id", "item"),
    sqlite_with_rowid=False,
)

# --- what follows from the record ---
work_items = Table(
    "work_items",
    metadata,
    _id(),
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    _whole("item"),
    _text("role"),
    _text("kind"),
    _whole("phase"),
    _whole("cycle"),
    _time("opened_at"),
    _time("soon_at"),
    _time("due_at"),
    _whole("version"),
    _time("ended_at", null=True),
    _text("ended_as", null=True),
    _person("ended_by", null=True),
    _person("held_by", null=True),
    _time("held_since", null=True),
    Column("held", BigInteger, nullable=False),  # ms that somebody held it; until it ended it waited the rest
    _time("taken_back_at", null=True),  # when the decision on it was taken back; its verdict counts no more
    UniqueConstraint("case_id", "item"),
)
# A partial index serves only a statement that repeats this condition as a literal.
Index(
    "work_items_open",
    work_items.c.role,
    work_items.c.due_at,
    work_items.c.id,
    sqlite_where=text("ended_at IS NULL"),
    postgresql_where=text("ended_at IS NULL"),
)
Index(
    "work_items_oldest",
    work_items.c.role,
    work_items.c.opened_at,
    work_items.c.id,
    sqlite_where=text("ended_at IS NULL"),
    postgresql_where=text("ended_at IS NULL"),
)
Index(
    "work_items_taken_back",
    work_items.c.case_id,
    work_items.c.item,
    sqlite_where=text("taken_back_at IS NOT NULL"),
    postgresql_where=text("taken_back_at IS NOT NULL"),
)
documents = Table(
    "documents",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    _text("document"),
    _whole("version"),
    _text("sha256"),
    _text("name"),
    _text("media_type"),
    _whole("size"),
    _time("attached_at"),
    _person("attached_by"),
    _person("attached_for", null=True),
    _time("sent_at", null=True),
    _person("sent_by", null=True),
    _person("sent_for", null=True),
    PrimaryKeyConstraint("case_id", "document", "version"),
    sqlite_with_rowid=False,
)
templates = (
    Table(  # the content of each template that a `DraftPrepared` on the record names: see `core.store.kept_templates`
        "templates",
        metadata,
        Column("sha256", Text, primary_key=True),
        Column("content", LargeBinary, nullable=False),
    )
)
phase_visits = Table(
    "phase_visits",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    _whole("phase"),
    _text("flow"),
    _text("channel"),
    Column("international", Boolean, nullable=False),
    _time("opened_at"),
    _time("entered_at"),
    _time("left_at", null=True),
    Column("duration", BigInteger, nullable=True),
    _text("outcome", null=True),
    _whole("returns"),
    Column("blocked", BigInteger, nullable=False),
    # Since when the open gate waits for its environment; in the future when what is there will expire.
    _time("blocks_at", null=True),
    PrimaryKeyConstraint("case_id", "phase"),
    Index("phase_visits_by_duration", "phase", "duration"),
    sqlite_with_rowid=False,
)

# How a past moment is told from today's rows: waits that ended, and what was there before it changed.
blocks = Table(
    "blocks",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    _whole("phase"),
    _time("since"),
    _time("until"),
    PrimaryKeyConstraint("case_id", "phase", "since"),
    sqlite_with_rowid=False,
)
hand_overs = Table(
    "hand_overs",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    _whole("seq"),
    _time("at"),
    _text("channel"),
    PrimaryKeyConstraint("case_id", "seq"),
    sqlite_with_rowid=False,
)
due_moves = Table(
    "due_moves",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    _whole("item"),
    _whole("seq"),
    _time("at"),
    _time("due_at"),
    _time("soon_at"),
    PrimaryKeyConstraint("case_id", "item", "seq"),
    sqlite_with_rowid=False,
)

undone_visits = Table(  # a phase that was entered, until the decision that led to it was taken back
    "undone_visits",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    _whole("seq"),
    _whole("phase"),
    _text("channel"),
    _time("entered_at"),
    _time("undone_at"),
    _time("blocks_at", null=True),
    PrimaryKeyConstraint("case_id", "seq"),
    sqlite_with_rowid=False,
)
holdings = Table(  # who held a work item, of what is over
    "holdings",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    _whole("item"),
    _whole("seq"),
    _person("person_id"),
    _time("since"),
    _time("until"),
    PrimaryKeyConstraint("case_id", "item", "seq"),
    sqlite_with_rowid=False,
)
ended_cases = Table(  # what figures need of a case, written once at its end: see `core.store.ended_cases`
    "ended_cases",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), primary_key=True, autoincrement=False),
    Column("client_id", Integer, ForeignKey("clients.id"), nullable=False),
    _text("flow"),
    _text("channel"),
    Column("international", Boolean, nullable=False),
    _time("opened_at"),
    _time("ended_at"),
    *(Column(name, LargeBinary, nullable=False) for name in ("visits", "blocks", "holdings", "items")),
    _text("reviews"),
    _text("returns"),
    Index("ended_cases_by_end", "ended_at"),
)

rebuilds = Table(  # when a case was made anew from its events, so that what is held in memory of it is read again
    "rebuilds",
    metadata,
    _id(),
    _time("at"),
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
)
last_rebuild = select(func.max(rebuilds.c.id)).scalar_subquery()  # part of the stamp of what is held in memory

# Whether the record of a case, up to that version, is what the process allows, or the first deviation of it, and those
# after it that can be told; `core.conformance.check` writes both.
conformance = Table(
    "conformance",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), primary_key=True, autoincrement=False),
    _whole("version"),
    _time("at"),
    _text("rule"),
    _whole("seq"),
)
further_deviations = Table(
    "further_deviations",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    _whole("seq"),
    _text("rule"),
    PrimaryKeyConstraint("case_id", "seq", "rule"),
    sqlite_with_rowid=False,
)

# --- what people are told: in the app, and as the outbox of what is sent to them ---
notices = Table(
    "notices",
    metadata,
    _id(),
    _person("person_id"),
    _text("event"),
    _text("kind"),
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=True),
    _whole("item", null=True),
    _text("params"),
    _time("created_at"),
    _time("read_at", null=True),
    _time("next_try_at", null=True),
    _time("claimed_at", null=True),
    Column("attempts", Integer, nullable=False, server_default="0"),
    _time("sent_at", null=True),
    _time("dead_at", null=True),
    _text("last_error", null=True),
    UniqueConstraint("person_id", "event"),
)
for _name, _columns, _where in (
    ("notices_unread", (notices.c.person_id, notices.c.id), text("read_at IS NULL")),
    ("notices_of_item", (notices.c.case_id, notices.c.item), text("read_at IS NULL")),
    ("notices_to_send", (notices.c.next_try_at,), text("next_try_at IS NOT NULL")),
    ("notices_claimed", (notices.c.claimed_at,), text("claimed_at IS NOT NULL")),
    ("notices_dead", (notices.c.dead_at,), text("dead_at IS NOT NULL")),
):
    Index(_name, *_columns, sqlite_where=_where, postgresql_where=_where)
notice_choices = Table(
    "notice_choices",
    metadata,
    Column("person_id", Integer, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    _text("deliveries"),
    _text("address", null=True),
    _time("changed_at"),
)
system_calls = Table(
    "system_calls",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    _whole("call"),
    _whole("item"),
    _text("system"),
    _text("state"),
    _time("asked_at"),
    _time("settled_at", null=True),
    _whole("status", null=True),
    _text("reference"),
    # How it is delivered follows from no event: how often it was tried, when next, and what was last in the way.
    _whole("attempts", null=True),
    _time("next_at", null=True),
    _text("trouble", null=True),
    PrimaryKeyConstraint("case_id", "call"),
    sqlite_with_rowid=False,
)
Index(
    "system_calls_pending",
    system_calls.c.asked_at,
    sqlite_where=text("state = 'pending'"),
    postgresql_where=text("state = 'pending'"),
)
systems = Table(
    "systems",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    _person("person_id"),
    _text("channel"),
    Column("token_hash", Text, nullable=False, unique=True),
    _time("created_at"),
    _time("ended_at", null=True),
)
status_links = Table(
    "status_links",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    _whole("link"),
    Column("token_hash", Text, nullable=False, unique=True),
    _time("made_at"),
    _person("made_by"),
    _time("expires_at"),
    _time("withdrawn_at", null=True),
    _person("withdrawn_by", null=True),
    _time("seen_at", null=True),
    PrimaryKeyConstraint("case_id", "link"),
    sqlite_with_rowid=False,
)

# --- what somebody has typed and not yet sent ---
drafts = Table(
    "drafts",
    metadata,
    _person("person_id"),
    _text("name"),
    _text("data"),
    _time("at"),
    PrimaryKeyConstraint("person_id", "name"),
)

# --- filters and order of an inbox under a name ---
inbox_views = Table(
    "inbox_views",
    metadata,
    _person("person_id"),
    _text("role"),
    _text("name"),
    _text("chosen"),
    Column("is_default", Boolean, nullable=False),
    PrimaryKeyConstraint("person_id", "role", "name"),
)

RECORD = (events, verdicts, people_events)
