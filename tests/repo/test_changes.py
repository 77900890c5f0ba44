"""How many files a usual change touches: made in a copy of the product, which then works."""

from pathlib import Path

from tests.support.changed_copy import ROLE, changed_copy, run

INBOX = '''"""What waits for Riesgos."""

from core.process.terms import Role
from ui.screens import inbox
from ui.shell.guard import enter

inbox.draw(enter(Role.RIESGOS, substitutes=True), Role.RIESGOS)
'''
SEVENTH_ROLE = """
import json, sys
from pathlib import Path
from core.exports.bpmn import file
from core.people import accounts
from core.process.policy import default_deadlines
from core.process.terms import Flow, Kind, Role
from core.store.database import Database
from core.store.replay import differences
from tests.support import people
from tests.support.drive_case import World
from ui.shell.menu import MENU, Viewer

db = Database(f"sqlite:///{sys.argv[1]}/work.db")
db.create()
people.populate(db)
people.ID["rita"], _ = accounts.create(db, "rita", "Rita", [Role.RIESGOS], at=people.START, password=people.PASSWORD)
people.HOLDER[Role.RIESGOS] = "rita"
world = World(db, Path(sys.argv[1]))
code = world.open(flow=Flow.ESTANDAR)
world.to(code, 2, Kind.REVIEW)
reviewers = [item.role for item in world.case(code).items]
for role in reviewers:
    world.review(code, role)
with db.reading() as connection:
    viewer = Viewer(accounts.person(db, people.ID["rita"]), frozenset({Role.RIESGOS}))
    seen = [item.page for item in MENU if item.sees(viewer)]
print(json.dumps({
    "reviewers": reviewers, "phase": world.case(code).phase, "menu": seen, "differences": len(list(differences(db))),
    "deadlines": sum(role is Role.RIESGOS for _, role in default_deadlines()),
    "lanes": file.file().count(b'name="Riesgos"'),
}))
"""
NOTICE_KIND = """
import json
from core.notices.feed import NoticeRow
from core.notices.kinds import Notice
from core.notices.preferences import DEFAULTS
from ui.words.format import Format
from ui.words.messages import text
from ui.words.notices import said

params = {"work": "review", "phase": 2, "role": "proceso", "due_at": 0}
row = NoticeRow(1, Notice.ASKED, "S-2026-0001", "a", params, 0, None)
print(json.dumps({
    "missing": sorted(set(Notice) - set(DEFAULTS)),
    **{language: [said(Format(language, 0), row), text(language, "choices-asked")] for language in ("es", "en")},
}))
"""


def test_a_seventh_role_is_one_definition_and_one_page(tmp_path: Path):
    changed_copy(tmp_path, {"core/process/terms.py": ROLE})
    (tmp_path / "pages" / "riesgos.py").write_text(INBOX)
    (tmp_path / "check.py").write_text(SEVENTH_ROLE)
    assert run(tmp_path, tmp_path / "check.py", str(tmp_path)) == {
        "reviewers": [
            "gerente_alianzas", "riesgos", "gerente_comercial", "responsable_implementacion_b2b", "proceso",
        ],
        "phase": 3,
        "menu": ["riesgos", "avisos", "casos", "ambientes"],
        "differences": 0,
        "deadlines": 8,
        "lanes": 1,
    }  # fmt: skip


def test_a_notice_kind_is_its_name_its_delivery_and_its_sentences(tmp_path: Path):
    messages = {"notice-ended = ": "notice-asked = {}: { $work }\n", "choices-ended = ": "choices-asked = {}\n"}
    words = {
        language: {before: line.replace("{}", word) for before, line in messages.items()}
        for language, word in (("es", "Pregunta"), ("en", "Question"))
    }
    changed_copy(
        tmp_path,
        {
            "core/notices/kinds.py": {'    ENDED = "ended"\n': '    ASKED = "asked"\n'},
            "core/notices/preferences.py": {"    Notice.ENDED: ": "    Notice.ASKED: Delivery.AT_ONCE,\n"},
            **{f"ui/words/locales/{language}/notices.ftl": lines for language, lines in words.items()},
        },
    )
    (tmp_path / "check.py").write_text(NOTICE_KIND)
    assert run(tmp_path, tmp_path / "check.py") == {
        "missing": [],
        "es": ["Pregunta: Revisar Propuesta Comercial", "Pregunta"],
        "en": ["Question: Revisar Propuesta Comercial", "Question"],
    }
