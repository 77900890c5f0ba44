"""Clients and their cases."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from core.store.tables.columns import id_column, metadata, person_column, text_column, time_column, whole_column

clients = Table(
    "clients",
    metadata,
    id_column(),
    text_column("name"),
    Column("name_key", Text, nullable=False, unique=True),
    time_column("created_at"),
)
client_criteria = Table(
    "client_criteria",
    metadata,
    Column("client_id", Integer, ForeignKey("clients.id"), nullable=False),
    whole_column("position"),
    text_column("name"),
    text_column("expected"),
    PrimaryKeyConstraint("client_id", "position"),
)
environments = Table(
    "environments",
    metadata,
    id_column(),
    Column("client_id", Integer, ForeignKey("clients.id"), nullable=False),
    text_column("kind"),
    text_column("evidence"),
    time_column("registered_at"),
    person_column("registered_by"),
    time_column("expires_at", null=True),
    Index("environments_of_client", "client_id"),
)
case_numbers = Table(
    "case_numbers",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    whole_column("last"),
)
cases = Table(
    "cases",
    metadata,
    id_column(),
    Column("code", Text, nullable=False, unique=True),
    Column("request_key", Text, nullable=False, unique=True),
    Column("client_id", Integer, ForeignKey("clients.id"), nullable=False),
    text_column("contact_name"),
    text_column("contact_email"),
    text_column("contact_phone"),
    text_column("service"),
    text_column("flow"),
    text_column("channel"),
    Column("international", Boolean, nullable=False),
    text_column("search"),
    time_column("opened_at"),
    person_column("opened_by"),
    whole_column("phase"),
    text_column("outcome", null=True),
    time_column("ended_at", null=True),
    whole_column("version"),
    text_column("state"),
    Index("cases_of_client", "client_id"),
    Index("cases_by_opening", "opened_at", "id"),
    Index("cases_running", "id", sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL")),
)
