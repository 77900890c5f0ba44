"""Random lives of cases: what people properly do, at random, and what must hold after every step."""

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from core.case.model import Case, Item
from core.conformance.deviations import deviations
from core.errors import Refused
from core.figures.base import running_cache, selected_rows
from core.process.terms import REVIEW_ROLES, REVIEWED_DOCUMENTS, Channel, Environment, Flow, Kind
from core.queries.selection import Selection
from core.services import cases
from core.services.cases import SeenItem
from core.store import tables
from core.store.database import Database, sqlite3  # type: ignore[attr-defined]  # another library loses its locks
from core.store.replay import differences
from tests.support.drive_case import FAILS, MEETS, World
from tests.support.people import DAY, EVERYTHING, HOLDER, HOUR, ID, VALIDATOR

ANY = st.integers(0, 1000)
Where = tuple[str, Case, Item]
Fits = Callable[[Case, Item, int], bool]
WORK = {
    "validate": (Kind.VALIDATE,),
    "attach": (Kind.PRODUCE, Kind.CORRECT),
    "send": (Kind.PRODUCE, Kind.CORRECT),
    "review": (Kind.REVIEW,),
    "close": (Kind.CLOSE, Kind.SIGN_OFF),
}

Point = tuple[int, Kind] | None
POINTS: tuple[Point, ...] = (  # those that differ from each other: a phase and the work that is open, or ended
    (1, Kind.VALIDATE),
    (1, Kind.PRODUCE),
    (2, Kind.VALIDATE),
    (2, Kind.PRODUCE),
    (2, Kind.REVIEW),
    (2, Kind.CORRECT),
    (6, Kind.VALIDATE),
    (9, Kind.VALIDATE),
    (9, Kind.CLOSE),
    (9, Kind.SIGN_OFF),
    None,
)


def always(case: Case, item: Item, at: int) -> bool:  # noqa: ARG001
    return True


