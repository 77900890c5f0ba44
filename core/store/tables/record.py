"""The record, which is written once and never changed."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    text,
)

from core.store.tables.columns import metadata, person_column, text_column, time_column, whole_column

events = Table(
    "events",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    whole_column("seq"),
    time_column("at"),
    text_column("kind"),
    whole_column("phase"),
    text_column("role", null=True),
    whole_column("position", null=True),
    person_column("person_id", null=True),
    person_column("for_person_id", null=True),
    text_column("data"),
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
    whole_column("item"),
    whole_column("seq"),
    time_column("at"),
    whole_column("phase"),
    text_column("role"),
    person_column("person_id"),
    person_column("for_person_id", null=True),
    text_column("verdict"),
    text_column("document", null=True),
    whole_column("document_version", null=True),
    text_column("reason"),
    text_column("answers"),  # a review's answers as JSON: [criterion, answer] each
    PrimaryKeyConstraint("case_id", "item"),
    sqlite_with_rowid=False,
)
