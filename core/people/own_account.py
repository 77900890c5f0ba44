"""A person's own account: language and password. Times are ms since 1970 UTC."""

from sqlalchemy import bindparam, select, update

from core.errors import Invalid, NotFound, Problem
from core.people.accounts import set_password, sign_out
from core.staff import passwords
from core.store.database import Database
from core.store.people_log import record
from core.store.tables import people

_mine = select(people.c.login, people.c.password_hash).where(people.c.id == bindparam("id"), people.c.active)
_set_language = update(people).where(people.c.id == bindparam("whom")).values(language=bindparam("chosen"))


def set_language(db: Database, person_id: int, language: str, at: int) -> None:
    """Set the person's language."""
    with db.writing() as tx:
        at = tx.moment(at)
        tx.run(_set_language, {"whom": person_id, "chosen": language})
        record(tx, person_id, "language_set", at, person_id, language=language)


def change_password(db: Database, person_id: int, old: str, new: str, at: int, *, token: str = "") -> None:
    """Change the person's password and end their other sessions than `token`; raises Invalid by field."""
    with db.reading() as connection:
        row = connection.execute(_mine, {"id": person_id}).first()
    if row is None:
        raise NotFound("person_unknown", login=str(person_id))
    problems: dict[str, Problem] = {}
    if not passwords.matches(old, row.password_hash):
        problems["old"] = Problem("password_wrong")
    if problem := passwords.problem(row.login, old, new):
        problems["new"] = problem
    if problems:
        raise Invalid(problems)
    password_hash = passwords.hash_password(new)
    with db.writing() as tx:
        at = tx.moment(at)
        tx.run(set_password, {"whom": person_id, "hash": password_hash, "must": False})
        sign_out(tx, person_id, at, keep=token)
        record(tx, person_id, "password_changed", at, person_id)
