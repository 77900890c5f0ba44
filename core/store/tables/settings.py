"""Settings of the process owner."""

from sqlalchemy import (
    Table,
)

from core.store.tables.columns import id_column, metadata, person_column, text_column, time_column

settings = Table(
    "settings",
    metadata,
    id_column(),
    text_column("name"),
    text_column("value"),
    time_column("at"),
    person_column("by_id", null=True),
)
