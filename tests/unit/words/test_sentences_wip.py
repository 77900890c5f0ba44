"""What the charts of Trabajo en curso show, said of none, of one and of several."""

import pandas as pd
import pytest

from tests.support.people import DAY
from ui.analysis.sentences import wip

AGES = [{"phase": 2, "running": 0, "over_85": 0}, {"phase": 3, "running": 0, "over_85": 0}]


@pytest.mark.parametrize(
    ("running", "over", "spanish", "english"),
    [
        (0, 0, "Ningún caso está en curso.", "No case is in progress."),
        (1, 0, "El único caso en curso no lleva en su fase más que", "The only case in progress has not been in its"),
        (4, 0, "Ninguno de los 4 casos en curso lleva en su fase", "None of the 4 cases in progress has been in its"),
        (1, 1, "El único caso en curso lleva en su fase más que 85", "The only case in progress has been in its phase"),
        (4, 1, "1 de 4 casos en curso lleva en su fase más que 85", "1 of 4 cases in progress has been in its phase"),
        (4, 2, "2 de 4 casos en curso llevan en su fase más que 85", "2 of 4 cases in progress have been in their"),
    ],
)
def test_ages_are_said_of_one_case_and_of_several(running: int, over: int, spanish: str, english: str) -> None:
    frame = pd.DataFrame([AGES[0], AGES[1] | {"running": running, "over_85": over}])
    assert wip.ages_finding(frame, "es").startswith(spanish)
    assert wip.ages_finding(frame, "en").startswith(english)


def test_the_weeks_say_one_and_several() -> None:
    one, many = ({"arrived": n, "finished": n} for n in (1, 2))
    assert wip.weeks_finding(pd.DataFrame([one]), "es") == "En la última semana completa llegó 1 caso y terminó 1."
    assert wip.weeks_finding(pd.DataFrame([one]), "en") == "In the last whole week 1 case came in and 1 was finished."
    said = wip.weeks_finding(pd.DataFrame([many, many]), "es")
    assert said == "En las últimas 2 semanas completas llegaron 4 casos y terminaron 4."
    said = wip.weeks_finding(pd.DataFrame([many, many]), "en")
    assert said == "In the last 2 whole weeks 4 cases came in and 4 were finished."


@pytest.mark.parametrize(("n", "said"), [(0, "(0 terminados)"), (1, "(1 terminado)"), (2, "(2 terminados)")])
@pytest.mark.parametrize("signal", ["", "run"])
def test_the_last_week_finished_one_or_several(n: int, said: str, signal: str) -> None:
    frame = pd.DataFrame([{"finished": n, "signal": signal, "low": 0.0, "high": 4.0}])
    assert said in wip.behaviour_finding(frame, "es")


@pytest.mark.parametrize(
    ("now", "spanish", "english"),
    [(1, "1 caso en curso.", "1 case in progress."), (2, "2 casos en curso.", "2 cases in progress.")],
)
def test_what_is_open_is_one_case_or_several(now: int, spanish: str, english: str) -> None:
    frame = pd.DataFrame([{"at": 0, **{f"phase_{n}": now * (n == 4) for n in range(1, 10)}}])
    assert wip.flow_finding(frame, "es") == spanish
    assert wip.flow_finding(frame, "en") == english


def test_phases_that_are_level_are_named_together() -> None:
    frame = pd.DataFrame([{"phase": phase, "running": 4, "over_85": 1} for phase in (2, 6)])
    assert wip.ages_finding(frame, "es").endswith("Fase 2 Envío Propuesta y Fase 6 Implementación (1 cada una).")
    assert wip.ages_finding(frame, "en").endswith("Phase 2 Envío Propuesta and Phase 6 Implementación (1 each).")


@pytest.mark.parametrize(
    ("running", "over", "spanish", "english"),
    [
        (0, 0, "Ningún caso está en la Fase 7", "No case is in Phase 7"),
        (
            1,
            0,
            "El único caso en la Fase 7 Facturación no lleva en ella más",
            "The only case in Phase 7 Facturación has not",
        ),
        (
            1,
            1,
            "El único caso en la Fase 7 Facturación lleva en ella más",
            "The only case in Phase 7 Facturación has been",
        ),
        (
            4,
            0,
            "Ninguno de los 4 casos en la Fase 7 Facturación lleva",
            "None of the 4 cases in Phase 7 Facturación has",
        ),
        (4, 1, "1 de 4 casos en la Fase 7 Facturación lleva en ella", "1 of 4 cases in Phase 7 Facturación has been"),
        (4, 2, "2 de 4 casos en la Fase 7 Facturación llevan en ella", "2 of 4 cases in Phase 7 Facturación have been"),
    ],
)
def test_a_single_phase_is_spoken_of_alone(running: int, over: int, spanish: str, english: str) -> None:
    frame = pd.DataFrame([{"phase": 7, "running": running, "over_85": over}])
    assert wip.ages_finding(frame, "es").startswith(spanish)
    assert wip.ages_finding(frame, "en").startswith(english)


def test_the_flow_of_one_phase_names_it() -> None:
    nothing = {f"phase_{n}": 0 for n in range(1, 10)}
    frame = pd.DataFrame([{"at": at, **nothing, "phase_7": n} for at, n in ((0, 1), (28 * DAY, 4))])
    assert wip.flow_finding(frame, "es") == "4 casos en la Fase 7 Facturación; hace 4 semanas, 1."
    assert wip.flow_finding(frame, "en") == "4 cases in Phase 7 Facturación; 4 weeks ago 1."
