"""The messages of the locales and their uses in the source code."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from fluent.syntax import FluentParser, visitor
from fluent.syntax import ast as fluent

from core.paths import ROOT
from ui.words.messages import LOCALES


class _Variables(visitor.Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802  (the library's name)
        self.names.add(node.id.name)


def messages_in(language: str) -> list[tuple[str, frozenset[str]]]:
    """All messages of a language with their parameters, in the order of the files."""
    parsed = []
    for path in sorted((LOCALES / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, fluent.Junk), f"{path}: {entry.content}"
            if isinstance(entry, fluent.Message):
                variables = _Variables()
                variables.visit(entry)
                parsed.append((entry.id.name, frozenset(variables.names)))
    return parsed


@cache
def messages(language: str) -> dict[str, frozenset[str]]:
    return dict(messages_in(language))


def calls(*folders: str) -> Iterator[tuple[Path, ast.Call, str]]:
    """All calls in our source files, with the name of the called function."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in _calls_in(path):
                yield path, node, getattr(node.func, "id", getattr(node.func, "attr", ""))


@cache
def _calls_in(path: Path) -> tuple[ast.Call, ...]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return tuple(node for node in ast.walk(tree) if isinstance(node, ast.Call))


def values(node: ast.expr) -> Iterator[str]:
    """The possible values of an expression as patterns: constants, both branches of a conditional, f-strings."""
    match node:
        case ast.Constant(value=str(text)):
            yield re.escape(text)
        case ast.IfExp():
            yield from values(node.body)
            yield from values(node.orelse)
        case ast.JoinedStr():
            parts = (re.escape(str(p.value)) if isinstance(p, ast.Constant) else "(.+)" for p in node.values)
            yield "".join(parts)
        case ast.Call(func=ast.Attribute(value=inner, attr="replace")):
            yield from values(inner)


_escaped = cache(re.escape)


def named_by(pattern: str, names: Iterable[str]) -> list[str]:
    """The names that match a pattern of `values`."""
    if "(.+)" not in pattern:
        return [name for name in names if _escaped(name) == pattern]
    fits = re.compile(pattern).fullmatch
    return [name for name in names if fits(name)]


def spoken() -> Iterator[tuple[str, str, frozenset[str] | None]]:
    """The uses of messages in ui/ and pages/: place, pattern of the key, and parameters.

    Keys made of codes (ui/words/messages.py) are left out; those are checked against the core's codes.
    """
    for path, call, name in calls("ui", "pages"):
        place = {"t": 0, "text": 1}.get(name)
        ours = isinstance(call.func, ast.Name)  # st.text and typed.text are others
        if place is None or not ours or len(call.args) <= place:
            continue
        params = {keyword.arg for keyword in call.keywords}
        named = None if None in params else frozenset(str(keyword) for keyword in params)
        for pattern in set(values(call.args[place])) - {r"(.+)\-(.+)", r"word\-(.+)"}:
            yield f"{path.name}:{call.lineno}", pattern, named
