"""The commands of the terminal: what they do, what they say when they cannot, and that the README names real ones."""

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
from terminal import core, run

from core import schema, templates
from core.db import ROOT, Database
from core.terms import Role

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
    assert done.stdout == (ROOT / "tests" / "activities.tsv").read_text(encoding="utf-8")


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
    ("words", "says"),
    [
        (("user", "create", "ana", "Ana Ruiz"), "exists already"),
        (("user", "create", "á b", ""), "A login has 2 to 40 characters"),
        (("user", "reset", "nobody"), "There is no person “nobody”. Check the login."),
        (("demo",), "never mixes with real work"),
    ],
)
def test_a_refusal_is_a_sentence_and_not_a_trace(database: Path, words: tuple[str, ...], says: str) -> None:
    core("user", "create", "ana", "Ana Ruiz", database=database)
    refused = core(*words, database=database)
    assert refused.returncode == 1
    assert says in refused.stderr
    assert "Traceback" not in refused.stderr


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
    assert "phase_visits" in damaged.stdout
    assert "2 cases, 1 differences" in damaged.stdout


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


def test_run_serves_a_page_and_tells_the_administrators_password_once(database: Path) -> None:
    first, second = started(database), started(database)
    assert re.search(r"One-time password of admin: \S{12}", first)
    assert "One-time password" not in second
    for said in (first, second):
        assert re.search(r"Open http://localhost:\d+", said)
    with Database(f"sqlite:///{database}").reading() as connection:
        kept = set(connection.scalars(select(schema.templates.c.sha256)))
    assert kept == set(templates.all_in_force().values())


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


# --- the README ---
def commands_of_the_readme() -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    inline = re.findall(r"`((?:make|python -m core) [^`]+)`", text)
    return sorted({line for line in (*lines, *inline) if re.match(r"(\w+=\S+ )*(make|python -m core)\b", line)})


def test_the_readme_shows_the_commands_that_there_are() -> None:
    shown = " ".join(commands_of_the_readme())
    targets = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {"demo", "run", "test"} <= set(targets)
    assert [target for target in ("demo", "run", "test", "lint", "bench") if f"make {target}" not in shown] == []


@pytest.mark.parametrize("command", commands_of_the_readme())
def test_each_command_of_the_readme_is_real(command: str) -> None:
    words = [word for word in command.split() if not re.match(r"[A-Z_]+=", word)]
    if words[0] == "make":
        assert shutil.which("make")
        tried = make("-n", *words[1:])
    else:
        verbs = [word for word in words[3:5] if re.fullmatch(r"[a-z]+", word)]
        verbs = verbs if verbs[:1] == ["user"] else verbs[:1]
        tried = core(*verbs, "--help", database="sqlite://")
    assert tried.returncode == 0, tried.stderr
