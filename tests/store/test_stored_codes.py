"""What is stored of ended cases means the same after a role and a kind of work item were inserted among the others.

Figures are computed twice over one database: by the product as it is, and by a copy of it in which both enums have a
new member in the middle.
"""

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
from tests.support.changed_copy import KIND, ROLE, changed_copy, run
from tests.support.drive_case import FAILS, World
from tests.support.people import DAY

NEW_ROLE = "riesgos"


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
    changed_copy(tmp_path, {"core/process/terms.py": ROLE | KIND})

    today, later = all_figures.all_figures(url, now), run(tmp_path, Path(all_figures.__file__), url, str(now))

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
