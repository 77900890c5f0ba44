"""A deadline that is typed and «Guardar» right after it: the first click saves what stands in the field."""

import re

import pytest

from core.process.terms import Role
from core.store.settings import policy
from tests.browser.browser_user import UserFactory
from tests.browser.server import Server

pytestmark = pytest.mark.browser
HELD = (0, 120)  # ms for which the button of the mouse is kept down


@pytest.mark.parametrize("held", HELD)
def test_the_first_click_saves_the_deadline_that_was_typed(signed_in: UserFactory, server: Server, held: int) -> None:
    user = signed_in("proceso")
    user.go("/plazos")
    hours = 2 if held else 1
    user.field("Operador Operación: primera tarea").click()
    user.page.keyboard.press("Control+A")
    user.page.keyboard.type(f"{hours} h")
    place = user.button("Guardar").bounding_box()
    assert place is not None
    user.page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2, delay=held)
    user.sees(re.compile("^Se guardó"))
    with server.db.reading() as connection:
        assert policy(connection).deadlines[1, Role.OPERADOR_OPERACION].first == hours * 60
