"""The page of a case in every state: what it says, to whom, and which buttons it has, in both languages."""

from typing import Any

import pytest

from core.people import accounts
from core.process.definition import PHASES
from core.process.terms import ROLE_NAMES, Channel, Environment, Flow, Kind
from tests.support.drive_case import FAILS, World
from tests.support.people import ADMIN, ALIANZAS, COMERCIAL, EVERYTHING, ID, MESA, OPERADORA, OUTSIDER, PROCESO, ROLES
from tests.support.screen import LANGUAGES, Screen
from ui.words.format import Format

B2B = Flow.B2B


def stepper(here: int, mark: str = ":blue-badge[**▶ {}**]") -> str:
    """The phases as they stand in phase `here`."""
    names = [f"{phase.number} {phase.name}" for phase in PHASES]
    before = [f":green-badge[✓ {name}]" for name in names[: here - 1]]
    after = [f":gray-badge[{name}]" for name in names[here:]]
    return " ".join([*before, mark.format(names[here - 1]), *after])


def test_the_head_says_who_the_client_is_what_is_asked_and_where_the_case_stands(see, world: World):
    code = world.open("Peña & *Hijos*", flow=B2B, channel=Channel.MESA_DE_AYUDA, international=True)
    world.to(code, 3)
    world.tick(26 * 60 * 60_000)
    spanish, english = (see(PROCESO, language).case(code) for language in LANGUAGES)
    assert spanish.titles == english.titles == ["S-2026-0001 · Cliente Peña \\& \\*Hijos\\*"]
    assert (
        spanish.captions[0] == "B2B · Mesa de Ayuda · Internacional · abierto por Marta el lun 2 mar, 08:01 (hace 1 d)"
    )
    assert english.captions[0] == "B2B · Mesa de Ayuda · International · opened by Marta on Mon 2 Mar, 08:01 (1 d ago)"
    assert spanish.lines[:2] == english.lines[:2] == ["Integración de pagos", stepper(3)]


# --- each kind of work item: its heading, its badge and its buttons, to whoever holds it ---
HOLDS: dict[Kind, tuple[int, str, str, dict[str, list[str]]]] = {
    Kind.VALIDATE: (3, OPERADORA, "Validar Propuesta Comercial", {
        "es": ["Sí, continuar", "No, rechazar la solicitud"],
        "en": ["Sí, go on", "No, reject the request"],
    }),
    Kind.PRODUCE: (3, OPERADORA, "Generar y enviar Contrato", {"es": ["Enviar Contrato"], "en": ["Send Contrato"]}),
    Kind.REVIEW: (3, COMERCIAL, "Revisar Contrato", {
        "es": ["Todos cumplen", "Aprobar", "Devolver"],
        "en": ["All met", "Approve", "Return"],
    }),
    Kind.CORRECT: (3, OPERADORA, "Corregir Contrato", {"es": ["Enviar Contrato"], "en": ["Send Contrato"]}),
    Kind.CLOSE: (9, OPERADORA, "Cerrar Comercial", {"es": ["Cerrar Comercial"], "en": ["Cerrar Comercial"]}),
    Kind.SIGN_OFF: (  # Proceso hands on each role's
        9,
        PROCESO,
        "Cerrar Comercial",
        {
            "es": ["Asignar", "Cerrar Comercial", "Asignar", "Asignar", "Asignar"],
            "en": ["Assign", "Cerrar Comercial", "Assign", "Assign", "Assign"],
        },
    ),
}  # fmt: skip
COMMENT = {"es": "Comentar", "en": "Comment"}
ASSIGN = {"es": "Asignar", "en": "Assign"}
BACK = {"es": "Retirar la decisión", "en": "Take the decision back"}
TAKE = {"es": "Tomar", "en": "Take"}


