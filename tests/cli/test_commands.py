"""The commands of the terminal: what they do, what they say when they cannot, and that the documents name real ones."""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from sqlalchemy import select

from core.__main__ import ScreenWords
from core.cli.output import sentence
from core.errors import NotAllowed, Problem
from core.paths import ROOT
from core.process.terms import Role
from core.store import kept_templates, tables
from core.store.database import Database
from tests.support.cli import core, run
from tests.support.drive_case import World
from ui.words import messages

NO_TABLES = "There is nothing in"


def make(*words: str) -> subprocess.CompletedProcess[str]:
    """Run make on the environment in which the tests run, which is ready."""
    ready = Path(sys.prefix)
    old = [option for stamp in (".ready-run", ".ready-test") for option in ("-o", str(ready / stamp))]
    return run(["make", *old, f"VENV={ready}", *words])


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "approvals.db"


# --- python -m core ---
def test_outline_prints_the_contract(database: Path) -> None:
    done = run([sys.executable, "-m", "core", "outline"], DATABASE_URL=f"sqlite:///{database}")
    assert done.stdout == (ROOT / "tests" / "unit" / "process" / "activities.tsv").read_text(encoding="utf-8")


def test_a_person_is_created_with_a_one_time_password_and_listed(database: Path) -> None:
    made = core("user", "create", "ana", "Ana Ruiz", "--role", "proceso", "--role", "mesa_de_ayuda", database=database)
    assert made.returncode == 0
    assert re.search(r"One-time password of ana: \S{12}", made.stdout)
    assert "Ana Ruiz" in (listed := core("user", "list", database=database).stdout)
    assert "Mesa de Ayuda, Proceso" in listed


def test_people_are_reset_disabled_enabled_and_given_other_roles(database: Path) -> None:
    core("user", "create", "ana", "Ana Ruiz", database=database)
    assert "One-time password" in core("user", "reset", "ana", database=database).stdout
    assert core("user", "disable", "ana", database=database).returncode == 0
    assert "(disabled)" in core("user", "list", database=database).stdout
    assert core("user", "enable", "ana", database=database).returncode == 0
    assert "Proceso" in core("user", "roles", "ana", "proceso", database=database).stdout
    assert "no role" in core("user", "roles", "ana", database=database).stdout


@pytest.mark.parametrize(
    ("words", "problems"),
    [
        (("user", "create", "ana", "Ana Ruiz"), [Problem("login_taken", {"login": "ana"})]),
        (("user", "create", "á b", ""), [Problem("login_invalid"), Problem("name_missing")]),
        (("user", "reset", "nobody"), [Problem("person_unknown", {"login": "nobody"})]),
        (("user", "right", "ana", "analysis", "--take"), [Problem("right_same")]),
        (("system", "end", "none"), [Problem("system_unknown", {"name": "none"})]),
        (("demo",), [Problem("demo_not_empty", {"people": 1})]),
    ],
)
def test_a_refusal_is_in_the_words_of_the_screens(
    database: Path, words: tuple[str, ...], problems: list[Problem]
) -> None:
    core("user", "create", "ana", "Ana Ruiz", database=database)
    refused = core(*words, database=database)
    sentences = [messages.sentence("en", *problem) for problem in problems]
    assert (refused.returncode, refused.stdout, refused.stderr.splitlines()) == (1, "", sentences)
    assert messages.text("en", "error-unknown", code="")[:20] not in refused.stderr


def test_a_list_in_a_refusal_is_words() -> None:
    refused = NotAllowed("leaves_undecided", cases=[f"S-2026-000{n}" for n in (1, 2, 3)], count=3)
    assert sentence(refused, ScreenWords().refusal) == (
        "Not saved: it would leave 3 running cases that nobody may decide: S-2026-0001, S-2026-0002, and S-2026-0003. "
        "Give the role to somebody else first."
    )


