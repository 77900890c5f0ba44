"""`python -m core notify`: one run over the outbox, for cron; with --watch a run every so often, until it is stopped.

The words of a letter are those of the screens, in ui/; they are named here, so that nothing in core/ imports them.
"""

import argparse
import os
import time
from collections.abc import Callable
from importlib import import_module

from core.cli.output import Failure
from core.notices import sender
from core.store.database import Database

EVERY = 30  # seconds between two runs of --watch
WORDS, CARRIER = "ui.words.letters", "core.notices.delivery"


def add(verb: Callable[..., argparse.ArgumentParser], opened: Callable[[], Database], clock: Callable[[], int]) -> None:
    """The verb, for the command line."""
    says = "Remind people of what is due, and send what waits in the outbox (SMTP_URL, MAIL_FROM, PUBLIC_URL)."
    made = verb("notify", lambda args: notify(args, opened(), clock), says)
    made.add_argument("--watch", action="store_true", help="stay, and run again and again")
    made.add_argument("--every", type=int, default=EVERY, help="seconds between two runs (default: %(default)s)")


def notify(args: argparse.Namespace, db: Database, clock: Callable[[], int]) -> int:
    """Run once or, watching, until stopped; 1 when a letter could not be delivered at all."""
    postman = import_module(CARRIER)  # Apprise is slow to import, and no other verb needs it
    try:
        carrier = postman.Dispatcher.of(os.environ)
    except ValueError as wrong:
        raise Failure(f"{wrong} Example: SMTP_URL=smtp+starttls://user:password@mail.example:587") from wrong
    words = import_module(WORDS).writer(db, os.environ.get("PUBLIC_URL", ""), clock)
    while True:
        ran = sender.run(db, carrier, words, clock)
        print(
            f"{ran.reminded} reminders; letters: {ran.sent} sent, {ran.again} to be tried again, {ran.dead} given up",
            flush=True,
        )
        if not args.watch:
            return 1 if ran.dead else 0
        time.sleep(max(args.every, 1))
