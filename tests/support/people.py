"""The fixed cast and start time of the tests."""

from core.people import accounts
from core.process.terms import Role
from core.store.database import Database

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
START = 1_772_456_400_000  # Monday 2 March 2026, 08:00 in Bogotá: the first working minute of an ordinary week
LIVED_UNTIL = START + 250 * DAY  # the end of the demonstration's forty cases
PASSWORD = "correct horse battery"

OPERADORA, OPERADOR_2 = "olga", "oscar"
MESA, MESA_2 = "marta", "mateo"
ALIANZAS, COMERCIAL, COMERCIAL_2, IMPLEMENTACION, PROCESO = "alba", "carla", "ciro", "ines", "pablo"
EVERYTHING = "maria"
ADMIN, OUTSIDER, FORMER = "adela", "otto", "fabio"

ROLES: dict[str, tuple[Role, ...]] = {
    OPERADORA: (Role.OPERADOR_OPERACION,),
    OPERADOR_2: (Role.OPERADOR_OPERACION,),
    MESA: (Role.MESA_DE_AYUDA,),
    MESA_2: (Role.MESA_DE_AYUDA,),
    ALIANZAS: (Role.GERENTE_ALIANZAS,),
    COMERCIAL: (Role.GERENTE_COMERCIAL,),
    COMERCIAL_2: (Role.GERENTE_COMERCIAL,),
    IMPLEMENTACION: (Role.RESPONSABLE_IMPLEMENTACION_B2B,),
    PROCESO: (Role.PROCESO,),
    EVERYTHING: tuple(Role),
    ADMIN: (Role.ADMINISTRADOR,),
    OUTSIDER: (),
    FORMER: tuple(Role),
}
ID = {login: number for number, login in enumerate(ROLES, start=1)}
HOLDER = {roles[0]: login for login, roles in reversed(ROLES.items()) if len(roles) == 1}
VALIDATOR = {Role.OPERADOR_OPERACION: OPERADOR_2, Role.MESA_DE_AYUDA: MESA_2}  # one validates, the other produces


def populate(db: Database) -> None:
    """Create the cast, in the order of its ids; the former colleague is disabled."""
    for login, roles in ROLES.items():
        number, _ = accounts.create(db, login, login.capitalize(), roles, at=START, password=PASSWORD)
        assert number == ID[login]
    accounts.disable(db, FORMER, ID[ADMIN], START)
