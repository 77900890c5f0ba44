"""The operations commands: `python -m core VERB`, on the database of DATABASE_URL.

Exit code 0 when done, 1 when it could not be done (the sentence on stderr says why and what to do), 2 for a command
that was not understood.
"""

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, inspect, select

from core import __version__
from core.cli import exports, figures, notify, report, server, systems, users
from core.cli.output import EXPECTED, Failure, progress, sentence, show_password, show_sign_ins
from core.conformance import check
from core.demo import fill
from core.demo.cast import load as demo_cast
from core.documents.store import Store
from core.errors import Invalid
from core.paths import ROOT
from core.people import accounts
from core.process import definition
from core.services import settings as owner_settings
from core.store import compatibility, kept_templates, replay, settings, tables
from core.store.database import Database
from core.store.files_root import files_root

DEMO = ROOT / "data" / "demo"
STALE_AFTER = 3 * 24 * 3600 * 1000


def now() -> int:
    return time.time_ns() // 1_000_000


def opened(*, create: bool = False) -> Database:
    """The database of DATABASE_URL; with `create` made when it is not there, else Failure."""
    db = Database(clock=now)
    shown = db.url.render_as_string()
    absent = db.is_sqlite and db.url.database and not Path(db.url.database).exists()
    if not create and (absent or not inspect(db.engine).has_table("events")):
        raise Failure(f"There is nothing in {shown} yet. Check DATABASE_URL, or begin with `make run` or `make demo`.")
    if not absent and (missing := compatibility.lacking(db.engine)):
        raise Failure(
            f"{shown} was made by another version of the product: it has no {missing[0]}. Nothing was changed in it. "
            "Name another database in DATABASE_URL, or go on with the version that made it."
        )
    if create:
        db.create()
    return db


# --- the verbs ---
def outline(_: argparse.Namespace) -> None:
    print(definition.outline(), end="")


def fill_demo(args: argparse.Namespace) -> None:
    db = Database()
    filled(db, args.cases)
    show_sign_ins(demo_cast())
    print(f"\nThe demonstration is in {db.url.render_as_string()}, its documents in {files_root(db)}.")


def replay_all(_: argparse.Namespace) -> int:
    db = opened()
    found = 0
    for one in replay.differences(db):
        found += 1
        print(f"{one.case} {one.table} {one.key} {one.column}: stored {one.stored!r}, rebuilt {one.rebuilt!r}")
    print(f"{replay.cases(db)} cases, {f'{found} differences' if found else 'all equal'}")
    return 1 if found else 0


def start_app(args: argparse.Namespace) -> int:
    server.check_port(args.host, args.port)
    if args.demo:
        os.environ.pop("DOCUMENTS_DIR", None)  # the demonstration keeps its files beside its database
    db = demo_database(fresh=args.fresh) if args.demo else opened(create=True)
    db.create()  # an older demonstration lacks the table of templates
    kept_templates.keep_all(db)
    password = None if args.demo else accounts.ensure_administrator(db, now())
    print("Starting the app…", flush=True)
    with server.served(db, args.host, args.port) as app:
        if args.demo:
            show_sign_ins(demo_cast())
        if password:
            print("\nFirst start: there is one administrator, who creates everybody else.")
            show_password("admin", password)
        print(f"\nOpen {server.shown_url(args.host, args.port)}   (Ctrl-C stops)", flush=True)
        return server.until_stopped(app)


def show_settings(args: argparse.Namespace) -> None:
    with opened().reading() as connection:
        policy = settings.policy(connection)
    if args.json:
        print(json.dumps(policy.as_settings(), indent=1, ensure_ascii=False))
        return
    for row in owner_settings.rows(policy):
        print("\t".join((row.path, *(json.dumps(each, ensure_ascii=False) for each in row[1:3]), row.range)))


def set_setting(args: argparse.Namespace) -> None:
    try:
        value = json.loads(args.value)
    except json.JSONDecodeError as cause:
        raise Failure(
            f"The value is no JSON: {cause}. `settings show` prints every setting as it is written."
        ) from cause
    try:
        changed = owner_settings.set_one(opened(), args.name, value, now())
    except Invalid as refused:
        problems = refused.problems.items()
        told = "\n".join(f"{field}: {sentence(Invalid({field: problem}))}" for field, problem in problems)
        raise Failure(told) from refused
    for path, now_set in changed.items():
        print(f"{path} is now {json.dumps(now_set, ensure_ascii=False)}, for work that is opened from now on.")
    if not changed:
        print(f"{args.name} has that value already.")


