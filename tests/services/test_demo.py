"""The demonstration: made by the services, the same each time, and with something to do for everybody now."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pypdf
import pytest
from docx import Document as WordDocument
from sqlalchemy import Select, func, select

from core.case.rules.comments_and_links import EDITABLE
from core.demo import cast, fill
from core.demo.documents import pdf
from core.demo.plan import SLOW_PHASE, SLOW_ROLE, working_before
from core.documents.store import Store
from core.figures.pages import bottlenecks
from core.integrations import outbound_calls
from core.notices.kinds import Notice
from core.people import sessions
from core.process.terms import PROCESS_ROLES, REVIEW_ROLES, Environment, Flow, Kind, Outcome, Role
from core.process.working_time import MINUTE, Calendar
from core.queries import inbox as queries_inbox
from core.queries.selection import Selection
from core.services import settings as services_settings
from core.staff import availability
from core.store import replay, settings, tables
from core.store.database import Database
from core.store.outbox import DeliveryFailure
from tests.support.selection import slow
from ui.analysis.sentences import bottlenecks as bottlenecks_sentences

BOGOTA = ZoneInfo("America/Bogota")
USUAL = datetime(2026, 11, 25, 10, 20, tzinfo=BOGOTA)  # a Wednesday morning
UNUSUAL = (
    datetime(2026, 11, 28, 23, 0, tzinfo=BOGOTA),  # a Saturday night
    datetime(2026, 8, 18, 8, 1, tzinfo=BOGOTA),  # the first minute after a long weekend
)
DAY = 24 * 60 * MINUTE
SMALL = 30
ADMIN = 1 + [member.login for member in cast.load().people].index("admin")
_e = tables.events.c
items, cases, people = tables.work_items.c, tables.cases.c, tables.people.c


def ms(moment: datetime) -> int:
    return int(moment.timestamp()) * 1000


END = ms(USUAL)


def filled(folder: Path, end: int = END, cases: int = SMALL) -> Database:
    db = Database(f"sqlite:///{folder / 'demo.db'}")
    fill.fill(db, Store(folder / "files"), end, cases=cases)
    return db


def rows(db: Database, statement: Select[Any]) -> list[tuple[Any, ...]]:
    with db.reading() as connection:
        return [tuple(row) for row in connection.execute(statement)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The demonstration as it is shown: 120 cases."""
    db = filled(tmp_path_factory.mktemp("whole"), cases=fill.CASES)
    yield db
    db.engine.dispose()


@pytest.fixture(scope="module", params=[USUAL, *slow(*UNUSUAL)])
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, int]]:
    """A small demonstration and the moment at which it ends, on working days and on others."""
    end = ms(request.param)
    db = filled(tmp_path_factory.mktemp("small"), end)
    yield db, end
    db.engine.dispose()


def test_each_role_has_work_now_overdue_due_soon_and_in_cycle_2(small: tuple[Database, int]) -> None:
    db, end = small
    for role in PROCESS_ROLES:
        with db.reading() as connection:
            inbox = queries_inbox.inbox(connection, role, end)
        assert len(inbox) >= 5, role
        assert any(row.due_at < end and not row.blocked for row in inbox), role
        assert any(row.soon_at <= end <= row.due_at for row in inbox), role
        assert any(row.cycle == 2 for row in inbox), role


def test_the_record_replays_to_what_is_stored(small: tuple[Database, int]) -> None:
    db, _ = small
    assert replay.cases(db) == SMALL
    assert list(replay.differences(db)) == []


def test_everything_happens_in_working_time_and_before_the_end(small: tuple[Database, int]) -> None:
    db, end = small
    moments = {at for (at,) in rows(db, select(tables.events.c.at))}
    calendar = Calendar()
    outside = [at for at in moments if not calendar.is_working(at) and not calendar.is_working(at - 1)]
    assert outside == []
    assert max(moments) <= end


