"""People and sessions: lockout, expiry, revocation, one-time passwords, and roles that are read afresh."""

import pytest
from sqlalchemy import select

from core.errors import Invalid, NotAllowed, NotFound, Refused
from core.people import accounts, own_account, sessions
from core.people.sessions import ABSOLUTE, FAILURES, IDLE, LOCKED_FOR
from core.process.terms import Flow, Kind, Role
from core.services import cases
from core.staff import passwords
from core.store import tables
from core.store.database import Database
from core.store.tables import people_events
from tests.support.clocks import Hand, clocked
from tests.support.drive_case import MEETS, World, dump
from tests.support.people import ADMIN, COMERCIAL, FORMER, HOUR, ID, MINUTE, OPERADORA, PASSWORD, START

NEW = "another long password"


def refusal(db: Database, login: str, password: str, at: int = START) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as refused:
        sessions.sign_in(db, login, password, at)
    return refused.value.code, refused.value.params


def kinds(db: Database, login: str) -> list[str]:
    """What is on the record about a person after the cast was made."""
    with db.reading() as connection:
        chosen = select(people_events.c.kind).where(people_events.c.person_id == ID[login]).order_by(people_events.c.id)
        return list(connection.scalars(chosen))[1:]


def signed_in(db: Database, login: str, at: int) -> int | None:
    """Whose session it is that somebody gets with their password."""
    person = sessions.session(db, sessions.sign_in(db, login, PASSWORD, at), at)
    return person and person.id


def test_the_right_password_opens_a_session_with_the_person_s_roles(db: Database):
    token = sessions.sign_in(db, f"  {OPERADORA.upper()} ", PASSWORD, START)
    person = sessions.session(db, token, START + MINUTE)
    assert person is not None
    assert (person.id, person.roles) == (ID[OPERADORA], {Role.OPERADOR_OPERACION})
    assert token not in str(dump(db))


@pytest.mark.parametrize(
    ("login", "password"),
    [(OPERADORA, "wrong"), (OPERADORA, PASSWORD + " "), (OPERADORA, ""), ("nobody", PASSWORD), (FORMER, PASSWORD)],
)
def test_a_wrong_password_an_unknown_and_a_disabled_person_are_refused_alike(db: Database, login: str, password: str):
    assert refusal(db, login, password) == ("sign_in_failed", {})


def test_after_too_many_failures_even_the_right_password_is_refused_until_the_lock_ends(db: Database):
    answers = [refusal(db, OPERADORA, "wrong")[0] for _ in range(FAILURES)]
    assert answers == ["sign_in_failed"] * (FAILURES - 1) + ["locked"]
    assert refusal(db, OPERADORA, PASSWORD, START + MINUTE) == ("locked", {"minutes": 14})
    assert signed_in(db, OPERADORA, START + LOCKED_FOR) == ID[OPERADORA]
    assert kinds(db, OPERADORA) == ["locked", "signed_in"]


def test_a_success_forgets_earlier_failures(db: Database):
    for _ in range(3):
        for _ in range(FAILURES - 1):
            refusal(db, OPERADORA, "wrong")
        sessions.sign_in(db, OPERADORA, PASSWORD, START)


def test_one_person_s_failures_lock_nobody_else(db: Database):
    for _ in range(FAILURES):
        refusal(db, OPERADORA, "wrong")
    assert signed_in(db, COMERCIAL, START) == ID[COMERCIAL]


def test_an_idle_session_ends_and_use_prolongs_it(db: Database):
    token = sessions.sign_in(db, OPERADORA, PASSWORD, START)
    assert sessions.session(db, token, START + IDLE - 1) is not None
    assert sessions.session(db, token, START + 2 * IDLE - 2) is not None
    assert sessions.session(db, token, START + 4 * IDLE) is None


def test_no_use_prolongs_a_session_beyond_its_absolute_end(db: Database):
    token = sessions.sign_in(db, OPERADORA, PASSWORD, START)
    for at in range(START, START + ABSOLUTE, HOUR):
        assert sessions.session(db, token, at) is not None
    assert sessions.session(db, token, START + ABSOLUTE) is None


def test_signing_out_ends_that_session_and_no_other(db: Database):
    one, other = (sessions.sign_in(db, OPERADORA, PASSWORD, START) for _ in range(2))
    sessions.end_session(db, one, START + 1)
    assert sessions.session(db, one, START + 2) is None
    assert sessions.session(db, other, START + 2) is not None


def test_a_session_ends_by_the_clock_of_the_database_and_not_when_it_was_asked_for(db: Database):
    token = sessions.sign_in(db, OPERADORA, PASSWORD, START)
    other = clocked(db, Hand(START + HOUR))
    sessions.end_session(other, token, START + 1)
    other.engine.dispose()
    with db.reading() as connection:
        assert list(connection.scalars(select(tables.sessions.c.ended_at))) == [START + HOUR + 1]


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "0" * 64])
def test_a_made_up_token_is_nobody_s(db: Database, token: str):
    sessions.sign_in(db, OPERADORA, PASSWORD, START)
    assert sessions.session(db, token, START + 1) is None


