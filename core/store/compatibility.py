"""Whether a database was made by this version of the product, judged by its tables and columns."""

from sqlalchemy import Engine, inspect

from core.store import tables

ADDED = frozenset({"templates", "rebuilds"})  # `Database.create` adds them, empty, to an older database


def missing_columns(engine: Engine) -> list[str]:
    """Return the tables and columns («table» or «table.column») missing from a database; none for an empty one."""
    inspector = inspect(engine)
    stored = {
        name: {column["name"] for column in columns} for (_, name), columns in inspector.get_multi_columns().items()
    }
    if tables.events.name not in stored:
        return []
    missing: list[str] = []
    for table in tables.metadata.sorted_tables:
        if table.name not in stored:
            missing += {table.name} - ADDED
        else:
            missing += [f"{table.name}.{column.name}" for column in table.c if column.name not in stored[table.name]]
    return missing
