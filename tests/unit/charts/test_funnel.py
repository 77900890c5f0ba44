"""Charts hold exactly the numbers of their frame, in either language, and say in a sentence what they show."""

from typing import Any

import pandas as pd
import pytest

from core.figures.base.percentiles import Spread
from core.figures.base.phase_table import PhaseFigures, frame
from tests.support.people import DAY, HOUR
from ui.analysis.charts.funnel import cohorts, ends, funnel
from ui.analysis.sentences import funnel as funnel_sentences

LANGUAGES = ("es", "en")
EMPTY = frame([PhaseFigures(phase) for phase in range(1, 10)])
SMALL = frame(
    [
        PhaseFigures(1, 1200, 1150, 0, 20, 30, 0, Spread(1170, DAY, 2 * DAY, 3.5 * DAY)),
        PhaseFigures(2, 1150, 1130, 0, 0, 20, 14, Spread(1130, 4 * HOUR, 120 * DAY, 250.5 * DAY)),
        PhaseFigures(3, 1130, 0, 1129, 1, 0, 0),
    ]
)


def picked(trace: Any, *names: str) -> list[Any]:
    return [list(trace[name]) if isinstance(trace[name], tuple) else trace[name] for name in names]


@pytest.mark.parametrize(
    ("language", "names", "ends"),
    [
        (
            "es",
            ["Avanzó (en la última fase: cerró)", "Sigue en la fase", "Rechazado"],
            ["siguen 30 · rechazados 20", "siguen 20 · ↺ 14", "rechazado 1"],
        ),
        (
            "en",
            ["Advanced (in the last phase: closed)", "Still in the phase", "Rejected"],
            ["30 still in it · 20 rejected", "20 still in it · ↺ 14", "1 rejected"],
        ),
    ],
)
def test_the_funnel_stacks_onward_running_and_rejected(language: str, names: list[str], ends: list[str]) -> None:
    figure = funnel(SMALL, language)
    *bars, starts, said = figure.data
    assert [bar.name for bar in bars] == names
    assert [list(bar.x) for bar in bars] == [[1150, 1130, 1129], [30, 20, None], [20, None, 1]]
    assert all(list(bar.y) == [-1.12, -2.12, -3.12] for bar in bars)
    thousand = {"es": "1.150", "en": "1,150"}[language]
    assert bars[0].text[0] == thousand
    assert [bar.marker.pattern.shape for bar in bars] == ["", "", "/"]
    assert picked(starts, "x", "text") == [
        [0, 0, 0],
        ["<b>1 Inicio</b>", "<b>2 Envío Propuesta</b>", "<b>3 Análisis Comercial</b>"],
    ]
    assert picked(said, "x", "text") == [[1200, 1200, 1200], ends]
    assert figure.layout.barmode == "stack"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chart", [funnel])
def test_a_chart_is_small_and_needs_no_data(chart: Any, language: str) -> None:
    nine = frame(
        [
            PhaseFigures(
                n, 1_000_000, 400_000, 0, 300_000, 300_000, 99_999, Spread(700_000, n * DAY, 20 * DAY, 99 * DAY)
            )
            for n in range(1, 10)
        ]
    )
    assert len(chart(nine, language).to_json()) < 10_000
    assert len(chart(EMPTY, language).data) >= 5


@pytest.mark.parametrize("chart", [funnel])
def test_a_chart_says_its_units_and_writes_numbers_as_the_reader_does(chart: Any) -> None:
    spanish, english = (chart(SMALL, language).layout for language in LANGUAGES)
    assert (spanish.separators, english.separators) == (",.", ".,")
    assert spanish.xaxis.title.text in ("Casos que entraron a la fase", "Días calendario en la fase (de 24 horas)")
    assert english.xaxis.title.text in ("Cases that entered the phase", "Calendar days in the phase (of 24 hours)")


def changed(**columns: list[Any]) -> pd.DataFrame:
    return SMALL.assign(**columns)


