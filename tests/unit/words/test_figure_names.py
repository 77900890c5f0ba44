"""Every figure that can be asked for has its words in both languages: no reading of the source sees these names."""

import pytest

from core.figures.catalogue import FIGURES
from ui.words.messages import LANGUAGES, bundle


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_its_name_its_formula_its_counts_and_its_clock(language: str, name: str) -> None:
    figure, dashed = FIGURES[name], name.replace("_", "-")
    needed = [f"how-{dashed}", f"how-{dashed}-formula", f"how-{dashed}-excluded", f"clock-{figure.clock}"]
    needed += [f"count-{count.replace('_', '-')}" for count in (*figure.counts, *figure.excluded)]
    assert [each for each in needed if not bundle(language).has_message(each)] == []
