"""What an administrator does about sessions, lockouts, names and addresses, and the lists and the record of people."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from core.errors import Invalid, NotAllowed, NotFound, Refused
from core.people import accounts, sessions
from core.people.sessions import FAILURES, LOCKED_FOR
from core.process.terms import Role
from core.staff import directory
from core.staff.directory import PersonEvent
from core.store.database import Database
from core.store.tables import people_events
from tests.support.drive_case import dump
from tests.support.people import ADMIN, COMERCIAL, EVERYTHING, HOUR, ID, MINUTE, OPERADORA, PASSWORD, START


def refusal(db: Database, login: str, password: str, at: int = START) -> str:
    with pytest.raises(Refused) as refused:
        sessions.sign_in(db, login, password, at)
    return refused.value.code


def kinds(db: Database, login: str) -> list[str]:
    """What is on the record about a person after the cast was made."""
    with db.reading() as connection:
        chosen = select(people_events.c.kind).where(people_events.c.person_id == ID[login]).order_by(people_events.c.id)
        return list(connection.scalars(chosen))[1:]


def test_sessions_are_ended_by_an_administrator_and_it_is_on_the_record(db: Database):
    tokens = [sessions.sign_in(db, OPERADORA, PASSWORD, START) for _ in range(2)]
    other = sessions.sign_in(db, COMERCIAL, PASSWORD, START)
    assert sessions.end_sessions(db, OPERADORA, ID[ADMIN], START + 1) == 2
    assert [sessions.session(db, token, START + 2) for token in tokens] == [None, None]
    assert sessions.session(db, other, START + 2) is not None
    assert kinds(db, OPERADORA) == ["signed_in", "signed_in", "sessions_ended"]
    before = dump(db)
    with pytest.raises(Refused) as refused:
        sessions.end_sessions(db, OPERADORA, ID[ADMIN], START + 3)
    assert (refused.value.code, dump(db)) == ("no_sessions", before)


def test_a_lockout_is_lifted_by_an_administrator_and_failures_count_anew(db: Database):
    for _ in range(FAILURES):
        refusal(db, OPERADORA, "wrong")
    sessions.unlock(db, OPERADORA, ID[ADMIN], START + MINUTE)
    assert [refusal(db, OPERADORA, "wrong", START + MINUTE) for _ in range(FAILURES - 1)] == ["sign_in_failed"] * 4
    token = sessions.sign_in(db, OPERADORA, PASSWORD, START + MINUTE)
    person = sessions.session(db, token, START + MINUTE)
    assert person is not None
    assert person.id == ID[OPERADORA]
    assert kinds(db, OPERADORA) == ["locked", "unlocked", "signed_in"]
    before = dump(db)
    with pytest.raises(Refused) as refused:
        sessions.unlock(db, OPERADORA, ID[ADMIN], START + MINUTE)
    assert (refused.value.code, dump(db)) == ("not_locked", before)


def test_a_lockout_that_is_over_is_not_lifted(db: Database):
    for _ in range(FAILURES):
        refusal(db, OPERADORA, "wrong")
    with pytest.raises(Refused) as refused:
        sessions.unlock(db, OPERADORA, ID[ADMIN], START + LOCKED_FOR)
    assert refused.value.code == "not_locked"


def test_a_new_name_or_e_mail_is_on_the_record_before_and_after_and_ends_no_session(db: Database):
    token = sessions.sign_in(db, OPERADORA, PASSWORD, START)
    accounts.describe(db, OPERADORA, " Olga Ruiz ", "olga@casa.example", ID[ADMIN], START + 1)
    accounts.describe(db, OPERADORA, "Olga Ruiz", " ", ID[ADMIN], START + 2)
    person = sessions.session(db, token, START + 3)
    assert person is not None
    assert person.name == "Olga Ruiz"
    with db.reading() as connection:
        entries = directory.record(connection, ID[OPERADORA])[:2]
    assert entries == [
        PersonEvent(START + 2, "Adela", "described", {"email": ["olga@casa.example", None]}),
        PersonEvent(
            START + 1, "Adela", "described", {"name": ["Olga", "Olga Ruiz"], "email": [None, "olga@casa.example"]}
        ),
    ]
    before = dump(db)
    with pytest.raises(Refused) as refused:
        accounts.describe(db, OPERADORA, "Olga Ruiz", None, ID[ADMIN], START + 4)
    assert (refused.value.code, dump(db)) == ("person_same", before)
    for name, email, field, code in [("", None, "name", "name_missing"), ("Olga", "olga@", "email", "email_malformed")]:
        with pytest.raises(Invalid) as invalid:
            accounts.describe(db, OPERADORA, name, email, ID[ADMIN], START + 4)
        assert {key: problem.code for key, problem in invalid.value.problems.items()} == {field: code}
    assert dump(db) == before


def test_a_list_of_people_says_when_each_last_signed_in(db: Database):
    sessions.sign_in(db, OPERADORA, PASSWORD, START)
    sessions.end_session(db, sessions.sign_in(db, OPERADORA, PASSWORD, START + HOUR), START + HOUR)
    with db.reading() as connection:
        found = {person.login: person.signed_in_at for person in directory.everybody(connection)}
        never = directory.everybody(connection, directory.PersonFilter(state="never_in"), START)
    assert (found[OPERADORA], found[COMERCIAL]) == (START + HOUR, None)
    assert {person.login for person in never} == {login for login, at in found.items() if at is None}
    assert [person.name for person in never] == sorted(person.name for person in never)


@pytest.mark.parametrize("act", [sessions.end_sessions, sessions.unlock])
def test_sessions_of_an_unknown_person_are_not_ended(db: Database, act):
    with pytest.raises(NotFound):
        act(db, "nobody", ID[ADMIN], START)


def test_of_two_administrators_who_disable_each_other_at_the_same_moment_one_stays(db: Database):
    accounts.set_roles(db, COMERCIAL, [Role.ADMINISTRADOR], None, START)
    accounts.set_roles(db, "maria", [Role.PROCESO], None, START)
    start, answers = Barrier(2), []

    def one(login: str, by: str) -> None:
        start.wait()
        try:
            accounts.disable(db, login, ID[by], START + 1)
            answers.append("done")
        except NotAllowed as refused:
            answers.append(refused.code)

    threads = [Thread(target=one, args=pair) for pair in ((ADMIN, COMERCIAL), (COMERCIAL, ADMIN))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["done", "role_needed"]


def test_the_last_administrator_keeps_the_role_and_stays(db: Database):
    others = [role for role in Role if role is not Role.ADMINISTRADOR]
    accounts.set_roles(db, EVERYTHING, others, ID[ADMIN], START)
    before = dump(db)
    for act in (
        lambda: accounts.disable(db, ADMIN, ID[ADMIN], START),
        lambda: accounts.set_roles(db, ADMIN, others, ID[ADMIN], START),
        lambda: accounts.disable(db, ADMIN, None, START),
    ):
        with pytest.raises(NotAllowed) as refused:
            act()
        assert refused.value.code == "last_administrator"
    assert dump(db) == before
