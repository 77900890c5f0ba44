"""Random lives of cases: whatever is done, each attack is refused with nothing written, and replay equals state."""

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import pytest
from cast import DAY, EVERYTHING, FORMER, HOLDER, HOUR, ID, OUTSIDER, PROCESO, ROLES, VALIDATOR
from driver import FAILS, MEETS, World, dump
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from seeding import SEEDED

from core import intake, services
from core.case import Case, Item
from core.db import Database
from core.errors import Refused
from core.events import CriterionAnswer
from core.guards import MAX_TEXT
from core.replay import differences
from core.services import On
from core.terms import (
    CHANNEL_ROLE,
    INTAKE_ROLES,
    PROCESS_ROLES,
    REVIEW_ROLES,
    REVIEWED_DOCUMENTS,
    Channel,
    Environment,
    Flow,
    Kind,
)

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


def on_work(command: str, fits: Fits, **changes: Any) -> Any:
    """A rule: where the command's work is open and `fits`, the proper command with one thing changed is refused."""

    def attacked(self: "Lives", pick: int) -> None:
        where = self.places(command, fits)
        self.refused(lambda: self.command(command, where[pick % len(where)], **changes))

    found = precondition(lambda self: bool(self.places(command, fits)))
    return found(rule(pick=ANY)(attacked))


def stale(command: str) -> Any:
    def attacked(self: "Lives", pick: int, off: int) -> None:
        where = self.places(command)
        place = where[pick % len(where)]
        self.refused(lambda: self.command(command, place, seen=place[2].version + off))

    found = precondition(lambda self: bool(self.places(command)))
    return found(rule(pick=ANY, off=st.sampled_from((-3, -1, 1)))(attacked))


def wrong_person(command: str) -> Any:
    def attacked(self: "Lives", pick: int, who: str) -> None:
        where = [place for place in self.places(command) if place[2].role not in ROLES[who] or who == FORMER]
        if where:
            self.refused(lambda: self.command(command, where[pick % len(where)], who=who))

    found = precondition(lambda self: bool(self.places(command)))
    return found(rule(pick=ANY, who=st.sampled_from(sorted(ROLES)))(attacked))


def wrong_work(command: str) -> Any:
    def elsewhere(self: "Lives") -> list[Where]:
        return [place for place in self.everything_open() if place[2].work not in WORK[command]]

    def attacked(self: "Lives", pick: int) -> None:
        where = elsewhere(self)
        self.refused(lambda: self.command(command, where[pick % len(where)], who=EVERYTHING))

    return precondition(lambda self: bool(elsewhere(self)))(rule(pick=ANY)(attacked))


def after_the_end(command: str) -> Any:
    def attacked(self: "Lives", pick: int) -> None:
        code, case = self.ended()[pick % len(self.ended())]
        item = Item(case.last_item, WORK[command][0], case.phase, INTAKE_ROLES[0], 1, 0, 0, 0, case.version)
        with pytest.raises(Refused) as refusal:
            self.refused(lambda: self.command(command, (code, case, item), who=EVERYTHING), reraise=True)
        assert refusal.value.code == "case_ended"

    return precondition(lambda self: bool(self.ended()))(rule(pick=ANY)(attacked))


