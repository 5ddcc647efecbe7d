# SPDX-License-Identifier: GPL-2.0-or-later
"""The ``probelab`` command: parses the command line, calls the subcommand, turns our errors into one line.

Exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted, 141 when the reader of the output has gone.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from experiments.commands import COMMANDS
from experiments.errors import ExperimentError, OutputError
from experiments.streams import INTERRUPTED, complain, guard


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="probelab",
        description="What does tracing cost? Experiments on an emulated ARM machine whose kernel is traced.",
        epilog="See also: dtrace --help (trace one command), ministat --help (compare files of numbers).",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add_parser(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    return guard("probelab", lambda: execute(argv))


def execute(argv: Sequence[str] | None) -> int:
    """Parse and do what the command line says."""
    args = make_parser().parse_args(argv)
    try:
        status: int = args.execute(args)
    except OutputError:
        raise
    except ExperimentError as error:
        complain(f"probelab: {error}\n")
        return 1
    except KeyboardInterrupt:
        complain("probelab: interrupted\n")
        return INTERRUPTED
    return status
