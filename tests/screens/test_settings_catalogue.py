"""A setting is declared once: form, check, words, preview and `settings show` follow from the declaration."""

import json
from dataclasses import dataclass

import pytest
from fluent.runtime import FluentResource

from core.__main__ import main
from core.errors import Invalid, Problem
from core.process.policy import Policy
from core.process.settings_catalogue import Minutes, YesNo, assemble, catalogue, leaves, problems, setting
from core.services import settings as services_settings
from core.services import settings_preview
from core.services.settings_preview import EFFECTS, Effect
from core.store import settings
from tests.support.drive_case import World
from tests.support.people import ID, PROCESO
from ui.screens.settings import PARTS
from ui.screens.settings_fields import WIDGETS
from ui.words import messages
from ui.words.settings import VALUES

LABELS = {
    "es": "owner-remind-again = Recordar otra vez\nowner-weekend-too = También en fin de semana\n"
    "owner-weekend-too-help = Desde ahora.",
    "en": "owner-remind-again = Remind again\nowner-weekend-too = On weekends too\n"
    "owner-weekend-too-help = From now on.",
}


@dataclass(frozen=True)
class LongerPolicy(Policy):
    """The policy with two settings more."""

    remind_again: int = setting(480, Minutes(least=5), part="avisos", affects="soon")
    weekend_too: bool = setting(False, YesNo(), part="avisos")


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two declarations and their labels, and nothing else."""
    monkeypatch.setattr(settings, "Policy", LongerPolicy)
    monkeypatch.setattr(settings, "_policies", {})
    bundles = {language: messages.bundle.__wrapped__(language) for language in LABELS}
    for language, labels in LABELS.items():
        bundles[language].add_resource(FluentResource(labels))
    monkeypatch.setattr(messages, "bundle", bundles.__getitem__)


def save(world: World, wanted: dict[str, object]) -> tuple[str, ...]:
    with world.db.reading() as connection:
        seen = services_settings.newest(connection)
    return services_settings.save(world.db, ID[PROCESO], wanted, seen, world.tick())


@pytest.mark.usefixtures("declared")
@pytest.mark.parametrize(
    ("language", "label", "box", "helped", "button", "what"),
    [
        ("es", "Recordar otra vez", "También en fin de semana", "Desde ahora.", "Guardar 2 cambios",
         [["Recordar otra vez", "1 d", "2 h"], ["También en fin de semana", "no", "sí"]]),
        ("en", "Remind again", "On weekends too", "From now on.", "Save 2 changes",
         [["Remind again", "1 d", "2 h"], ["On weekends too", "no", "yes"]]),
    ],
)  # fmt: skip
def test_form_save_and_history_follow_from_the_declaration(
    see, world: World, language: str, label: str, box: str, helped: str, button: str, what: list[list[str]]
):
    screen = see(PROCESO, language).go("plazos", parte="avisos")
    assert (screen.value(label), helped in screen.captions) == ("1 d", True)
    screen.write(label, "1 min")
    next(each for each in screen.at.checkbox if each.label == box).check()
    screen.run().click(button)
    assert len(screen.problems) == 1
    screen.write(label, "2 h").click(button)
    assert screen.problems == []
    with world.db.reading() as connection:
        policy = settings.policy(connection)
    assert isinstance(policy, LongerPolicy)
    assert (policy.remind_again, policy.weekend_too, policy.soon) == (120, True, 240)
    table = see(PROCESO, language).go("plazos", parte="cambios").table
    assert sorted(row[2:] for row in table) == sorted(what)


@pytest.mark.usefixtures("declared")
def test_check_and_preview_follow_from_the_declaration(world: World):
    for key in "ab":
        world.open(key)
    with pytest.raises(Invalid) as refused:
        save(world, {"remind_again": 4, "weekend_too": 1})
    assert refused.value.problems == {
        "remind_again": Problem("working_time_range", {"days": 260}), "weekend_too": Problem("choice_missing"),
    }  # fmt: skip
    effects = settings_preview.preview(world.db, {"remind_again": 5, "weekend_too": True}, world.now).effects
    assert effects == (Effect("soon", "", 2, 0, 0),)
    assert save(world, {"remind_again": 5}) == ("remind_again",)


@pytest.mark.usefixtures("declared")
def test_the_command_line_follows_from_the_declaration(world: World, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setenv("DATABASE_URL", world.db.url.render_as_string(hide_password=False))
    assert main(["settings", "set", "remind_again", "60"]) == 0
    assert main(["settings", "show"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert ["remind_again", "60", "480", "5..124800"] in lines
    assert ["weekend_too", "false", "false", "false|true"] in lines
    assert main(["settings", "set", "remind_again", "4"]) == 1
    assert main(["settings", "show", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["remind_again"] == 60


# --- every declaration has what it needs ---
def unlabelled(policy: type[Policy]) -> set[tuple[str, str]]:
    """The labels that a policy's settings lack, by language."""
    labels = {f"owner-{leaf.label}" for leaf in leaves(policy)}
    return {(code, label) for code in LABELS for label in labels if not messages.bundle(code).has_message(label)}


