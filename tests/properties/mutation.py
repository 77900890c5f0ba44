"""Small changes of the product's rules, one at a time: where a module can be changed, and its code with one change.

A site is a place in a module's syntax tree and an operator that applies there. Texts for people, docstrings and types
are left alone.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
LEFT_ALONE = ("annotation", "returns", "decorator_list", "bases", "type_params")
OTHER_CALL = {"min": "max", "max": "min", "any": "all", "all": "any", "bisect_left": "bisect_right"}
OTHER_CALL |= {"bisect_right": "bisect_left"}


class Site(NamedTuple):
    """A change that can be made: the line, what it does, and its place among the module's changes."""

    line: int
    change: str
    place: int


Change = tuple[int, str, Callable[[], None]]  # the line, what it does, and what makes it in the tree


def sites(source: str) -> list[Site]:
    """Every change that can be made to a module."""
    return [Site(line, change, place) for place, (line, change, _) in enumerate(_changes(ast.parse(source)))]


def mutated(source: str, place: int) -> ast.Module:
    """The module with that change."""
    tree = ast.parse(source)
    _, _, make = list(_changes(tree))[place]
    make()
    return ast.fix_missing_locations(tree)


def _changes(tree: ast.Module) -> Iterator[Change]:
    for parent, field, index, node in list(_nodes(tree)):
        for change, replacement in _replacements(node):
            yield (
                getattr(node, "lineno", getattr(parent, "lineno", 0)),
                change,
                _setting(parent, field, index, replacement),
            )
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg and len(node.keywords) + len(node.args) > 1:
                    yield node.lineno, f"without {keyword.arg}", lambda n=node, k=keyword: n.keywords.remove(k)
        if isinstance(node, ast.comprehension):
            for test in node.ifs:
                yield test.lineno, "without its filter", lambda n=node, t=test: n.ifs.remove(t)


def _setting(parent: ast.AST, field: str, index: int | None, replacement: ast.AST) -> Callable[[], None]:
    def put() -> None:
        if index is None:
            setattr(parent, field, replacement)
        else:
            getattr(parent, field)[index] = replacement

    return put


def _nodes(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Every node with where it stands, without types, docstrings and texts that are put together."""
    for field, value in ast.iter_fields(tree):
        if field in LEFT_ALONE or (isinstance(tree, ast.ClassDef) and field == "keywords"):
            continue
        for index, node in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(node, ast.AST) or _is_text(node):
                continue
            yield tree, field, index if isinstance(value, list) else None, node
            yield from _nodes(node)


def _is_text(node: ast.AST) -> bool:
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return docstring or isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom)


def _replacements(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if type(node) in SWAPPED:
        other = SWAPPED[type(node)]
        yield f"{type(node).__name__} becomes {other.__name__}", other()
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "without not", operand
        case ast.If(test=test) | ast.IfExp(test=test):
            for value in (True, False):
                changed = copy.copy(node)
                changed.test = ast.copy_location(ast.Constant(value), test)
                yield f"the condition is always {value}", changed
        case ast.Call(func=ast.Name(id=name)) if name in OTHER_CALL:
            changed_call = copy.copy(node)
            changed_call.func = ast.Name(OTHER_CALL[name], ast.Load())
            yield f"{name} becomes {OTHER_CALL[name]}", changed_call
        case ast.Constant(value=bool(value)):
            yield f"{value} becomes {not value}", ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield f"{value} becomes {value + 1}", ast.Constant(value + 1)
        case ast.Constant(value=str(value)) if value.isidentifier() and value.islower():
            yield f"{value!r} becomes another", ast.Constant(f"{value}_")
        case ast.Return(value=ast.expr() as given) if not _is_nothing(given):
            yield "returns None", ast.Return(ast.Constant(None))
        case ast.Raise() | ast.AugAssign() | ast.Expr(value=ast.Call()):
            yield "is left out", ast.Pass()


def _is_nothing(node: Any) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
