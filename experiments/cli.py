# SPDX-License-Identifier: GPL-2.0-or-later
"""The ``probelab`` command: parses the command line, calls the subcommand, turns our errors into one line.

Exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from experiments.commands import COMMANDS
from experiments.commands.run import INTERRUPTED
from experiments.errors import ExperimentError


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
    args = make_parser().parse_args(argv)
    try:
        status: int = args.execute(args)
        sys.stdout.flush()
    except ExperimentError as error:
        sys.stderr.write(f"probelab: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("probelab: interrupted\n")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return status