def brought_to(world: World, work: Kind) -> str:
    code = world.open(flow=B2B)
    phase = HOLDS[work][0]
    if work is Kind.CORRECT:
        world.to(code, phase, Kind.REVIEW)
        world.review(code, verdict="return", answers=FAILS)
    else:
        world.to(code, phase, work)
    return code


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("work", Kind)
def test_whoever_holds_a_work_item_sees_its_buttons_and_nobody_else_does(see, world: World, work: Kind, language: str):
    code = brought_to(world, work)
    phase, holder, title, buttons = HOLDS[work]
    screen = see(holder, language).case(code)
    assert screen.tasks == [title]
    assert screen.buttons == [TAKE[language], *buttons[language], COMMENT[language]]
    assert stepper(phase) in screen.lines
    item = next(item for item in world.case(code).items if item.role in ROLES[holder])
    role, due = item.role, item.due_at
    cycle = {"es": " · ciclo 2", "en": " · cycle 2"}[language] if work is Kind.CORRECT else ""
    assert f":green-badge[○ {moment(screen, due)}] {ROLE_NAMES[role]}{cycle}" in screen.lines
    for other in (MESA, OUTSIDER, ADMIN):
        elsewhere = see(other, language).case(code)
        assert elsewhere.tasks == []
        assert elsewhere.buttons == ([COMMENT[language]] if other == MESA else [])
        assert f"**{title}** · {ROLE_NAMES[role]} · :green-badge[○ {moment(screen, due)}]" in elsewhere.lines
        assert any(caption.startswith(WHO_CAN[language]) for caption in elsewhere.captions)


def moment(screen: Screen, ms: int) -> str:
    return Format(screen.at.session_state["language"], screen.world.now).moment(ms)


WHO_CAN = {"es": "Puede hacerlo: ", "en": "Who can: "}


# --- what somebody else reads ---
@pytest.mark.parametrize(
    ("language", "captions"),
    [
        ("es", [
            "En revisión: Propuesta Comercial v1. Decide solo Gerente Comercial. Nadie ha aprobado todavía.",
            "Puede hacerlo: Carla, Ciro y Maria.",
            "Ninguna tarea de este caso le corresponde ahora. El caso llegó a esta fase hace 3 min.",
        ]),
        ("en", [
            "Under review: Propuesta Comercial v1. Gerente Comercial decides alone. Nobody has approved yet.",
            "Who can: Carla, Ciro, and Maria.",
            "There is nothing for you to do in this case now. The case reached this phase 3 min ago.",
        ]),
    ],
)  # fmt: skip
def test_in_the_b2b_flow_the_other_reviewers_read_who_decides(see, world: World, language: str, captions: list[str]):
    code = world.open(flow=B2B)
    world.to(code, 2, Kind.REVIEW)
    assert see(ALIANZAS, language).case(code).captions[1:] == captions


@pytest.mark.parametrize(
    ("language", "reason", "able"),
    [
        (
            "es",
            "No puede decidir sobre Propuesta Comercial versión 1: usted la envió. Debe decidir otra persona.",
            "Puede hacerlo: Carla y Ciro.",
        ),
        (
            "en",
            "You cannot decide on Propuesta Comercial version 1: you sent it. Somebody else must decide.",
            "Who can: Carla and Ciro.",
        ),
    ],
)
def test_whoever_sent_a_version_has_no_buttons_for_it_and_reads_why(see, world, language, reason, able):
    code = world.open(flow=B2B)
    world.to(code, 2, Kind.PRODUCE)
    world.attach(code)
    world.send(code, EVERYTHING)
    screen = see(EVERYTHING, language).case(code)
    buttons = [ASSIGN[language], BACK[language], COMMENT[language]]
    assert (screen.tasks, screen.warned, screen.buttons) == ([], [reason], buttons)
    assert able in screen.captions
    assert able in see(ALIANZAS, language).case(code).captions


