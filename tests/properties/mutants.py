"""Mutants: change the rules of a case at random places, one at a time, and see that a test notices each.

Run as `python -m tests.properties.mutants [--seed N] [--count N] [--all] [part of a description ...]`; prints each
survivor and the share that was found, and exits with 1 below 95 %. Each mutant runs in a fork of a process that has
imported the libraries but nothing of the product: the tests without a database first, then the wider ones for what
these miss.
"""

import argparse
import importlib.abc
import importlib.machinery
import importlib.util
import os
import random
import signal
import subprocess
import sys
import time
from multiprocessing import get_context
from pathlib import Path
from types import CodeType
from typing import NamedTuple

import hypothesis
import pandas
import pytest
import sqlalchemy
import streamlit.testing.v1

from tests.properties.mutation import Site, mutated, sites

LIBRARIES = (hypothesis, pandas, pytest, sqlalchemy, streamlit)  # imported once, for every mutant
ROOT = Path(__file__).resolve().parent.parent.parent
RULES = ("core/state.py", "core/case/**/*.py", "core/process/**/*.py")
NEAR = ("tests/unit/case", "tests/unit/process")
WIDER = (
    "tests/case",
    "tests/services",
    "tests/queries",
    "tests/store",
    "tests/conformance",
    "tests/people",
    "tests/cli",
)
PATIENCE = 300  # seconds after which a mutant that never ends counts as found; ten times as many with a database
FOUND_AT_LEAST = 0.95


class Mutant(NamedTuple):
    """A module of the product with one change."""

    path: str
    site: Site

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").replace("/", ".")

    def __str__(self) -> str:
        return f"{self.path}:{self.site.line} {self.site.change}"


class Changed(importlib.machinery.SourceFileLoader):
    """Loads a module of which one place is changed."""

    def __init__(self, mutant: Mutant) -> None:
        super().__init__(mutant.module, str(ROOT / mutant.path))
        self.mutant = mutant

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002
        source = Path(self.path).read_text(encoding="utf-8")
        return compile(mutated(source, self.mutant.site.place), self.path, "exec")


class Finder(importlib.abc.MetaPathFinder):
    """Finds the changed module in the place of the product's own."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, fullname, path, target=None):  # type: ignore[no-untyped-def]  # noqa: ARG002
        if fullname != self.mutant.module:
            return None
        return importlib.util.spec_from_file_location(fullname, ROOT / self.mutant.path, loader=Changed(self.mutant))


def population(parts: list[str]) -> list[Mutant]:
    """Every mutant of the rules whose description has one of these parts."""
    paths = sorted(str(path.relative_to(ROOT)) for pattern in RULES for path in ROOT.glob(pattern))
    every = [Mutant(path, site) for path in paths for site in sites((ROOT / path).read_text(encoding="utf-8"))]
    return [mutant for mutant in every if not parts or any(part in str(mutant) for part in parts)]


def found(mutant: Mutant) -> bool:
    """Whether a test fails, or the product cannot even be imported, with that change."""
    signal.signal(signal.SIGALRM, _too_long)
    sys.meta_path.insert(0, Finder(mutant))
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    os.environ["TEST_DATABASES"] = "sqlite"
    # Without conftest.py, which imports the whole product, a mutant takes one second instead of ten.
    near = _fail(PATIENCE, "--noconftest", *NEAR)
    return near or _fail(10 * PATIENCE, "-m", "not rest and not browser", *WIDER)


def _fail(seconds: int, *chosen: str) -> bool:
    signal.alarm(seconds)
    return pytest.main(["-x", "-n", "0", *chosen]) != pytest.ExitCode.OK


def _too_long(*_: object) -> None:
    raise TimeoutError


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("parts", nargs="*")
    given = parser.parse_args()
    chosen = population(given.parts)
    if not given.all:
        chosen = random.Random(given.seed).sample(chosen, min(given.count, len(chosen)))  # noqa: S311
    if subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-n", "0", "--noconftest", *NEAR], cwd=ROOT, check=False
    ).returncode:
        print("The tests fail without a mutant, too.")
        return 1
    began, survivors = time.monotonic(), []
    with get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        for number, (mutant, killed) in enumerate(zip(chosen, pool.imap(found, chosen), strict=True), start=1):
            if not killed:
                survivors.append(mutant)
                print(f"survives: {mutant}", flush=True)
            if number % 20 == 0:
                print(f"{number} of {len(chosen)}", file=sys.stderr, flush=True)
    share = 1 - len(survivors) / len(chosen)
    minutes = (time.monotonic() - began) / 60
    print(f"{len(chosen) - len(survivors)} of {len(chosen)} mutants found ({share:.1%}) in {minutes:.0f} min.")
    return 0 if share >= FOUND_AT_LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