@pytest.mark.parametrize("change", ["disable", "set_roles", "reset"])
def test_disabling_a_role_change_and_a_reset_end_every_session(db: Database, change: str):
    tokens = [sessions.sign_in(db, OPERADORA, PASSWORD, START) for _ in range(2)]
    match change:
        case "disable":
            accounts.disable(db, OPERADORA, ID[ADMIN], START + 1)
        case "set_roles":
            accounts.set_roles(db, OPERADORA, [Role.MESA_DE_AYUDA], ID[ADMIN], START + 1)
        case "reset":
            accounts.reset(db, OPERADORA, ID[ADMIN], START + 1)
    assert [sessions.session(db, token, START + 2) for token in tokens] == [None, None]


def test_a_one_time_password_works_once_it_is_told_and_asks_to_be_changed(db: Database):
    for _ in range(FAILURES):
        refusal(db, OPERADORA, "wrong")
    told = accounts.reset(db, OPERADORA, ID[ADMIN], START)
    assert refusal(db, OPERADORA, PASSWORD) == ("sign_in_failed", {})
    token = sessions.sign_in(db, OPERADORA, told, START)
    person = sessions.session(db, token, START)
    assert person is not None
    assert person.must_change_password
    own_account.change_password(db, person.id, told, NEW, START, token=token)
    changed = sessions.session(db, token, START)
    assert changed is not None
    assert not changed.must_change_password
    assert refusal(db, OPERADORA, told) == ("sign_in_failed", {})


def test_a_changed_password_ends_the_other_sessions(db: Database):
    mine, other = (sessions.sign_in(db, OPERADORA, PASSWORD, START) for _ in range(2))
    own_account.change_password(db, ID[OPERADORA], PASSWORD, NEW, START, token=mine)
    assert sessions.session(db, mine, START + 1) is not None
    assert sessions.session(db, other, START + 1) is None


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        ("wrong", NEW, {"old": "password_wrong"}),
        (PASSWORD, "short", {"new": "password_too_short"}),
        (PASSWORD, "x" * 1001, {"new": "text_too_long"}),
        (PASSWORD, PASSWORD, {"new": "password_same"}),
        ("wrong", "short", {"old": "password_wrong", "new": "password_too_short"}),
    ],
)
def test_a_password_that_may_not_be_chosen_is_refused_by_field(db: Database, old: str, new: str, problems):
    with pytest.raises(Invalid) as refused:
        own_account.change_password(db, ID[OPERADORA], old, new, START)
    assert {field: problem.code for field, problem in refused.value.problems.items()} == problems
    assert signed_in(db, OPERADORA, START) == ID[OPERADORA]


@pytest.mark.parametrize("password", ["x" * 200, "contraseña con eñes y 🔑", "a\x00bcdefghijk", "   blanks   at ends "])
def test_any_password_is_kept_whole(password: str):
    kept = passwords.hash_password(password)
    assert passwords.matches(password, kept)
    assert not passwords.matches(password[:-1], kept)
    assert not passwords.matches(password[:72] + "y", kept)


@pytest.mark.parametrize(
    ("login", "name", "email", "problems"),
    [
        ("o", "Olga", None, {"login": "login_invalid"}),
        ("olga ñ", "Olga", None, {"login": "login_invalid"}),
        (OPERADORA, "Olga", None, {"login": "login_taken"}),
        ("nueva", " ", None, {"name": "name_missing"}),
        ("nueva", "x" * 121, None, {"name": "text_too_long"}),
        ("nueva", "Nueva", "x" * 255, {"email": "text_too_long"}),
        ("nueva", "Nu\x00eva", "nueva", {"name": "text_unreadable", "email": "email_malformed"}),
    ],
)
def test_a_person_with_a_wrong_field_is_not_created(db: Database, login: str, name: str, email: str | None, problems):
    before = dump(db)
    with pytest.raises(Invalid) as refused:
        accounts.create(db, login, name, [Role.PROCESO], email, at=START)
    assert {field: problem.code for field, problem in refused.value.problems.items()} == problems
    assert dump(db) == before


@pytest.mark.parametrize("act", [accounts.disable, accounts.enable, accounts.reset])
def test_managing_an_unknown_person_is_refused(db: Database, act):
    with pytest.raises(NotFound):
        act(db, "nobody", ID[ADMIN], START)


def test_the_first_administrator_is_made_only_where_there_is_nobody(db: Database):
    assert accounts.ensure_administrator(db, START) is None


def test_a_role_that_was_taken_away_decides_nothing_from_that_moment_on(both: World):
    code = both.open(flow=Flow.B2B)
    both.to(code, 2, Kind.REVIEW)
    on = both.on(code, COMERCIAL)
    accounts.set_roles(both.db, COMERCIAL, [Role.PROCESO], ID[ADMIN], both.tick())
    with pytest.raises(NotAllowed):
        cases.review(both.db, on, "approve", both.tick(), answers=MEETS)
    accounts.set_roles(both.db, COMERCIAL, [Role.GERENTE_COMERCIAL], ID[ADMIN], both.tick())
    accounts.disable(both.db, COMERCIAL, ID[ADMIN], both.tick())
    with pytest.raises(NotAllowed) as refused:
        cases.review(both.db, on, "approve", both.tick(), answers=MEETS)
    assert refused.value.code == "person_not_active"
