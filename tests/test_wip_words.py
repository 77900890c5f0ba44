"""What the charts of Trabajo en curso show, said of none, of one and of several."""

import pandas as pd
import pytest

from ui.analysis import wip_words

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
    assert wip_words.ages_finding(frame, "es").startswith(spanish)
    assert wip_words.ages_finding(frame, "en").startswith(english)


def test_the_weeks_say_one_and_several() -> None:
    one, many = ({"arrived": n, "finished": n} for n in (1, 2))
    assert wip_words.weeks_finding(pd.DataFrame([one]), "es") == "En la última semana llegó 1 caso y terminó 1."
    assert wip_words.weeks_finding(pd.DataFrame([one]), "en") == "In the last week 1 case came in and 1 was finished."
    said = wip_words.weeks_finding(pd.DataFrame([many, many]), "es")
    assert said == "En las últimas 2 semanas llegaron 4 casos y terminaron 4."
    said = wip_words.weeks_finding(pd.DataFrame([many, many]), "en")
    assert said == "In the last 2 weeks 4 cases came in and 4 were finished."


@pytest.mark.parametrize(("n", "said"), [(0, "(0 terminados)"), (1, "(1 terminado)"), (2, "(2 terminados)")])
@pytest.mark.parametrize("signal", ["", "run"])
def test_the_last_week_finished_one_or_several(n: int, said: str, signal: str) -> None:
    frame = pd.DataFrame([{"finished": n, "signal": signal, "low": 0.0, "high": 4.0}])
    assert said in wip_words.behaviour_finding(frame, "es")


@pytest.mark.parametrize(
    ("now", "spanish", "english"),
    [(1, "1 caso en curso.", "1 case in progress."), (2, "2 casos en curso.", "2 cases in progress.")],
)
def test_what_is_open_is_one_case_or_several(now: int, spanish: str, english: str) -> None:
    frame = pd.DataFrame([{"at": 0, **{f"phase_{n}": now * (n == 4) for n in range(1, 10)}}])
    assert wip_words.flow_finding(frame, "es") == spanish
    assert wip_words.flow_finding(frame, "en") == english
