"""The page Plazos: what is in force, what a change would do before it is saved, and who changed what."""

import pytest

from core.people import accounts
from core.process.policy import Allowance, Policy, Rule
from core.process.terms import Document, Role
from core.services import settings as services_settings
from core.store import settings
from tests.support.drive_case import World, dump
from tests.support.people import ADMIN, DAY, EVERYTHING, HOUR, ID, MINUTE, PROCESO
from tests.support.screen import LANGUAGES, Screen
from ui.words.format import minutes_of, spelled

FIELD = {"es": "Operador Operación: primera tarea", "en": "Operador Operación: first task"}
SAVE = {"es": "Guardar 1 cambio", "en": "Save 1 change"}


def in_force(world: World) -> Policy:
    with world.db.reading() as connection:
        return settings.policy(connection)


def bullets(screen: Screen) -> list[str]:
    return [line.removeprefix("- ").replace("\\", "") for line in screen.lines if line.startswith("- ")]


@pytest.mark.parametrize(
    ("typed", "minutes", "shown"),
    [
        ("2 d 4 h", 1200, "2 d 4 h"), ("90 min", 90, "1 h 30 min"), ("1 día", 480, "1 d"), ("3 Horas", 180, "3 h"),
        ("1d2h3m", 603, "1 d 2 h 3 min"), ("0 min", 0, "0 min"), ("2 days 1 hour", 1020, "2 d 1 h"),
    ],
)  # fmt: skip
def test_a_working_time_is_read_as_people_type_it_and_shown_without_rounding(typed: str, minutes: int, shown: str):
    assert minutes_of(typed) == minutes
    assert spelled(minutes) == shown
    assert minutes_of(shown) == minutes


@pytest.mark.parametrize("typed", ["", "2", "dos días", "-1 h", "1 h 1 d", "1,5 h", "99999 d"])
def test_what_is_no_working_time_is_not_guessed(typed: str):
    assert minutes_of(typed) is None


@pytest.mark.parametrize(
    ("language", "effect", "later", "done"),
    [
        ("es", "Operador Operación, 1 Inicio: con este plazo, 2 de las 3 tareas abiertas estarían vencidas (ahora, 0).",
         "Vale para el trabajo que se abra después de guardar; lo que está abierto conserva su plazo y su regla.",
         "Se guardó. Vale para el trabajo que se abra desde ahora."),
        ("en", "Operador Operación, 1 Inicio: with this deadline 2 of the 3 open tasks would be overdue (now 0).",
         "It applies to work opened after saving; open work keeps its deadline and rule.",
         "Saved. It applies to work opened from now on."),
    ],
)  # fmt: skip
def test_a_deadline_says_what_it_would_do_before_it_is_saved(see, world: World, language, effect, later, done):
    for key in "ab":
        world.open(key)
    world.tick(2 * HOUR)
    before = world.item(world.open("c"))
    screen = see(PROCESO, language).go("plazos")
    assert (bullets(screen), {"es": "Guardar", "en": "Save"}[language] in screen.buttons) == ([], True)
    screen.write(FIELD[language], " 1 h ")
    assert bullets(screen) == [effect]
    assert later in screen.captions
    screen.click(SAVE[language])
    assert (screen.done, bullets(screen), screen.value(FIELD[language])) == ([done], [], "1 h")
    assert in_force(world).deadlines[1, Role.OPERADOR_OPERACION] == Allowance(60, 480)
    assert world.item("S-2026-0003") == before


