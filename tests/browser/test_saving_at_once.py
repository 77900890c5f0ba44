"""A deadline that is typed and «Guardar» right after it: the first click saves what stands in the field."""

import re
from collections.abc import Callable

import pytest

from core.process.terms import Role
from core.store.settings import policy
from tests.browser.browser_user import Seat
from tests.browser.server import House

pytestmark = pytest.mark.browser
HELD = (0, 120)  # ms for which the button of the mouse is kept down


@pytest.mark.parametrize("held", HELD)
def test_the_first_click_saves_the_deadline_that_was_typed(at: Callable[..., Seat], house: House, held: int) -> None:
    seat = at("proceso")
    seat.go("/plazos")
    hours = 2 if held else 1
    seat.field("Operador Operación: primera tarea").click()
    seat.page.keyboard.press("Control+A")
    seat.page.keyboard.type(f"{hours} h")
    place = seat.button("Guardar").bounding_box()
    assert place is not None
    seat.page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2, delay=held)
    seat.sees(re.compile("^Se guardó"))
    with house.db.reading() as connection:
        assert policy(connection).deadlines[1, Role.OPERADOR_OPERACION].first == hours * 60
