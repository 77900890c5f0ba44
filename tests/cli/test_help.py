"""What the command line says of itself: its commands in groups, each with the first sentence of its docstring."""

import re

import pytest
from click import Command, Group

import core
from core.cli.main import commands
from tests.support.cli import core as run

HELP = """\
Usage: python -m core [OPTIONS] COMMAND [ARGS]...

  The operations commands, on the database of DATABASE_URL.

  Exit code 0 when done, 1 when it could not be done (the sentence on stderr
  says why and what to do), 2 for a command that was not understood.

Options:
  --version  Show the version and exit.
  --help     Show this message and exit.

Commands:
  bpmn         Print the process as BPMN 2.0 with its layout.
  conformance  Check every record that went on since its last check.
  deliver      Send what other systems are asked for and is due.
  demo         Fill an empty database with the demonstration.
  export       Write the event log of every case, or a workbook.
  figures      Print every figure of the analysis.
  notify       Remind people of what is due, and send what waits.
  outline      Print the process definition as tab-separated rows.
  rebuild      Make anew what follows from events and differs from them.
  replay       Compare what is stored of every case with its events.
  report       Write the weekly report as a PDF.
  settings     What the process owner sets.
  start        Start the app.
  system       Other systems that may open cases.
  user         People, their roles and their rights.
"""
GROUPS = {
    "settings": ["set", "show"],
    "system": ["create", "end", "list"],
    "user": ["create", "disable", "enable", "list", "reset", "right", "roles"],
}


def every_command(group: Group, *path: str) -> list[tuple[tuple[str, ...], Command]]:
    """Every command beneath a group, with its words."""
    found = []
    for name, command in group.commands.items():
        found += [((*path, name), command)]
        if isinstance(command, Group):
            found += every_command(command, *path, name)
    return found


COMMANDS = every_command(commands)


def test_the_help_names_every_command_with_the_first_sentence_of_its_docstring():
    shown = run("--help", database="sqlite://")
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, HELP, "")


def test_the_groups_have_their_commands():
    groups = {name: sorted(group.commands) for name, group in commands.commands.items() if isinstance(group, Group)}
    assert groups == GROUPS


@pytest.mark.parametrize(("words", "command"), COMMANDS, ids=[" ".join(words) for words, _ in COMMANDS])
def test_each_command_has_a_help_of_whole_sentences(words: tuple[str, ...], command: Command):
    shown = run(*words, "--help", database="sqlite://")
    assert shown.returncode == 0
    assert command.help is not None
    assert re.fullmatch(r"[A-Z].*\.", command.help.splitlines()[0])
    assert command.help.split()[0] in shown.stdout


def test_the_version_is_that_of_the_product():
    assert run("--version", database="sqlite://").stdout == f"python -m core {core.__version__}\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("none",), "Error: No such command 'none'."),
        (("user",), "Usage: python -m core user [OPTIONS] COMMAND [ARGS]..."),
        (("user", "reset"), "Error: Missing argument 'LOGIN'."),
        (("settings", "set", "soon"), "Error: Missing argument 'JSON'."),
        (("figures",), "Error: Missing option '--json'."),
        (("figures", "--json", "--national", "--international"), "exclude each other"),
        (("figures", "--json", "--phase", "10"), "Error: Invalid value for '--phase'"),
        (("report",), "Error: Missing option '--out'."),
        (("export", "csv", "log.csv"), "'csv' is not one of 'xes', 'ocel', 'xlsx'."),
    ],
    ids=" ".join,
)
def test_what_is_not_understood_has_its_own_exit_code(words: tuple[str, ...], says: str):
    refused = run(*words, database="sqlite://")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert says in refused.stderr