@pytest.mark.parametrize(
    ("figures", "spanish", "english"),
    [
        (
            SMALL,
            "La Fase 1 Inicio retiene más casos: 30 de 50 en curso; la más lenta es la Fase 2 Envío Propuesta: "
            "85 de cada 100 casos la terminan en 120 días o menos.",
            "Phase 1 Inicio holds the most cases: 30 of 50 in progress; the slowest is Phase 2 Envío Propuesta: "
            "85 of every 100 cases finish it in 120 days or less.",
        ),
        (
            changed(running=[0, 20, 0]),
            "La Fase 2 Envío Propuesta retiene más casos: 20 de 20 en curso, y es la más lenta: "
            "85 de cada 100 casos la terminan en 120 días o menos.",
            "Phase 2 Envío Propuesta holds the most cases: 20 of 20 in progress, and is the slowest: "
            "85 of every 100 cases finish it in 120 days or less.",
        ),
        (
            changed(running=[5, 0, 5], n=[0, 0, 0]),
            "Fase 1 Inicio y Fase 3 Análisis Comercial retienen más casos: 5 cada una, de 10 en curso; "
            "ninguno ha terminado todavía una fase.",
            "Phase 1 Inicio and Phase 3 Análisis Comercial hold the most cases: 5 each, of 10 in progress; "
            "none has finished a phase yet.",
        ),
        (
            changed(running=[0, 0, 0], n=[900, 4, 0]),
            "Ningún caso sigue en curso; la más lenta es la Fase 1 Inicio: 85 de cada 100 casos la terminan en 2,0 "
            "días o menos.",
            "No case is in progress; the slowest is Phase 1 Inicio: 85 of every 100 cases finish it in 2.0 "
            "days or less.",
        ),
        (
            changed(running=[1, 2, 3], n=[4, 1, 0]),
            "La Fase 3 Análisis Comercial retiene más casos: 3 de 6 en curso; "
            "todavía son pocos los casos que terminaron una fase para decir cuál es la más lenta.",
            "Phase 3 Análisis Comercial holds the most cases: 3 of 6 in progress; "
            "too few have finished a phase yet to say which is the slowest.",
        ),
    ],
)
def test_the_main_finding_says_where_cases_stand_and_what_is_slow(
    figures: pd.DataFrame, spanish: str, english: str
) -> None:
    assert funnel_sentences.main_finding(figures, "es") == spanish
    assert funnel_sentences.main_finding(figures, "en") == english


def test_the_funnel_says_what_became_of_the_cases() -> None:
    assert funnel_sentences.funnel_finding(SMALL, "es") == (
        "De 1.200 casos, 1.129 cerraron, 21 se rechazaron y 50 siguen en curso; "
        "donde más se rechaza: Fase 1 Inicio (20)."
    )
    assert funnel_sentences.funnel_finding(changed(rejected=[1, 0, 1]), "en") == (
        "Of 1,200 cases, 1,129 were closed, 2 were rejected and 50 are in progress; "
        "most rejections: Phase 1 Inicio and Phase 3 Análisis Comercial (1 each)."
    )
    assert funnel_sentences.funnel_finding(changed(rejected=[0, 0, 0], entered=[1, 0, 0], closed=[0, 0, 1]), "es") == (
        "De 1 caso, 1 cerró, 0 se rechazaron y 50 siguen en curso."
    )


# --- cohorts and ends ---
COHORTS = pd.DataFrame(
    {
        "month": ["", "2026-03", "2026-04"],
        "opened": [1200, 8, 4],
        "closed": [900, 2, 0],
        "rejected": [300, 6, 1],
        "running": [0, 0, 3],
        **{f"reached_{n}": [1000, 4, 1] for n in range(2, 10)},
    }
)


