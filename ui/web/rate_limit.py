"""A light limit on how often somebody without a session may ask: so many times a minute from one address."""

import threading
from collections import Counter

MINUTE = 60_000


class Limit:
    """Counts within the current minute; it forgets everything with the next one, so it never grows for long."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._guard = threading.Lock()
        self._minute = 0
        self._asked: Counter[str] = Counter()

    def allows(self, client: str, at: int) -> bool:
        """Whether one more is allowed; it counts."""
        with self._guard:
            if at // MINUTE != self._minute:
                self._minute = at // MINUTE
                self._asked.clear()
            self._asked[client] += 1
            return self._asked[client] <= self.per_minute
