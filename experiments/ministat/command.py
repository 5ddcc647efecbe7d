# SPDX-License-Identifier: GPL-2.0-or-later
"""The ``ministat`` command: options, terminal width, messages and exit statuses as the original's.

Added to it, as long options so that nothing collides: ``--help`` and ``--vintage``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

from experiments.ministat.cfloat import parse_double, parse_int
from experiments.ministat.errors import MinistatError, UsageError
from experiments.ministat.getopt import iter_options
from experiments.ministat.reading import read_dataset
from experiments.ministat.report import MAX_SETS, Options, describe_comparison
from experiments.ministat.student import LEVELS
from experiments.ministat.vintage import DEFAULT_VINTAGE, VINTAGES, Vintage
from experiments.streams import complain, guard, write


@dataclass(frozen=True)
class Invocation:
    """A parsed command line."""

    options: Options
    column: int = 1
    delimiters: str = " \t"
    files: tuple[str, ...] = ()


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit status is 0, 1 (a file cannot be opened or written) or 2 (bad usage or bad data)."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    return guard("ministat", lambda: execute(arguments))


def execute(arguments: list[str]) -> int:
    """Do what the command line says."""
    vintage = DEFAULT_VINTAGE
    try:
        vintage, arguments = take_vintage(arguments)
        if "--help" in arguments:
            write(describe_help())
            return 0
        call = parse(arguments, vintage)
        sets = [read_dataset(name, call.column, call.delimiters, vintage) for name in call.files]
        write(describe_comparison(sets, call.options))
        return 0
    except UsageError as error:
        complain(f"{error}\n{describe_usage(vintage)}")
        return error.status
    except MinistatError as error:
        complain(f"{error}\n")
        return error.status


def take_vintage(arguments: list[str]) -> tuple[Vintage, list[str]]:
    """Return the vintage asked for by ``--vintage NAME`` and the arguments without it; raises UsageError."""
    vintage, rest = DEFAULT_VINTAGE, list[str]()
    pending = iter(arguments)
    for argument in pending:
        if argument == "--":
            return vintage, [*rest, argument, *pending]
        if argument == "--vintage" or argument.startswith("--vintage="):
            name = argument.partition("=")[2] if "=" in argument else next(pending, "")
            if name not in VINTAGES:
                raise UsageError(f"No support for vintage {name!r}; there are {', '.join(VINTAGES)}")
            vintage = VINTAGES[name]
        else:
            rest.append(argument)
    return vintage, rest


def parse(arguments: list[str], vintage: Vintage) -> Invocation:
    """Return the command line's meaning; options may follow files, as in glibc. Raises UsageError."""
    call = Invocation(Options(width=default_width(), vintage=vintage))
    files = list[str]()
    confident = False
    for letter, value in iter_options(arguments, "AC:c:d:nqsw:", files):
        call = apply_option(call, letter, value, confident)
        confident = confident or letter == "c"
    if len(files) > MAX_SETS:
        raise UsageError("Too many datasets.")
    return replace(call, files=tuple(files) or ("-",))


def apply_option(call: Invocation, letter: str, value: str, confident: bool) -> Invocation:
    """Return ``call`` changed by one option; raises UsageError if its value is wrong."""
    match letter:
        case "A":
            return replace(call, options=replace(call.options, plot=False))
        case "C":
            return replace(call, column=parse_column(value))
        case "c":
            return replace(call, options=_with_confidence(call.options, value, confident))
        case "d":
            if not value:
                raise UsageError("Can't use empty delimiter string")
            return replace(call, delimiters=os.fsencode(value).decode("latin-1"))
        case "n":
            return replace(call, options=replace(call.options, raw=True))
        case "q":
            return replace(call, options=replace(call.options, quiet=True))
        case "s":
            return replace(call, options=replace(call.options, separate=True))
        case _:
            return replace(call, options=replace(call.options, width=parse_width(value)))


def parse_column(text: str) -> int:
    """Return the value of -C; raises UsageError."""
    column = parse_int(text)
    if column is None:
        raise UsageError("Invalid column number.")
    if column <= 0:
        raise UsageError("Column number should be positive.")
    return column


def _with_confidence(options: Options, text: str, confident: bool) -> Options:
    """Return ``options`` at the level ``text``; a second -c that names no level leaves the first standing."""
    level = parse_double(text)
    if level is None:
        raise UsageError("Not a floating point number")
    if level in LEVELS:
        return replace(options, confidence=level)
    if not confident:
        raise UsageError("No support for confidence level")
    return options


def parse_width(text: str) -> int:
    """Return the value of -w; raises UsageError."""
    width = parse_int(text)
    if width is None:
        raise UsageError("Invalid width, not a number.")
    if width < 0:
        raise UsageError("Unable to move beyond left margin.")
    return width


def default_width() -> int:
    """Return the plot's width: on a terminal COLUMNS, or two less than its own width; else 74."""
    if not sys.stdout.isatty():
        return 74
    columns = os.environ.get("COLUMNS", "")
    if columns:
        return max(0, parse_int(columns) or 0)
    try:
        measured = os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        return 74
    return measured - 2 if measured > 2 else 74


def describe_usage(vintage: Vintage) -> str:
    """Return the usage text of a vintage."""
    levels = ", ".join(f"{level:g}%" for level in LEVELS)
    quiet = "\t-q : suppress printing summary-statistics headers and data-set names\n" if "q" in vintage.flags else ""
    options = f"[-C column] [-c confidence] [-d delimiter(s)] [-{vintage.flags}] [-w width]"
    return (
        f"Usage: ministat {options} [file [file ...]]\n"
        f"\tconfidence = {{{levels}}}\n"
        "\t-A : print statistics only. suppress the graph.\n"
        "\t-C : column number to extract (starts and defaults to 1)\n"
        '\t-d : delimiter(s) string, default to " \\t"\n'
        "\t-n : print summary statistics only, no graph/test\n"
        f"{quiet}"
        "\t-s : print avg/median/stddev bars on separate lines\n"
        "\t-w : width of graph/test output (default 74 or terminal width)\n"
    )


def describe_help() -> str:
    """Return the text of --help: what is ours to add to the usage."""
    vintages = "".join(f"\t  {item.name:5} {item.describes}\n" for item in VINTAGES.values())
    return (
        "ministat: compare sets of measurements, one number a line, with Student's t.\n"
        f"{describe_usage(VINTAGES['head'])}"
        f"\t--vintage NAME : answer as FreeBSD's of that time did (default {DEFAULT_VINTAGE.name})\n{vintages}"
    )