@pytest.mark.slow
def test_the_same_seed_and_end_give_the_same_cases(tmp_path: Path) -> None:
    records = []
    for name in ("one", "other"):
        folder = tmp_path / name
        folder.mkdir()
        db = filled(folder, cases=27)
        records.append(rows(db, select(tables.events).order_by(tables.events.c.case_id, tables.events.c.seq)))
        records[-1] += rows(db, select(cases.code, cases.search, cases.contact_email, cases.service).order_by(cases.id))
        db.engine.dispose()
    assert records[0] == records[1]


@pytest.mark.slow
def test_somebody_was_away_is_away_and_will_be_and_others_decided_in_their_names(whole: Database) -> None:
    a, e = tables.absences.c, tables.events.c
    spans = rows(whole, select(a.from_at, a.until_at).order_by(a.from_at))
    assert [(from_at <= END, until_at <= END) for from_at, until_at in spans] == [
        (True, True), (True, False), (False, False), (False, False),
    ]  # fmt: skip
    verdicts = select(e.person_id, e.for_person_id).where(e.kind == "Reviewed", e.for_person_id.is_not(None))
    past = rows(whole, verdicts.where(e.at < spans[0][1]))
    assert len(past) >= 5
    assert all(at < end for at, end in rows(whole, select(e.at, a.until_at).where(e.for_person_id == a.person_id)))
    assert len(set(past)) == 1


@pytest.mark.slow
def test_both_flows_channels_and_kinds_of_client_come_to_both_outcomes(whole: Database) -> None:
    kinds = set(rows(whole, select(cases.flow, cases.channel, cases.international)))
    assert len(kinds) == 8
    ends = set(rows(whole, select(cases.flow, cases.outcome)))
    assert ends >= {(flow, outcome) for flow in Flow for outcome in (Outcome.CLOSED, Outcome.REJECTED, None)}
    rejected_in = {phase for (phase,) in rows(whole, select(cases.phase).where(cases.outcome == Outcome.REJECTED))}
    assert len(rejected_in) >= 6
    assert rows(whole, select(tables.events.c.seq).where(tables.events.c.kind == "ChannelHanded"))
    opened = [at for (at,) in rows(whole, select(cases.opened_at))]
    assert len(opened) == fill.CASES
    assert END - min(opened) > 200 * DAY


@pytest.mark.slow
def test_prerequisites_are_missing_now_for_test_and_for_production(whole: Database) -> None:
    waiting = set()
    for role in (Role.OPERADOR_OPERACION, Role.MESA_DE_AYUDA):
        with whole.reading() as connection:
            waiting |= {row.phase for row in queries_inbox.inbox(connection, role, END) if row.blocked}
    assert 6 in waiting
    assert waiting & {7, 8, 9}
    environments = tables.environments.c
    expiries = rows(whole, select(environments.kind, environments.expires_at))
    assert any(kind == Environment.PRODUCTION and at is not None and at < END for kind, at in expiries)


@pytest.mark.slow
def test_the_planted_bottleneck_stands_out(whole: Database) -> None:
    reviewed = rows(
        whole,
        select(items.phase, items.role, items.opened_at, items.ended_at).where(
            items.kind == Kind.REVIEW, items.ended_as.in_(("approve", "return"))
        ),
    )
    recent = END - 13 * 7 * DAY

    def typical(phase: int, role: Role, *, late: bool) -> float:
        return median(end - start for p, r, start, end in reviewed if (p, r, start >= recent) == (phase, role, late))

    slow = typical(SLOW_PHASE, SLOW_ROLE, late=True)
    assert slow > 3 * typical(SLOW_PHASE, SLOW_ROLE, late=False)
    others = [typical(phase, role, late=True) for phase in range(2, 7) for role in REVIEW_ROLES]
    assert sorted(others)[-1] == slow
    assert sorted(others)[-2] < slow / 2


@pytest.mark.slow
def test_work_is_held_now_and_decisions_have_been_taken_back(whole: Database) -> None:
    for role in PROCESS_ROLES:
        with whole.reading() as connection:
            inbox = queries_inbox.inbox(connection, role, END)
        assert {row.held_by is None for row in inbox} == {True, False}, role
    assert len(rows(whole, select(items.item).where(items.taken_back_at.is_not(None)))) >= 5
    assert rows(whole, select(items.held).where(items.held > 0))


