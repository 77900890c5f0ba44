"""What `make bench` measures of the analysis: every page there is, on a short history, and nothing is left out."""

from pathlib import Path

import pytest

from bench import figures, inbox, pages
from core.figures.catalogue import PAGES
from ui.shell.menu import ANALYSIS


@pytest.mark.slow
def test_every_page_of_figures_is_measured_beside_plain_sql_and_pm4py(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(figures, "TIMES", 1)
    found = figures.figures(tmp_path, events=20_000)
    assert [*found["pages_ms"], *found["others_ms"]] == sorted(PAGES, key=lambda name: name not in figures.REFERENCE)
    assert list(found["reference_ms"]) == list(found["pages_ms"]) != []
    assert found["events"] >= 20_000
    assert len(found["pm4py"]["seconds"]) == 4
    assert all(each > 0 for each in (*found["pages_ms"].values(), found["ratio"], found["times_pm4py"]))
    assert 0 <= found["memory"]["grown_mb"] < found["memory"]["process_mb"]


@pytest.mark.slow
def test_the_inbox_of_every_role_is_read_from_a_long_list(tmp_path: Path):
    found = inbox.inbox(tmp_path, cases=12_000, repeats=2)
    assert found.pop("cases") == 12_000
    assert set(found) == {f"{page}_p{p}_us" for page in ("first", "deep") for p in (50, 95)}
    assert 0 < found["first_p50_us"] <= found["first_p95_us"]


@pytest.mark.slow
def test_every_page_of_the_section_is_run_again(tmp_path: Path):
    found = pages.reruns(tmp_path, repeats=1, cases=6, fresh=1)
    assert found["pages"] == list(ANALYSIS)
    assert set(found["by_page_p95_ms"]) == set(found["fresh_p95_ms"]) == set(ANALYSIS)
    assert found["rerun_p95_ms"] > 0