@pytest.mark.parametrize("words", ["bpmn", "user list"])
def test_whoever_does_not_read_the_output_is_not_told_of_it(database: Path, words: str) -> None:
    core("user", "create", "ana", "Ana Ruiz", database=database)
    unread = f"{sys.executable} -m core {words} | true; echo ${{PIPESTATUS[0]}}"
    done = run(["bash", "-c", unread], DATABASE_URL=f"sqlite:///{database}", PYTHONUNBUFFERED="")
    assert (done.stdout, done.stderr) == ("1\n", "")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", "Check DATABASE_URL"),
        ("no address at all", "Check DATABASE_URL"),
        ("sqlite:////proc/none/approvals.db", NO_TABLES),
        (f"sqlite:///{ROOT / 'README.md'}", "file is not a database"),
    ],
)
def test_a_database_that_cannot_be_used_is_said_with_its_cure(address: str, says: str) -> None:
    failed = core("replay", database=address)
    assert failed.returncode == 1
    assert says in failed.stderr
    assert "Traceback" not in failed.stderr


def test_a_mistyped_path_does_not_become_a_new_database(database: Path) -> None:
    assert NO_TABLES in core("user", "list", database=database).stderr
    assert not database.exists()


def test_an_unknown_role_is_answered_with_the_roles(database: Path) -> None:
    failed = core("user", "create", "ana", "Ana Ruiz", "--role", "jefe", database=database)
    assert failed.returncode == 2
    assert all(role in failed.stderr for role in Role)


def test_replay_tells_what_differs(database: Path) -> None:
    core("demo", "--cases", "2", database=database)
    assert "2 cases, all equal" in core("replay", database=database).stdout
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE phase_visits SET returns = 7 WHERE case_id = 1 AND phase = 1")
    damaged = core("replay", database=database)
    assert damaged.returncode == 1
    assert damaged.stdout.splitlines() == [
        "S-2026-0001 phase_visits case_id=1, phase=1 returns: stored 7, rebuilt 0",
        "2 cases, 1 differences",
    ]


def test_replay_prints_the_size_and_the_hash_of_bytes(world: World) -> None:
    for key in ("a", "b"):
        world.validate(world.open(key), "no")
    database = Path(str(world.db.url.database))
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE ended_cases SET visits = x'00ff' WHERE case_id = 1")
        connection.execute("DELETE FROM ended_cases WHERE case_id = 2")
    changed, gone, last = core("replay", database=database).stdout.splitlines()
    start = r"S-2026-0001 ended_cases case_id=1 visits: stored 2 bytes \(SHA-256 06eb7d6a69ee\), rebuilt "
    assert re.fullmatch(start + r"\d+ bytes \(SHA-256 [0-9a-f]{12}\)", changed)
    assert re.search(r"visits: \d+ bytes \(SHA-256 [0-9a-f]{12}\), items: \d+ bytes", gone)
    assert "\\x" not in changed + gone
    assert last == "2 cases, 2 differences"


def test_rebuild_makes_anew_what_differs_and_checks_every_record(database: Path) -> None:
    core("demo", "--cases", "3", database=database)
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE phase_visits SET returns = 7 WHERE case_id = 1")
        phases = connection.execute("SELECT count(*) FROM phase_visits WHERE case_id = 1").fetchone()[0]
    rebuilt = core("rebuild", database=database)
    assert (rebuilt.returncode, rebuilt.stderr) == (0, "")
    assert rebuilt.stdout.splitlines() == [
        f"S-2026-0001: {phases} differences, made anew",
        "3 cases, 1 made anew, 0 damaged; 3 records checked",
    ]
    assert core("replay", database=database).stdout == "3 cases, all equal\n"
    assert core("rebuild", database=database).stdout == "3 cases, 0 made anew, 0 damaged; 3 records checked\n"


