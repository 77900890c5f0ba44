"""The columns that tables share, and the metadata that all of them are in."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    Text,
)

metadata = MetaData()


def id_column() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def time_column(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=null)


def text_column(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, Text, nullable=null)


def whole_column(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=null)


def person_column(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, ForeignKey("people.id"), nullable=null)
