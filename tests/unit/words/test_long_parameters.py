"""What is accepted can be shown: every message takes parameters of any length, and long lists are named in part."""

from typing import Any

import pytest

from core.case.rules.texts import MAX_TEXT
from tests.support.ftl import messages
from ui.words.messages import LANGUAGES, listed, text

LONG = "{ $it } <b>=1+1 \U0001f600 ".ljust(MAX_TEXT, "ñ")
PEOPLE = [f"Persona {number:04d} ".ljust(120, "x") for number in range(5000)]


def given(names: frozenset[str], value: Any) -> dict[str, Any]:
    """A value for each parameter, told apart by its place; how somebody decided is a code."""
    made = {name: value(place) for place, name in enumerate(sorted(names))}
    return made | {"how": "yes"} if "how" in names else made


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_says_texts_of_any_length_as_it_says_short_ones(language: str):
    ids = messages(language)
    assert len(ids) > 300
    for message_id, names in ids.items():
        short = text(language, message_id, **given(names, lambda place: f"<{place}>"))
        for place in range(len(names)):
            short = short.replace(f"<{place}>", f"{place}{LONG}")
        assert text(language, message_id, **given(names, lambda place: f"{place}{LONG}")) == short, message_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_says_a_list_of_5000_people(language: str):
    for message_id, names in messages(language).items():
        said = text(language, message_id, **given(names, lambda _: PEOPLE))
        assert len(said) < 500 + 450 * 2 * len(names), message_id
        assert PEOPLE[3] not in said


@pytest.mark.parametrize(
    ("language", "names", "said"),
    [
        ("es", 2, "N1 y N2"),
        ("es", 8, "N1, N2, N3, N4, N5, N6, N7 y N8"),
        ("es", 9, "N1, N2, N3 y 6 más"),
        ("es", 125, "N1, N2, N3 y 122 más"),
        ("en", 8, "N1, N2, N3, N4, N5, N6, N7, and N8"),
        ("en", 9, "N1, N2, N3 and 6 more"),
        ("en", 5003, "N1, N2, N3 and 5,000 more"),
    ],
)
def test_a_list_names_all_or_the_first_and_how_many_more(language: str, names: int, said: str):
    assert listed(language, [f"N{number}" for number in range(1, names + 1)]) == said
    assert text(language, "can-decide", people=[f"N{number}" for number in range(1, names + 1)]).endswith(f"{said}.")


def test_what_looks_like_a_mark_in_a_text_stays_as_it_is():
    forged = "\ufdd00\ufdd1"
    said = text("es", "x-for-y", person=LONG, other=forged)
    assert said == f"{LONG} por {forged}"
    assert text("es", "x-for-y", person=forged, other="Eva") == f"{forged} por Eva"


def test_a_long_text_chooses_the_usual_variant_and_a_code_its_own():
    params: dict[str, Any] = {"own": "false", "person": "Ana", "how": "yes", "at": "hoy"}
    assert "Motivo" not in text("es", "error-already-decided", **params, reason="")
    assert f"Motivo: {LONG}." in text("es", "error-already-decided", **params, reason=LONG)