def test_rebuild_names_a_damaged_record(database: Path) -> None:
    core("demo", "--cases", "2", database=database)
    with sqlite3.connect(database) as connection:
        connection.execute("DROP TRIGGER events_no_update")
        connection.execute("UPDATE events SET kind = 'X' WHERE case_id = 2 AND seq = 3")
    damaged = core("rebuild", database=database)
    assert damaged.returncode == 1
    left, last = damaged.stdout.splitlines()
    assert left.startswith("S-2026-0002: left as it is, its record is damaged: seq=3 kind: stored 'X', expected '")
    assert last == "2 cases, 0 made anew, 1 damaged; 2 records checked"


# --- make ---
@pytest.mark.parametrize("target", ["demo", "run"])
def test_a_taken_port_is_said_before_anything_starts(target: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = make(target, f"PORT={port}")
    assert refused.returncode != 0
    assert f"Port {port} on 127.0.0.1 is taken" in refused.stderr
    assert f"PORT={port + 1}" in refused.stderr


@pytest.mark.slow
def test_run_serves_a_page_and_tells_the_administrators_password_once(database: Path) -> None:
    first, second = started(database), started(database)
    assert re.search(r"One-time password of admin: \S{12}", first)
    assert "One-time password" not in second
    for said in (first, second):
        assert re.search(r"Open http://localhost:\d+", said)
    with Database(f"sqlite:///{database}").reading() as connection:
        kept = set(connection.scalars(select(tables.templates.c.sha256)))
    assert kept == set(kept_templates.all_in_force().values())


def started(database: Path) -> str:
    """What a start says until it has served its first page; the app is then stopped."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "COOKIE_SECRET": "of the tests" * 4}
    command = [sys.executable, "-m", "core", "start", "--port", str(port)]
    said = ""
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as app:
        assert app.stdout
        for line in app.stdout:
            said += line
            if line.startswith("Open "):
                with urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
                    assert page.status == 200
                app.terminate()
        assert app.wait(30) == 0
    return said


def test_a_missing_python_is_said_with_its_cure(tmp_path: Path) -> None:
    refused = run(["make", "demo", "PYTHON=no-such-python", f"VENV={tmp_path / 'venv'}"])
    assert "There is no no-such-python here. Install Python 3.11 or newer" in refused.stderr


def test_a_python_that_is_too_old_is_said_with_its_version(tmp_path: Path) -> None:
    old = tmp_path / "python"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 && exit 0\nexit 1\n', encoding="utf-8")
    old.chmod(0o755)
    refused = run(["make", "run", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}"])
    assert "Python 3.9.2 is too old" in refused.stderr


def test_the_version_is_printed(database: Path) -> None:
    assert core("--version", database=database).stdout == "python -m core 1.0.0\n"


# --- the documents ---
def commands_of_the_documents() -> list[str]:
    names = ("README.md", "CONTRIBUTING.md", "docs/operations.md")
    text = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in names)
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    inline = re.findall(r"`((?:make|python -m core) [^`]+)`", text)
    return sorted({line for line in (*lines, *inline) if re.match(r"(\w+=\S+ )*(make|python -m core)\b", line)})


def test_the_documents_show_the_commands_that_there_are() -> None:
    shown = " ".join(commands_of_the_documents())
    targets = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {"demo", "run", "test"} <= set(targets)
    assert [target for target in ("demo", "run", "test", "lint", "bench") if f"make {target}" not in shown] == []


@pytest.mark.parametrize("command", commands_of_the_documents())
def test_each_command_of_the_documents_is_real(command: str) -> None:
    words = [word for word in command.split() if not re.match(r"[A-Z_]+=", word)]
    if words[0] == "make":
        assert shutil.which("make")
        tried = make("-n", *words[1:])
    else:
        verbs = [word for word in words[3:5] if re.fullmatch(r"[a-z]+", word)]
        verbs = verbs if verbs[:1] == ["user"] else verbs[:1]
        tried = core(*verbs, "--help", database="sqlite://")
    assert tried.returncode == 0, tried.stderr
