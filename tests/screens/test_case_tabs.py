"""What stands below a case's work: its history, documents, client and environments, and its coordination."""

import pytest

from core.case.events import ChannelHanded, Commented, EnvironmentRegistered, ItemDueMoved
from core.process.terms import Channel, Environment, Flow, Kind, Role
from tests.support.drive_case import FAILS, World, dump
from tests.support.people import ALIANZAS, COMERCIAL, DAY, IMPLEMENTACION, OPERADORA, OUTSIDER, PROCESO
from tests.support.screen import LANGUAGES, Screen

WHOLE = {
    "es": "Mostrar también mensajes, tareas abiertas y lo que no aplica",
    "en": "Also show messages, opened tasks and what does not apply",
}
INVALID = "No se guardó: hay campos por completar o corregir. Revise los que están marcados."


def whole(screen: Screen, language: str = "es") -> Screen:
    next(each for each in screen.at.toggle if each.label == WHOLE[language]).set_value(True)
    return screen.run()


# --- the history ---
HISTORY = {
    "es": [
        ["lun 2 mar, 08:01", "1", "", "Caso abierto", "B2B", "Marta", ""],
        ["lun 2 mar, 08:01", "1", "Mesa de Ayuda", "Inicio Mesa de Ayuda", "hecho", "Marta", ""],
        ["lun 2 mar, 08:02", "1", "Mesa de Ayuda", "Validar Solicitud de Servicio - Nuevo Cliente", "hecho", "Mateo",
         ""],
        ["lun 2 mar, 08:02", "1", "Mesa de Ayuda",
         "Validar si la información es correcta para continuar con el flujo", "No", "Mateo", "fuera de *alcance*"],
        ["lun 2 mar, 08:02", "1", "", "Fin de Proceso - Solicitud Rechazada", "", "Mateo", ""],
    ],
    "en": [
        ["Mon 2 Mar, 08:01", "1", "", "Case opened", "B2B", "Marta", ""],
        ["Mon 2 Mar, 08:01", "1", "Mesa de Ayuda", "Inicio Mesa de Ayuda", "done", "Marta", ""],
        ["Mon 2 Mar, 08:02", "1", "Mesa de Ayuda", "Validar Solicitud de Servicio - Nuevo Cliente", "done", "Mateo",
         ""],
        ["Mon 2 Mar, 08:02", "1", "Mesa de Ayuda",
         "Validar si la información es correcta para continuar con el flujo", "No", "Mateo", "fuera de *alcance*"],
        ["Mon 2 Mar, 08:02", "1", "", "Fin de Proceso - Solicitud Rechazada", "", "Mateo", ""],
    ],
}  # fmt: skip
COLUMNS = {
    "es": ["Cuándo", "Fase", "Rol", "Qué", "Resultado", "Quién", "Por qué"],
    "en": ["When", "Phase", "Role", "What", "Result", "Who", "Why"],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_history_says_of_each_activity_when_who_with_what_result_and_why(see, world: World, language: str):
    code = world.open(flow=Flow.B2B, channel=Channel.MESA_DE_AYUDA)
    world.validate(code, "no", reason="fuera de *alcance*")
    screen = see(PROCESO, language).case(code)
    assert list(screen.at.dataframe[0].value.columns) == COLUMNS[language]
    assert screen.table == HISTORY[language]
    assert len(whole(screen, language).table) == len(world.record(code))


def test_the_history_tells_a_return_with_its_reason_and_the_services_with_their_person(see, world: World):
    code = world.open(flow=Flow.B2B)
    world.to(code, 2, Kind.REVIEW)
    world.review(code, verdict="return", answers=FAILS, reason="revisar")
    world.to(code, 3)
    rows = see(PROCESO).case(code).table
    verdicts = [row[3:] for row in rows if row[3] == "Propuesta Aprobada?"]
    assert verdicts == [
        ["Propuesta Aprobada?", "Devolver", "Carla", "Precio: No cumple (muy alto) · revisar"],
        ["Propuesta Aprobada?", "Aprobar", "Carla", ""],
    ]
    services = [row[2:] for row in rows if row[5].startswith("Servicio")]
    assert services == [
        ["Gerente Comercial", "Generar Contrato", "hecho", "Servicio, por Carla", ""],
        ["Gerente Comercial", "Enviar Contrato", "hecho", "Servicio, por Carla", ""],
    ]
    answers = [row[6] for row in rows if row[3] == "Enviado: Propuesta Comercial v2"]
    assert answers == ["corregido · corregido"]


def test_what_is_quiet_is_shown_on_demand_and_the_address_keeps_that(see, world: World):
    code = world.open()
    world.to(code, 2)
    screen = see(PROCESO).case(code)
    short = screen.table
    quiet = [row[2:] for row in whole(screen).table if row not in short]
    assert ["Operador Operación", "Cargar Cliente Internacional en SD-CRM", "No aplica", "Sistema", "Nacional"] in quiet
    assert ["", "Entra a 2 Envío Propuesta", "", "Sistema", ""] in quiet
    assert ["Operador Operación", "Tarea abierta: Validar CRO", "vence mié 4 mar, 08:04", "Sistema", ""] in quiet
    assert [row for row in quiet if row[1] == "Recibir mensaje de CRO enviado"] == [
        [role, "Recibir mensaje de CRO enviado", "hecho", "Sistema", ""]
        for role in ("Gerente Alianzas", "Gerente Comercial", "Responsable Implementación B2B", "Proceso")
    ]
    assert len(see(PROCESO).case(code, todo="true").table) == len(world.record(code))


@pytest.mark.parametrize(
    ("language", "label", "button", "empty", "done", "what"),
    [
        ("es", "Comentario para la historia del caso", "Comentar", "Escriba el comentario\\.",
         "Su comentario está en la historia.", "Comentario"),
        ("en", "Comment for the case’s history", "Comment", "Write the comment\\.",
         "Your comment is in the history.", "Comment"),
    ],
)  # fmt: skip
def test_a_comment_stands_in_the_history(see, world: World, language, label, button, empty, done, what):
    code = world.open()
    screen = see(ALIANZAS, language).case(code).click(button)
    assert screen.problems == [f":red[:small[↑ {empty}]]"]
    screen.write(label, " ojo con el [plazo](x) ").click(button)
    assert (screen.done, screen.value(label)) == ([done], "")
    assert world.bodies(code, Commented) == [Commented("ojo con el [plazo](x)")]
    assert screen.table[-1][3:] == [what, "", "Alba", "ojo con el [plazo](x)"]
    assert button not in see(OUTSIDER, language).case(code).buttons


# --- documents ---
@pytest.mark.parametrize(("language", "none"), [("es", "Todavía no hay documentos."), ("en", "There are no documents")])
def test_every_version_of_every_document_is_listed(see, world: World, language: str, none: str):
    code = world.open(flow=Flow.B2B)
    assert see(PROCESO, language).case(code, vista="documents").infos[0].startswith(none)
    world.to(code, 2, Kind.REVIEW)
    world.review(code, verdict="return", answers=FAILS)
    world.attach(code)
    screen = see(PROCESO, language).case(code, vista="documents")
    assert [label for label, _ in screen.files] == ["⬇ CRO v1", "⬇ Propuesta Comercial v1", "⬇ Propuesta Comercial v2"]
    when = {"es": "lun 2 mar, 08:09", "en": "Mon 2 Mar, 08:09"}[language]
    assert screen.captions[-1] == f"documento\\.pdf · 10 B · Olga, {when}"


# --- the client and its environments ---
def test_the_client_has_contact_criteria_and_the_environments_that_are_missing(see, world: World):
    code = world.open()
    screen = see(ALIANZAS).case(code, vista="client")
    assert screen.main_texts[1:] == ["Rosa Peña", "rosa@cliente.example", "+57 601 555 0100"]
    assert screen.at.table[0].value.to_numpy().tolist() == [["Precio", "10\\.000 USD"], ["SLA", "99,5 %"]]
    assert [line for line in screen.lines if "badge[‖ falta" in line] == [
        ":violet-badge[‖ falta el ambiente de pruebas]",
        ":violet-badge[‖ falta el ambiente de producción]",
    ]
    assert "Los registran Proceso y Responsable Implementación B2B." in screen.captions
    assert "Registrar ambiente" not in screen.buttons


@pytest.mark.parametrize("who", [PROCESO, IMPLEMENTACION])
def test_an_environment_is_registered_with_its_evidence_and_unblocks_the_case(see, world: World, who: str):
    code = world.open(flow=Flow.B2B)
    world.to(code, 6)
    screen = see(who).case(code, vista="client")
    assert screen.value("Ambiente") == "test"
    assert screen.click("Registrar ambiente").problems == [
        ":red[:small[↑ Escriba la evidencia\\: dónde consta el ambiente\\.]]"
    ]
    screen.write("Evidencia", "acta 12 del *comité*").click("Registrar ambiente")
    assert screen.done == ["Se registró el ambiente de pruebas. Consta en su caso en curso."]
    registered = EnvironmentRegistered(Environment.TEST, "acta 12 del *comité*", None)
    assert world.bodies(code, EnvironmentRegistered) == [registered]
    assert len(world.bodies(code, ItemDueMoved)) == 1
    assert ":green-badge[✓] ambiente de pruebas · sin vencimiento" in screen.lines
    assert f"{who.capitalize()}, lun 2 mar, 08:20 · acta 12 del \\*comité\\*" in screen.captions
    assert "bloqueada" not in " ".join(screen.lines)


def test_an_environment_that_expires_is_valid_to_the_end_of_its_day(see, world: World):
    code = world.open(flow=Flow.B2B)
    screen = see(PROCESO, "en").case(code, vista="client")
    screen.answer("Environment", "production").write("Evidence", "ticket 7")
    screen.write("Expires (optional)", "2026-03-03").click("Register environment")
    assert screen.done == ["The production environment is registered. It is on the record of their running case."]
    assert ":green-badge[✓] production environment · until Tue 3 Mar, 23:59" in screen.lines
    world.tick(2 * DAY)
    screen = see(PROCESO, "en").case(code, vista="client")
    assert ":red-badge[expired] production environment · until Tue 3 Mar, 23:59" in screen.lines
    screen.write("Evidence", "ticket 8")
    screen.write("Expires (optional)", "2026-03-03")
    assert screen.click("Register environment").problems == [":red[:small[↑ The expiry date has passed\\.]]"]
    assert screen.value("Evidence") == "ticket 8"


# --- coordination ---
@pytest.mark.parametrize("language", LANGUAGES)
def test_proceso_hands_a_case_to_the_other_channel_with_a_reason(see, world: World, language: str):
    button = {"es": "Trasladar a Mesa de Ayuda", "en": "Hand over to Mesa de Ayuda"}[language]
    done = {
        "es": "El caso pasa a Mesa de Ayuda desde la siguiente tarea.",
        "en": "Mesa de Ayuda handles the case from its next task on.",
    }[language]
    missing = {"es": "Escriba el motivo\\.", "en": "Write the reason\\."}[language]
    code = world.open()
    screen = see(PROCESO, language).case(code, vista="coordination").click(button)
    assert screen.problems == [f":red[:small[↑ {missing}]]"]
    screen.write({"es": "Motivo", "en": "Reason"}[language], "vacaciones").click(button)
    assert screen.done == [done]
    assert world.bodies(code, ChannelHanded) == [ChannelHanded(Channel.MESA_DE_AYUDA, "vacaciones")]
    assert world.item(code).role is Role.OPERADOR_OPERACION
    back = {"es": "Trasladar a Operador Operación", "en": "Hand over to Operador Operación"}[language]
    assert back in screen.buttons


def test_only_proceso_coordinates(see, world: World):
    code = world.open()
    for who in (OPERADORA, COMERCIAL):
        screen = see(who).case(code, vista="coordination")
        assert screen.at.button_group[0].options == ["Historia", "Mapa", "Documentos", "Cliente y ambientes", "Enlace"]
        assert not any(label.startswith("Trasladar") for label in screen.buttons)
        assert len(screen.at.dataframe) == 1
    world.validate(code, "no")
    before = dump(world.db)
    assert see(PROCESO).case(code, vista="coordination").infos == ["El caso terminó: ya no hay nada que coordinar."]
    assert dump(world.db)["events"] == before["events"]
