"""Seeded bugs: take each guard and each refusal out in turn and see that a test notices; a Markdown table, exit 1 if
one survives.

Run as `python -m tests.properties.seeded_bugs [--lives] [part of a name ...]`. The directed tests come first; the
random lives look for a guard that these miss, with `--lives` for every guard.
"""

import os
import re
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from io import StringIO
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
os.environ["TEST_DATABASES"] = "sqlite"

import pytest  # noqa: E402

from tests.properties.seed import ENTRIES, MODULES, module_of, names, planted  # noqa: E402

ATTACK = "tests/case/test_guards.py::test_the_attack_on_each_guard_is_refused_and_writes_nothing"
LIVES = "tests/properties/test_stateful.py"


class Outcome(NamedTuple):
    """Which test noticed that a guard was gone, and which rule of the random lives; empty when none did."""

    bug: str
    test: str
    rule: str
    looked: bool  # whether the random lives were asked


class Failures:
    """A plugin that notes which tests failed and how."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.found.append((report.nodeid.removeprefix("tests/"), report.longreprtext))


def run(bug: str, *tests: str) -> list[tuple[str, str]]:
    """The tests that failed without the guard, with their output."""
    failures, said = Failures(), StringIO()
    os.environ["SEEDED_BUG"] = bug  # the random lives look where it matters
    with planted(bug), redirect_stdout(said):
        code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-m", "not browser", *tests], plugins=[failures])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise RuntimeError(f"the tests did not run without {bug}:\n{said.getvalue()}")
    return failures.found


def tried(bug: str, lives: bool) -> Outcome:
    """The directed tests without one guard, and where they see nothing (or always) the random lives."""
    os.chdir(ROOT)
    guard = bug in ENTRIES
    files = [f"{ATTACK}[sqlite-{bug}]"] if guard else [f"tests/{each}.py" for each in MODULES[module_of(bug)]]
    directed = run(bug, *files)
    look = guard and (lives or not directed)
    found = run(bug, LIVES) if look else []
    rules = [rule for _, text in found for rule in re.findall(r"state\.(\w+)\(", text) if rule != "teardown"]
    return Outcome(bug, directed[0][0] if directed else "", rules[-1] if rules else "", look)


def main(*given: str) -> int:
    lives, parts = "--lives" in given, [each for each in given if each != "--lives"]
    chosen = [bug for bug in names() if not parts or any(part in bug for part in parts)]
    print("| removed | test that fails | rule of the random lives that fails |\n|---|---|---|")
    survived, began = 0, time.monotonic()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for bug, test, rule, looked in pool.map(tried, chosen, [lives] * len(chosen)):
            survived += not test or (lives and looked and not rule)
            shown = rule or ("**none**" if looked else "")
            print(f"| {bug} | {test or '**none**'} | {shown} |", flush=True)
    minutes = (time.monotonic() - began) / 60
    print(f"\n{len(chosen) - survived} of {len(chosen)} seeded bugs found, in {minutes:.0f} min.")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
