"""`python -m core figures --json` prints what the pages show, and `user right` gives and takes the analysis."""

import json
from typing import Any

import pytest

from core.__main__ import main
from core.figures import catalogue
from core.figures.pages.whatif import simulation
from core.people import accounts
from core.process.terms import Right
from core.store.database import Database
from tests.support import countable_cases
from tests.support.drive_case import World
from tests.support.people import ID, OUTSIDER


@pytest.fixture
def house(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("DATABASE_URL", world.db.url.render_as_string(hide_password=False))
    return world


@pytest.mark.parametrize(
    ("filters", "entered", "opened"),
    [
        ([], [12, 9, 7, 6, 5, 5, 4, 3, 3], 12),
        (["--flow", "estandar"], [1] * 9, 1),
        (["--client", "cliente K9"], [1, 1, 0, 0, 0, 0, 0, 0, 0], 1),
        (["--international"], [0] * 9, 0),
        (["--phase", "3", "--national"], [7], 7),
        (["--opened-from", "2026-03-03"], [7, 6, 4, 3, 2, 2, 1, 0, 0], 7),
        (["--as-of", "2026-03-02"], [5, 3, 3, 3, 3, 3, 3, 3, 3], 5),
    ],
    ids=str,
)
def test_the_figures_are_printed_for_given_filters(house, capsys, filters: list[str], entered: list[int], opened: int):
    countable_cases.play(house)
    assert main(["figures", "--json", *filters]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [row["entered"] for row in told["funnel"]["phases"]] == entered
    assert told["funnel"]["cases"]["opened"] == opened
    assert [row["n"] for row in told["times"]["phases"]] == [row["n"] for row in told["funnel"]["phases"]]


@pytest.mark.usefixtures("house")
def test_an_unknown_client_is_said(capsys):
    assert main(["figures", "--json", "--client", "nadie"]) == 1
    assert "There is no client 'nadie'" in capsys.readouterr().err


def test_a_right_is_given_and_taken(house: World, capsys):
    for arguments, held in ([], {Right.ANALYSIS}), (["--take"], set()):
        assert main(["user", "right", OUTSIDER, "analysis", *arguments]) == 0
        person = accounts.person(house.db, ID[OUTSIDER])
        assert person is not None
        assert person.rights == held
    assert main(["user", "right", OUTSIDER, "analysis", "--take"]) == 1
    assert "analysis" in capsys.readouterr().out


@pytest.mark.slow
def test_a_change_is_simulated_against_what_happened(lived: Database, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setenv("DATABASE_URL", lived.url.render_as_string(hide_password=False))
    monkeypatch.setattr(catalogue, "PAGES", {})
    monkeypatch.setattr(simulation.answer, "__kwdefaults__", {"seed": 1, "replications": 2})

    def told(*arguments: str) -> dict[str, Any]:
        assert main(["figures", "--json", "--as-of", "2026-11-05", "--flow", "estandar", *arguments]) == 0
        return json.loads(capsys.readouterr().out)["whatif"]

    as_it_is = told()
    assert as_it_is["answer"]["baseline"] == as_it_is["answer"]["changed"]
    assert as_it_is["answer"]["happened"]["throughput"] > 0
    assert [as_it_is["people"][role] for role in ("gerente_comercial", "proceso")] == [2, 1]
    more = told("--arrivals", "1.5", "--one-more", "proceso", "--return-less", "--deadlines", "2")
    change = {"person": "proceso", "return_less": True, "arrivals": 1.5, "deadlines": 2.0}
    assert (more["change"], more["people"]) == (change, as_it_is["people"])
    assert more["answer"]["baseline"] == as_it_is["answer"]["baseline"]
    assert more["answer"]["changed"]["throughput"]["middle"] > more["answer"]["baseline"]["throughput"]["middle"]


@pytest.mark.parametrize("factor", ["0", "-1", "11", "many"])
def test_a_change_by_a_factor_has_its_limits(capsys, factor: str):
    assert main(["figures", "--json", f"--arrivals={factor}"]) == 2
    assert "Invalid value for '--arrivals'" in capsys.readouterr().err
