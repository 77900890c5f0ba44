"""What the process owner sets, from the command line: in force for later work, refused when it makes no sense."""

import json
from pathlib import Path

import pytest

from core.__main__ import main
from core.store.database import Database


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run `python -m core settings …` on an empty database; exit code, what was printed, what was said on stderr."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'approvals.db'}")
    Database().create()

    def run(*words: str) -> tuple[int, str, str]:
        code = main(["settings", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_a_setting_is_in_force_and_what_is_left_out_keeps_its_default(settings) -> None:
    assert settings("set", "rules", '{"contrato": {"mode": "quorum", "quorum": 2}}')[0] == 0
    assert settings("set", "calendar", '{"country": "MX", "time_zone": "America/Mexico_City"}')[0] == 0
    assert settings("set", "deadlines", '{"4/proceso": [60, 30]}')[0] == 0
    shown = json.loads(settings("show")[1])
    assert shown["rules"]["contrato"] == {"mode": "quorum", "quorum": 2}
    assert shown["rules"]["factura"] == {"mode": "all", "quorum": 4}
    assert (shown["calendar"]["country"], shown["calendar"]["weekdays"]) == ("MX", [0, 1, 2, 3, 4])
    assert (shown["deadlines"]["4/proceso"], shown["deadlines"]["5/proceso"]) == ([60, 30], [960, 960])


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("rules", '{"contrato": {"mode": "some"}}', "none of all, any, quorum"),
        ("rules", '{"contrato": {"mode": "quorum", "quorum": 5}}', "none of all, any, quorum"),
        ("rules", '{"contract": {"mode": "any"}}', "contract"),
        ("rules", "[1]", "form"),
        ("rules", "{", "no JSON"),
        ("calendar", '{"country": "XX"}', "Choose a country from the list."),
        ("deadlines", '{"4/proceso": [0, 30]}', "at least one working minute"),
        ("deadlines", '{"4/administrador": [10, 30]}', "one deadline"),
        ("soon", '"late"', "working minutes"),
        ("escalate_after", "-1", "working minutes"),
        ("four_eyes_on_validation", "1", "true or false"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_and_nothing_is_set(
    settings, name: str, value: str, says: str
) -> None:
    before = settings("show")[1]
    code, _, said = settings("set", name, value)
    assert code == 1
    assert says in said
    assert settings("show")[1] == before
