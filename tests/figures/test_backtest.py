"""The backtest: statements count when their date has come, months are local, and the forecast is calibrated."""

import pandas as pd

from core.figures.base.evidence import FigureRef, cases, question_of
from core.figures.base.survival import Past
from core.figures.catalogue import FIGURES
from core.figures.pages.forecast import backtest
from core.process.terms import Flow
from core.queries.selection import Selection
from tests.support import countable_cases
from tests.support.drive_case import World
from tests.support.made_up_visits import Row, random_history, regular, running
from tests.support.people import DAY, START

ZONE = "America/Bogota"


def test_a_statement_of_the_past_counts_when_its_date_has_come():
    began = 100 * DAY  # every statement made then: the end of phase 9 after its 9 days
    ended = {91: began + 8 * DAY, 92: began + 9 * DAY, 93: began + 20 * DAY}
    rows: list[Row] = [(case, Flow.B2B, 9, 0, began, left, "closed") for case, left in ended.items()]
    past = Past.of([*regular(), *rows])
    found = backtest.compare(past, [began], began + 30 * DAY, seed=1)
    assert found.values.tolist() == [[began, 3, 2, 0]]
    early = backtest.compare(past, [began], began + 8 * DAY, seed=1)
    assert early.values.tolist() == [[began, 0, 0, 3]]


def test_months_begin_at_local_midnight_after_the_first_visit():
    past = Past.of([running(1, 1, START)])  # 2 March 2026, Bogotá
    april, may = (pd.Timestamp(f"2026-0{n}-01", tz=ZONE).value // 1_000_000 for n in (4, 5))
    assert backtest.months(past, may + 1, ZONE) == [april, may]
    assert backtest.months(past, may, ZONE) == [april]
    assert backtest.months(Past.of([]), may, ZONE) == []


def test_the_statements_at_85_percent_hold_in_80_to_90_percent_of_the_cases():
    held = said = 0
    for seed in range(4):
        past = Past.of(random_history(1500, seed))
        end = int(past.entered.max())
        found = backtest.compare(past, range(120 * DAY, end - 120 * DAY, 45 * DAY), end + 200 * DAY, seed)
        held, said = held + int(found["held"].sum()), said + int(found["n"].sum())
    assert said > 1000
    assert 0.80 <= held / said <= 0.90


def test_behind_a_month_of_the_backtest_are_the_cases_that_were_open_then(world: World):
    codes = countable_cases.play(world)
    world.tick(31 * DAY)  # the twelve are of March
    with world.db.reading() as connection:
        month = question_of(connection, FigureRef("told", detail="2026-04"), Selection(), world.now)
        behind = cases(connection, FIGURES["told"], month)
        wrong = question_of(connection, FigureRef("told", detail="2026-xx"), Selection(), world.now)
        assert cases(connection, FIGURES["told"], wrong) == []
    assert sorted(row.code for row in behind) == sorted(code for code in codes if world.case(code).outcome is None)
