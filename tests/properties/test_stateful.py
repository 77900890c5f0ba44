"""Random lives of cases: at every point each attack is refused with nothing written, and replay equals state."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.properties.random_substitution import Substituting
from tests.support.targeted_attacks import steered


@pytest.mark.slow
def test_in_random_lives_each_attack_is_refused_and_replay_equals_state(sqlite_template: Path, tmp_path: Path):
    bug = os.environ.get("SEEDED_BUG", "")
    machine = steered(Substituting, bug.split(".")[0]) if bug else Substituting
    machine.template, machine.folder = sqlite_template, tmp_path
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=120 if bug else 240 if "SOAK" in os.environ else 30,  # a seeded bug ends the search
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.generate,) if bug else (Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
