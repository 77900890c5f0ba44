"""`python -m core replay`, `rebuild` and `conformance`: whether what is stored follows from the record."""

import sys
from functools import partial

import click

from core.cli.context import Runtime, pass_runtime
from core.cli.output import shown
from core.conformance import check
from core.conformance.deviations import TOLERANCE
from core.store import rebuild as rebuilding
from core.store import replay as replaying
from core.store.database import Database
from core.store.rebuild import Rebuilt

REMARK = f"remark: its moment is over {TOLERANCE // 1000} s before that of the entry before it"


@click.command()
@pass_runtime
def replay(runtime: Runtime) -> int:
    """Compare what is stored of every case with its events.

    Nothing is written. Exit code 1 if any differs.
    """
    db = runtime.database()
    count = 0
    for one in replaying.differences(db):
        count += 1
        values = f"stored {shown(one.stored)}, rebuilt {shown(one.rebuilt)}"
        print(f"{one.case} {one.table} {one.key} {one.column}: {values}")
    print(f"{replaying.cases(db)} cases, {f'{count} differences' if count else 'all equal'}")
    return 1 if count else 0


@click.command()
@pass_runtime
def rebuild(runtime: Runtime) -> int:
    """Make anew what follows from events and differs from them.

    That is every derived row, what is kept of ended cases, and the check of each record against the process. The app
    may run meanwhile. Exit code 1 when a record is damaged: its case stays as it is.
    """
    db = runtime.database()
    count = replaying.cases(db)
    progress = partial(click.progressbar, length=count, file=sys.stderr, hidden=not sys.stderr.isatty())
    changed: list[Rebuilt] = []
    with progress(label="Comparing with the events") as bar:
        for case in rebuilding.rebuild(db, runtime.clock()):
            changed += [case] if case.differed or case.damage else []
            bar.update(1)
    with progress(label="Checking the records") as bar:
        checked = check.check(db, runtime.clock(), lambda done: bar.update(done - bar.pos), anew=True)
    for case in changed:
        print(f"{case.code}: {_result(case)}")
    left = sum(case.damage is not None for case in changed)
    print(f"{count} cases, {len(changed) - left} made anew, {left} damaged; {checked} records checked")
    return 1 if left else 0


def _result(case: Rebuilt) -> str:
    if case.damage is None:
        return f"{case.differed} differences, made anew"
    _, _, key, column, stored, expected = case.damage
    return f"left as it is, its record is damaged: {key} {column}: stored {shown(stored)}, expected {shown(expected)}"


@click.command()
@pass_runtime
def conformance(runtime: Runtime) -> int:
    """Check every record that went on since its last check.

    Exit code 1 when one deviates from the process.
    """
    return show_conformance(runtime.database(), runtime.clock())


def show_conformance(db: Database, at: int) -> int:
    """Check what is to be checked and print every deviation; 1 when there is one."""
    checked = check.check(db, at)
    deviations = check.deviations(db)
    for code, seq, rule in deviations:
        print(f"{code} seq={seq}: {rule}")
    for code, seq in check.remarks(db):
        print(f"{code} seq={seq}: {REMARK}")
    cases = len({code for code, *_ in deviations})
    print(f"{checked} cases checked, {f'{cases} deviate' if cases else 'all records follow the process'}")
    return 1 if deviations else 0
