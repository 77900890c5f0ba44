"""Several at once, in an inbox: choose, look once at what each will cause, decide, and read what became of each."""

import pytest

from core.case.events import CriterionAnswer, Reviewed
from core.process.terms import Flow, Kind, Role
from tests.support.drive_case import CRITERIA, FAILS, World
from tests.support.people import COMERCIAL, COMERCIAL_2, EVERYTHING, OPERADORA, PROCESO
from tests.support.screen import LANGUAGES, Screen

ROLE = Role.GERENTE_COMERCIAL.value
WORDS = {
    "es": ("Ver lo elegido ({})", "Aprobar los 2", "Devolver los 2"),
    "en": ("Preview the chosen ones ({})", "Approve all 2", "Return all 2"),
}
REASON = "Motivo (obligatorio si devuelve, el mismo para todos)"


def at_review(w: World, key: str, who: str = OPERADORA) -> str:
    code = w.open(key, flow=Flow.B2B)
    w.to(code, 2, Kind.PRODUCE)
    w.attach(code, who)
    w.send(code, who)
    return code


def mode(see, who: str = COMERCIAL, language: str = "es", **query: str) -> Screen:
    return see(who, language).go(ROLE, varios="true", **query)


def choose(screen: Screen, *codes: str) -> Screen:
    for code in codes:
        next(box for box in screen.at.checkbox if box.label.endswith(code)).check()
    return screen.run()


def cases(screen: Screen) -> list[str]:
    return [query["caso"] for _, page, query in screen.links() if page == "caso"]


