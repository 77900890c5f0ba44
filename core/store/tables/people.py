"""People, their roles, rights and sessions, and when they are away."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from core.store.tables.columns import id_column, metadata, person_column, text_column, time_column, whole_column

people = Table(
    "people",
    metadata,
    id_column(),
    Column("login", Text, nullable=False, unique=True),
    text_column("name"),
    text_column("email", null=True),
    text_column("password_hash"),
    Column("active", Boolean, nullable=False),
    Column("must_change_password", Boolean, nullable=False),
    text_column("language", null=True),
    whole_column("failed_sign_ins"),
    time_column("locked_until", null=True),
    time_column("created_at"),
)
person_roles = Table(
    "person_roles",
    metadata,
    person_column("person_id"),
    text_column("role"),
    PrimaryKeyConstraint("person_id", "role"),
)
person_rights = Table(  # what a person may see in addition to the work of their roles
    "person_rights",
    metadata,
    person_column("person_id"),
    text_column("right"),
    PrimaryKeyConstraint("person_id", "right"),
)
sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", Text, primary_key=True),
    person_column("person_id"),
    time_column("created_at"),
    time_column("seen_at"),
    time_column("expires_at"),
    time_column("ended_at", null=True),
    Index("sessions_of_person", "person_id"),
)
people_events = Table(
    "people_events",
    metadata,
    id_column(),
    time_column("at"),
    person_column("by_id", null=True),
    person_column("person_id"),
    text_column("kind"),
    text_column("data"),
    Index("people_events_of_person", "person_id", "id"),
)

absences = Table(
    "absences",
    metadata,
    id_column(),
    person_column("person_id"),
    time_column("from_at"),
    time_column("until_at"),
    time_column("created_at"),
    person_column("created_by"),
    time_column("withdrawn_at", null=True),
    person_column("withdrawn_by", null=True),
    time_column("read_at", null=True),
    Index("absences_of_person", "person_id", "until_at"),
    Index("absences_until", "until_at"),
)
absence_substitutes = Table(
    "absence_substitutes",
    metadata,
    Column("absence_id", Integer, ForeignKey("absences.id"), nullable=False),
    text_column("role"),
    person_column("person_id"),
    PrimaryKeyConstraint("absence_id", "role"),
    Index("absence_substitutes_of_person", "person_id"),
)
