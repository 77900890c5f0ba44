"""The event log out of the house: read back by PM4Py, whole, as of any day, and safe with hostile text."""

import gzip
import io
import json
from collections import Counter
from pathlib import Path

import pm4py
import pytest
from lxml import etree
from sqlalchemy import select

from core import __main__ as commands
from core.case.events import Performed
from core.cli import exports
from core.exports import ocel, xes
from core.exports.event_log import CaseLog, case_logs
from core.process.definition import activities, phase_of
from core.process.terms import Kind, Role
from core.store import tables as store_tables
from core.store.database import Database
from tests.support.drive_case import World
from tests.support.people import MINUTE

ALL = select(store_tables.cases.c.id)
HOSTILE = 'Peña & «Hijos» <b>"x"</b> \' ]]> 🚀 \x01\x08 \ufffe =1+1'


def told_all(world: World, as_of: int | None = None) -> list[CaseLog]:
    with world.db.reading() as connection:
        return list(case_logs(connection, ALL, as_of))


def as_xes(world: World, as_of: int | None = None) -> bytes:
    sink = io.BytesIO()
    xes.write(told_all(world, as_of), sink)
    return sink.getvalue()


def as_ocel(world: World, as_of: int | None = None) -> bytes:
    sink = io.BytesIO()
    ocel.write(lambda: told_all(world, as_of), sink)
    return sink.getvalue()


@pytest.fixture
def three(both: World) -> World:
    """One case that closed, one that was rejected after a return, one that waits for a review."""
    both.to_end(both.open("k1"))
    returned = both.open("k2")
    both.to(returned, 2, Kind.REVIEW)
    both.review(returned, Role.GERENTE_COMERCIAL, "return", reason="falta el anexo")
    both.to(returned, 3)
    both.validate(returned, "no")
    both.to(both.open("k3"), 2, Kind.REVIEW)
    return both


def names_on_record(world: World, *codes: str) -> Counter[str]:
    """The activities that the record holds, found without the export's code."""
    bodies = [body for code in codes for body in world.bodies(code, Performed)]
    return Counter(phase_of(body.phase).lane(body.role)[body.position - 1].name for body in bodies)


def codes_of(world: World) -> list[str]:
    with world.db.reading() as connection:
        return list(connection.scalars(select(store_tables.cases.c.code).order_by(store_tables.cases.c.id)))


def test_pm4py_reads_as_many_cases_and_activities_from_xes_as_were_recorded(three: World, tmp_path: Path):
    (tmp_path / "log.xes").write_bytes(as_xes(three))
    log = pm4py.read_xes(str(tmp_path / "log.xes"))
    assert sorted(log["case:concept:name"].unique()) == sorted(codes_of(three))
    assert Counter(log["concept:name"]) == names_on_record(three, *codes_of(three))
    assert set(log["concept:name"]) <= {placed.activity.name for placed in activities()}
    assert {"org:resource", "org:role", "lifecycle:transition", "time:timestamp", "start_timestamp"} <= set(log.columns)
    assert (log["start_timestamp"] <= log["time:timestamp"]).all()


def test_pm4py_reads_as_many_events_and_objects_from_ocel_as_were_recorded(three: World, tmp_path: Path):
    (tmp_path / "log.json").write_bytes(as_ocel(three))
    log = pm4py.read_ocel2_json(str(tmp_path / "log.json"))
    assert Counter(log.events["ocel:activity"]) == names_on_record(three, *codes_of(three))
    with three.db.reading() as connection:
        tables = {
            "work_item": store_tables.work_items,
            "document_version": store_tables.documents,
            "case": store_tables.cases,
        }
        stored = {name: len(connection.execute(select(table)).all()) for name, table in tables.items()}
        stored["client"] = len(connection.execute(select(store_tables.cases.c.client_id).distinct()).all())
    assert Counter(log.objects["ocel:type"]) == stored


def test_every_relationship_of_ocel_leads_to_an_object(three: World):
    log = json.loads(as_ocel(three))
    known = {each["id"] for each in log["objects"]}
    related = [r["objectId"] for each in (*log["events"], *log["objects"]) for r in each["relationships"]]
    assert set(related) <= known
    assert len(known) == len(log["objects"])
    assert len({each["id"] for each in log["events"]}) == len(log["events"])
    assert {each["type"] for each in log["events"]} <= {each["name"] for each in log["eventTypes"]}


