"""A copy of the product with lines inserted into some files, run in a separate process."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("core", "data/templates", "pages", "tests/support", "ui")
Insertions = Mapping[str, Mapping[str, str]]  # file: {text: line to insert before it}

# A review role and a kind of work item, inserted between existing ones.
ROLE = {
    '    GERENTE_COMERCIAL = "gerente_comercial"\n': '    RIESGOS = "riesgos"\n',
    '    Role.GERENTE_COMERCIAL: "Gerente Comercial",\n': '    Role.RIESGOS: "Riesgos",\n',
    "    Role.GERENTE_COMERCIAL: 3,\n": "    Role.RIESGOS: 6,\n",
    "    Role.GERENTE_COMERCIAL,\n": "    Role.RIESGOS,\n",
}
KIND = {
    '    CORRECT = "correct"\n': '    AUDIT = "audit"\n',
    "    Kind.CORRECT: 3,\n": "    Kind.AUDIT: 6,\n",
}


def changed_copy(target: Path, insertions: Insertions) -> None:
    """Copy the product to an empty folder and insert the lines; each text must occur exactly once in its file."""
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, target / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name, lines in insertions.items():
        path = target / name
        text = path.read_text()
        for before, line in lines.items():
            assert text.count(before) == 1, (name, before)
            text = text.replace(before, line + before)
        path.write_text(text)


def run(tree: Path, script: Path, *arguments: str) -> Any:
    """Run a script with the modules of the copy and parse the JSON that it prints."""
    command = [sys.executable, str(script), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    completed = subprocess.run(
        command, cwd=tree, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert completed.returncode == 0, completed.stderr
    return json.loads(completed.stdout)