@pytest.mark.parametrize(
    ("language", "unreadable", "malformed", "range_"),
    [
        ("es", "Hay un valor que no se entiende. Se indica junto a su campo al guardar.",
         "Escriba un tiempo laboral, p\\. ej\\. «2 d 4 h» o «90 min»\\.",
         "Escriba un tiempo mayor que cero y de 260 d como máximo\\."),
        ("en", "One value cannot be read. It will be marked when you save.",
         "Write a working time, e\\.g\\. “2 d 4 h” or “90 min”\\.",
         "Write a time above zero and of 260 d at most\\."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_its_field_and_nothing_typed_is_lost(
    see, world: World, language, unreadable, malformed, range_
):
    save_two = {"es": "Guardar 2 cambios", "en": "Save 2 changes"}[language]
    screen = see(PROCESO, language).go("plazos", fase="2").write(FIELD[language], "pronto")
    assert screen.infos == [unreadable]
    screen.go("plazos").write(FIELD[language], "0 h").click(save_two)
    assert screen.problems == [f":red[:small[↑ {range_}]]"]
    assert screen.go("plazos", fase="2").value(FIELD[language]) == "pronto"
    assert screen.problems == [f":red[:small[↑ {malformed}]]"]
    again = see(PROCESO, language).go("plazos", fase="2")
    assert (again.value(FIELD[language]), again.go("plazos").value(FIELD[language])) == ("pronto", "0 h")
    discard = {"es": "Descartar", "en": "Discard"}[language]
    again.click(discard)
    assert (again.value(FIELD[language]), save_two in again.buttons) == ("1 d", False)
    assert screen.click(discard).problems == []  # what was wrong goes with what was typed
    with world.db.reading() as connection:
        assert services_settings.newest(connection) == 0


def test_who_was_overtaken_is_told_keeps_what_was_typed_and_sees_the_new_values(see, world: World):
    soon, escalate = "«Vence pronto»: cuánto antes del vencimiento", "Escalar a Proceso: cuánto después del vencimiento"
    screen = see(PROCESO).go("plazos", parte="avisos").write(soon, "2 h")
    see(EVERYTHING).go("plazos", parte="avisos").write(escalate, "4 h").click("Guardar 1 cambio")
    world.tick(MINUTE)
    screen.click("Guardar 1 cambio")
    assert screen.refused == [
        "No se guardó: alguien cambió los plazos el lun 2 mar, 08:00, después de que usted abrió esta página. "
        "Lo que escribió sigue aquí; revise los valores nuevos y guarde otra vez."
    ]
    assert (screen.value(soon), screen.value(escalate), in_force(world).soon) == ("2 h", "4 h", 240)
    screen.click("Guardar 1 cambio")
    assert (screen.refused, in_force(world).soon, in_force(world).escalate_after) == ([], 120, 240)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_is_changed_with_dates_as_one_writes_them(see, world: World, language: str):
    labels = {
        "es": ("Otros días cerrados, uno por línea", "Horario", "24/12/2026\n2026-12-31\nmañana", "24/12/2026"),
        "en": ("Other closed days, one per line", "Hours", "24/12/2026\n2026-12-31\nmañana", "2026-12-24"),
    }[language]
    closed, hours, typed, shown = labels
    screen = see(PROCESO, language).go("plazos", parte="calendario").write(closed, typed).write(hours, "9:00-17:00")
    screen.at.button(key="owner-save").click()
    screen.run()
    assert len(screen.problems) == 2
    assert "mañana" in screen.problems[1]
    screen.write(closed, "31/12/2026\n24/12/2026\n").write(hours, "09:00–12:30, 13:30-17:00")
    screen.at.button(key="owner-save").click()
    screen.run()
    assert (screen.problems, screen.refused) == ([], [])
    calendar = in_force(world).calendar
    assert (calendar.closed, calendar.hours) == (
        ("2026-12-24", "2026-12-31"),
        (("09:00", "12:30"), ("13:30", "17:00")),
    )
    assert str(screen.value(closed)).splitlines()[0] == shown


@pytest.mark.parametrize(
    ("language", "effect", "left", "refused"),
    [
        ("es", "Contrato: 1 caso en curso se revisará con la regla nueva; "
         "0 revisiones abiertas siguen con la anterior.",
         "No se podrá guardar: dejaría un caso en curso sin nadie que pueda decidir: S-2026-0001.",
         "No se guardó: dejaría un caso en curso sin nadie que pueda decidir: S-2026-0001. "
         "Elija otra regla o dé antes el rol a más personas."),
        ("en", "Contrato: 1 running case will be reviewed by the new rule; 0 open reviews keep the old one.",
         "It cannot be saved: it would leave one running case that nobody may decide: S-2026-0001.",
         "Not saved: it would leave one running case that nobody may decide: S-2026-0001. "
         "Choose another rule, or give the role to more people first."),
    ],
)  # fmt: skip
def test_a_rule_that_nobody_could_meet_says_so_before_and_after_the_click(
    see, world: World, language, effect, left, refused
):
    world.setting("rules", {document: {"mode": "any"} for document in Document if document is not Document.CRO})
    for login in ("alba", "ines", EVERYTHING):
        accounts.set_roles(world.db, login, [Role.ADMINISTRADOR], ID[ADMIN], world.now)
    world.open()
    screen = see(PROCESO, language).go("plazos", parte="aprobacion").choose("Contrato", "quorum_3")
    assert (bullets(screen), screen.warned) == ([effect], [left])
    before = dump(world.db)
    screen.click(SAVE[language])
    assert screen.refused == [refused]
    assert dump(world.db) == before
    assert screen.value("Contrato") == "quorum_3"
    screen.choose("Contrato", "quorum_2").click(SAVE[language])
    assert in_force(world).rules[Document.CONTRATO] == Rule("quorum", 2)


@pytest.mark.parametrize(
    ("language", "rows", "none"),
    [
        ("es", [["mar 3 mar, 08:00", "Pablo", "Operador Operación, 1 Inicio: primera tarea", "1 d", "1 h"],
                ["lun 2 mar, 08:00", "línea de comandos", "Factura: regla de aprobación", "Todos los roles que revisan",
                 "2 de los roles que revisan"]],
         "Nadie ha cambiado nada: valen los valores iniciales."),
        ("en", [["Tue 3 Mar, 08:00", "Pablo", "Operador Operación, 1 Inicio: first task", "1 d", "1 h"],
                ["Mon 2 Mar, 08:00", "command line", "Factura: approval rule", "All reviewing roles",
                 "2 of the reviewing roles"]],
         "Nobody has changed anything: the initial values apply."),
    ],
)  # fmt: skip
def test_the_changes_are_listed_with_who_when_before_and_after(see, world: World, language, rows, none):
    assert see(PROCESO, language).go("plazos", parte="cambios").infos == [none]
    with world.db.writing() as tx:
        settings.change(tx, "rules", {"factura": {"mode": "quorum", "quorum": 2}}, None, world.now)
    world.tick(DAY)
    see(PROCESO, language).go("plazos").write(FIELD[language], "1 h").click(SAVE[language])
    assert see(PROCESO, language).go("plazos", parte="cambios").table == rows


def test_whoever_lost_the_role_meanwhile_changes_nothing_by_a_click(see, world: World):
    screen = see(EVERYTHING).go("plazos").write(FIELD["es"], "1 h")
    accounts.set_roles(world.db, EVERYTHING, [Role.ADMINISTRADOR], ID[ADMIN], world.now)
    screen.click("Guardar 1 cambio")
    assert in_force(world).deadlines[1, Role.OPERADOR_OPERACION] == Allowance(480, 480)