# --- the demonstration ---
def filled(db: Database, cases: int = fill.CASES) -> None:
    """Fill an empty database up to this moment, and say how far it is."""
    fill.fill(db, Store(files_root(db)), now(), cases=cases, progress=progress(cases))


def demo_database(*, fresh: bool) -> Database:
    """The database under data/demo, filled when there is none of this version; a filling cut short leaves nothing."""
    path, filling = DEMO / "approvals.db", DEMO.with_name("demo.filling")
    db = Database(f"sqlite:///{path}")
    if fresh or not path.exists() or compatibility.lacking(db.engine):
        db.engine.dispose()  # what is open is the one that goes
        shutil.rmtree(filling, ignore_errors=True)
        making = Database(f"sqlite:///{filling / path.name}")
        filled(making)
        making.engine.dispose()
        shutil.rmtree(DEMO, ignore_errors=True)
        filling.rename(DEMO)
    with db.reading() as connection:
        newest = connection.scalar(select(func.max(tables.events.c.at))) or 0
        zone = ZoneInfo(settings.policy(connection).calendar.time_zone)
    if now() - newest > STALE_AFTER:
        day = datetime.fromtimestamp(newest / 1000, zone)
        print(f"The demonstration was made up to {day:%Y-%m-%d}; `make demo FRESH=1` makes it anew up to now.")
    return db


# --- the command line ---
Verbs = Any  # argparse's own type for a group of verbs is private
Run = Callable[[argparse.Namespace], int | None]


def add_verb(verbs: Verbs, name: str, run: Run, says: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = verbs.add_parser(name, help=says, description=says)
    made.set_defaults(run=run)
    return made


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="python -m core", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    verbs = top.add_subparsers(metavar="VERB", required=True)
    verb = partial(add_verb, verbs)
    verb("outline", outline, "Print the process definition: 229 activities as tab-separated rows.")
    made = verb("demo", fill_demo, "Fill an empty database with the demonstration; refuses one that is not empty.")
    made.add_argument("--cases", type=int, default=fill.CASES, help="how many cases (default: %(default)s)")
    verb("replay", replay_all, "Rebuild every case from its events and compare with what is stored.")
    notify.add(verb, opened, now)
    exports.add(verb, opened)
    made = verb("start", start_app, "Start the app; the first start creates the tables and an administrator.")
    made.add_argument("--host", default="127.0.0.1", help="where to listen (default: %(default)s)")
    made.add_argument("--port", type=int, default=8501, help="default: %(default)s")
    made.add_argument("--demo", action="store_true", help="on the demonstration database, data/demo/approvals.db")
    made.add_argument("--fresh", action="store_true", help="with --demo: make the demonstration anew")
    says = "What the process owner sets: rules, deadlines, calendar, notices, four eyes, endpoints."
    setting_verbs(verbs.add_parser("settings", help=says, description=says))
    users.add(verbs, add_verb, opened, now)
    figures.add(verb, opened, now)
    report.add(verb, opened, now)
    check.add(verb, opened, now)
    systems.add(verbs, add_verb, opened)
    return top


def setting_verbs(group: argparse.ArgumentParser) -> None:
    verb = partial(add_verb, group.add_subparsers(metavar="VERB", required=True))
    made = verb("show", show_settings, "Print each value in force, its default and what it may be, tab-separated.")
    made.add_argument("--json", action="store_true", help="the values in force as `settings set` takes them")
    made = verb("set", set_setting, "Put a setting in force for later work; what is left out keeps its default.")
    made.add_argument("name", help="soon, rules, calendar …: the first part of a path of `settings show`")
    made.add_argument("value", help='JSON, e.g. \'{"contrato": {"mode": "any"}}\' for rules')


def main(arguments: list[str] | None = None) -> int:
    """Carry one command out; the exit code."""
    args = parser().parse_args(arguments)
    try:
        return args.run(args) or 0
    except EXPECTED as failed:
        print(sentence(failed), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
