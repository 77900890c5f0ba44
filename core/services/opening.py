"""Opening cases, with their clients."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from sqlalchemy import bindparam, select, update
from sqlalchemy.sql import Executable

from core.case.commands import Actor, OpenCase
from core.case.context import Context
from core.case.events import Criterion
from core.case.guards import check
from core.case.model import Case
from core.errors import Invalid, NotAllowed, Problem
from core.process.policy import Policy
from core.process.terms import Channel, Environment, Flow
from core.services.record import record
from core.staff.actors import actor_in
from core.state import decide, rebuild
from core.store import tables
from core.store.database import Database, Transaction, insert_into
from core.store.projection import case_columns
from core.store.settings import policy_in
from core.text import clean_name, clean_text, email_problem, folded, identity, text_problem

MAX_NAME = 200
_cases, _clients = tables.cases.c, tables.clients.c
_by_key = select(_cases.code, _cases.opened_by).where(_cases.request_key == bindparam("key"))
# Locks the client, so that opening a case and registering an environment do not miss each other.
lock_client = select(_clients.name).where(_clients.id == bindparam("client")).with_for_update(key_share=True)
_renew_key = update(tables.clients).where(_clients.id == bindparam("client")).values(name_key=bindparam("key"))
_client_named = select(_clients.id).where(_clients.name_key == bindparam("name_key"))
_new_client = insert_into(tables.clients).returning(_clients.id)
_forget_criteria = tables.client_criteria.delete().where(tables.client_criteria.c.client_id == bindparam("client"))
_new_criterion = insert_into(tables.client_criteria)
_environments = (
    select(tables.environments.c.kind, tables.environments.c.expires_at)
    .where(tables.environments.c.client_id == bindparam("client"))
    .order_by(tables.environments.c.id)
)
_next_number = (
    tables.case_numbers.update()
    .where(tables.case_numbers.c.year == bindparam("key_year"))
    .values(last=tables.case_numbers.c.last + 1)
    .returning(tables.case_numbers.c.last)
)
_first_number = insert_into(tables.case_numbers)
_new_case = insert_into(tables.cases).returning(_cases.id)
ActorLookup = Callable[[Transaction, int], Actor]


class Request(Struct, frozen=True):
    """A client's request as entered: `client` is the id of a known client, or `client_name` names a new one.

    `key` makes opening idempotent: repeated requests with one key open one case. Fields not chosen are None.
    """

    key: str
    flow: Flow | None
    channel: Channel
    international: bool | None
    client: int | None
    client_name: str
    contact_name: str
    contact_email: str
    contact_phone: str
    service: str
    criteria: tuple[Criterion, ...]


def open_case(db: Database, person: int, request: Request, at: int, actor_of: ActorLookup = actor_in) -> str:
    """Open a case and return its code; raises Invalid with every wrong field. `actor_of` looks up the actor."""
    try:
        return _open(db, person, request, at, actor_of)
    except (db.conflicts, Invalid):
        # A concurrent request may have written the same key, client or year's first number: now it is visible.
        return _open(db, person, request, at, actor_of)


def _open(db: Database, person: int, request: Request, at: int, actor_of: ActorLookup) -> str:
    with db.writing() as tx:
        actor = actor_of(tx, person)
        existing = tx.row(_by_key, key=request.key)
        if existing:
            code, by = existing
            if by != person:
                raise NotAllowed("request_of_another")
            return str(code)
        policy = policy_in(tx)
        _check(tx, policy, request, actor, at)
        at = tx.moment(at)  # an existing client is locked by now
        client, name = _client_of(tx, request, at)
        events = decide(policy, None, _command(tx, request, client), actor, at)
        case = rebuild(events)
        assert case is not None
        code = _next_code(tx, policy, at)
        case_id = _inserted(tx, _new_case, **_case_row(request, code, name, actor.person, case))
        record(tx, case_id, None, events)
        return code


def _command(tx: Transaction, request: Request, client: int) -> OpenCase:
    assert request.flow is not None
    return OpenCase(
        request.flow,
        request.channel,
        bool(request.international),
        client,
        clean_text(request.service),
        tuple(Criterion(clean_name(c.name), clean_text(c.expected)) for c in request.criteria),
        {Environment(kind): expires_at for kind, expires_at in tx.rows(_environments, client=client)},
    )


def _check(tx: Transaction, policy: Policy, request: Request, actor: Actor, at: int) -> None:
    """Collect the problems of all fields before refusing, so that they can be corrected together."""
    problems = _contact_problems(request) | _client_problems(tx, request)
    for field, chosen in (("flow", request.flow), ("scope", request.international)):
        if chosen is None:
            problems[field] = Problem("choice_missing")
    flow, international = request.flow or Flow.ESTANDAR, bool(request.international)
    command = OpenCase(flow, request.channel, international, request.client or 0, request.service, request.criteria)
    try:
        check(Context(policy, None, command, actor, at))
    except Invalid as refused:
        problems |= refused.problems
    if problems:
        raise Invalid(problems)


def _client_problems(tx: Transaction, request: Request) -> dict[str, Problem]:
    if request.client is not None:
        known = tx.row(lock_client, client=request.client)
        return {} if known else {"client": Problem("client_unknown")}
    name = clean_name(request.client_name)
    problems = text_problem("client_name", name, MAX_NAME, "client_name_missing")
    if problems:
        return problems
    taken = tx.row(_client_named, name_key=identity(name))
    return {"client_name": Problem("client_exists", {"client": name})} if taken else {}


def _contact_problems(request: Request) -> dict[str, Problem]:
    name, email, phone = clean_name(request.contact_name), request.contact_email.strip(), request.contact_phone.strip()
    problems = text_problem("contact_name", name, MAX_NAME, "contact_name_missing")
    if not email and not phone:
        problems["contact_email"] = Problem("contact_address_missing")
    if email:
        problems |= email_problem("contact_email", email)
    if phone and not 6 <= sum(c.isdigit() for c in phone) <= 15:
        problems["contact_phone"] = Problem("phone_malformed", {"phone": phone})
    problems |= text_problem("contact_phone", phone, MAX_NAME)
    if not 0 < len(request.key) <= MAX_NAME:
        problems["key"] = Problem("request_key_missing")
    return problems


def _client_of(tx: Transaction, request: Request, at: int) -> tuple[int, str]:
    """The client's id and name, created when new; the request's criteria replace the client's."""
    if request.client is None:
        name = clean_name(request.client_name)
        client = _inserted(tx, _new_client, name=name, name_key=identity(name), created_at=at)
    else:
        client = request.client
        (name,) = tx.row(lock_client, client=client) or ("",)
    tx.run(_forget_criteria, {"client": client})
    rows = [
        {"client_id": client, "position": n, "name": clean_name(c.name), "expected": clean_text(c.expected)}
        for n, c in enumerate(request.criteria)
    ]
    tx.run(_new_criterion, *rows)
    return client, name


