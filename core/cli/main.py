"""The commands of `python -m core`, in one group, and how they are run."""

import os
import sys
from collections.abc import Callable

import click

import core
from core.cli import exports, figures, integrity, notify, report, settings, start, systems, users
from core.cli.context import Runtime, Words
from core.cli.output import EXPECTED, sentence

PROGRAM = "python -m core"
STOPPED = 130  # the exit code of what Ctrl-C has stopped


@click.group(context_settings={"max_content_width": 120})
@click.version_option(core.__version__, message="%(prog)s %(version)s")
def commands() -> None:
    """The operations commands, on the database of DATABASE_URL.

    Exit code 0 when done, 1 when it could not be done (the sentence on stderr says why and what to do), 2 for a
    command that was not understood.
    """


for command in (
    *(exports.outline, exports.bpmn, exports.export),
    *(figures.figures, report.report),
    *(integrity.replay, integrity.rebuild, integrity.conformance),
    *(notify.notify, systems.deliver),
    *(start.start, start.demo),
    *(settings.settings, systems.system, users.user),
):
    commands.add_command(command)


def run(arguments: list[str] | None, words: Words, clock: Callable[[], int]) -> int:
    """Carry one command out; the exit code."""
    try:
        code = commands.main(arguments, PROGRAM, standalone_mode=False, obj=Runtime(words, clock))
        sys.stdout.flush()
    except click.ClickException as misunderstood:
        misunderstood.show()
        return misunderstood.exit_code
    except BrokenPipeError:  # whoever read the output has left, as `head` does: there is nobody to tell anything
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except EXPECTED as failed:
        print(sentence(failed, words.refusal), file=sys.stderr)
        return 1
    except (click.Abort, KeyboardInterrupt):
        return STOPPED
    return code or 0
