"""Whether a database was made by this version of the product, told from its tables and columns."""

from sqlalchemy import Engine, inspect

from core.store import tables

ADDED = frozenset({"templates", "rebuilds"})  # `Database.create` adds them to an older database, rightly empty


def lacking(engine: Engine) -> list[str]:
    """What the product writes and the database has no place for: «table» or «table.column»; nothing of an empty one."""
    found = inspect(engine)
    there = {name: {column["name"] for column in columns} for (_, name), columns in found.get_multi_columns().items()}
    if tables.events.name not in there:
        return []
    missing: list[str] = []
    for table in tables.metadata.sorted_tables:
        if table.name not in there:
            missing += {table.name} - ADDED
        else:
            missing += [f"{table.name}.{column.name}" for column in table.c if column.name not in there[table.name]]
    return missing
