"""What `make bench` measures of the analysis: every page there is, on a short history, and nothing is left out."""

from pathlib import Path

import pytest

from bench import figures, pages
from core.figures.everything import PAGES
from ui.frame import ANALYSIS


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
def test_every_page_of_the_section_is_run_again(tmp_path: Path):
    found = pages.reruns(tmp_path, repeats=1, cases=6, fresh=1)
    assert found["pages"] == list(ANALYSIS)
    assert set(found["by_page_p95_ms"]) == set(found["fresh_p95_ms"]) == set(ANALYSIS)
    assert found["rerun_p95_ms"] > 0