class Lives(RuleBasedStateMachine):
    """Up to four cases at once, carried on properly, and attacked at every point."""

    template: ClassVar[Path]
    folder: ClassVar[Path]
    numbers = count(1)

    def __init__(self) -> None:
        super().__init__()
        path = self.folder / f"{next(self.numbers)}.db"
        shutil.copy(self.template, path)
        self.w = World(Database(f"sqlite:///{path}"), self.folder / "files")
        self.onlooker = sqlite3.connect(path)
        self.seen_right = -1
        self.cases: dict[str, Case] = {}
        self.conforming: dict[str, int] = {}
        self.strict = False

    def teardown(self) -> None:
        self.onlooker.close()
        self.w.db.engine.dispose()
        Path(str(self.w.db.url.database)).unlink()

    # --- looking ---
    def written(self) -> int:
        """A number that is another one after each commit by which anything was written."""
        return int(self.onlooker.execute("PRAGMA data_version").fetchone()[0])

    def see(self) -> None:
        self.cases = {code: self.w.case(code) for code in self.cases}

    def running(self) -> list[str]:
        return [code for code, case in self.cases.items() if case.outcome is None]

    def ended(self) -> list[tuple[str, Case]]:
        return [(code, case) for code, case in self.cases.items() if case.outcome is not None]

    def linked(self) -> list[tuple[str, int]]:
        return [(code, link) for code, case in self.cases.items() for link in case.links]

    def everything_open(self) -> list[Where]:
        return [(code, case, item) for code, case in self.cases.items() for item in case.items]

    def places(self, command: str, fits: Fits = always) -> list[Where]:
        """Where the command would be proper: as it is asked at the next tick."""
        works, now = WORK[command], self.w.now + 1
        return [(c, case, i) for c, case, i in self.everything_open() if i.work in works and fits(case, i, now)]

    # --- asking ---
    def command(
        self, command: str, where: Where, *, who: str = "", seen: int | None = None, absent: str = "", **changes: Any
    ) -> None:
        """The proper command on a work item, with changes."""
        code, case, item = where
        fit = VALIDATOR.get(item.role, "") if item.work is Kind.VALIDATE else ""
        person, version = ID[who or fit or HOLDER[item.role]], item.version if seen is None else seen
        on = SeenItem(person, code, item.item, version, ID.get(absent))
        w, at = self.w, self.w.tick(1)
        ticks = frozenset(range(1, 9))
        match command:
            case "validate":
                given = {"verdict": "yes", "done": ticks} | changes
                cases.validate(w.db, on, given.pop("verdict"), at, **given)
            case "attach":
                cases.attach(w.db, w.store, on, b"%PDF-", "x.pdf", at)
            case "send":
                given = {"done": ticks, "answers": {f.number: "listo" for f in case.findings}} | changes
                cases.send(w.db, on, at, **given)
            case "review":
                given = {"verdict": "approve", "answers": MEETS} | changes
                cases.review(w.db, on, given.pop("verdict"), at, **given)
            case "close":
                cases.close(w.db, on, at)

    def refused(self, attempt: Callable[[], object]) -> Refused:
        """The refusal that an attempt met; nothing was written."""
        before = self.written()
        with pytest.raises(Refused) as refusal:
            attempt()
        assert self.written() == before
        return refusal.value

    # --- living ---
    @initialize(
        strict=st.booleans(),
        mode=st.sampled_from(("all", "any", "quorum")),
        points=st.lists(st.sampled_from(POINTS), min_size=3, max_size=3, unique=True),
        flow=st.sampled_from(Flow),
        international=st.booleans(),
    )
    def set_up(self, strict: bool, mode: str, points: list[Point], flow: Flow, international: bool) -> None:
        """Three cases, each at a point of its own."""
        self.strict = strict
        self.w.setting("four_eyes_on_validation", strict)
        self.w.setting("rules", {document: {"mode": mode, "quorum": 2} for document in REVIEWED_DOCUMENTS})
        for point, channel in zip(points, (*Channel, Channel.OPERACION), strict=True):
            self.open_at(point, flow, channel, international=international)

    def open_at(self, point: Point, flow: Flow, channel: Channel, *, international: bool) -> None:
        code = self.w.open(f"k{len(self.cases)}", flow=flow, channel=channel, international=international)
        match point:
            case None:
                self.w.validate(code, "no")
            case phase, Kind.CORRECT:
                self.w.to(code, phase, Kind.REVIEW)
                self.w.review(code, self.w.item(code).role, "return", answers=FAILS)
            case phase, work:
                self.w.to(code, phase, work)
        self.cases[code] = self.w.case(code)

    @precondition(lambda self: len(self.cases) < 4)
    @rule(
        point=st.sampled_from(POINTS),
        flow=st.sampled_from(Flow),
        channel=st.sampled_from(Channel),
        international=st.booleans(),
    )
    def open_and_carry_on(self, point: Point, flow: Flow, channel: Channel, international: bool) -> None:
        self.open_at(point, flow, channel, international=international)

    @precondition(lambda self: self.running())
    @rule(pick=ANY)
    def step(self, pick: int) -> None:
        self.w.step(self.running()[pick % len(self.running())])
        self.see()

    @precondition(lambda self: self.places("send"))
    @rule(pick=ANY, everything=st.booleans())
    def attach_and_send(self, pick: int, everything: bool) -> None:
        code, _, item = self.places("send")[pick % len(self.places("send"))]
        who = EVERYTHING if everything and item.held_by is None else HOLDER[item.role]
        case = self.w.attach(code, who)
        self.w.send(code, who, {finding.number: "corregido" for finding in case.findings})
        self.see()

    @precondition(lambda self: self.places("review"))
    @rule(pick=ANY, failing=st.booleans())
    def return_it(self, pick: int, failing: bool) -> None:
        code, _, item = self.places("review")[pick % len(self.places("review"))]
        self.w.review(code, item.role, "return", answers=FAILS if failing else MEETS, reason="" if failing else "no")
        self.see()

    @precondition(lambda self: self.places("validate"))
    @rule(pick=ANY)
    def reject(self, pick: int) -> None:
        code = self.places("validate")[pick % len(self.places("validate"))][0]
        self.w.validate(code, "no")
        self.see()

    @precondition(lambda self: self.running())
    @rule(pick=ANY)
    def hand_over(self, pick: int) -> None:
        code = self.running()[pick % len(self.running())]
        other = next(channel for channel in Channel if channel is not self.cases[code].channel)
        self.w.hand_over(code, other)
        self.see()

    @precondition(lambda self: self.running())
    @rule(pick=ANY, environment=st.sampled_from(Environment), days=st.sampled_from((None, 1, 90)))
    def register(self, pick: int, environment: Environment, days: int | None) -> None:
        code = self.running()[pick % len(self.running())]
        self.w.register(code, environment, expires_at=days and self.w.now + days * DAY)
        self.see()

    @precondition(lambda self: self.running())
    @rule(pick=ANY)
    def comment(self, pick: int) -> None:
        code = self.running()[pick % len(self.running())]
        self.say(code)

    def say(self, code: str) -> int:
        """A comment of Alianzas on a case; its seq."""
        cases.comment(self.w.db, ID[HOLDER[REVIEW_ROLES[0]]], code, "visto, @carla", self.w.tick())
        self.see()
        return self.cases[code].version

    @precondition(lambda self: self.running())
    @rule(pick=ANY, again=st.booleans())
    def mend_a_comment(self, pick: int, again: bool) -> None:
        code = self.running()[pick % len(self.running())]
        seq = self.say(code)
        for text in ("mejor, @carla y @pablo", "mejor aún")[: 1 + again]:
            cases.edit_comment(self.w.db, ID[HOLDER[REVIEW_ROLES[0]]], code, seq, text, self.w.tick())
        self.see()

    @precondition(lambda self: self.running())
    @rule(pick=ANY, days=st.sampled_from((1, 30)))
    def link(self, pick: int, days: int) -> None:
        self.w.link(self.running()[pick % len(self.running())], days=days)
        self.see()

    @precondition(lambda self: self.linked())
    @rule(pick=ANY)
    def withdraw_link(self, pick: int) -> None:
        code, link = self.linked()[pick % len(self.linked())]
        self.w.withdraw(code, link)
        self.see()

    @rule(hours=st.sampled_from((1, 10, 24 * 5, 24 * 100)))
    def time_passes(self, hours: int) -> None:
        self.w.tick(hours * HOUR)

    # --- always ---
    @invariant()
    def replay_equals_state(self) -> None:
        if self.seen_right != (now := self.written()):
            assert list(differences(self.w.db)) == []
            self.seen_right = now

    @invariant()
    def what_is_held_of_running_cases_is_as_it_is_written(self) -> None:
        """Whatever is done to a case is noticed; `chosen` reads again only what was not the same then."""
        held = self.only_running()
        running_cache._by_engine.clear()
        assert held == self.only_running()

    def only_running(self) -> list[Any]:
        with self.w.db.reading() as connection:
            told = selected_rows.running(connection, Selection(), self.w.now)
            visits = selected_rows.only_running(selected_rows.visits(connection, Selection()))
            return [{name: each.tolist() for name, each in columns.items()} for columns in (*told, visits)]

    @invariant()
    def every_record_follows_the_process(self) -> None:
        """As the check tells it that shares nothing with what writes the record."""
        for code, case in self.cases.items():
            if self.conforming.get(code) != case.version:
                assert list(deviations(self.w.record(code))) == []
                self.conforming[code] = case.version

    @invariant()
    def nothing_unread_is_of_work_that_is_done(self) -> None:
        n, i = tables.notices.c, tables.work_items.c
        done = select(n.id).join(tables.work_items, (i.case_id == n.case_id) & (i.item == n.item))
        with self.w.db.reading() as connection:
            assert connection.scalars(done.where(n.read_at.is_(None), i.ended_at.is_not(None))).all() == []

    @invariant()
    def a_running_case_has_open_work_and_an_ended_one_has_none(self) -> None:
        assert all(bool(case.items) is (case.outcome is None) for case in self.cases.values())
