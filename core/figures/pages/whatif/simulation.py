"""¿Y si…?: the process simulated with SimPy as it was in the last weeks, against the same with one thing changed.

Cases arrive at random (Poisson) at the past rate. In each phase a case repeats a random past visit of its flow: its
rounds of work one after the other, with its returns, and the rejection if it ended so. A work item waits its delay,
then for one of the people of its role, then is served. Times are working time, measured in
`core.figures.pages.whatif.past_flow`. Nothing is fitted to what really happened, so that comparing the baseline with
it shows how far the simulation can be trusted.
"""

from collections.abc import Generator, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import simpy
from numpy.typing import NDArray
from simpy.events import Event
from sqlalchemy import Connection

from core.figures.pages.whatif.past_flow import WEEKS, Numbers, PastFlow, PastWork, Script, measure, numbers
from core.process.definition import PHASES
from core.process.terms import Flow, Role
from core.queries.selection import Selection

SEED = 20
REPLICATIONS = 20
INTERVAL = 0.85
WARM_UP = 13  # weeks, starting without cases, that are not counted


class Scenario(NamedTuple):
    """One person more in a role, the last return of each visit left out, arrivals and deadlines by a factor."""

    person: Role | None = None
    return_less: bool = False
    arrivals: float = 1.0
    deadlines: float = 1.0


BASELINE = Scenario()


class Estimate(NamedTuple):
    """The median over the replications, and the interval around it that contains the share INTERVAL of them."""

    middle: float
    low: float
    high: float


class SimulationResult(NamedTuple):
    """What happened, and estimates of each number for the baseline, the change, and their difference.

    `difference`: change − baseline, by pairs of runs with the same random numbers.
    """

    happened: Numbers
    baseline: dict[str, Estimate]
    changed: dict[str, Estimate]
    difference: dict[str, Estimate]


class SimulationStep(NamedTuple):
    """The progress from 0 to 1, and at the end the result."""

    done: float
    answer: SimulationResult | None = None


class WhatIf(NamedTuple):
    """People by role at the moment of the figures, the simulated change, and the result."""

    people: Mapping[Role, int]
    change: Scenario
    answer: SimulationResult


def compute(connection: Connection, selection: Selection, now: int, change: Scenario = BASELINE) -> WhatIf | None:
    """Simulate a change for the page ¿Y si…? in one go; None when there is too little past data."""
    past = measure(connection, selection, now)
    if past is None:
        return None
    *_, last = answer(past, change)
    assert last.answer is not None
    return WhatIf(past.people, change, last.answer)


def answer(
    past: PastFlow, change: Scenario, *, seed: int = SEED, replications: int = REPLICATIONS
) -> Iterator[SimulationStep]:
    """Simulate step by step, so that the caller can stop; deterministic for a seed."""
    pairs = []
    for n in range(replications):
        without = replicate(past, BASELINE, seed, n)
        yield SimulationStep((n + 0.5) / replications)
        pairs.append((without, without if change == BASELINE else replicate(past, change, seed, n)))
        yield SimulationStep((n + 1) / replications)
    runs = np.array(pairs)  # replications x (baseline, changed) x numbers
    yield SimulationStep(
        1.0, SimulationResult(past.happened, *map(_estimates, (runs[:, 0], runs[:, 1], runs[:, 1] - runs[:, 0])))
    )


def _estimates(runs: NDArray[np.float64]) -> dict[str, Estimate]:
    around = [0.5, (1 - INTERVAL) / 2, (1 + INTERVAL) / 2]
    values = np.nanquantile(runs, around, axis=0)
    return {name: Estimate(*values[:, n].tolist()) for n, name in enumerate(Numbers._fields)}


def replicate(past: PastFlow, change: Scenario, seed: int, number: int, weeks: float = WEEKS) -> Numbers:
    """Run `weeks` weeks after the warm-up; seed and number give the same random numbers for any change."""
    model = ProcessModel(past, change, (seed, number))
    end = weeks * past.week
    model.env.run(until=WARM_UP * past.week + end)
    begin = WARM_UP * past.week
    spans = [(opened - begin, None if ended is None else ended - begin) for opened, ended in model.spans]
    return numbers(spans, model.late, end, weeks)


class ProcessModel:
    """A SimPy model: the people of each role as resources, and the cases as processes."""

    def __init__(self, past: PastFlow, change: Scenario, seed: tuple[int, int]) -> None:
        self.past, self.change, self.seed = past, change, seed
        self.env = simpy.Environment()
        more = {change.person: 1} if change.person else {}
        needed = {
            work.role
            for scripts in past.scripts.values()
            for script in scripts
            for _, works in script.rounds
            for work in works
        }
        self.people = {
            role: simpy.Resource(self.env, max(past.people.get(role, 0), 1) + more.get(role, 0)) for role in needed
        }
        self.spans: list[tuple[float, float | None]] = []
        self.late: list[bool] = []
        for flow in sorted(past.arrivals):
            self.env.process(self._generate_cases(flow))

    def _generate_cases(self, flow: Flow) -> Generator[Event, Any, None]:
        place = list(Flow).index(flow)
        rng = np.random.default_rng([*self.seed, place])
        number = 0
        while True:
            # The wait is scaled instead of redrawn, so that every change has the same cases.
            wait = rng.exponential() / (self.past.arrivals[flow] * self.change.arrivals)
            yield self.env.timeout(wait)
            number += 1
            self.env.process(self._run_case(flow, np.random.default_rng([*self.seed, place, number])))

    def _run_case(self, flow: Flow, rng: np.random.Generator) -> Generator[Event, Any, None]:
        place = len(self.spans)
        opened = self.env.now
        self.spans.append((opened, None))
        for phase in PHASES:
            scripts = self.past.scripts.get((flow, phase.number))
            if not scripts:
                continue
            script = scripts[int(rng.integers(len(scripts)))]
            for works in rounds(script, return_less=self.change.return_less):
                yield self.env.all_of([self.env.process(self._work(work)) for work in works])
            if not script.onward:
                break
        self.spans[place] = (opened, self.env.now)

    def _work(self, work: PastWork) -> Generator[Event, Any, None]:
        opened = self.env.now
        yield self.env.timeout(work.delay)
        with self.people[work.role].request() as turn:
            yield turn
            yield self.env.timeout(work.service)
        if self.env.now >= WARM_UP * self.past.week:
            self.late.append(self.env.now - opened > work.allowed * self.change.deadlines)


def rounds(script: Script, *, return_less: bool) -> list[tuple[PastWork, ...]]:
    """Return the rounds of a visit; with `return_less`, without its last cycle if it had more than one."""
    last = max((cycle for cycle, _ in script.rounds), default=1)
    return [works for cycle, works in script.rounds if not (return_less and cycle == last > 1)]
