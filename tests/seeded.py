"""Seeded bugs: take each guard out in turn and see that the tests notice; a Markdown table, exit 1 if one survives.

Run as `python tests/seeded.py [part of a guard's name ...]`.
"""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from seeding import ENTRIES  # noqa: E402

ATTACK = "test_the_attack_on_each_guard_is_refused_and_writes_nothing"


class Outcome(NamedTuple):
    """Which test noticed that a guard was gone, and which rule of the random lives; empty when none did."""

    guard: str
    test: str
    rule: str


def run(guard: str, tests: str) -> str | None:
    """The output of tests that failed without the guard, or None when they passed."""
    environment = {**os.environ, "SEEDED_BUG": guard, "TEST_DATABASES": "sqlite"}
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", tests]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"the tests did not run without {guard}:\n{done.stdout}{done.stderr}")
    return done.stdout if done.returncode else None


def tried(guard: str) -> Outcome:
    """Both kinds of test, without one guard."""
    attack = run(guard, f"tests/test_guards.py::{ATTACK}[sqlite-{guard}]")
    lives = run(guard, "tests/test_stateful.py")
    rules = re.findall(r"state\.(\w+)\(", lives or "")
    return Outcome(
        guard, f"test_guards [{guard}]" if attack else "", next((r for r in rules[::-1] if r != "teardown"), "")
    )


def main(*parts: str) -> int:
    chosen = [guard for guard in ENTRIES if not parts or any(part in guard for part in parts)]
    print("| guard removed | test that fails | rule of the random lives that fails |\n|---|---|---|")
    survived = 0
    with ThreadPoolExecutor(2) as pool:
        for outcome in pool.map(tried, chosen):
            survived += not (outcome.test and outcome.rule)
            print(f"| {outcome.guard} | {outcome.test or '**none**'} | {outcome.rule or '**none**'} |", flush=True)
    print(f"\n{len(chosen) - survived} of {len(chosen)} seeded bugs found by both.")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
