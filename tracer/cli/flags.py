# SPDX-License-Identifier: GPL-2.0-or-later
"""The command line of ``dtrace`` taken apart: its flags in order, and the arguments that scripts see as $1, $2 …

Flags keep their order where it matters (-n, -s and their kin are compiled in the order given), and flags and
macro arguments may be mixed, as dtrace(1) allows.
"""

from __future__ import annotations

import getopt
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracer.errors import TracerError

REFUSED = {
    "-3": "generating 32-bit programs",
    "-6": "generating 64-bit programs",
    "-A": "anonymous tracing",
    "-a": "anonymous tracing",
    "-G": "embedding probes in an ELF file",
    "-h": "generating a header for a program's own probes",
}
SHORT = "3:6:aAb:Cc:dD:ef:FGhHi:I:lL:m:n:o:Op:P:qs:SU:vVwx:X:Z"
LONG = ["format=", "help", "libxo=", "machine=", "seed=", "set="]
_SWITCHES = {
    "-d": "dump",
    "-e": "compile_only",
    "-l": "list_only",
    "-S": "disassemble",
    "-v": "verbose",
    "-V": "version",
}
# flags that are options: the option's name, whether the flag takes its value
_OPTIONS = {
    "-b": ("bufsize", True),
    "-C": ("cpp", False),
    "-D": ("define", True),
    "-F": ("flowindent", False),
    "-H": ("cpphdrs", False),
    "-I": ("incdir", True),
    "-L": ("libdir", True),
    "-O": ("printall", False),
    "-q": ("quiet", False),
    "-U": ("undef", True),
    "-w": ("destructive", False),
    "-X": ("stdc", True),
    "-Z": ("zdefs", False),
    "--format": ("oformat", True),
    "--libxo": ("oformat", True),
}


class UsageError(TracerError):
    """The command line cannot be read; exit status 2, and the usage."""


class RefusedError(TracerError):
    """A flag of dtrace(1) that has no meaning here, or none beside another; exit status 2."""


@dataclass
class CommandLine:
    """The command line taken apart; ``specifiers`` and ``options`` keep their order."""

    specifiers: list[tuple[str, str]] = field(default_factory=list)
    options: list[tuple[str, str | None, str]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    pid: int = 0
    output: str | None = None
    machine: str | None = None
    overrides: list[str] = field(default_factory=list)
    seed: int = 1
    compile_only: bool = False
    disassemble: bool = False
    dump: bool = False
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


def _take_pid(line: CommandLine, text: str) -> None:
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) < 1 << 31:
        raise UsageError(f"invalid pid: {text}")
    if line.pid:
        raise RefusedError("-p given twice; one process at a time on this machine")
    line.pid = int(text)


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
    match flag[1]:
        case letter if letter in "Pmfnis":
            line.specifiers.append((letter, value))
        case "x":
            name, equals, text = value.partition("=")
            line.options.append((name, text if equals else None, f"-x {name}"))
        case "c":
            line.commands.append(value)
        case "p":
            _take_pid(line, value)
        case _:
            line.output = value


def _take(line: CommandLine, flag: str, value: str) -> None:
    if flag in REFUSED:
        shown = {"-3": "-32", "-6": "-64"}.get(flag, flag)
        raise RefusedError(f"{shown} ({REFUSED[flag]}) is not available on this machine")
    if flag in _SWITCHES:
        setattr(line, _SWITCHES[flag], True)
    elif flag in _OPTIONS:
        name, valued = _OPTIONS[flag]
        line.options.append((name, value if valued else None, f"{flag} {value}" if valued else flag))
    elif flag.startswith("--"):
        _take_long(line, flag, value)
    else:
        _take_short(line, flag, value)


def _describe(error: getopt.GetoptError) -> str:
    """Returns getopt(3)'s words."""
    if len(error.opt) != 1:
        return str(error)
    what = "option requires an argument" if "requires" in str(error) else "illegal option"
    return f"{what} -- {error.opt}"


def parse_command_line(argv: Sequence[str]) -> CommandLine:
    """Returns the command line taken apart; raises UsageError or RefusedError (exit 2)."""
    try:
        flags, arguments = getopt.gnu_getopt(list(argv), SHORT, LONG)
    except getopt.GetoptError as error:
        raise UsageError(_describe(error)) from error
    line = CommandLine(arguments=arguments)
    for flag, value in flags:
        _take(line, flag, value)
    if line.list_only and line.version:
        raise RefusedError("only one of the [-lV] options may be specified")
    return line
