"""The house: imports run one way, the core knows no screen, and files stay short or say why not."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 250
LONG = {
    "core/process.py": "it is the whole process, as one text",
    "core/schema.py": "it is every table, as one text",
    "core/guards.py": "it is every rule that refuses, with the table of which command meets which",
    "core/moves.py": "it is what every command causes, in the process's order",
    "core/events.py": "it is every kind of event, one structure each",
    "core/intake.py": "opening a case and a client's environments check field by field",
    "core/projection.py": "it is the rows of every kind of event",
    "core/demo/run.py": "it is the clock of the demonstration with all that people do in it",
    "core/db.py": "the engine, the lock, the transaction and the triggers make one promise together",
    "core/state.py": "it is what every kind of event changes, one small function each",
    "tests/test_demo.py": "it is all that the demonstration promises to show",
    "tests/lives.py": "it is every rule of the random lives, one each",
    "core/queries.py": "it is every read of the screens, one small function each",
    "core/people.py": "it is all that an administrator does to people, each act with its check and its record",
    "tests/test_absences.py": "it is every way to decide for another, and each that is refused",
    "tests/test_taking_back.py": "it is every kind of decision with its way back",
    "tests/attacks.py": "it is one attack per guard",
    "tests/lives_attacked.py": "it is one rule per guard",
    "tests/browser/test_b2b_case.py": "it is one case from its opening to its close, as one story",
    "tests/test_api.py": "it is all that another system may ask and be refused, on one set of routes",
    "tests/test_calls.py": "it is a real other system and everything that it may answer",
}
LAYERS = ("app", "pages", "ui", "core")
PURE = (
    "process",
    "terms",
    "events",
    "commands",
    "case",
    "guards",
    "moves",
    "holding",
    "taking_back",
    "state",
    "policy",
    "workdays",
    "errors",
)


def sources(*folders: str) -> list[Path]:
    """The files of folders that are there, and of the root."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "__pycache__" not in path.parts]


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, with its package, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def offenders(files: list[Path], *banned: str) -> list[str]:
    """Which file imports which banned module."""
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files
        for name in imported(path)
        if any(name == each or name.startswith(f"{each}.") for each in banned)
    ]


APP = [path for path in (ROOT / "app.py",) if path.exists()]
TREE = {"app": APP, "pages": sources("pages"), "ui": sources("ui"), "core": sources("core")}


def test_the_house_is_not_empty():
    assert all(TREE.values())


@pytest.mark.parametrize("layer", LAYERS)
def test_imports_run_one_way(layer: str):
    above = LAYERS[: LAYERS.index(layer)]
    assert offenders(TREE[layer], *above, "tests", "bench") == []


def test_the_core_knows_no_screen():
    assert offenders(TREE["core"], "streamlit", "plotly") == []


def test_pages_know_no_database_and_draw_no_figures():
    assert offenders(TREE["pages"], "sqlalchemy", "plotly", "core.db", "core.schema") == []


def test_charts_read_nothing():
    charts = [ROOT / "ui" / "analysis" / "style.py", *sorted((ROOT / "ui" / "analysis").glob("*_charts.py"))]
    assert len(charts) > 2
    assert offenders(charts, "sqlalchemy", "streamlit", "core.db", "core.queries", "core.figures", "core.schema") == []


@pytest.mark.parametrize("name", PURE)
def test_the_process_and_its_state_know_no_database(name: str):
    path = ROOT / "core" / f"{name}.py"
    known = {f"core.{each}" for each in PURE}
    strangers = {m for m in imported(path) if m.startswith("core.") and not any(m.startswith(k) for k in known)}
    assert strangers == set()
    assert offenders([path], "sqlalchemy", "psycopg", "sqlite3", "pysqlite3", "time", "random", "os") == []


def test_the_process_definition_stands_on_its_words_alone():
    assert offenders([ROOT / "core" / "process.py"], *(f"core.{each}" for each in PURE if each != "terms")) == []


def test_nothing_is_called_utils_or_helpers():
    names = {path.stem for path in sources("core", "ui", "pages", "tests")}
    assert not names & {"util", "utils", "helper", "helpers", "manager", "common", "misc"}


def test_files_stay_short_or_say_why_not():
    files = [*APP, *sources("core", "ui", "pages", "tests")]
    long = {str(path.relative_to(ROOT)) for path in files if len(path.read_text().splitlines()) > LIMIT}
    assert long - set(LONG) == set()


def test_a_reason_stands_only_for_a_file_that_needs_it():
    short = [name for name in LONG if len((ROOT / name).read_text().splitlines()) <= LIMIT - 10]
    assert short == []


def test_pages_stay_thin():
    long = {path.name: lines for path in TREE["pages"] if (lines := len(path.read_text().splitlines())) > 80}
    assert long == {}
