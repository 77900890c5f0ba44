"""Planting one bug on purpose: a guard taken out of its command's row, or one refusal taken out of a function.

A refusal is a `raise` or a `yield …, Problem(…)` in one of MODULES; it is named module.function.code, e.g.
`people.absences._may.absence_of_another`; the second of a name in a function ends in `#2`.
`python -m tests.properties.seed` lists them all, as seeded_bugs.txt keeps them.
"""

import ast
import importlib
import inspect
from collections.abc import Container, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import chain, count
from types import CodeType, FunctionType, ModuleType
from typing import Any

from core.case import guards

ENTRIES = [f"{command.__name__}.{guard.__name__}" for command, row in guards.GUARDS.items() for guard in row]
MODULES = {  # which tests know the rules that stand outside the table of guards
    "people.absences": ("people/test_absences",),
    "staff.coverage": (
        "people/test_absences",
        "staff/test_coverage",
        "people/test_accounts",
        "services/test_settings",
    ),
    "services.settings": ("services/test_settings",),
    "services.batch_review": ("services/test_batch_review",),
    "people.saved_views": ("people/test_saved_views",),
    "services.status_links": ("services/test_status_links",),
    "integrations.outbound_calls": ("integrations/test_outbound_calls",),
    "integrations.api_clients": ("web/test_api",),
    "notices.preferences": ("notices/test_letters", "notices/test_chat"),
    "people.accounts": ("people/test_accounts", "people/test_administering"),
    "services.opening": ("services/test_opening", "queries/test_prerequisites"),
}


@contextmanager
def planted(bug: str) -> Iterator[None]:
    """The product without that guard or refusal."""
    with _without_guard(bug) if bug in ENTRIES else _without_refusal(bug):
        yield


@contextmanager
def _without_guard(bug: str) -> Iterator[None]:
    before = dict(guards.GUARDS)
    for command, row in before.items():
        guards.GUARDS[command] = tuple(g for g in row if f"{command.__name__}.{g.__name__}" != bug)
    try:
        yield
    finally:
        guards.GUARDS.update(before)


@contextmanager
def _without_refusal(bug: str) -> Iterator[None]:
    module = importlib.import_module(f"core.{bug.rsplit('.', maxsplit=2)[0]}")
    function, line = refusals()[bug]
    found = vars(module)[function]
    found = inspect.unwrap(found)
    before = found.__code__
    found.__code__ = _mutated(module, found, line)
    try:
        yield
    finally:
        found.__code__ = before


@cache
def refusals() -> dict[str, tuple[str, int]]:
    """Every refusal of MODULES: the function in which it stands, and its line."""
    found: dict[str, tuple[str, int]] = {}
    for name in MODULES:
        tree = ast.parse(inspect.getsource(importlib.import_module(f"core.{name}")))
        for function in tree.body:
            if isinstance(function, ast.FunctionDef):
                for statement in ast.walk(function):
                    if code := _code(statement):
                        found[_unused(f"{name}.{function.name}.{code}", found)] = (function.name, statement.lineno)
    return found


def _unused(name: str, taken: Container[str]) -> str:
    """The name, numbered when it is taken."""
    return next(key for key in chain([name], (f"{name}#{n}" for n in count(2))) if key not in taken)


def names() -> list[str]:
    """Every bug that can be planted, in alphabetical order."""
    return sorted([*ENTRIES, *refusals()])


def _code(statement: ast.AST) -> str:
    """The code of the refusal that a statement is; empty when it is none."""
    if isinstance(statement, ast.Raise) and isinstance(statement.exc, ast.Call):
        return _first_word(statement.exc) or "raise"
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Yield):
        given = statement.value.value
        problems = [each for each in ast.walk(given) if _is_problem(each)] if given else []
        return _first_word(problems[0]) if problems else ""
    return ""


def _is_problem(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem"


def _first_word(node: ast.AST) -> str:
    words = [each for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    named = [each.args[0] for each in ast.walk(node) if _is_problem(each) and each.args]  # type: ignore[attr-defined]
    chosen = next((each for each in named if isinstance(each, ast.Constant)), words[0] if words else None)
    return str(chosen.value) if chosen else ""


class _Removal(ast.NodeTransformer):
    """Takes the statement of one line out; a generator stays one."""

    def __init__(self, line: int) -> None:
        self.line = line

    def visit_Raise(self, node: ast.Raise) -> ast.stmt:
        return ast.copy_location(ast.Pass(), node) if node.lineno == self.line else node

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        if node.lineno != self.line or not isinstance(node.value, ast.Yield):
            return node
        return ast.copy_location(ast.Expr(ast.YieldFrom(ast.Tuple([], ast.Load()))), node)


def _mutated(module: ModuleType, function: FunctionType, line: int) -> CodeType:
    tree = ast.fix_missing_locations(_Removal(line).visit(ast.parse(inspect.getsource(module))))
    whole = compile(tree, str(module.__file__), "exec")
    found: list[Any] = [each for each in whole.co_consts if isinstance(each, CodeType)]
    return next(each for each in found if each.co_name == function.__name__)


if __name__ == "__main__":
    print(*names(), sep="\n")
