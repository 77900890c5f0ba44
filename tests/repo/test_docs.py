"""The documents: every link leads somewhere, every file and name that they give is there, and the version is one."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from core import __version__

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").exists())
DOCUMENTS = sorted(
    str(path.relative_to(ROOT))
    for path in (*(ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "CHANGELOG")), *ROOT.glob("docs/**/*.md"))
)
SOURCES = ("core", "ui", "pages", "tests", "bench")
# Files that the product makes while it runs, and that a clone does not have.
MADE_BY_RUNNING = {"data/approvals.db", "data/secrets.toml", "data/files", ".artifacts", ".venv"}
PATH = re.compile(r"[\w.*-]+(/[\w.*-]+)*/?")
ENDINGS = ("py", "md", "toml", "txt", "tsv", "ftl", "json", "yaml", "docx", "png")
NAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*(\(\))?")
# Documents whose names in `code` are those of the source.
DESCRIBE_CODE = [name for name in DOCUMENTS if name.startswith(("CONTRIBUTING", "docs/a", "docs/glossary"))]


class Link(NamedTuple):
    """Where a link of a document leads: a file (the document itself when empty) and a heading in it."""

    file: str
    heading: str


@cache
def tokens(name: str) -> tuple[Token, ...]:
    """A document, parsed, with what stands inside its lines."""
    parsed = MarkdownIt("commonmark").enable("table").parse((ROOT / name).read_text(encoding="utf-8"))
    return tuple(inner for token in parsed for inner in (token, *(token.children or ())))


def links(name: str) -> Iterator[Link]:
    for token in tokens(name):
        target = token.attrGet("href") or token.attrGet("src")
        if target and "://" not in str(target):
            file, _, heading = unquote(str(target)).partition("#")
            yield Link(file, heading)


def headings(name: str) -> set[str]:
    """The anchors of a document as GitHub makes them: lower case, without marks, hyphens for spaces."""
    document = tokens(name)
    titles = (document[n + 1].content for n, token in enumerate(document) if token.type == "heading_open")
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def codes(name: str) -> set[str]:
    """What a document has in `code` within its sentences and tables."""
    return {token.content for token in tokens(name) if token.type == "code_inline"}


def is_path(code: str) -> bool:
    first = code.split("/", maxsplit=1)[0]
    inside = "/" in code and (ROOT / first).is_dir()
    return bool(PATH.fullmatch(code)) and (inside or code.rsplit(".", 1)[-1] in ENDINGS)


def is_there(path: str) -> bool:
    return path.rstrip("/") in MADE_BY_RUNNING or any(ROOT.glob(path.rstrip("/")))


@cache
def words_of_the_source() -> frozenset[str]:
    """Every identifier and setting that the source has, with the words of the messages' names."""
    files = [path for folder in SOURCES for ending in ("py", "ftl") for path in (ROOT / folder).rglob(f"*.{ending}")]
    files += [ROOT / name for name in ("app.py", "Makefile", "pyproject.toml", ".streamlit/config.toml")]
    files = [path for path in files if path != Path(__file__).resolve()]
    return frozenset(word for path in files for word in re.findall(r"\w+", path.read_text(encoding="utf-8")))


def test_the_documents_are_there() -> None:
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md", "docs/manual.es.md"} <= set(
        DOCUMENTS
    )
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 150


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_to_a_file_and_a_heading(name: str) -> None:
    astray = []
    for link in links(name):
        target = ((ROOT / name).parent / link.file).resolve() if link.file else ROOT / name
        inside = target.is_relative_to(ROOT) and target.exists()
        if not inside or (link.heading and link.heading not in headings(str(target.relative_to(ROOT)))):
            astray.append(link)
    assert astray == []


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name != "CHANGELOG.md"])
def test_every_path_that_a_document_names_is_there(name: str) -> None:
    assert [code for code in sorted(codes(name)) if is_path(code) and not is_there(code)] == []


@pytest.mark.parametrize("name", DESCRIBE_CODE)
def test_every_name_that_a_document_gives_is_in_the_source(name: str) -> None:
    named = {code for code in codes(name) if NAME.fullmatch(code) and not is_path(code)}
    unknown = {code for code in named if code.rstrip("()").rsplit(".", 1)[-1] not in words_of_the_source()}
    assert sorted(unknown) == []


def test_every_picture_is_shown_and_small() -> None:
    shown = {
        ((ROOT / name).parent / link.file).resolve()
        for name in DOCUMENTS
        for link in links(name)
        if link.file[-4:] == ".png"
    }
    pictures = set((ROOT / "docs").rglob("*.png"))
    assert pictures - shown == set()
    assert {path.name: path.stat().st_size for path in pictures if path.stat().st_size >= 150_000} == {}


def test_the_changelog_begins_with_the_version_of_the_product() -> None:
    titles = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    released = [title for title in titles if title != "[Unreleased]"]
    assert re.fullmatch(rf"\[{re.escape(__version__)}\] - \d{{4}}-\d\d-\d\d", released[0])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in project["project"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "core.__version__"}


def test_pre_commit_runs_the_checks_of_make_lint_and_no_others() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    hooks = re.findall(r"entry: make (\S+)", (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    wanted = re.search(r"^lint: ([\w\- ]+?) *##", makefile, re.MULTILINE)
    assert wanted is not None
    assert hooks == wanted[1].split()
    assert len(hooks) == 5
