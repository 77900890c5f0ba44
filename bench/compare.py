"""Decisions per second of the services, raw SQLite and two workflow engines, on the same courses in one process."""

import gc
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Self

from bench import on_django, say
from bench.course import Act, Course, course
from bench.on_spiff import OnSpiff
from bench.product import Product
from bench.raw import Raw, Written, differing_tables, transcribing

WARM_UP = 4  # cases at the start that are not counted
ENGINES_EVERY = 7  # the slow engines run every seventh case, which covers every kind of course


@dataclass
class Variant:
    """A way to carry out courses, with the seconds per decision in each case."""

    carry_out: Callable[[Course], None]
    every: int = 1
    seconds: dict[int, float] = field(default_factory=dict)
    cpu_seconds: dict[int, float] = field(default_factory=dict)

    @property
    def per_second(self) -> float:
        """Decisions per second in the median case."""
        return 1 / median(self.seconds.values())

    @property
    def cpu_microseconds(self) -> float:
        """Median CPU time of a decision in µs; it does not depend on the disk."""
        return median(self.cpu_seconds.values()) * 1_000_000

    def times(self, other: Self) -> float:
        """The speed relative to another variant: the median ratio over the cases that both carried out.

        Pairs are compared because other load on the disk slows down both runs of a case, but not all cases.
        """
        both = self.seconds.keys() & other.seconds.keys()
        return median(other.seconds[number] / self.seconds[number] for number in both)

    def take(self, case: Course) -> None:
        if case.number % self.every:
            return
        before, cpu_before = time.perf_counter(), time.thread_time()
        self.carry_out(case)
        if case.number >= WARM_UP:
            self.cpu_seconds[case.number] = (time.thread_time() - cpu_before) / len(case.acts)
            self.seconds[case.number] = (time.perf_counter() - before) / len(case.acts)


def compare(folder: Path, cases: int) -> dict[str, Any]:
    """Decisions per second and CPU time of each variant, and the services' relative speed."""
    courses = [course(number) for number in range(cases)]
    say(f"noting the rows of {sum(len(case.acts) for case in courses):,} decisions in {cases} cases")
    written = _transcribed(folder / "noted", courses)
    product = Product(folder / "services")
    raw = Raw(product.path, folder / "raw.db")
    unchecked = Raw(product.path, folder / "unchecked.db", unchecked=True)
    spiff, viewflow = OnSpiff(folder), on_django.viewflow(folder)
    variants = {
        "services": Variant(lambda case: _exhaust(product.run(case))),
        "raw": Variant(lambda case: raw.write(written[case.number])),
        "raw_unchecked": Variant(lambda case: unchecked.write(written[case.number])),
        "spiffworkflow": Variant(lambda case: _exhaust(spiff.run(case)), ENGINES_EVERY),
        "viewflow": Variant(lambda case: _exhaust(viewflow.run(case)), ENGINES_EVERY),
    }
    _measure(courses, variants)
    if differing := differing_tables(product.path, raw.path):
        raise AssertionError(f"raw did not write the rows of the services: {differing}")
    services = variants["services"]
    return {
        "per_second": {name: round(variant.per_second, 1) for name, variant in variants.items()},
        "cpu_us": {name: round(variant.cpu_microseconds) for name, variant in variants.items()},
        "services_times": {name: round(services.times(variant), 3) for name, variant in variants.items()},
    }


def _measure(courses: list[Course], variants: dict[str, Variant]) -> None:
    """Run every course with all variants, in alternating order."""
    gc.collect()
    gc.freeze()  # collecting the prepared objects again and again would distort the measurement
    for case in courses:
        for variant in list(variants.values())[:: 1 if case.number % 2 else -1]:
            variant.take(case)
        if case.number % 20 == 19:  # every few seconds
            say(f"case {case.number + 1}: " + ", ".join(f"{n} {v.per_second:,.0f}/s" for n, v in variants.items()))


def _transcribed(folder: Path, courses: list[Course]) -> list[Written]:
    """Record what the services write for each course: one transaction per act."""
    product = Product(folder)
    written = []
    for case in courses:
        with transcribing() as transactions:
            _exhaust(product.run(case))
        written.append([transaction for transaction in transactions if transaction])
        if len(written[-1]) != len(case.acts):
            raise AssertionError(f"case {case.number}: {len(written[-1])} transactions for {len(case.acts)} decisions")
    return written


def _exhaust(acts: Iterable[Act]) -> None:
    for _ in acts:
        pass
