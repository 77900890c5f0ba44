"""`make bench`: speed of decisions, the inbox and the figures, compared with raw SQLite and two workflow engines."""

import sys


def say(message: str) -> None:
    """Print a progress message to standard error; standard output holds only the result."""
    print(f"bench: {message}", file=sys.stderr, flush=True)
