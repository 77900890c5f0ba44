"""The commands about other systems, as somebody types them."""

import re

import pytest

from core import __main__ as commands
from core.cli.systems import SECRET
from core.integrations import api_clients, outbound_calls
from core.process.terms import Channel
from tests.support.drive_case import World


@pytest.fixture
def run(world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """A command on the test's database: exit code, what it printed, and what it complained of."""
    monkeypatch.setenv("DATABASE_URL", world.db.url.render_as_string(hide_password=False))
    monkeypatch.setenv(SECRET, "a secret of the tests")

    def typed(*words: str) -> tuple[int, str, str]:
        code = commands.main(list(words))
        return code, *capsys.readouterr()

    return typed


def test_a_system_is_let_in_listed_and_ended(run, world: World):
    code, out, _ = run("system", "create", "sd-crm", "--channel", "mesa_de_ayuda")
    token = re.match(r"Token of sd-crm: (\S{43})\n", out)
    assert (code, api_clients.identify(world.db, token[1]).channel) == (0, Channel.MESA_DE_AYUDA)
    code, _, err = run("system", "create", "sd-crm")
    assert (code, err) == (1, "The system “sd-crm” exists already. Choose another name.\n")
    assert run("system", "end", "sd-crm")[:2] == (0, "sd-crm is no longer let in.\n")
    assert run("system", "list")[1].endswith("  ended\n")
    code, _, err = run("system", "end", "otro")
    assert (code, err) == (1, "There is no system “otro”. Check the name.\n")


def test_deliver_needs_a_secret_for_each_system_that_has_an_endpoint(run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(SECRET, "short")
    assert run("deliver") == (0, "", "")
    run("settings", "set", "endpoints", '{"sd_crm": {"url": "https://crm.example/"}}')
    code, _, err = run("deliver")
    assert code == 1
    assert err.startswith("ENDPOINT_SECRET, or ENDPOINT_SECRET_SD_CRM, is not set or too short")
    monkeypatch.setenv(f"{SECRET}_SD_CRM", "a secret of SD-CRM alone")
    assert run("deliver") == (0, "", "")


def test_a_secret_of_its_own_goes_before_the_common_one(run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(f"{SECRET}_OOB", "a secret of OOB alone")
    given = []
    monkeypatch.setattr(outbound_calls, "deliver", lambda _db, secrets, _now: given.append(secrets) or [])
    run("deliver")
    common = "a secret of the tests"
    assert given == [{"booking": common, "sd_crm": common, "oob": "a secret of OOB alone"}]


def test_deliver_says_what_became_of_each_and_shows_what_has_failed(run, world: World):
    assert run("deliver") == (0, "", "")
    assert run("settings", "set", "endpoints", '{"booking": {"url": "http://127.0.0.1:9/"}}')[0] == 0
    case = world.open()
    code, out, _ = run("deliver")
    said = f"{case}/1 booking: again (target_private 127.0.0.1)\n"
    assert (code, out) == (0, said)
    assert run("deliver") == (0, "", "")
    world.settle(case, outcome="failed")
    assert run("deliver")[:2] == (1, f"{case}/1 booking: failed, to be done by hand (target_private 127.0.0.1)\n")


def test_an_endpoint_with_a_secret_in_its_address_is_refused(run):
    code, _, err = run("settings", "set", "endpoints", '{"oob": {"url": "https://a:b@oob.example/"}}')
    assert code == 1
    assert err.startswith("endpoints: ")
