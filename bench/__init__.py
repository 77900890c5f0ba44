"""`make bench`: how fast decisions are stored and the inbox is read, beside raw SQLite and two workflow engines."""

import sys


def say(what: str) -> None:
    """What is being done, for whoever waits; the result alone goes to standard output."""
    print(f"bench: {what}", file=sys.stderr, flush=True)