@pytest.mark.parametrize(
    ("language", "months", "heads", "first"),
    [
        ("es", ["antes · 1.200", "mar 2026 · 8", "abr 2026 · 4"], ["F2", "F9", "Cerró"], ["83 %", "75 %"]),
        ("en", ["before · 1,200", "Mar 2026 · 8", "Apr 2026 · 4"], ["P2", "P9", "Closed"], ["83%", "75%"]),
    ],
)
def test_a_cohort_is_a_row_of_shares(language: str, months: list[str], heads: list[str], first: list[str]) -> None:
    (heat,) = cohorts(COHORTS, language).data
    assert list(heat.y) == months
    assert [heat.x[0], heat.x[7], heat.x[8]] == heads
    assert [list(row) for row in heat.z] == [[0.833] * 8 + [0.75], [0.5] * 8 + [0.25], [0.25] * 8 + [0]]
    assert [heat.text[0][0], heat.text[0][8]] == ["83", "75"]  # as short as a narrow window needs
    assert [heat.hovertext[0][0], heat.hovertext[0][8]] == first


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", ["Rechazados (21)", "En curso (50)", "Cerrados (1.129)"]),
        ("en", ["Rejected (21)", "In progress (50)", "Closed (1,129)"]),
    ],
)
def test_the_ends_flow_from_each_phase_to_what_became_of_its_cases(language: str, said: list[str]) -> None:
    figure = ends(SMALL, language)
    (sankey,) = figure.data
    phases = ["1 Inicio", "2 Envío Propuesta", "3 Análisis Comercial"]
    assert (list(sankey.node.label), list(sankey.node.customdata)) == (["", "", "", *said], [*phases, *said])
    assert [(note.text, note.xanchor) for note in figure.layout.annotations] == [(name, "right") for name in phases]
    assert [round(1 - note.y, 4) for note in figure.layout.annotations] == list(sankey.node.y[:3])
    links = list(zip(sankey.link.source, sankey.link.target, sankey.link.value, strict=True))
    assert links == [(0, 3, 20), (0, 4, 30), (1, 4, 20), (2, 3, 1), (2, 5, 1129)]


def test_the_new_charts_are_small_and_need_no_data() -> None:
    assert ends(EMPTY, "es").data[0].node.label == ()
    assert len(ends(SMALL, "es").to_json()) < 10_000
    assert len(cohorts(pd.concat([COHORTS] * 4), "es").to_json()) < 10_000


def test_cohorts_and_ends_say_what_they_show() -> None:
    assert funnel_sentences.cohorts_finding(COHORTS, "es") == (
        "Terminaron todos los casos abiertos hasta mar 2026: cerró el 75 % de 1.208."
    )
    assert funnel_sentences.cohorts_finding(COHORTS[2:], "en") == (
        "Cases of every month are still in progress; of the 4 opened in Apr 2026, 0% are closed."
    )
    assert (
        funnel_sentences.ends_finding(SMALL, "es") == "Cerró el 98 % de los 1.150 casos terminados; 50 siguen en curso."
    )
    assert funnel_sentences.ends_finding(SMALL[1:2], "en") == "No case has ended; 20 are in progress."
    only = frame([PhaseFigures(1, 1, 0, 1, 0, 0, 0)])
    assert funnel_sentences.ends_finding(only, "es") == "Cerró el 100 % del único caso terminado; 0 siguen en curso."


@pytest.mark.parametrize(
    ("phase", "spanish", "english"),
    [
        (
            PhaseFigures(7, 76, 71, 0, 1, 4, 21, Spread(72, 3 * DAY, 6 * DAY, 8 * DAY)),
            "De 76 casos que entraron a la Fase 7 Facturación, 71 avanzaron, 1 se rechazó y 4 siguen en ella.",
            "Of 76 cases that entered Phase 7 Facturación, 71 advanced, 1 was rejected and 4 are still in it.",
        ),
        (
            PhaseFigures(9, 68, 0, 66, 1, 1, 0),
            "De 68 casos que entraron a la Fase 9 Cierre Comercial, 66 cerraron, 1 se rechazó y 1 sigue en ella.",
            "Of 68 cases that entered Phase 9 Cierre Comercial, 66 were closed, 1 was rejected and 1 is still in it.",
        ),
        (
            PhaseFigures(8),
            "Ningún caso ha llegado a la Fase 8 Cobranza.",
            "No case has reached Phase 8 Cobranza.",
        ),
    ],
)
def test_of_a_single_phase_the_funnel_says_what_became_of_those_that_entered_it(
    phase: PhaseFigures, spanish: str, english: str
) -> None:
    assert funnel_sentences.funnel_finding(frame([phase]), "es") == spanish
    assert funnel_sentences.funnel_finding(frame([phase]), "en") == english


def test_a_single_phase_is_not_called_the_slowest() -> None:
    one = PhaseFigures(7, 76, 71, 0, 1, 4, 21, Spread(72, 3 * DAY, 6 * DAY, 8 * DAY))
    assert funnel_sentences.main_finding(frame([one]), "es") == (
        "En la Fase 7 Facturación están 4 casos; 85 de cada 100 la terminan en 6,0 días o menos."
    )
    assert funnel_sentences.main_finding(frame([PhaseFigures(7, 1, 0, 0, 0, 1)]), "en") == (
        "1 case is in Phase 7 Facturación; too few have finished it yet to say how long it takes."
    )
