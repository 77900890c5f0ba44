"""`python -m core notify` as cron runs it, and the settings of the mail server."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from core.notices.delivery import BadMailSettings, Dispatcher
from core.notices.sender import Message
from core.paths import ROOT
from tests.support.cli import core
from tests.support.drive_case import World
from tests.support.mailbox import Mailbox, choose, text
from tests.support.people import MINUTE, OPERADOR_2

PUBLIC = "https://aprobaciones.casa.example"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    yield box
    server.stop()


def notify(w: World, **environment: str) -> subprocess.CompletedProcess[str]:
    url = w.db.url.render_as_string(hide_password=False)
    return core("notify", database=url, PUBLIC_URL=f"{PUBLIC}/", **environment)


def test_one_run_of_the_command_sends_what_waits(both: World, mailbox: Mailbox):
    both.now = people_now() - 5 * MINUTE
    choose(both, OPERADOR_2, "oscar@casa.example", work="at_once")
    code = both.open()
    ran = notify(both, SMTP_URL=mailbox.url, MAIL_FROM="avisos@casa.example")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "0 reminders; letters: 1 sent, 0 to be tried again, 0 given up\n"
    [message] = mailbox.messages
    assert f"{PUBLIC}/caso?caso={code}" in text(message)
    assert notify(both, SMTP_URL=mailbox.url, MAIL_FROM="avisos@casa.example").stdout.startswith(
        "0 reminders; letters: 0 sent"
    )


def people_now() -> int:
    """This moment: the command has no other clock."""
    return time.time_ns() // 1_000_000


def test_a_mail_server_that_is_named_wrongly_is_said_in_a_sentence(world: World):
    ran = notify(world, SMTP_URL="http://127.0.0.1", MAIL_FROM="avisos@casa.example")
    assert ran.returncode == 1
    assert ran.stderr.startswith("SMTP_URL is none of smtp://host:port")
    assert "MAIL_FROM must say" in notify(world, SMTP_URL="smtp://127.0.0.1", MAIL_FROM="").stderr


def test_the_postman_takes_its_settings_from_the_environment():
    assert Dispatcher.of({}) == Dispatcher()
    given = {"SMTP_URL": "smtps://u:p@mail.example", "MAIL_FROM": "a@b.example", "NOTIFY_PRIVATE_TARGETS": "1"}
    assert Dispatcher.of(given) == Dispatcher("smtps://u:p@mail.example", "a@b.example", private=True)
    with pytest.raises(BadMailSettings):
        Dispatcher.of({"SMTP_URL": "mail.example"})


def test_watching_the_command_stays_and_runs_again(world: World):
    url = world.db.url.render_as_string(hide_password=False)
    watching = subprocess.Popen(
        [sys.executable, "-m", "core", "notify", "--watch", "--every", "1"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "SMTP_URL": "", "PUBLIC_URL": ""},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert watching.stdout is not None
    runs = [watching.stdout.readline() for _ in range(2)]
    watching.terminate()
    watching.wait(20)
    watching.stdout.close()
    assert runs == ["0 reminders; letters: 0 sent, 0 to be tried again, 0 given up\n"] * 2


def test_a_mail_server_is_told_who_sends_with_the_password_of_its_address():
    box, proven = Mailbox(), []

    def prove(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        proven.append((given.login, given.password))
        return AuthResult(success=True)

    how = {"auth_require_tls": False, "auth_required": True, "authenticator": prove}
    server = Controller(box, hostname="127.0.0.1", port=box.port, **how)
    server.start()
    try:
        url = f"smtp://ana%40casa.example:p%2Fw@127.0.0.1:{box.port}"
        assert Dispatcher(url, "avisos@casa.example").send("rosa@casa.example", Message("Asunto", "Texto")) == ""
    finally:
        server.stop()
    assert proven[-1:] == [(b"ana@casa.example", b"p/w")]
    assert [(message["To"], message["From"]) for message in box.messages] == [
        ("rosa@casa.example", "avisos@casa.example")
    ]
