# SPDX-License-Identifier: GPL-2.0-or-later
"""The options of dtrace(1): one row each, with the kind of value and the default.

``COMPILE`` change what the compiler does, ``RUN`` how the kernel traces, ``DYNAMIC`` how output is printed; setopt()
may change only the first and the last. Rows marked ``idle`` are accepted and checked, and nothing depends on them
here (cli/README.md says why).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SECOND_NS = 1_000_000_000


class OptionKind(StrEnum):
    """How an option's value is written."""

    SWITCH = "switch"  # no value at all: -x errtags
    FLAG = "flag"  # a word such as yes or no, or none
    COUNT = "count"
    SIZE = "size"
    RATE = "rate"
    WORD = "word"  # one of ``words``
    TEXT = "text"  # any, but one is needed
    VARIABLE = "variable"  # of the environment: NAME=value
    VERSION = "version"
    ATTRIBUTES = "attributes"
    REFUSED = "refused"


@dataclass(frozen=True)
class OptionSpec:
    """One row: the kind of value and the default; from ``least`` to ``most`` is what works on this machine."""

    kind: OptionKind
    default: int | str = 0
    least: int = 0
    most: int | None = None
    words: tuple[str, ...] = ()
    idle: bool = False


def _switch(*, idle: bool = False) -> OptionSpec:
    return OptionSpec(OptionKind.SWITCH, idle=idle)


def _flag(default: int = 0, *, idle: bool = False) -> OptionSpec:
    return OptionSpec(OptionKind.FLAG, default, idle=idle)


def _count(default: int, least: int = 0, most: int | None = None, *, idle: bool = False) -> OptionSpec:
    return OptionSpec(OptionKind.COUNT, default, least, most, idle=idle)


def _size(default: int, least: int = 0, most: int | None = None) -> OptionSpec:
    return OptionSpec(OptionKind.SIZE, default, least, most)


def _rate(default_ns: int, least: int = 0) -> OptionSpec:
    return OptionSpec(OptionKind.RATE, default_ns, least)


def _word(*words: str, default: str = "", idle: bool = False) -> OptionSpec:
    return OptionSpec(OptionKind.WORD, default, words=words, idle=idle)


def _text(*, idle: bool = False) -> OptionSpec:
    return OptionSpec(OptionKind.TEXT, "", idle=idle)


_NOT_HERE = OptionSpec(OptionKind.REFUSED)

COMPILE: dict[str, OptionSpec] = {
    "aggpercpu": _switch(idle=True),  # one CPU: each aggregation is that CPU's
    "amin": OptionSpec(OptionKind.ATTRIBUTES, ""),
    "argref": _switch(),
    "core": _text(idle=True),
    "cpp": _switch(),
    "cpphdrs": _switch(),
    "cpppath": _text(idle=True),  # the preprocessor is part of the package
    "ctypes": _NOT_HERE,  # files of CTF data, which no other program here reads
    "debug": _switch(idle=True),
    "defaultargs": _switch(),
    "define": _text(),
    "droptags": _switch(),
    "dtypes": _NOT_HERE,
    "empty": _switch(),
    "encoding": _word("ascii", "utf8"),
    "errexit": _flag(),
    "errtags": _switch(),
    "evaltime": _word("exec", "preinit", "postinit", "main", default="exec", idle=True),
    "incdir": _text(),
    "iregs": _count(8, 1, 8),
    "kdefs": _switch(idle=True),
    "knodefs": _switch(idle=True),
    "late": _word("dynamic", "static", idle=True),
    "lazyload": _switch(idle=True),
    "ldpath": _text(idle=True),
    "libdir": _text(),
    "linkmode": _word("dynamic", "kernel", "static", idle=True),
    "linktype": _word("elf", "dof", idle=True),
    "nolibs": _switch(),
    "objcopypath": _text(idle=True),
    "oformat": _word("text", "json", "json,pretty", "ndjson", default="text"),
    "pgmax": _count(8, idle=True),
    "printall": _switch(),  # -O
    "pspec": _switch(idle=True),
    "setenv": OptionSpec(OptionKind.VARIABLE),
    "stdc": _word("a", "c", "s", "t", default="a"),
    "strip": _switch(idle=True),
    "syslibdir": _text(),
    "tree": _count(0, idle=True),
    "tregs": _count(8, 1, 8),
    "udefs": _switch(idle=True),
    "undef": _text(),
    "unodefs": _switch(idle=True),
    "unsetenv": _text(),
    "verbose": _switch(),
    "version": OptionSpec(OptionKind.VERSION, ""),
    "zdefs": _switch(),
}

RUN: dict[str, OptionSpec] = {
    "aggsize": _size(4 << 20),
    "bufpolicy": _word("switch", "ring", "fill", default="switch"),
    "bufresize": _word("auto", "manual", default="auto"),
    "bufsize": _size(4 << 20),
    "cleanrate": _rate(9_900_990),
    "cpu": _count(0, most=0),
    "destructive": _flag(),
    "dynvarsize": _size(1 << 20),
    "grabanon": _NOT_HERE,  # there is no boot to trace: the machine is at rest when dtrace gets it
    "jstackframes": _count(50, least=1, most=4096),
    "jstackstrsize": _size(512, most=64 << 10),
    "nspec": _count(1, most=1 << 10),
    "specsize": _size(32 << 10, most=64 << 20),
    "stackframes": _count(20, least=1, most=256),
    "statusrate": _rate(SECOND_NS),
    "strsize": _size(256, least=1, most=16 << 10),
    "temporal": _flag(1, idle=True),  # one CPU: its buffer is in order of time
    "ustackframes": _count(20, least=1, most=4096),
}

DYNAMIC: dict[str, OptionSpec] = {
    "agghist": _flag(),
    "aggpack": _flag(),
    "aggrate": _rate(SECOND_NS),
    "aggsortkey": _flag(),
    "aggsortkeypos": _count(0),
    "aggsortpos": _count(0),
    "aggsortrev": _flag(),
    "aggzoom": _flag(),
    "flowindent": _flag(),
    "quiet": _flag(),
    "rawbytes": _flag(),
    "stackindent": _count(14, most=1 << 10),
    "switchrate": _rate(SECOND_NS),
}

SPECS: dict[str, OptionSpec] = {**COMPILE, **DYNAMIC, **RUN}
