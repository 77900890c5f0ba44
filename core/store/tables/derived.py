"""Tables derived from the record."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    func,
    select,
    text,
)

from core.store.tables.columns import id_column, metadata, person_column, text_column, time_column, whole_column

work_items = Table(
    "work_items",
    metadata,
    id_column(),
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    whole_column("item"),
    text_column("role"),
    text_column("kind"),
    whole_column("phase"),
    whole_column("cycle"),
    time_column("opened_at"),
    time_column("soon_at"),
    time_column("due_at"),
    whole_column("version"),
    time_column("ended_at", null=True),
    text_column("ended_as", null=True),
    person_column("ended_by", null=True),
    person_column("held_by", null=True),
    time_column("held_since", null=True),
    Column("held", BigInteger, nullable=False),  # ms for which somebody held it; the rest of its time it waited
    time_column("taken_back_at", null=True),  # when its decision was taken back; its verdict no longer counts
    UniqueConstraint("case_id", "item"),
)
# A partial index is used only by statements that repeat this condition as a literal.
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
    text_column("document"),
    whole_column("version"),
    text_column("sha256"),
    text_column("name"),
    text_column("media_type"),
    whole_column("size"),
    time_column("attached_at"),
    person_column("attached_by"),
    person_column("attached_for", null=True),
    time_column("sent_at", null=True),
    person_column("sent_by", null=True),
    person_column("sent_for", null=True),
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
    whole_column("phase"),
    text_column("flow"),
    text_column("channel"),
    Column("international", Boolean, nullable=False),
    time_column("opened_at"),
    time_column("entered_at"),
    time_column("left_at", null=True),
    Column("duration", BigInteger, nullable=True),
    text_column("outcome", null=True),
    whole_column("returns"),
    Column("blocked", BigInteger, nullable=False),
    # Since when the open gate waits for its environment; in the future when the current one will expire.
    time_column("blocks_at", null=True),
    PrimaryKeyConstraint("case_id", "phase"),
    Index("phase_visits_by_duration", "phase", "duration"),
    sqlite_with_rowid=False,
)

# The history from which past states are derived: waits that ended, and values before they changed.
blocks = Table(
    "blocks",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    whole_column("phase"),
    time_column("since"),
    time_column("until"),
    PrimaryKeyConstraint("case_id", "phase", "since"),
    sqlite_with_rowid=False,
)
hand_overs = Table(
    "hand_overs",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    whole_column("seq"),
    time_column("at"),
    text_column("channel"),
    PrimaryKeyConstraint("case_id", "seq"),
    sqlite_with_rowid=False,
)
due_moves = Table(
    "due_moves",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    whole_column("item"),
    whole_column("seq"),
    time_column("at"),
    time_column("due_at"),
    time_column("soon_at"),
    PrimaryKeyConstraint("case_id", "item", "seq"),
    sqlite_with_rowid=False,
)

undone_visits = Table(  # a phase entered by a decision that was later taken back
    "undone_visits",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    whole_column("seq"),
    whole_column("phase"),
    text_column("channel"),
    time_column("entered_at"),
    time_column("undone_at"),
    time_column("blocks_at", null=True),
    PrimaryKeyConstraint("case_id", "seq"),
    sqlite_with_rowid=False,
)
holdings = Table(  # holdings of work items that have ended
    "holdings",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    whole_column("item"),
    whole_column("seq"),
    person_column("person_id"),
    time_column("since"),
    time_column("until"),
    PrimaryKeyConstraint("case_id", "item", "seq"),
    sqlite_with_rowid=False,
)
ended_cases = Table(  # the figures' data of an ended case: see `core.store.ended_cases`
    "ended_cases",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), primary_key=True, autoincrement=False),
    Column("client_id", Integer, ForeignKey("clients.id"), nullable=False),
    text_column("flow"),
    text_column("channel"),
    Column("international", Boolean, nullable=False),
    time_column("opened_at"),
    time_column("ended_at"),
    *(Column(name, LargeBinary, nullable=False) for name in ("visits", "blocks", "holdings", "items")),
    text_column("reviews"),
    text_column("returns"),
    Index("ended_cases_by_end", "ended_at"),
)
rebuilds = Table(  # rebuilds of cases from their events, which invalidate the caches
    "rebuilds",
    metadata,
    id_column(),
    time_column("at"),
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
)
last_rebuild = select(func.max(rebuilds.c.id)).scalar_subquery()  # part of the caches' stamps

# The result of checking the record of a case up to that version: no deviation, or the first one, and in the second
# table those after it that can be determined; `core.conformance.check` writes both.
conformance = Table(
    "conformance",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), primary_key=True, autoincrement=False),
    whole_column("version"),
    time_column("at"),
    text_column("rule"),
    whole_column("seq"),
)
further_deviations = Table(
    "further_deviations",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    whole_column("seq"),
    text_column("rule"),
    PrimaryKeyConstraint("case_id", "seq", "rule"),
    sqlite_with_rowid=False,
)