NOBODY = {
    "es": "Nadie puede hacerlo hoy: falta otra persona con el rol {}. "
    "Pida a quien administra el sistema que la nombre.",
    "en": "Nobody can do it today: another person with the role {} is needed. Ask your administrator to assign one.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_work_that_nobody_can_do_says_what_is_missing(see, world: World, language: str):
    for login in ("marta", "mateo", EVERYTHING):
        accounts.set_roles(world.db, login, ROLES[PROCESO], ID[ADMIN], world.now)
    code = world.open()
    world.hand_over(code)
    world.validate(code)
    assert NOBODY[language].format("Mesa de Ayuda") in see(OPERADORA, language).case(code).captions


def test_whoever_sent_a_version_is_nobody_for_its_review(see, world: World):
    for login in ("ciro", EVERYTHING):
        accounts.set_roles(world.db, login, ROLES[OPERADORA], ID[ADMIN], world.now)
    accounts.set_roles(world.db, COMERCIAL, [*ROLES[COMERCIAL], *ROLES[OPERADORA]], ID[ADMIN], world.now)
    code = world.open(flow=B2B)
    world.to(code, 2, Kind.PRODUCE)
    world.attach(code)
    world.send(code, COMERCIAL)
    assert NOBODY["es"].format("Gerente Comercial") in see(COMERCIAL).case(code).captions


def test_whoever_has_several_review_roles_finds_a_form_for_each(see, world: World):
    code = world.open()
    world.to(code, 2, Kind.REVIEW)
    assert see(EVERYTHING).case(code).tasks == ["Revisar Propuesta Comercial"] * 4


# --- blocked ---
BLOCKED = {
    "es": ("ambiente de pruebas", "bloqueada", "Sí, continuar", "No, rechazar la solicitud",
           "Falta el {} del cliente. No se puede responder Sí hasta que Proceso o Responsable Implementación B2B lo "
           "registre; No sigue siendo posible.",
           "**Si responde Sí:** No se puede todavía: falta el ambiente del cliente."),
    "en": ("test environment", "blocked", "Sí, go on", "No, reject the request",
           "The client’s {} is missing. Sí is not possible until Proceso or Responsable Implementación B2B registers "
           "it; No still is.",
           "**If you answer Sí:** Not possible yet: the client’s environment is missing."),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_environment_bars_the_yes_and_leaves_the_no(see, world: World, language: str):
    what, state, yes, no, warning, then = BLOCKED[language]
    code = world.open(flow=B2B)
    world.to(code, 6)
    screen = see(OPERADORA, language).case(code)
    assert screen.warned == [warning.format(what)]
    assert f":violet-badge[‖ {state}] Operador Operación" in screen.lines
    assert (screen.button(yes).disabled, screen.button(no).disabled) == (True, False)
    assert then in screen.captions
    assert warning.format(what) in see(PROCESO, language).case(code).captions
    world.register(code, Environment.TEST)
    screen.run()
    assert (screen.warned, screen.button(yes).disabled) == ([], False)


# --- ended, or not there ---
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ended_case_says_how_and_when_and_takes_nothing_more(see, world: World, language: str):
    closed, rejected = world.open("a", flow=B2B), world.open("b")
    world.to_end(closed)
    world.to(rejected, 3)
    world.validate(rejected, "no")
    ends = {code: moment(see(PROCESO, language), world.case(code).ended_at or 0) for code in (closed, rejected)}
    said = {"es": "El caso terminó el {}: {}.", "en": "The case ended on {}: {}."}[language]
    for who in (OPERADORA, COMERCIAL, EVERYTHING):
        success, failure = (see(who, language).case(code) for code in (closed, rejected))
        assert (success.done, success.refused) == ([said.format(ends[closed], "Cierre Comercial y Fin de Proceso")], [])
        assert failure.refused == [said.format(ends[rejected], "Fin de Proceso - Solicitud Rechazada")]
        assert (success.tasks, failure.tasks, success.buttons, failure.buttons) == ([], [], [], [])
    assert success.lines[1] == stepper(9, ":green-badge[✓ {}]")
    assert failure.lines[1] == stepper(3, ":red-badge[✕ {}]")


@pytest.mark.parametrize("code", ["S-2026-0009", "", "<img src=x>", "S-2026-0001' OR 1=1 --"])
def test_a_code_that_is_no_case_leads_to_the_list(see, code: str):
    said: dict[str, Any] = {
        "es": ("No existe ese caso. Revise el código o búsquelo en «Todos los casos».", "Todos los casos"),
        "en": ("There is no such case. Check the code or look for it in “All cases”.", "All cases"),
    }
    for language, (sentence, link) in said.items():
        screen = see(OPERADORA, language).case(code)
        assert (screen.warned, screen.titles, screen.buttons) == ([sentence], [], [])
        assert (link, "casos", {}) in screen.links()
