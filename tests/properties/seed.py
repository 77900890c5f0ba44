"""Planting one bug on purpose: a guard taken out of its command's row, or one refusal taken out of a function.

A refusal is a `raise`, a `yield …, Problem(…)` or a `return Problem(…)` in one of MODULES; it is named
module.function.code, e.g. `people.absences._may.absence_of_another`; the second of a name in a function ends in `#2`.
`python -m tests.properties.seed` lists them all, as seeded_bugs.txt keeps them.
"""

import ast
import importlib
import inspect
from collections.abc import Container, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import chain, count
from operator import attrgetter
from types import CodeType, FunctionType, ModuleType

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
    "process.settings_catalogue": ("services/test_settings", "store/test_settings", "unit/process/test_policy"),
    "process.policy": ("services/test_settings", "store/test_settings", "unit/process/test_policy"),
    "services.settings": ("services/test_settings", "store/test_settings"),
    "services.batch_review": ("services/test_batch_review",),
    "people.saved_views": ("people/test_saved_views",),
    "services.status_links": ("services/test_status_links",),
    "integrations.outbound_calls": ("integrations/test_outbound_calls",),
    "integrations.api_clients": ("web/test_api",),
    "notices.preferences": ("notices/test_letters", "notices/test_chat"),
    "people.accounts": ("people/test_accounts", "people/test_administering"),
    "services.opening": ("services/test_opening", "queries/test_prerequisites"),
    "services.environments": ("services/test_opening", "queries/test_prerequisites"),
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
    module = importlib.import_module(f"core.{module_of(bug)}")
    function, line = refusals()[bug]
    refusing = inspect.unwrap(attrgetter(function)(module))
    refusing = getattr(refusing, "__func__", refusing)  # of a class method
    before = refusing.__code__
    refusing.__code__ = _mutated(module, refusing, line)
    try:
        yield
    finally:
        refusing.__code__ = before


def module_of(bug: str) -> str:
    """Of MODULES the one in which a refusal stands."""
    return next(name for name in MODULES if bug.startswith(f"{name}."))


@cache
def refusals() -> dict[str, tuple[str, int]]:
    """Every refusal of MODULES: the function in which it stands, or the class and its method, and its line."""
    rows: dict[str, tuple[str, int]] = {}
    for name in MODULES:
        tree = ast.parse(inspect.getsource(importlib.import_module(f"core.{name}")))
        for function, node in _functions(tree):
            for statement in ast.walk(node):
                if code := _code(statement):
                    assert isinstance(statement, ast.stmt)
                    rows[_unused(f"{name}.{function}.{code}", rows)] = (function, statement.lineno)
    return rows


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions of a module and the methods of its classes, by name."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{each.name}", each) for each in node.body if isinstance(each, ast.FunctionDef))


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
    if isinstance(statement, ast.Return) and isinstance(statement.value, ast.Call | ast.IfExp):
        arms = [statement.value.body, statement.value.orelse] if isinstance(statement.value, ast.IfExp) else []
        problem = next((node for node in (*arms, statement.value) if _is_problem(node)), None)
        return _first_word(problem) if problem else ""
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
    return str(chosen.value) if chosen and str(chosen.value).isidentifier() else ""


class _Removal(ast.NodeTransformer):
    """Takes the statement of one line out; a generator stays one."""

    def __init__(self, line: int) -> None:
        self.line = line

    def visit_Return(self, node: ast.Return) -> ast.stmt:
        return ast.copy_location(ast.Return(ast.Constant(None)), node) if node.lineno == self.line else node

    def visit_Raise(self, node: ast.Raise) -> ast.stmt:
        return ast.copy_location(ast.Pass(), node) if node.lineno == self.line else node

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        if node.lineno != self.line or not isinstance(node.value, ast.Yield):
            return node
        return ast.copy_location(ast.Expr(ast.YieldFrom(ast.Tuple([], ast.Load()))), node)


def _mutated(module: ModuleType, function: FunctionType, line: int) -> CodeType:
    tree = ast.fix_missing_locations(_Removal(line).visit(ast.parse(inspect.getsource(module))))
    codes = [compile(tree, str(module.__file__), "exec")]
    while codes:  # methods stand in the code of their class
        code = codes.pop()
        if code.co_qualname == function.__qualname__:
            return code
        codes += [each for each in code.co_consts if isinstance(each, CodeType)]
    raise LookupError(function.__qualname__)


if __name__ == "__main__":
    print(*names(), sep="\n")