def test_a_setting_without_its_label_is_found():
    assert unlabelled(Policy) == set()
    names = ("owner-remind-again", "owner-weekend-too")
    assert unlabelled(LongerPolicy) == {(language, name) for language in LABELS for name in names}


def test_every_kind_of_value_has_its_words_and_what_is_in_the_form_its_widget():
    assert {type(leaf.kind) for leaf in leaves(Policy)} == set(VALUES)
    assert {type(leaf.kind) for part in PARTS for leaf in leaves(Policy, part)} == set(WIDGETS)


def test_every_setting_names_a_part_of_the_form_and_an_effect_that_there_are():
    for row in catalogue(Policy).values():
        assert row.part in ("", *PARTS)
        assert row.affects in ("", *EFFECTS)


def test_what_is_declared_is_read_back_as_it_was_written():
    whole = Policy().as_settings()
    assert Policy.of(whole) == Policy()
    assert problems(Policy, whole) == {}
    assert assemble((leaf, leaf.value(whole)) for leaf in leaves(Policy)) == {**whole, "endpoints": {}}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"soon": True}, {"soon": "working_time_malformed"}),
        ({"soon": 260 * 480 + 1, "escalate_after": -1},
         {"soon": "working_time_range", "escalate_after": "working_time_range"}),
        ({"sooner": 1}, {"sooner": "setting_unknown"}),
        ({"deadlines": {"4/portero": [1, 1], "4/proceso": [0, "x"]}},
         {"deadlines": "setting_unknown", "4/proceso/first": "working_time_range",
          "4/proceso/later": "working_time_malformed"}),
        ({"deadlines": {"4/proceso": [1]}}, {"deadlines": "setting_malformed"}),
        ({"rules": []}, {"rules": "setting_malformed"}),
        ({"rules": {"contrato": None}}, {"contrato": "choice_missing"}),
        ({"calendar": {"country": "XX", "week": 1}}, {"country": "calendar_country", "calendar": "setting_unknown"}),
        ({"calendar": None}, {"calendar": "setting_malformed"}),
        ({"endpoints": {"oob": {"url": "https://user@oob.invalid"}}}, {"endpoints": "endpoint_malformed"}),
        ({"endpoints": {"oob": {"url": "https://oob.invalid", "private": 1}}}, {"endpoints": "endpoint_malformed"}),
        ({"endpoints": {"oob": {"url": 1}}}, {"endpoints": "endpoint_malformed"}),
        ({"endpoints": {"oob": {"uri": "https://oob.invalid"}}}, {"endpoints": "endpoint_malformed"}),
        ({"endpoints": {"fax": {"url": "https://oob.invalid"}}}, {"endpoints": "endpoint_system"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_its_field(given: dict[str, object], wrong: dict[str, str]):
    assert {field: problem.code for field, problem in problems(Policy, given).items()} == wrong
