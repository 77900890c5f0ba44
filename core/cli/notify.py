"""`python -m core notify`: one run over the outbox, for cron; with --watch one after the other until it is stopped."""

import os
import time

import click

from core.cli.context import Runtime, pass_runtime
from core.cli.output import Failure
from core.notices import sender

EVERY = 30  # seconds between two runs of --watch


@click.command()
@click.option("--watch", is_flag=True, help="Stay, and run again and again.")
@click.option("--every", type=int, default=EVERY, show_default=True, help="Seconds between two runs.")
@pass_runtime
def notify(runtime: Runtime, watch: bool, every: int) -> int:
    """Remind people of what is due, and send what waits.

    SMTP_URL, MAIL_FROM and PUBLIC_URL are read from the environment. Exit code 1 when a message could not be
    delivered at all.
    """
    from core.notices.delivery import Dispatcher  # noqa: PLC0415  (Apprise is slow to import, and no other command needs it)

    db = runtime.database()
    try:
        dispatcher = Dispatcher.of(os.environ)
    except ValueError as wrong:
        raise Failure(f"{wrong} Example: SMTP_URL=smtp+starttls://user:password@mail.example:587") from wrong
    words = runtime.words.letters(db, os.environ.get("PUBLIC_URL", ""), runtime.clock)
    while True:
        ran = sender.run(db, dispatcher, words, runtime.clock)
        print(
            f"{ran.reminded} reminders; letters: {ran.sent} sent, {ran.again} to be tried again, {ran.dead} given up",
            flush=True,
        )
        if not watch:
            return 1 if ran.dead else 0
        time.sleep(max(every, 1))