def _case_row(request: Request, code: str, client_name: str, person: int, case: Case) -> dict[str, Any]:
    state = case_columns(case)
    version = state.pop("now")
    return state | {
        "version": version,
        "code": code,
        "request_key": request.key,
        "client_id": case.client,
        "contact_name": clean_name(request.contact_name),
        "contact_email": request.contact_email.strip(),
        "contact_phone": request.contact_phone.strip(),
        "service": case.service,
        "flow": case.flow,
        "international": case.international,
        "search": folded(f"{code} {client_name} {case.service}"),
        "opened_at": case.opened_at,
        "opened_by": person,
    }


def _next_code(tx: Transaction, policy: Policy, at: int) -> str:
    """The next code of the year in the calendar's time zone, such as S-2026-0117."""
    year = datetime.fromtimestamp(at / 1000, ZoneInfo(policy.calendar.time_zone)).year
    number = tx.row(_next_number, key_year=year)
    if number is None:
        tx.run(_first_number, {"year": year, "last": 1})
    return f"S-{year}-{number[0] if number else 1:04d}"


def _inserted(tx: Transaction, statement: Executable, **values: Any) -> int:
    """Insert one row and return its id."""
    row = tx.row(statement, **values)
    assert row is not None
    return int(row[0])


def renew_client_keys(db: Database) -> int:
    """Recompute the clients' name keys by the current rule; returns how many changed. A taken key is not changed."""
    with db.reading() as connection:
        rows = connection.execute(select(_clients.id, _clients.name, _clients.name_key)).all()
    taken = {row.name_key for row in rows}
    renewed: dict[str, int] = {}
    for row in rows:
        if (key := identity(row.name)) not in taken:
            renewed.setdefault(key, row.id)
    if renewed:
        with db.writing() as tx:
            for key, client in renewed.items():
                tx.run(_renew_key, {"client": client, "key": key})
    return len(renewed)
