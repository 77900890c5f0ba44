"""A clock that is set back in the middle of a life: nothing is disordered, deviates, or lasts less than no time."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test
from streamlit.testing.v1 import AppTest

from core.conformance import check
from core.figures.catalogue import PAGES, plain
from core.process.terms import Environment, Kind, Role
from core.queries.selection import Selection
from core.services import cases
from tests.properties.random_cases import ANY, Lives
from tests.support.clocks import BACK, lived, moments, negative, sound
from tests.support.database_as_of import WITHIN
from tests.support.drive_case import World
from tests.support.people import COMERCIAL, DAY, ID, START
from tests.support.selection import slow
from ui.words.format import Format


@pytest.mark.parametrize("back", [BACK[1], *slow(BACK[0], *BACK[2:])])
def test_a_clock_that_is_set_back_neither_disorders_a_record_nor_makes_it_deviate(both: World, back: int) -> None:
    code = lived(both, back)
    running = both.open("k2")
    both.to(running, 3, Kind.REVIEW)
    both.now -= back
    cases.take(both.db, ID[COMERCIAL], running, both.item(running, Role.GERENTE_COMERCIAL).item, both.tick())
    assert both.case(code).outcome is not None
    case = both.case(running)
    assert both.now < case.moment
    assert all(item.opened_at <= item.soon_at <= item.due_at for item in case.items)
    assert check.check(both.db, both.now) == 2
    assert check.deviations(both.db) == []
    assert check.remarks(both.db) == []
    sound(both)


# --- what a page says of it ---
def test_what_a_clock_puts_into_the_future_has_no_age_below_nothing() -> None:
    words, later = Format("es", START), START + 40 * DAY
    assert (words.age(later), words.ago(later), words.elapsed(-DAY)) == ("0 min", "ahora", "0 min")
    assert (words.ago(START - 40 * DAY), words.relative(later)) == ("hace 40 d", "en 40 d")


def test_pages_show_a_case_that_the_clock_has_not_come_to(world: World, visit: Callable[..., AppTest]) -> None:
    """It was opened now, and its deadline lies ahead."""
    code = world.open()
    world.to(code, 2, Kind.REVIEW)
    world.now -= 40 * DAY
    inbox, case = visit("gerente_comercial", COMERCIAL), visit("caso", COMERCIAL, caso=code)
    assert "ahora" in [each.value for each in inbox.caption]
    assert [each.value for each in case.caption if "(ahora)" in each.value]
    for page in ("casos", "en_curso", "tiempos", "pronostico", "cumplimiento", "cuellos", "embudo", "ambientes"):
        assert not visit(page).exception, page


# --- random lives ---
class SetBack(Lives):
    """The same lives, in which the clock is set back now and then."""

    @rule(back=st.sampled_from(BACK))
    def the_clock_is_set_back(self, back: int) -> None:
        self.w.now -= back

    @precondition(lambda self: self.running())
    @rule(pick=ANY, environment=st.sampled_from(Environment), days=st.sampled_from((None, 1, 90)))
    def register(self, pick: int, environment: Environment, days: int | None) -> None:
        code = self.running()[pick % len(self.running())]
        last = max(self.w.now, *(case.moment for case in self.cases.values()))
        self.w.register(code, environment, expires_at=days and last + days * DAY)
        self.see()

    def teardown(self) -> None:
        for code in self.cases:
            assert moments(self.w, code) == sorted(moments(self.w, code))
        with self.w.db.reading() as connection:
            past = {name: plain(PAGES[name](connection, Selection(), self.w.now)) for name in WITHIN}
        assert list(negative(past)) == []
        super().teardown()


@pytest.mark.slow
def test_in_random_lives_a_clock_that_is_set_back_disorders_nothing(sqlite_template: Path, tmp_path: Path) -> None:
    SetBack.template, SetBack.folder = sqlite_template, tmp_path
    examples, steps = (120 if "SOAK" in os.environ else 15), 25
    run_state_machine_as_test(
        SetBack,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
