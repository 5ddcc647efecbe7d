# SPDX-License-Identifier: GPL-2.0-or-later
"""The command line of ``dtrace``: its flags, taken apart in order, and the usage text.

Flags keep their order where it matters (-n, -s and their kin are compiled in the order given), and flags and
macro arguments may be mixed, as dtrace(1) allows.
"""

from __future__ import annotations

import getopt
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracer.errors import TracerError

SYNOPSIS = """\
Usage: dtrace [-eqvVwZ] [-b bufsz] [-c cmd] [-o output] [-s script] [-x opt[=val]]
        [--machine name] [--set key=value] [--seed n]
        [-P provider [[ predicate ] action ]]
        [-m [ provider: ] module [[ predicate ] action ]]
        [-f [[ provider: ] module: ] func [[ predicate ] action ]]
        [-n [[[ provider: ] module: ] func: ] name [[ predicate ] action ]]
        [-i probe-id [[ predicate ] action ]] [ args ... ]
       dtrace -l [-v] [-P ...] [-m ...] [-f ...] [-n ...] [-i ...] [-s ...]
"""
USAGE = f"""{SYNOPSIS}
        predicate -> '/' D-expression '/'
           action -> '{{' D-statements '}}'

        -b  set trace buffer size
        -c  run specified command and exit upon its completion
        -e  exit after compiling request but prior to enabling probes
        -f  enable or list probes matching the specified function name
        -i  enable or list probes matching the specified probe id
        -l  list probes matching specified criteria
        -m  enable or list probes matching the specified module name
        -n  enable or list probes matching the specified probe name
        -o  append output to the specified file
        -P  enable or list probes matching the specified provider name
        -q  set quiet mode (only output explicitly traced data)
        -s  enable or list probes according to the specified D script
        -v  with -l, show each probe's number of arguments
        -V  report the version
        -w  permit destructive actions
        -x  enable or modify compiler and tracing options
        -Z  permit probe descriptions that match zero probes

        --machine  the machine to emulate: a name or a TOML file
        --set      override one key of the machine, e.g. kernel.unwind=static
        --seed     seed of the run's random variation (default 1)
"""

_REFUSED = {
    "-A": "anonymous tracing",
    "-a": "anonymous tracing",
    "-C": "the C preprocessor",
    "-D": "the C preprocessor",
    "-F": "flow indentation",
    "-G": "embedding probes in an ELF file",
    "-H": "the C preprocessor",
    "-I": "the C preprocessor",
    "-L": "library search paths",
    "-O": "structured output",
    "-p": "grabbing a running process",
    "-S": "the instruction listing",
    "-U": "the C preprocessor",
    "-X": "the C preprocessor",
}
_SHORT = "AaCD:FGH:I:L:Op:SU:X:b:c:ef:hi:lm:n:o:P:qs:vVwx:Z"
_LONG = ["machine=", "set=", "seed=", "help"]
_SWITCHES = {"-e": "compile_only", "-l": "list_only", "-v": "verbose", "-V": "version"}
_OPTIONS = {"-q": "quiet", "-w": "destructive", "-Z": "zdefs"}


class UsageError(TracerError):
    """The command line cannot be read; exit status 2."""


@dataclass
class CommandLine:
    """The command line taken apart; ``specifiers`` and ``options`` keep their order."""

    specifiers: list[tuple[str, str]] = field(default_factory=list)
    options: list[tuple[str, str | None, str]] = field(default_factory=list)
    command: str | None = None
    output: str | None = None
    machine: str | None = None
    overrides: list[str] = field(default_factory=list)
    seed: int = 1
    compile_only: bool = False
    list_only: bool = False
    verbose: bool = False
    version: bool = False
    help: bool = False
    arguments: list[str] = field(default_factory=list)


def _parse_seed(text: str) -> int:
    try:
        seed = int(text, 0)
    except ValueError:
        seed = -1
    if not 0 <= seed < 1 << 64:
        raise UsageError(f"invalid seed {text}; expected a number from 0 to 2^64-1")
    return seed


def _take_long(line: CommandLine, flag: str, value: str) -> None:
    match flag:
        case "--machine":
            line.machine = value
        case "--set":
            line.overrides.append(value)
        case "--seed":
            line.seed = _parse_seed(value)
        case _:
            line.help = True


def _take_short(line: CommandLine, flag: str, value: str) -> None:
    letter = flag[1]
    if flag in _REFUSED:
        raise TracerError(f"{flag} ({_REFUSED[flag]}) is not available on this machine")
    if flag in _SWITCHES:
        setattr(line, _SWITCHES[flag], True)
    elif flag in _OPTIONS:
        line.options.append((_OPTIONS[flag], None, flag))
    elif letter in "Pmfnis":
        line.specifiers.append((letter, value))
    elif flag == "-x":
        name, equals, text = value.partition("=")
        line.options.append((name, text if equals else None, f"-x {name}"))
    elif flag == "-b":
        line.options.append(("bufsize", value, f"-b {value}"))
    elif flag == "-c":
        if line.command is not None:
            raise TracerError("-c given twice; one command at a time on this machine")
        line.command = value
    elif flag == "-o":
        line.output = value
    else:
        line.help = True


def parse_command_line(argv: Sequence[str]) -> CommandLine:
    """Returns the command line taken apart; raises UsageError (exit 2) or TracerError (exit 1)."""
    try:
        flags, arguments = getopt.gnu_getopt(list(argv), _SHORT, _LONG)
    except getopt.GetoptError as error:
        raise UsageError(str(error)) from error
    line = CommandLine(arguments=arguments)
    for flag, value in flags:
        (_take_long if flag.startswith("--") else _take_short)(line, flag, value)
    return line