def verdicts(w: World, code: str) -> list[str]:
    return [each.verdict for each in w.bodies(code, Reviewed)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_one_look_at_what_each_will_cause_several_are_approved(see, world: World, language: str):
    one, two, other = (at_review(world, key) for key in "abc")
    look, approve, back = WORDS[language]
    screen = mode(see, language=language)
    assert (look.format(0) in screen.buttons, cases(screen)) == (True, [one, two, other])
    choose(screen, one, two).click(look.format(2))
    assert screen.tasks == [{"es": "2 casos por decidir juntos", "en": "2 cases to decide together"}[language]]
    assert cases(screen) == [one, two]
    then = {
        "es": "**Si aprueba:** 3 Análisis Comercial: Validar Propuesta Comercial (Operador Operación), vence ",
        "en": "**If you approve:** 3 Análisis Comercial: Validar Propuesta Comercial (Operador Operación), due ",
    }[language]
    assert sum(line.startswith(then) for line in screen.captions) == 2
    assert sum(line.endswith("**10\\.000 USD** · SLA: **99,5 %**") for line in screen.captions) == 2
    assert {"es": "cada criterio de cada cliente «Cumple»", "en": "every criterion of every client is met"}[
        language
    ] in (screen.warned[0])
    assert back in screen.buttons
    screen.click(approve)
    assert screen.done == [{"es": "Aprobó 2 de 2.", "en": "You approved 2 of 2."}[language]]
    badge = {"es": ":green-badge[✓ hecho]", "en": ":green-badge[✓ done]"}[language]
    results = [line for line in screen.lines if line.startswith(badge)]
    assert [line.split("**")[1] for line in results] == [one, two]
    assert all("3 Análisis Comercial: Validar Propuesta Comercial (Operador Operación)" in line for line in results)
    assert cases(screen) == [other]
    met = tuple(CriterionAnswer(each.name, "meets") for each in CRITERIA)
    assert [each.answers for code in (one, two) for each in world.bodies(code, Reviewed)] == [met, met]
    assert verdicts(world, other) == []


def test_returning_needs_one_reason_for_all_and_keeps_what_was_typed(see, world: World):
    one, two = at_review(world, "a"), at_review(world, "b")
    screen = mode(see).click("Elegir todos los de esta página").click("Ver lo elegido (2)").click("Devolver los 2")
    assert screen.refused == ["No se guardó: hay campos por completar o corregir. Revise los que están marcados."]
    assert screen.problems == [":red[:small[↑ Escriba el motivo\\.]]"]
    screen.write(REASON, "falta el anexo")
    again = mode(see)
    assert [box.value for box in again.at.checkbox] == [True, True]
    again.click("Ver lo elegido (2)")
    assert again.value(REASON) == "falta el anexo"
    again.click("Devolver los 2")
    assert again.done == ["Devolvió 2 de 2."]
    assert [each.reason for code in (one, two) for each in world.bodies(code, Reviewed)] == ["falta el anexo"] * 2
    assert mode(see).infos == ["Nada pendiente."]


def test_what_somebody_else_decided_meanwhile_is_left_with_its_reason(see, world: World):
    one, two = at_review(world, "a"), at_review(world, "b")
    screen = mode(see).click("Elegir todos los de esta página").click("Ver lo elegido (2)")
    world.review(one, who=COMERCIAL_2, verdict="return", reason="otro *motivo*")
    screen.click("Aprobar los 2")
    assert screen.done == ["Aprobó 1 de 2. Abajo se dice por qué no se decidió lo demás."]
    left = [line for line in screen.lines if line.startswith(":red-badge[✕ sin decidir]")]
    assert len(left) == 1
    assert left[0].startswith(f":red-badge[✕ sin decidir] **{one}** Cliente a · Propuesta Comercial. ")
    assert "Ciro ya decidió esta tarea \\(devolvió\\)" in left[0]
    assert "otro \\*motivo\\*" in left[0]
    assert (verdicts(world, one), verdicts(world, two)) == (["return"], ["approve"])


def test_when_nothing_could_be_decided_the_answer_is_no_success(see, world: World):
    one = at_review(world, "a")
    screen = mode(see).click("Elegir todos los de esta página").click("Ver lo elegido (1)")
    world.review(one, who=COMERCIAL_2)
    screen.click("Aprobar")
    assert (screen.done, screen.refused) == (
        [],
        ["Aprobó 0 de 1. Abajo se dice por qué no se decidió lo demás."],
    )


def test_only_what_the_person_may_decide_can_be_chosen(see, world: World):
    mine, fine = at_review(world, "a", EVERYTHING), at_review(world, "b")
    screen = mode(see, EVERYTHING)
    assert [box.label for box in screen.at.checkbox] == [f"Elegir {fine}"]
    assert cases(screen) == [mine, fine]
    assert (
        "Solo se pueden elegir revisiones que usted puede decidir. Lo demás se resuelve en su caso." in screen.captions
    )
    assert "Ver lo elegido (1)" in screen.click("Elegir todos los de esta página").buttons
    assert "Ver lo elegido (0)" in screen.click("Quitar la elección").buttons


def test_the_mode_lives_in_the_address_and_only_where_there_are_reviews(see, world: World):
    code = at_review(world, "a")
    screen = see(COMERCIAL)
    assert [each.label for each in screen.at.toggle] == ["Varios a la vez"]
    screen.at.toggle[0].set_value(True)
    assert screen.run().address == {"varios": "true"}
    screen.case(code)
    assert screen.links()[0] == ("← Gerente Comercial · 1 de 1", ROLE, {"varios": "true"})
    assert list(see(OPERADORA).at.toggle) == []
    assert list(see(PROCESO).at.toggle) != []


def test_the_buttons_of_another_look_are_other_buttons(see, world: World):
    one, two = (at_review(world, key) for key in "ab")
    look, approve, back = WORDS["es"]
    screen = choose(mode(see), one, two).click(look.format(2))
    drawn = {label: screen.button(label).key for label in (approve, back)}
    item = world.item(one)
    world.review(one, verdict="return", answers=FAILS)
    world.attach(one)
    world.send(one, answers={1: "corregido"})
    choose(screen.click("← Volver a elegir"), one).click(look.format(2))
    assert world.item(one) != item
    assert [screen.button(label).key == key for label, key in drawn.items()] == [False, False]
