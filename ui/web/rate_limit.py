"""A rate limit for requests without a session, per client address and minute."""

import threading
from collections import Counter

MINUTE = 60_000


class Limit:
    """Counts requests within the current minute; the counts are dropped with the next one, which bounds memory."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._guard = threading.Lock()
        self._minute = 0
        self._asked: Counter[str] = Counter()

    def allows(self, client: str, at: int) -> bool:
        """Count a request and return whether it is allowed."""
        with self._guard:
            if at // MINUTE != self._minute:
                self._minute = at // MINUTE
                self._asked.clear()
            self._asked[client] += 1
            return self._asked[client] <= self.per_minute
