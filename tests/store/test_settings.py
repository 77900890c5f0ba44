"""What the process owner sets, from the command line: in force for later work, refused when it makes no sense."""

import json
from pathlib import Path

import pytest

from core.__main__ import main
from core.process.policy import Policy
from core.process.settings_catalogue import leaves
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
    shown = json.loads(settings("show", "--json")[1])
    assert shown["rules"]["contrato"] == {"mode": "quorum", "quorum": 2}
    assert shown["rules"]["factura"] == {"mode": "all", "quorum": 4}
    assert (shown["calendar"]["country"], shown["calendar"]["weekdays"]) == ("MX", [0, 1, 2, 3, 4])
    assert (shown["deadlines"]["4/proceso"], shown["deadlines"]["5/proceso"]) == ([60, 30], [960, 960])


def test_what_is_set_is_merged_and_the_changed_values_are_told(settings) -> None:
    assert settings("set", "calendar", '{"country": "ES"}')[1].startswith('calendar/country is now "ES", for work')
    told = settings("set", "calendar", '{"country": "ES", "closed": ["2026-12-24"]}')[1]
    assert told == 'calendar/closed is now ["2026-12-24"], for work that is opened from now on.\n'
    settings("set", "endpoints", '{"oob": {"url": "https://oob.invalid/"}}')
    assert settings("set", "calendar", '{"country": "ES"}')[1] == "calendar has that value already.\n"
    shown = json.loads(settings("show", "--json")[1])
    assert (shown["calendar"]["country"], shown["calendar"]["closed"]) == ("ES", ["2026-12-24"])
    assert shown["endpoints"] == {"oob": {"url": "https://oob.invalid/", "private": False}}


def test_every_value_is_shown_with_its_default_and_its_range(settings) -> None:
    settings("set", "soon", "15")
    lines = [line.split("\t") for line in settings("show")[1].splitlines()]
    assert ["soon", "15", "240", "0..124800"] in lines
    assert ["deadlines/4/proceso/first", "960", "960", "1..124800"] in lines
    assert ["calendar/country", '"CO"', '"CO"', "ISO 3166"] in lines
    assert ["four_eyes_on_validation", "false", "false", "false|true"] in lines
    assert [path for path, *_ in lines] == [leaf.path for leaf in leaves(Policy)]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("rules", '{"contrato": {"mode": "some"}}', "contrato: "),
        ("rules", '{"contrato": {"quorum": 2}}', "contrato: "),
        ("rules", '{"contrato": 2}', "contrato: "),
        ("rules", '{"contrato": {"mode": "quorum", "quorum": 5}}', "contrato: "),
        ("rules", '{"contract": {"mode": "any"}}', "contract"),
        ("rules", "[1]", "rules: "),
        ("rules", "{", "no JSON"),
        ("calendar", '{"country": "XX"}', "country: "),
        ("calendar", '{"hours": 8}', "hours: "),
        ("calendar", '{"sundays": true}', "sundays"),
        ("deadlines", '{"4/proceso": [0, 30]}', "4/proceso/first: "),
        ("deadlines", '{"4/proceso": [30]}', "deadlines: "),
        ("deadlines", '{"4/proceso": 30}', "deadlines: "),
        ("deadlines", '{"4/administrador": [10, 30]}', "4/administrador"),
        ("soon", '"late"', "soon: "),
        ("soon", "[]", "soon: "),
        ("escalate_after", "-1", "escalate_after: "),
        ("escalate_after", "124801", "escalate_after: "),
        ("four_eyes_on_validation", "1", "four_eyes_on_validation: "),
        ("endpoints", '{"oob": {"url": "ftp://oob.invalid"}}', "endpoints: "),
        ("endpoints", '{"oob": "https://oob.invalid"}', "endpoints: "),
        ("endpoints", '{"fax": {"url": "https://oob.invalid"}}', "endpoints: "),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_and_nothing_is_set(
    settings, name: str, value: str, says: str
) -> None:
    before = settings("show")[1]
    code, _, said = settings("set", name, value)
    assert (code, says in said) == (1, True)
    assert settings("show")[1] == before
