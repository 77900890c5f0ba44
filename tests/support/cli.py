"""Running `python -m core` commands in tests."""

import io
import os
import subprocess
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from core import __main__ as commands
from core.cli import context, start
from core.paths import ROOT
from core.store.database import Clock, Database


def core(*arguments: str, database: Path | str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a `python -m core` command in this process, which is faster, on a database (a path or a URL)."""
    url = database if isinstance(database, str) else f"sqlite:///{database}"
    used: list[Database] = []

    def opened(url: str | None = None, clock: Clock | None = None) -> Database:
        used.append(Database(url, clock))
        return used[-1]

    with (
        patch.dict(os.environ, DATABASE_URL=url, **more),
        patch.object(context, "Database", opened),
        patch.object(start, "Database", opened),
        redirect_stdout(io.StringIO()) as out,
        redirect_stderr(io.StringIO()) as errors,
    ):
        code = commands.main([*arguments])
    for db in used:
        if "engine" in db.__dict__:
            db.engine.dispose()
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), errors.getvalue())


def run(command: list[str], **more: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    return subprocess.run(
        command, cwd=ROOT, env={**inherited, **more}, capture_output=True, text=True, timeout=120, check=False
    )
