"""Trabajo en curso once more in pandas, from the events alone: at any moment, of any choice of cases."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.figures.pages import wip
from core.process.terms import Outcome
from core.queries.selection import Selection
from core.store import tables
from core.store.database import Database
from core.store.settings import policy
from tests.support.figures_from_events import CHOICES, record, until, visits
from tests.support.people import DAY, LIVED_UNTIL

MOMENTS = st.integers(0, 260 * DAY).map(lambda back: LIVED_UNTIL - back)
BANDS = {"50": 0.5, "85": 0.85, "95": 0.95}


@pytest.fixture(scope="module")
def events(lived: Database) -> pd.DataFrame:
    return record(lived)


@pytest.fixture(scope="module")
def codes(lived: Database) -> dict[int, str]:
    with lived.reading() as connection:
        return dict(connection.execute(select(tables.cases.c.id, tables.cases.c.code)).all())


@given(at=MOMENTS, chosen=CHOICES)
@settings(max_examples=8)
def test_ages_and_flow_follow_from_the_events_alone(
    lived: Database, events: pd.DataFrame, codes: dict[int, str], at: int, chosen: dict
) -> None:
    stays = visits(until(events, at, **chosen))
    with lived.reading() as connection:
        found = wip.compute(connection, Selection(as_of=at, **chosen), LIVED_UNTIL + DAY)
    oldest = found.oldest.groupby("phase")
    for row in found.ages.itertuples():
        here = stays[stays["phase"] == row.phase]
        took, old = (here["left"] - here["entered"]).dropna(), at - here[here["left"].isna()]["entered"]
        assert (row.running, row.n) == (len(old), len(took))
        for band, share in BANDS.items():
            limit = took.quantile(share)
            assert getattr(row, f"p{band}") == pytest.approx(limit, nan_ok=True)
            assert getattr(row, f"over_{band}") == (old > limit).sum()
        listed = oldest.get_group(row.phase) if row.phase in oldest.groups else found.oldest[:0]
        expected = [(codes[stays["case"][place]], age) for place, age in old.items()]
        assert sorted(listed[["code", "age"]].itertuples(index=False, name=None)) == sorted(expected)
    reached = stays if "phase" not in chosen else stays[stays["phase"] == chosen["phase"]]
    last = stays[stays["case"].isin(reached["case"])].groupby("case").last()
    assert len(found.flow) == 0 if last.empty else found.flow["at"].iloc[-1] == at
    for row in found.flow.itertuples():
        counted = reached[(reached["entered"] <= row.at) & ~(reached["left"] <= row.at)].groupby("phase").size()
        assert [getattr(row, f"phase_{n}") for n in range(1, 10)] == counted.reindex(
            range(1, 10), fill_value=0
        ).tolist()
        for end in Outcome:
            assert getattr(row, end) == ((last["outcome"] == end) & (last["left"] <= row.at)).sum()


def weekly(moments: pd.Series, zone: str) -> pd.Series:
    """How many moments lie in each week, by its Monday."""
    days = pd.to_datetime(moments, unit="ms", utc=True).dt.tz_convert(zone).dt.tz_localize(None)
    return days.dt.to_period("W-SUN").dt.start_time.value_counts()


def signals(finished: pd.Series) -> tuple[list[str], float, float]:
    """Each week's signal, the mean, and the upper limit; by rolling windows."""
    mean = finished.mean()
    high = mean + 2.66 * finished.diff().abs().mean()
    beyond = (finished > high) | (finished < max(2 * mean - high, 0))
    found = pd.Series("", finished.index)
    for sign in (1, -1):
        off = sign * (finished - mean)
        found[(off > (high - mean) / 2).rolling(4, min_periods=1).sum() >= 3] = "near"
    for sign in (1, -1):
        found[(sign * (finished - mean) > 0).rolling(8).sum() == 8] = "run"
    found[beyond] = "beyond"
    return found.tolist(), mean, high


@given(at=MOMENTS, chosen=CHOICES)
@settings(max_examples=8)
def test_weeks_and_their_signals_follow_from_the_events_alone(
    lived: Database, events: pd.DataFrame, at: int, chosen: dict
) -> None:
    stays = visits(until(events, at, **chosen))
    reached = stays if "phase" not in chosen else stays[stays["phase"] == chosen["phase"]]
    every = stays[stays["case"].isin(reached["case"])]
    opened, ended = every.groupby("case")["entered"].first(), every[every["outcome"].isin(list(Outcome))]["left"]
    with lived.reading() as connection:
        found = wip.compute(connection, Selection(as_of=at, **chosen), LIVED_UNTIL + DAY)
        zone = policy(connection).calendar.time_zone
    arrivals, ends = weekly(opened, zone), weekly(ended, zone)
    running = pd.Timestamp(at, unit="ms", tz="UTC").tz_convert(zone).tz_localize(None).to_period("W-SUN").start_time
    first = min(arrivals.index, default=running)
    mondays = pd.date_range(first, running, freq="7D", inclusive="left")
    assert found.weeks["week"].tolist() == [f"{day:%Y-%m-%d}" for day in mondays]
    assert found.weeks["arrived"].tolist() == arrivals.reindex(mondays, fill_value=0).tolist()
    finished = ends.reindex(mondays, fill_value=0)
    assert found.weeks["finished"].tolist() == finished.tolist()
    assert found.limits.n == len(mondays)
    if len(mondays) < 6:
        assert (found.limits.mean, set(found.weeks["signal"]) - {""}) == (None, set())
        return
    told, mean, high = signals(finished)
    assert found.limits[1:] == pytest.approx((mean, max(2 * mean - high, 0), high))
    assert found.weeks["signal"].tolist() == told


def test_the_life_has_weeks_of_noise_and_of_signals(events: pd.DataFrame) -> None:
    ended = events[events["kind"] == "CaseEnded"]["at"]
    told, *_ = signals(weekly(ended, "America/Bogota").sort_index().asfreq("7D", fill_value=0))
    assert "" in told
    assert np.unique(told).size > 1
