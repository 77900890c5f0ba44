"""The id of a session is no right to it: connecting to it and uploading into it need the cookie of its person."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from sqlalchemy import select

from core.documents.store import MAX_SIZE
from core.people import sessions
from core.store.tables import people
from tests.browser.raw_client import Upload, Wire, cookie, signed
from tests.browser.server import PASSWORD, House, now

pytestmark = pytest.mark.browser


def name_of(house: House, login: str) -> str:
    with house.db.reading() as connection:
        return str(connection.scalars(select(people.c.name).where(people.c.login == login)).one())


def nothing(_: House) -> str:
    return ""


def of_another(house: House) -> str:
    return cookie(house, "alianzas")


def of_a_session_that_ended(house: House) -> str:
    token = sessions.sign_in(house.db, "comercial", PASSWORD, now())
    sessions.end_session(house.db, token, now())
    return signed(token)


def forged(house: House) -> str:
    token = sessions.sign_in(house.db, "comercial", PASSWORD, now())
    return signed(token, "a secret of somebody else's, long enough to sign with")


STRANGERS = (nothing, of_another, of_a_session_that_ended, forged)


@pytest.fixture
def owner(house: House) -> Iterator[Wire]:
    """Somebody who is signed in, with a page open."""
    with Wire(house, cookie(house, "comercial")) as wire:
        assert name_of(house, "comercial") in wire.run()
        yield wire


@pytest.mark.parametrize("strange", STRANGERS)
def test_who_names_a_session_of_another_gets_a_new_one(
    strange: Callable[[House], str], owner: Wire, house: House
) -> None:
    with Wire(house, strange(house), owner.session) as thief:
        said = thief.run()
        assert thief.session != owner.session
        assert name_of(house, "comercial") not in said
    assert name_of(house, "comercial") in owner.run(), "its owner was cut off"


@pytest.mark.parametrize("strange", STRANGERS)
def test_a_session_that_lost_its_connection_waits_for_its_owner_only(
    strange: Callable[[House], str], owner: Wire, house: House
) -> None:
    owner.connection.close()
    with Wire(house, strange(house), owner.session) as thief:
        thief.run()
        assert thief.session != owner.session
    with Wire(house, owner.cookie, owner.session) as again:
        assert name_of(house, "comercial") in again.run()
        assert again.session == owner.session


def test_the_same_person_comes_back_with_a_later_cookie(owner: Wire, house: House) -> None:
    owner.connection.close()
    with Wire(house, cookie(house, "comercial"), owner.session) as again:
        again.run()
        assert again.session == owner.session


def test_nobody_waits_in_a_session_for_a_person_to_sign_in(house: House) -> None:
    with Wire(house) as open_form:
        open_form.run()
        with Wire(house, session=open_form.session) as other:
            other.run()
            assert other.session != open_form.session


def test_the_log_names_no_session(owner: Wire, house: House) -> None:
    with Wire(house, owner.cookie, owner.session) as again:
        again.run()
    said = house.log.read_text(encoding="utf-8")
    assert "is already connected" in said
    assert owner.session not in said


# --- uploads ---
@pytest.mark.parametrize("strange", STRANGERS)
def test_an_upload_needs_a_session_of_ones_own(strange: Callable[[House], str], owner: Wire, house: House) -> None:
    upload = Upload(house, strange(house))
    assert upload.put(owner.session, str(uuid4()), b"x") == 403
    assert upload.delete(owner.session, str(uuid4())) == 403


def test_an_upload_needs_somebody_who_has_signed_in(house: House) -> None:
    with Wire(house) as open_form:
        open_form.run()
        assert Upload(house).put(open_form.session, str(uuid4()), b"x") == 403


def test_a_file_of_ones_own_arrives(owner: Wire, house: House) -> None:
    upload = Upload(house, owner.cookie)
    file = str(uuid4())
    assert upload.put(owner.session, file, b"x" * MAX_SIZE) == 204
    assert upload.delete(owner.session, file) == 204


@pytest.mark.parametrize("told", [True, False], ids=["with its length", "without its length"])
def test_a_file_that_is_too_large_is_refused_before_it_is_there(told: bool, owner: Wire, house: House) -> None:
    upload = Upload(house, owner.cookie)
    assert upload.put(owner.session, str(uuid4()), b"x" * (2 * MAX_SIZE), chunked=not told) == 413