def always(case: Case, item: Item, now: int) -> bool:  # noqa: ARG001
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
        self.cases: dict[str, Case] = {}
        self.strict = False

    def teardown(self) -> None:
        self.w.db.engine.dispose()
        Path(str(self.w.db.url.database)).unlink()

    # --- looking ---
    def see(self) -> None:
        self.cases = {code: self.w.case(code) for code in self.cases}

    def running(self) -> list[str]:
        return [code for code, case in self.cases.items() if case.outcome is None]

    def ended(self) -> list[tuple[str, Case]]:
        return [(code, case) for code, case in self.cases.items() if case.outcome is not None]

    def everything_open(self) -> list[Where]:
        return [(code, case, item) for code, case in self.cases.items() for item in case.items]

    def places(self, command: str, fits: Fits = always) -> list[Where]:
        """Where the command would be proper: as it is asked at the next tick."""
        works, now = WORK[command], self.w.now + 1
        return [(c, case, i) for c, case, i in self.everything_open() if i.work in works and fits(case, i, now)]

    # --- asking ---
    def command(self, command: str, where: Where, *, who: str = "", seen: int | None = None, **changes: Any) -> None:
        """The proper command on a work item, with changes."""
        code, case, item = where
        fit = VALIDATOR.get(item.role, "") if item.work is Kind.VALIDATE else ""
        on = On(ID[who or fit or HOLDER[item.role]], code, item.item, item.version if seen is None else seen)
        w, at = self.w, self.w.tick(1)
        ticks = frozenset(range(1, 9))
        match command:
            case "validate":
                given = {"verdict": "yes", "done": ticks} | changes
                services.validate(w.db, on, given.pop("verdict"), at, **given)
            case "attach":
                services.attach(w.db, w.store, on, b"%PDF-", "x.pdf", at)
            case "send":
                given = {"done": ticks, "answers": {f.number: "listo" for f in case.findings}} | changes
                services.send(w.db, on, at, **given)
            case "review":
                given = {"verdict": "approve", "answers": MEETS} | changes
                services.review(w.db, on, given.pop("verdict"), at, **given)
            case "close":
                services.close(w.db, on, at)

    def refused(self, attempt: Callable[[], object], *, reraise: bool = False) -> None:
        before = dump(self.w.db)
        with pytest.raises(Refused) as refusal:
            attempt()
        assert dump(self.w.db) == before
        if reraise:
            raise refusal.value

    # --- living ---
    @initialize(strict=st.booleans(), mode=st.sampled_from(("all", "any", "quorum")))
    def set_up(self, strict: bool, mode: str) -> None:
        self.strict = strict
        self.w.setting("four_eyes_on_validation", strict)
        self.w.setting("rules", {document: {"mode": mode, "quorum": 2} for document in REVIEWED_DOCUMENTS})

    @precondition(lambda self: len(self.cases) < 4)
    @rule(
        flow=st.sampled_from(Flow),
        channel=st.sampled_from(Channel),
        international=st.booleans(),
        phase=st.integers(1, 9),
        work=st.sampled_from(Kind),
    )
    def open_and_carry_on(self, flow: Flow, channel: Channel, international: bool, phase: int, work: Kind) -> None:
        code = self.w.open(f"k{len(self.cases)}", flow=flow, channel=channel, international=international)
        self.cases[code] = self.w.until(
            code,
            lambda case: (
                case.outcome is not None
                or case.phase > phase
                or (case.phase == phase and any(item.work is work for item in case.items))
            ),
        )

    @precondition(lambda self: self.running())
    @rule(pick=ANY)
    def step(self, pick: int) -> None:
        self.w.step(self.running()[pick % len(self.running())])
        self.see()

    @precondition(lambda self: self.places("send"))
    @rule(pick=ANY, everything=st.booleans())
    def attach_and_send(self, pick: int, everything: bool) -> None:
        code, _, item = self.places("send")[pick % len(self.places("send"))]
        who = EVERYTHING if everything else HOLDER[item.role]
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
        services.comment(self.w.db, ID[HOLDER[REVIEW_ROLES[0]]], code, "visto", self.w.tick())
        self.see()

    @rule(hours=st.sampled_from((1, 10, 24 * 5, 24 * 100)))
    def time_passes(self, hours: int) -> None:
        self.w.tick(hours * HOUR)

    # --- attacking work items, one rule per guard of each command ---
    validate_after_the_end, attach_after_the_end = after_the_end("validate"), after_the_end("attach")
    send_after_the_end, review_after_the_end = after_the_end("send"), after_the_end("review")
    close_after_the_end = after_the_end("close")
    validate_other_work, attach_other_work = wrong_work("validate"), wrong_work("attach")
    send_other_work, review_other_work, close_other_work = wrong_work("send"), wrong_work("review"), wrong_work("close")
    validate_by_another_role, attach_by_another_role = wrong_person("validate"), wrong_person("attach")
    send_by_another_role, close_by_another_role = wrong_person("send"), wrong_person("close")
    review_by_another_role = wrong_person("review")
    validate_on_an_old_screen, attach_on_an_old_screen = stale("validate"), stale("attach")
    send_on_an_old_screen, review_on_an_old_screen = stale("send"), stale("review")
    close_on_an_old_screen = stale("close")

    validate_unknown_verdict = on_work("validate", lambda c, i, at: not c.missing(i, at), verdict="approve")
    validate_long_reason = on_work("validate", lambda c, i, at: not c.missing(i, at), reason="x" * (MAX_TEXT + 1))
    validate_no_without_reason = on_work("validate", always, verdict="no", reason=" ")
    validate_without_environment = on_work("validate", lambda c, i, at: c.missing(i, at) is not None)
    validate_with_open_checklist = on_work("validate", lambda c, i, at: i.phase == 1, done=frozenset({1}))  # noqa: ARG005
    send_with_open_checklist = on_work("send", lambda c, i, at: i.phase == 1, done=frozenset({5}))  # noqa: ARG005
    send_without_document = on_work(
        "send",
        lambda c, i, at: i.phase > 1 and i.work is Kind.PRODUCE and not c.documents.get(i.document),  # noqa: ARG005
    )
    send_without_new_version = on_work(
        "send",
        lambda c, i, at: i.work is Kind.CORRECT and c.newest(i.document).sent_by is not None,  # noqa: ARG005
    )
    review_unknown_verdict = on_work("review", always, verdict="yes")
    review_unreadable_reason = on_work("review", always, reason="a\x00b")
    review_without_answers = on_work("review", always, answers=MEETS[1:])
    review_foreign_criteria = on_work("review", always, answers=(*MEETS, CriterionAnswer("Color", "meets")))
    approve_with_failed_criterion = on_work("review", always, answers=FAILS)
    return_without_finding = on_work("review", always, verdict="return", reason="")

    @precondition(lambda self: self.places("send", lambda c, i, at: i.work is Kind.CORRECT))  # noqa: ARG005
    @rule(pick=ANY)
    def send_with_an_unanswered_finding(self, pick: int) -> None:
        where = self.places("send", lambda c, i, at: i.work is Kind.CORRECT)  # noqa: ARG005
        code, _, item = where[pick % len(where)]
        self.w.attach(code)
        self.see()
        place = next(place for place in self.everything_open() if place[0] == code and place[2].item == item.item)
        self.refused(lambda: self.command("send", place, answers={}))

    @precondition(lambda self: self.places("send"))
    @rule(pick=ANY)
    def review_an_own_version(self, pick: int) -> None:
        where = self.places("send", lambda c, i, at: i.phase > 1)  # noqa: ARG005
        if where:
            code = where[pick % len(where)][0]
            case = self.w.attach(code, EVERYTHING)
            self.w.send(code, EVERYTHING, {finding.number: "corregido" for finding in case.findings})
            self.see()
            place = next(place for place in self.places("review") if place[0] == code)
            self.refused(lambda: self.command("review", place, who=EVERYTHING))

    @precondition(lambda self: self.strict and self.places("send", lambda c, i, at: i.phase == 1))  # noqa: ARG005
    @rule(pick=ANY)
    def validate_an_own_version(self, pick: int) -> None:
        where = self.places("send", lambda c, i, at: i.phase == 1)  # noqa: ARG005
        code = where[pick % len(where)][0]
        self.w.attach(code, EVERYTHING)
        self.w.send(code, EVERYTHING)
        self.see()
        place = next(place for place in self.places("validate") if place[0] == code)
        self.refused(lambda: self.command("validate", place, who=EVERYTHING))

    # --- attacking the rest ---
    @rule(channel=st.sampled_from(Channel), who=st.sampled_from(sorted(ROLES)))
    def open_without_the_role(self, channel: Channel, who: str) -> None:
        if CHANNEL_ROLE[channel] not in ROLES[who] or who == FORMER:
            self.refused(lambda: self.w.open("other", who=who, channel=channel))

    @rule(change=st.sampled_from(({"service": " "}, {"criteria": ()}, {"client": 999}, {"contact_name": ""})))
    def open_incomplete(self, change: dict[str, Any]) -> None:
        self.refused(lambda: self.w.open("other", **change))

    @precondition(lambda self: self.cases)
    @rule(pick=ANY, who=st.sampled_from(sorted(ROLES)), reason=st.sampled_from(("", "turno")), same=st.booleans())
    def hand_over_improperly(self, pick: int, who: str, reason: str, same: bool) -> None:
        code, case = list(self.cases.items())[pick % len(self.cases)]
        channel = case.channel if same else next(c for c in Channel if c is not case.channel)
        proper = case.outcome is None and who in (PROCESO, EVERYTHING) and reason and not same
        if not proper:
            self.refused(lambda: services.hand_over(self.w.db, ID[who], code, channel, reason, self.w.tick(1)))

    @precondition(lambda self: self.cases)
    @rule(pick=ANY, who=st.sampled_from(sorted(ROLES)), text=st.sampled_from((" ", "hola")))
    def comment_improperly(self, pick: int, who: str, text: str) -> None:
        code, case = list(self.cases.items())[pick % len(self.cases)]
        takes_part = who != FORMER and set(ROLES[who]) & set(PROCESS_ROLES)
        if case.outcome is not None or not takes_part or not text.strip():
            self.refused(lambda: services.comment(self.w.db, ID[who], code, text, self.w.tick(1)))

    @precondition(lambda self: self.cases)
    @rule(
        pick=ANY,
        attempt=st.sampled_from(((OUTSIDER, "acta", 1), (HOLDER[REVIEW_ROLES[0]], "acta", 1), (PROCESO, "acta", -1))),
        evidence=st.booleans(),
    )
    def register_improperly(self, pick: int, attempt: tuple[str, str, int], evidence: bool) -> None:
        who, text, days = attempt if evidence else (PROCESO, " ", 1)
        client = list(self.cases.values())[pick % len(self.cases)].client
        until = self.w.now + days * DAY
        self.refused(
            lambda: intake.register_environment(
                self.w.db, ID[who], client, Environment.TEST, text, self.w.tick(1), expires_at=until
            )
        )

    # --- always ---
    @invariant()
    def replay_equals_state(self) -> None:
        assert list(differences(self.w.db)) == []

    @invariant()
    def a_running_case_has_open_work_and_an_ended_one_has_none(self) -> None:
        assert all(bool(case.items) is (case.outcome is None) for case in self.cases.values())


@pytest.mark.slow
def test_in_random_lives_each_attack_is_refused_and_replay_equals_state(sqlite_template: Path, tmp_path: Path):
    Lives.template, Lives.folder = sqlite_template, tmp_path
    look = (Phase.generate,) if SEEDED else (Phase.generate, Phase.shrink)
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=25,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            database=None,
            phases=look,
            suppress_health_check=list(HealthCheck),
        ),
    )
