"""Fifty people deciding concurrently without pauses: lock errors, waiting times and fairness."""

import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
from pysqlite3 import dbapi2 as sqlite3

from bench import say
from bench.course import course
from bench.product import Product
from core.errors import Busy


class Decider(threading.Thread):
    """A thread that decides its own cases, one decision after the other, until the time is up."""

    def __init__(self, product: Product, number: int, start: threading.Barrier, seconds: float) -> None:
        super().__init__(name=f"decider {number}")
        self._product, self._number, self._start_together, self._seconds = product, number, start, seconds
        self.latencies: list[float] = []
        self.locked = 0
        self.failed: Exception | None = None

    def run(self) -> None:
        self._start_together.wait()
        until = time.perf_counter() + self._seconds
        number = self._number
        try:
            while time.perf_counter() < until:
                self._case(number, until)
                number += self._start_together.parties
        except Exception as failure:
            self.failed = failure

    def _case(self, number: int, until: float) -> None:
        before = time.perf_counter()
        try:
            for _ in self._product.run(course(number)):
                now = time.perf_counter()
                self.latencies.append(now - before)
                if now > until:
                    return
                before = time.perf_counter()
        except (Busy, sqlite3.OperationalError):
            self.locked += 1


def fifty(folder: Path, seconds: float, deciders: int = 50) -> dict[str, Any]:
    """Latency in ms of a decision from request to commit, with `deciders` threads; `locked` counts lock errors."""
    say(f"{deciders} deciders at once for {seconds:.0f} s")
    product = Product(folder / "deciders")
    start = threading.Barrier(deciders)
    threads = [Decider(product, number, start, seconds) for number in range(deciders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for thread in threads:
        if thread.failed:
            raise thread.failed
    milliseconds = np.array([latency for thread in threads for latency in thread.latencies]) * 1000
    decisions = [len(thread.latencies) for thread in threads]
    return {
        "deciders": deciders,
        "decisions_per_second": round(len(milliseconds) / seconds),
        "locked": sum(thread.locked for thread in threads),
        "p50_ms": round(float(np.percentile(milliseconds, 50)), 1),
        "p99_ms": round(float(np.percentile(milliseconds, 99)), 1),
        "worst_ms": round(float(milliseconds.max()), 1),
        "fewest_and_most": [min(decisions), max(decisions)],
    }
