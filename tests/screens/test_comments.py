"""Comments on the case page: mentioning people, mending one's own while it is fresh, reading them by name."""

import pytest

from core.case.events import Commented, CommentEdited
from core.case.rules.comments_and_links import EDITABLE
from core.services import cases
from tests.support.drive_case import World
from tests.support.people import ALIANZAS, COMERCIAL, ID, OUTSIDER

MENTION, WRITE = "Mencionar a", "Comentario para la historia del caso"


def mention(screen, *logins: str):
    next(each for each in screen.at.multiselect if each.label == MENTION).set_value(list(logins))
    return screen.run()


def told(screen) -> list[list[str]]:
    """What, who and why of the history's comments."""
    return [[row[3], row[5], row[6]] for row in screen.table if row[3].startswith("Coment")]


def test_who_is_chosen_or_written_is_mentioned_and_read_by_name(see, world: World):
    code = world.open()
    screen = mention(see(ALIANZAS).case(code), "carla", "ciro").write(WRITE, "vean esto con @pablo y @carla")
    screen.click("Comentar")
    assert screen.done == ["Su comentario está en la historia."]
    mentioned = (ID["ciro"], ID["pablo"], ID["carla"])
    assert world.bodies(code, Commented) == [Commented("@ciro vean esto con @pablo y @carla", mentioned)]
    assert told(screen) == [["Comentario", "Alba", "@Ciro vean esto con @Pablo y @Carla"]]
    assert screen.value(WRITE) == ""


def test_who_has_left_is_not_offered(see, world: World):
    screen = see(ALIANZAS).case(world.open())
    offered = next(each for each in screen.at.multiselect if each.label == MENTION).options
    assert "Carla" in offered
    assert "Fabio" not in offered


@pytest.mark.parametrize(("language", "label", "button"), [
    ("es", WRITE, "Comentar"), ("en", "Comment for the case’s history", "Comment"),
])  # fmt: skip
def test_a_comment_is_never_refused_for_an_at_sign(see, world: World, language, label, button):
    code = world.open()
    text = "para @nadie: 100 licencias @25 USD"
    screen = see(ALIANZAS, language).case(code).write(label, text).click(button)
    assert screen.problems == []
    assert world.bodies(code, Commented) == [Commented(text, ())]


def test_one_s_own_comment_is_mended_and_both_stay_on_the_record(see, world: World):
    code = world.open()
    cases.comment(world.db, ID[ALIANZAS], code, "para @carla", world.tick())
    screen = see(ALIANZAS).case(code)
    assert screen.value("Comentario") == "para @carla"
    screen.write("Comentario", "para @ciro").click("Guardar corrección")
    assert world.bodies(code, Commented, CommentEdited)[1].text == "para @ciro"
    assert told(screen) == [["Comentario", "Alba", "para @Ciro (corregido)"]]
    next(each for each in screen.at.toggle).set_value(True)
    screen.run()
    assert told(screen) == [
        ["Comentario", "Alba", "para @Carla"], ["Comentario corregido", "Alba", "para @Ciro"],
    ]  # fmt: skip


def test_a_comment_is_mended_by_nobody_else_and_not_for_long(see, world: World):
    code = world.open()
    cases.comment(world.db, ID[ALIANZAS], code, "pendiente", world.tick())
    assert "Guardar corrección" not in see(COMERCIAL).case(code).buttons
    screen = see(ALIANZAS).case(code)
    assert "Guardar corrección" in screen.buttons
    world.tick(EDITABLE + 1)
    screen.click("Guardar corrección")
    assert screen.refused == [
        "No se guardó: pasaron más de 5 minutos y el comentario ya no se corrige. Escriba uno nuevo."
    ]
    assert "Guardar corrección" not in screen.buttons


def test_an_outsider_reads_comments_and_writes_none(see, world: World):
    code = world.open()
    cases.comment(world.db, ID[ALIANZAS], code, "para @otto", world.tick())
    screen = see(OUTSIDER).case(code)
    assert told(screen) == [["Comentario", "Alba", "para @Otto"]]
    assert "Comentar" not in screen.buttons