def test_a_review_is_about_its_work_item_and_the_version_that_was_read(three: World):
    returned = told_all(three)[1]
    (reviewed,) = [e for e in returned.entries if e.activity == "Propuesta Aprobada?" and e.result == "return"]
    assert (reviewed.document, reviewed.version, reviewed.role) == ("propuesta_comercial", 1, Role.GERENTE_COMERCIAL)
    item = next(i for i in returned.items if i.item == reviewed.item)
    assert (item.kind, item.phase, item.cycle) == (Kind.REVIEW, 2, 1)
    assert reviewed.began_at == item.opened_at < reviewed.at
    assert reviewed.resource == "Carla"


def test_as_of_a_moment_the_log_holds_what_had_happened_by_then_and_no_more(both: World):
    code = both.open("k1")
    both.to(code, 2)
    moment, then = both.now, (as_xes(both), as_ocel(both))
    both.to_end(code)
    both.open("k2")
    assert (as_xes(both, moment), as_ocel(both, moment)) == then
    assert as_xes(both) != then[0]
    assert told_all(both, moment - 10_000 * MINUTE) == []


def test_hostile_text_stays_text(world: World, tmp_path: Path):
    world.open("k1")
    with world.db.engine.begin() as connection:
        connection.execute(store_tables.clients.update().values(name=HOSTILE))
    made = as_xes(world)
    root = etree.fromstring(made)
    kept = root.xpath("//*[local-name()='trace']/*[@key='client']/@value")
    assert kept == [HOSTILE.replace("\x01", "\ufffd").replace("\x08", "\ufffd").replace("\ufffe", "\ufffd")]
    clients = [each for each in json.loads(as_ocel(world))["objects"] if each["type"] == "client"]
    assert clients[0]["attributes"][0]["value"] == HOSTILE
    (tmp_path / "log.xes").write_bytes(made)
    assert len(pm4py.read_xes(str(tmp_path / "log.xes"))) == len(told_all(world)[0].entries)


def test_no_personal_data_of_a_contact_leaves(world: World):
    world.open("k1")
    for made in (as_xes(world), as_ocel(world)):
        assert b"Rosa" not in made
        assert b"rosa@" not in made
        assert b"555 0100" not in made


def run(db: Database, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setenv("DATABASE_URL", db.url.render_as_string(hide_password=False))
    return commands.main(["export", *arguments])


def test_the_command_writes_both_forms_and_says_how_many(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    world.to_end(world.open("k1"))
    events = len(told_all(world)[0].entries)
    for form, name in (("xes", "log.xes.gz"), ("ocel", "log.json")):
        assert run(world.db, monkeypatch, form, str(tmp_path / name)) == 0
        assert capsys.readouterr().out.startswith(f"{events} events")
    assert gzip.decompress((tmp_path / "log.xes.gz").read_bytes()) == as_xes(world)
    assert (tmp_path / "log.json").read_bytes() == as_ocel(world)
    assert sorted(path.name for path in tmp_path.glob("*log.*")) == ["log.json", "log.xes.gz"]


def test_the_end_of_a_day_is_that_of_the_calendar(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    world.open("k1")  # on 2 March, in the morning in Bogotá
    sizes = []
    for day in ("2026-03-01", "2026-03-02"):
        assert run(world.db, monkeypatch, "xes", str(tmp_path / day), "--as-of", day) == 0
        sizes.append((tmp_path / day).read_bytes().count(b"<trace>"))
    assert sizes == [0, 1]


def test_a_folder_that_is_not_there_and_a_day_that_is_none_are_refused(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    assert run(world.db, monkeypatch, "xes", str(tmp_path / "no" / "log.xes")) == 1
    assert "Check that the folder exists" in capsys.readouterr().err
    assert run(world.db, monkeypatch, "xes", str(tmp_path / "log.xes"), "--as-of", "2026-02-30") == 2
    assert "'2026-02-30' is no day; write it as 2026-11-25" in capsys.readouterr().err


def test_a_log_that_breaks_off_leaves_what_was_there(tmp_path: Path):
    path = tmp_path / "log.xes"
    path.write_bytes(b"before")

    def broken_off() -> None:
        with exports.whole(path) as sink:
            sink.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert path.read_bytes() == b"before"
    assert list(tmp_path.glob(".*")) == []
