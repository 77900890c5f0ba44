"""`python -m core start` and `demo`: the app on a database, and a database with the demonstration in it."""

import os
import shutil
from datetime import datetime
from zoneinfo import ZoneInfo

import click
from sqlalchemy import func, select

from core.cli import server
from core.cli.context import Runtime, now, pass_runtime
from core.cli.output import progress, show_password, show_sign_ins
from core.demo import fill as demonstration
from core.demo.cast import load
from core.documents.store import Store
from core.paths import ROOT
from core.people import accounts
from core.store import compatibility, kept_templates, settings, tables
from core.store.database import Database
from core.store.files_root import files_root

DEMO = ROOT / "data" / "demo"
STALE_AFTER = 3 * 24 * 3600 * 1000


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", type=int, default=8501, show_default=True)
@click.option("--demo", is_flag=True, help="On the demonstration database, data/demo/approvals.db.")
@click.option("--fresh", is_flag=True, help="With --demo: make the demonstration anew.")
@pass_runtime
def start(runtime: Runtime, host: str, port: int, demo: bool, fresh: bool) -> int:
    """Start the app.

    The first start creates the tables and an administrator.
    """
    server.check_port(host, port)
    if demo:
        os.environ.pop("DOCUMENTS_DIR", None)  # the demonstration keeps its files beside its database
    db = demo_database(fresh=fresh) if demo else runtime.database(create=True)
    kept_templates.keep_all(db)
    password = None if demo else accounts.ensure_administrator(db, runtime.clock())
    print("Starting the app…", flush=True)
    with server.served(db, host, port) as app:
        if demo:
            show_sign_ins(load())
        if password:
            print("\nFirst start: there is one administrator, who creates everybody else.")
            show_password("admin", password)
        print(f"\nOpen {server.shown_url(host, port)}   (Ctrl-C stops)", flush=True)
        return server.until_stopped(app)


@click.command()
@click.option("--cases", type=int, default=demonstration.CASES, show_default=True, help="How many cases.")
def demo(cases: int) -> None:
    """Fill an empty database with the demonstration.

    A database that is not empty is refused.
    """
    db = Database()
    fill(db, cases)
    show_sign_ins(load())
    print(f"\nThe demonstration is in {db.url.render_as_string()}, its documents in {files_root(db)}.")


def fill(db: Database, cases: int = demonstration.CASES) -> None:
    """Fill an empty database up to this moment, and print how far it is."""
    demonstration.fill(db, Store(files_root(db)), now(), cases=cases, progress=progress(cases))


def demo_database(*, fresh: bool) -> Database:
    """The database under data/demo, filled when there is none of this version; a filling cut short leaves nothing."""
    path, filling = DEMO / "approvals.db", DEMO.with_name("demo.filling")
    db = Database(f"sqlite:///{path}")
    if fresh or not path.exists() or compatibility.missing_columns(db.engine):
        db.engine.dispose()  # what is open is the one that goes
        shutil.rmtree(filling, ignore_errors=True)
        making = Database(f"sqlite:///{filling / path.name}")
        fill(making)
        making.engine.dispose()
        shutil.rmtree(DEMO, ignore_errors=True)
        filling.rename(DEMO)
    db.create()  # an older demonstration lacks the tables that were added since
    with db.reading() as connection:
        newest = connection.scalar(select(func.max(tables.events.c.at))) or 0
        zone = ZoneInfo(settings.policy(connection).calendar.time_zone)
    if now() - newest > STALE_AFTER:
        day = datetime.fromtimestamp(newest / 1000, zone)
        print(f"The demonstration was made up to {day:%Y-%m-%d}; `make demo FRESH=1` makes it anew up to now.")
    return db