@pytest.mark.slow
def test_work_was_handed_on_by_proceso_and_given_back(whole: Database) -> None:
    e = tables.events.c
    with whole.reading() as connection:
        found = connection.execute(select(e.kind, func.count()).where(e.person_id.is_not(None)).group_by(e.kind))
        done = dict(map(tuple, found))
    assert min(done["ItemAssigned"], done["ItemGivenBack"]) > 10


@pytest.mark.slow
def test_another_system_has_answered_and_failed_and_nothing_is_left_to_send(whole: Database) -> None:
    call = tables.system_calls.c
    states = dict(rows(whole, select(call.state, func.count()).group_by(call.state)))
    assert set(states) == {"answered", "failed"}
    assert states["answered"] > 3 * states["failed"]
    with whole.reading() as connection:
        assert settings.policy(connection).endpoints == {}


def test_what_another_system_left_undone_waits_for_the_administrator(small: tuple[Database, int]) -> None:
    db, end = small
    with db.reading() as connection:
        dead = outbound_calls.failed(connection)
        assert settings.policy(connection).endpoints == {}
    assert [(each.system, each.failure) for each in dead] == [("booking", DeliveryFailure("refused", {"status": 409}))]
    assert end - DAY * 4 < dead[0].at <= end
    outbound_calls.ask_again(db, ADMIN, dead[0].code, dead[0].call, end)
    with db.reading() as connection:
        assert outbound_calls.failed(connection) == []
    assert list(replay.differences(db)) == []


@pytest.mark.slow
def test_people_write_to_each_other_and_mend_what_they_wrote(whole: Database) -> None:
    said = select(_e.case_id, _e.seq, _e.person_id, _e.at).where(_e.kind == "Commented")
    written = {(case, seq): (who, at) for case, seq, who, at in rows(whole, said)}
    mended = rows(whole, select(_e.case_id, _e.person_id, _e.at, _e.data).where(_e.kind == "CommentEdited"))
    assert len(written) > len(mended) >= 3
    for case, person, at, data in mended:
        who, first = written[case, json.loads(data)["comment"]]
        assert who == person
        assert 0 < at - first <= EDITABLE


@pytest.mark.slow
def test_decisions_were_taken_back_with_a_reason(whole: Database) -> None:
    said = [
        json.loads(data)["reason"] for (data,) in rows(whole, select(_e.data).where(_e.kind == "DecisionTakenBack"))
    ]
    assert len(said) >= 5
    assert all(said)


def test_what_nobody_did_in_time_went_on_to_proceso(small: tuple[Database, int]) -> None:
    db, _ = small
    n, r = tables.notices.c, tables.person_roles.c
    told = rows(db, select(n.kind, r.role).join_from(tables.notices, tables.person_roles, r.person_id == n.person_id))
    assert {role for kind, role in told if kind == Notice.ESCALATED} == {Role.PROCESO}
    assert {Notice.DUE_SOON, Notice.OVERDUE, Notice.RETURNED, Notice.MENTIONED} <= {kind for kind, _ in told}
    assert {Notice.SUBSTITUTION_BEGAN, Notice.WORK} <= {kind for kind, _ in told}


@pytest.mark.slow
def test_deadlines_and_a_rule_were_others_before(whole: Database) -> None:
    with whole.reading() as connection:
        changes = services_settings.history(connection)
    first = min(e for (e,) in rows(whole, select(_e.at)))
    changed = [(change.leaf.label, change.leaf.of) for change in changes]
    assert all(change.by and change.at < first for change in changes if change.leaf.setting in ("deadlines", "rules"))
    assert changed.count(("rules", "factura")) == 2
    assert changed.count(("deadlines-first", "7/operador_operacion")) == 2
    assert ("escalate-after", "") in changed


@pytest.mark.slow
def test_each_role_has_views_under_a_name(whole: Database) -> None:
    v = tables.inbox_views.c
    assert set(rows(whole, select(v.role, v.name))) == {(role, name) for role in PROCESS_ROLES for name in fill.VIEWS}


