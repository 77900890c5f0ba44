"""A person's unsent form input and saved views."""

from sqlalchemy import (
    Boolean,
    Column,
    PrimaryKeyConstraint,
    Table,
)

from core.store.tables.columns import metadata, person_column, text_column, time_column

drafts = Table(
    "drafts",
    metadata,
    person_column("person_id"),
    text_column("name"),
    text_column("data"),
    time_column("at"),
    PrimaryKeyConstraint("person_id", "name"),
)

inbox_views = Table(
    "inbox_views",
    metadata,
    person_column("person_id"),
    text_column("role"),
    text_column("name"),
    text_column("chosen"),
    Column("is_default", Boolean, nullable=False),
    PrimaryKeyConstraint("person_id", "role", "name"),
)
