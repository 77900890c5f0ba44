"""Notices to people, calls to other systems, and their clients and links."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from core.store.tables.columns import id_column, metadata, person_column, text_column, time_column, whole_column

notices = Table(
    "notices",
    metadata,
    id_column(),
    person_column("person_id"),
    text_column("event"),
    text_column("kind"),
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=True),
    whole_column("item", null=True),
    text_column("params"),
    time_column("created_at"),
    time_column("read_at", null=True),
    time_column("next_try_at", null=True),
    time_column("claimed_at", null=True),
    Column("attempts", Integer, nullable=False, server_default="0"),
    time_column("sent_at", null=True),
    time_column("dead_at", null=True),
    text_column("last_error", null=True),
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
    text_column("deliveries"),
    text_column("address", null=True),
    time_column("changed_at"),
)
system_calls = Table(
    "system_calls",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    whole_column("call"),
    whole_column("item"),
    text_column("system"),
    text_column("state"),
    time_column("asked_at"),
    time_column("settled_at", null=True),
    whole_column("status", null=True),
    text_column("reference"),
    # The state of delivery, which no event records: attempts so far, the next one, and the last failure.
    whole_column("attempts", null=True),
    time_column("next_at", null=True),
    text_column("trouble", null=True),
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
    id_column(),
    Column("name", Text, nullable=False, unique=True),
    person_column("person_id"),
    text_column("channel"),
    Column("token_hash", Text, nullable=False, unique=True),
    time_column("created_at"),
    time_column("ended_at", null=True),
)
status_links = Table(
    "status_links",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    whole_column("link"),
    Column("token_hash", Text, nullable=False, unique=True),
    time_column("made_at"),
    person_column("made_by"),
    time_column("expires_at"),
    time_column("withdrawn_at", null=True),
    person_column("withdrawn_by", null=True),
    time_column("seen_at", null=True),
    PrimaryKeyConstraint("case_id", "link"),
    sqlite_with_rowid=False,
)