def test_on_days_to_come_a_role_has_nobody(small: tuple[Database, int]) -> None:
    db, end = small
    with db.reading() as connection:
        staff = availability.staff(connection, end)
    today = availability.today(Calendar(), end)
    days = availability.working_days(staff, Calendar(), today, today + timedelta(days=35))
    alone = {role for day in days for role in PROCESS_ROLES if not day.acting[role]}
    assert alone == {Role.PROCESO}
    assert all(day.acting[role] for day in days[:10] for role in PROCESS_ROLES)


@pytest.mark.slow
def test_versions_are_files_that_open_and_differ(whole: Database) -> None:
    kept = tables.documents.c
    store = Store(Path(str(whole.url.database)).parent / "files")
    listed = rows(
        whole,
        select(kept.case_id, kept.document, kept.version, kept.sha256, kept.media_type, cases.code)
        .join_from(tables.documents, tables.cases)
        .order_by(kept.case_id, kept.document, kept.version),
    )
    assert len({sha256 for _, _, _, sha256, _, _ in listed}) == len(listed)
    assert max(version for _, _, version, _, _, _ in listed) >= 3
    for _, _, _, sha256, media_type, code in listed[:60]:
        content = store.get(sha256)
        if media_type == "application/pdf":
            text = pypdf.PdfReader(BytesIO(content), strict=True).pages[0].extract_text()
        else:
            text = "\n".join(paragraph.text for paragraph in WordDocument(BytesIO(content)).paragraphs)
        assert code in text


def test_a_pdf_takes_parentheses_accents_and_what_its_font_lacks() -> None:
    text = (
        pypdf.PdfReader(BytesIO(pdf("Título (1)", ["C:\\ñandú 🚀 «así»", "x" * 300])), strict=True)
        .pages[0]
        .extract_text()
    )
    assert "Título (1)" in text
    assert "C:\\ñandú  «así»" in text
    assert text.count("x") == 300


@pytest.mark.slow
def test_the_cast_signs_in_and_covers_every_role(whole: Database) -> None:
    shown = cast.load()
    held = [role for member in shown.people for role in member.roles]
    assert set(held) == set(Role)
    assert sum(len(member.roles) > 1 for member in shown.people) == 1
    assert sessions.sign_in(whole, "comercial", shown.password, END)


def test_it_is_refused_where_there_are_people_already(sqlite: Database, tmp_path: Path) -> None:
    before = replay.cases(sqlite)
    with pytest.raises(fill.NotEmpty):
        fill.fill(sqlite, Store(tmp_path / "files"), END)
    assert replay.cases(sqlite) == before


def test_working_before_is_the_inverse_of_adding_working_time() -> None:
    calendar = Calendar()
    for end in map(ms, (USUAL, *UNUSUAL)):
        for minutes in (1, 60, 480, 10_000):
            start = working_before(calendar, end, minutes)
            assert calendar.working_ms(start, end) == minutes * MINUTE
            assert calendar.is_working(start)


def test_clients_who_are_waited_for_have_a_link_and_one_was_withdrawn(small: tuple[Database, int]) -> None:
    db, end = small
    link = tables.status_links.c
    found = rows(db, select(link.link, link.withdrawn_at.is_not(None), link.expires_at > end))
    assert sorted(found) == [(1, False, True), (1, False, True), (1, True, True), (2, False, True)]


@pytest.mark.slow
def test_the_bottlenecks_name_what_was_planted(whole: Database) -> None:
    with whole.reading() as connection:
        lanes = bottlenecks.compute(connection, Selection(), END).lanes
    first, second = lanes.head(2).to_dict("records")
    assert (first["phase"], first["role"], first["trend"]) == (SLOW_PHASE, SLOW_ROLE, "worse")
    assert first["share"] > 1.5 * second["share"]
    assert bottlenecks_sentences.main_finding(lanes, "es").startswith(
        "El cuello de botella: revisión de Responsable Implementación B2B en Fase 4 Análisis Técnico: "
    )
