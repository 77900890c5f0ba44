"""What is stored of ended cases means the same after a role and a kind of work item were inserted among the others.

Figures are computed twice over one database: by the product as it is, and by a copy of it in which both enums have a
new member in the middle.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.process.terms import KIND_CODES, ROLE_CODES, Flow, Kind, Role
from core.store.ended_cases import (
    CODE_LIMIT,
    ENDING_CODES,
    ENDINGS,
    KINDS,
    MISSING,
    OUTCOME_CODES,
    OUTCOMES,
    ROLES,
    positions,
)
from tests.support import all_figures, countable_cases
from tests.support.drive_case import FAILS, World
from tests.support.people import DAY

ROOT = Path(__file__).resolve().parents[2]
NEW_ROLE = "riesgos"
INSERTED = {
    '    GERENTE_COMERCIAL = "gerente_comercial"\n': '    RIESGOS = "riesgos"\n',
    '    Role.GERENTE_COMERCIAL: "Gerente Comercial",\n': '    Role.RIESGOS: "Riesgos",\n',
    "    Role.GERENTE_COMERCIAL: 3,\n": "    Role.RIESGOS: 6,\n",
    "    Role.GERENTE_COMERCIAL,\n": "    Role.RIESGOS,\n",
    '    CORRECT = "correct"\n': '    AUDIT = "audit"\n',
    "    Kind.CORRECT: 3,\n": "    Kind.AUDIT: 6,\n",
}


def figures_of(tree: Path, url: str, now: int) -> dict[str, Any]:
    """Every figure of the catalogue, as the product in that folder computes it."""
    command = [sys.executable, all_figures.__file__, url, str(now)]
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def without(value: Any, role: str) -> Any:
    """The same without the rows of a role."""
    if isinstance(value, list):
        return [without(each, role) for each in value if not (isinstance(each, dict) and each.get("role") == role)]
    return {name: without(each, role) for name, each in value.items()} if isinstance(value, dict) else value


def test_a_role_and_a_kind_inserted_in_the_middle_take_over_no_history(world: World, tmp_path: Path):
    countable_cases.play(world)
    code = world.open("corrected", flow=Flow.ESTANDAR)
    world.to(code, 2, Kind.REVIEW)
    world.review(code, Role.GERENTE_COMERCIAL)
    world.review(code, Role.PROCESO, "return", answers=FAILS)
    world.to_end(code)
    url, now = str(world.db.url), world.now + DAY
    for folder in ("core", "data/templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    terms = tmp_path / "core" / "process" / "terms.py"
    text = terms.read_text()
    for before, line in INSERTED.items():
        assert before in text, before
        text = text.replace(before, line + before)
    terms.write_text(text)

    today, later = all_figures.all_figures(url, now), figures_of(tmp_path, url, now)

    assert later.pop("roles").index(NEW_ROLE) == today.pop("roles").index("gerente_comercial") == 3
    assert later.pop("kinds").index("audit") == today.pop("kinds").index("correct") == 3
    assert [row["queue"] for row in later["all"]["bottlenecks"]["roles"] if row["role"] == NEW_ROLE] == [0]
    assert without(later, NEW_ROLE) == today


def test_the_numbers_that_rows_are_stored_under_are_never_changed():
    assert ROLE_CODES == {
        "operador_operacion": 0,
        "mesa_de_ayuda": 1,
        "gerente_alianzas": 2,
        "gerente_comercial": 3,
        "responsable_implementacion_b2b": 4,
        "proceso": 5,
    }
    assert KIND_CODES == {"validate": 0, "produce": 1, "review": 2, "correct": 3, "close": 4, "sign_off": 5}
    assert OUTCOME_CODES == {"advanced": 0, "closed": 1, "rejected": 2}
    assert ENDING_CODES == {"yes": 0, "no": 1, "send": 2, "approve": 3, "return": 4, "close": 5, "withdrawn": 6}


@pytest.mark.parametrize(
    ("name", "texts", "codes"),
    [
        ("role", ROLES, ROLE_CODES),
        ("kind", KINDS, KIND_CODES),
        ("outcome", OUTCOMES, OUTCOME_CODES),
        ("ending", ENDINGS, ENDING_CODES),
    ],
)
def test_each_code_is_read_as_the_position_of_its_text(name: str, texts: tuple[str, ...], codes: dict[str, int]):
    stored = np.array([codes[text] for text in texts] + [CODE_LIMIT - 1], np.int8)
    assert len(set(codes.values())) == len(codes)
    assert positions(name, stored).tolist() == [*range(len(texts)), MISSING]
