"""What a person does for themself: the language in which they read, their password. Times are ms since 1970 UTC."""

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
    """The language in which this person reads."""
    with db.writing() as tx:
        at = tx.moment(at)
        tx.run(_set_language, {"whom": person_id, "chosen": language})
        record(tx, person_id, "language_set", at, person_id, language=language)


def change_password(db: Database, person_id: int, old: str, new: str, at: int, *, token: str = "") -> None:
    """A password of the person's own choice; their sessions end, except that of `token`. Invalid by field."""
    with db.reading() as connection:
        found = connection.execute(_mine, {"id": person_id}).first()
    if found is None:
        raise NotFound("person_unknown", login=str(person_id))
    problems: dict[str, Problem] = {}
    if not passwords.matches(old, found.password_hash):
        problems["old"] = Problem("password_wrong")
    if against := passwords.problem(found.login, old, new):
        problems["new"] = against
    if problems:
        raise Invalid(problems)
    kept = passwords.hashed(new)
    with db.writing() as tx:
        at = tx.moment(at)
        tx.run(set_password, {"whom": person_id, "hash": kept, "must": False})
        sign_out(tx, person_id, at, keep=token)
        record(tx, person_id, "password_changed", at, person_id)
