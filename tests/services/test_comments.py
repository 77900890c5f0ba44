"""Comments: whom they mention, how their author puts them anew, and that they change nothing else."""

from sqlalchemy import select

from core.case.events import Commented, CommentEdited
from core.services import cases
from core.store import tables
from tests.support.drive_case import World
from tests.support.people import ALIANZAS, COMERCIAL, COMERCIAL_2, ID, MINUTE, OPERADOR_2, OUTSIDER, PROCESO

LOGIN = {number: login for login, number in ID.items()}
n = tables.notices.c


def mentions(w: World, code: str) -> list[str]:
    """Who was told of being mentioned on a case, in order."""
    wanted = select(n.person_id).join(tables.cases).where(tables.cases.c.code == code, n.kind == "mentioned")
    with w.db.reading() as connection:
        return [LOGIN[who] for who in connection.scalars(wanted.order_by(n.id))]


def test_a_comment_mentions_people_by_their_login(both: World):
    code = both.open()
    text = "@carla, vea el anexo con @PABLO. Copia a rosa@otto.example y @carla"
    cases.comment(both.db, ID[ALIANZAS], code, text, both.tick())
    [body] = both.bodies(code, Commented)
    assert (body.text, body.mentions) == (text, (ID[COMERCIAL], ID[PROCESO]))
    assert mentions(both, code) == [COMERCIAL, PROCESO]


def test_who_mentions_themselves_is_told_nothing(both: World):
    code = both.open()
    cases.comment(both.db, ID[ALIANZAS], code, "@alba: pendiente", both.tick())
    assert mentions(both, code) == []


def test_somebody_without_a_role_is_mentioned_too_but_nobody_who_has_left(both: World):
    code = both.open()
    text = "@otto @fabio @nadie: 100 licencias @25 USD, ver https://www.otto.example/@carla"
    cases.comment(both.db, ID[ALIANZAS], code, text, both.tick())
    [body] = both.bodies(code, Commented)
    assert (body.text, body.mentions) == (text, (ID[OUTSIDER],))
    assert mentions(both, code) == [OUTSIDER]


def test_a_comment_that_is_mended_tells_only_whom_it_mentions_anew(both: World):
    code = both.open()
    cases.comment(both.db, ID[ALIANZAS], code, "para @carla", both.tick())
    seq = both.case(code).version
    cases.edit_comment(both.db, ID[ALIANZAS], code, seq, " para @carla y @ciro ", both.tick())
    cases.edit_comment(both.db, ID[ALIANZAS], code, seq, "para nadie", both.tick(4 * MINUTE))
    assert mentions(both, code) == [COMERCIAL, COMERCIAL_2]
    said = [(body.text, body.mentions) for body in both.bodies(code, Commented, CommentEdited)]
    both_ = (ID[COMERCIAL], ID[COMERCIAL_2])
    assert said == [("para @carla", both_[:1]), ("para @carla y @ciro", both_), ("para nadie", ())]


def test_comments_change_no_state_and_no_screen_goes_stale_by_them(both: World):
    code = both.open()
    on = both.on(code, OPERADOR_2)
    before = both.case(code)
    cases.comment(both.db, ID[ALIANZAS], code, "para @carla", both.tick())
    cases.edit_comment(both.db, ID[ALIANZAS], code, before.version + 1, "para @ciro", both.tick())
    after = both.case(code)
    assert (after.items, after.phase, after.version) == (before.items, before.phase, before.version + 2)
    cases.validate(both.db, on, "yes", both.tick(), done=both.ticked(code))
