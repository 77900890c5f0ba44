"""The id of a session is no right to it: connecting to it and uploading into it need the cookie of its person."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from sqlalchemy import select

from core.documents.store import MAX_SIZE
from core.people import sessions
from core.store.tables import people
from tests.browser.raw_client import Upload, Wire, cookie, signed
from tests.browser.server import PASSWORD, Server, now

pytestmark = pytest.mark.browser


def name_of(server: Server, login: str) -> str:
    with server.db.reading() as connection:
        return str(connection.scalars(select(people.c.name).where(people.c.login == login)).one())


def nothing(_: Server) -> str:
    return ""


def of_another(server: Server) -> str:
    return cookie(server, "alianzas")


def of_a_session_that_ended(server: Server) -> str:
    token = sessions.sign_in(server.db, "comercial", PASSWORD, now())
    sessions.end_session(server.db, token, now())
    return signed(token)


def forged(server: Server) -> str:
    token = sessions.sign_in(server.db, "comercial", PASSWORD, now())
    return signed(token, "a secret of somebody else's, long enough to sign with")


STRANGERS = (nothing, of_another, of_a_session_that_ended, forged)


@pytest.fixture
def owner(server: Server) -> Iterator[Wire]:
    """Somebody who is signed in, with a page open."""
    with Wire(server, cookie(server, "comercial")) as wire:
        assert name_of(server, "comercial") in wire.run()
        yield wire


@pytest.mark.parametrize("strange", STRANGERS)
def test_who_names_a_session_of_another_gets_a_new_one(
    strange: Callable[[Server], str], owner: Wire, server: Server
) -> None:
    with Wire(server, strange(server), owner.session) as thief:
        said = thief.run()
        assert thief.session != owner.session
        assert name_of(server, "comercial") not in said
    assert name_of(server, "comercial") in owner.run(), "its owner was cut off"


@pytest.mark.parametrize("strange", STRANGERS)
def test_a_session_that_lost_its_connection_waits_for_its_owner_only(
    strange: Callable[[Server], str], owner: Wire, server: Server
) -> None:
    owner.connection.close()
    with Wire(server, strange(server), owner.session) as thief:
        thief.run()
        assert thief.session != owner.session
    with Wire(server, owner.cookie, owner.session) as again:
        assert name_of(server, "comercial") in again.run()
        assert again.session == owner.session


def test_the_same_person_comes_back_with_a_later_cookie(owner: Wire, server: Server) -> None:
    owner.connection.close()
    with Wire(server, cookie(server, "comercial"), owner.session) as again:
        again.run()
        assert again.session == owner.session


def test_nobody_waits_in_a_session_for_a_person_to_sign_in(server: Server) -> None:
    with Wire(server) as open_form:
        open_form.run()
        with Wire(server, session=open_form.session) as other:
            other.run()
            assert other.session != open_form.session


def test_the_log_names_no_session(owner: Wire, server: Server) -> None:
    with Wire(server, owner.cookie, owner.session) as again:
        again.run()
    said = server.log.read_text(encoding="utf-8")
    assert "is already connected" in said
    assert owner.session not in said


# --- uploads ---
@pytest.mark.parametrize("strange", STRANGERS)
def test_an_upload_needs_a_session_of_ones_own(strange: Callable[[Server], str], owner: Wire, server: Server) -> None:
    upload = Upload(server, strange(server))
    assert upload.put(owner.session, str(uuid4()), b"x") == 403
    assert upload.delete(owner.session, str(uuid4())) == 403


def test_an_upload_needs_somebody_who_has_signed_in(server: Server) -> None:
    with Wire(server) as open_form:
        open_form.run()
        assert Upload(server).put(open_form.session, str(uuid4()), b"x") == 403


def test_a_file_of_ones_own_arrives(owner: Wire, server: Server) -> None:
    upload = Upload(server, owner.cookie)
    file = str(uuid4())
    assert upload.put(owner.session, file, b"x" * MAX_SIZE) == 204
    assert upload.delete(owner.session, file) == 204


@pytest.mark.parametrize("told", [True, False], ids=["with its length", "without its length"])
def test_a_file_that_is_too_large_is_refused_before_it_is_there(told: bool, owner: Wire, server: Server) -> None:
    upload = Upload(server, owner.cookie)
    assert upload.put(owner.session, str(uuid4()), b"x" * (2 * MAX_SIZE), chunked=not told) == 413
