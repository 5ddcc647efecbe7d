# SPDX-License-Identifier: GPL-2.0-or-later
"""The product of the compiler: what the tracer loads into the guest, and what it needs to print the data.

A clause carries two parallel views. ``actions`` is the kernel's: a flat list, each storing at most one
record. ``statements`` is the consumer's: each covers a slice of the actions and says how to show it
(one ``printf`` with three arguments is one statement over three actions).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from dscript.ctype import CType
from dscript.stability import STABLE, Attributes


class ActionKind(IntEnum):
    """DTrace's published action numbers (DTRACEACT_* and DTRACEAGG_*)."""

    DIFEXPR = 1
    EXIT = 2
    PRINTF = 3
    PRINTA = 4
    LIBACT = 5
    TRACEMEM = 6
    TRACEMEM_DYNSIZE = 7
    PRINTM = 8
    USTACK = 0x101
    JSTACK = 0x102
    USYM = 0x103
    UMOD = 0x104
    UADDR = 0x105
    STOP = 0x201
    RAISE = 0x202
    SYSTEM = 0x203
    FREOPEN = 0x204
    STACK = 0x401
    SYM = 0x402
    MOD = 0x403
    BREAKPOINT = 0x501
    PANIC = 0x502
    CHILL = 0x503
    SPECULATE = 0x601
    COMMIT = 0x602
    DISCARD = 0x603
    COUNT = 0x701
    MIN = 0x702
    MAX = 0x703
    AVG = 0x704
    SUM = 0x705
    STDDEV = 0x706
    QUANTIZE = 0x707
    LQUANTIZE = 0x708
    LLQUANTIZE = 0x709

    @property
    def aggregates(self) -> bool:
        """True for the aggregating functions."""
        return self >= ActionKind.COUNT


class ValueKind(StrEnum):
    """How the bytes of one record are to be read."""

    INTEGER = "integer"
    STRING = "string"
    BYTES = "bytes"
    STACK = "stack"
    USTACK = "ustack"  # u64 pid, then 8 bytes a frame, then the string space of jstack
    SYMBOL = "symbol"  # a kernel address: sym, func, mod
    USYMBOL = "usymbol"  # u64 pid, u64 address: uaddr, usym, ufunc, umod


@dataclass(frozen=True)
class ValueType:
    """Type of one stored value: its kind, size in bytes, signedness, and its D name (``int64_t``, ``string`` …)."""

    kind: ValueKind
    size: int
    signed: bool = True
    name: str = "int64_t"


@dataclass(frozen=True)
class DifVariable:
    """An entry of a variable table: DIF number, name, kind (0 array, 1 scalar), scope (0 global, 1 thread, 2 local)."""

    name: str
    id: int
    kind: int
    scope: int
    type: ValueType
    read: bool = True
    written: bool = False


@dataclass(frozen=True)
class Difo:
    """A DIF object: instruction words, integer and string tables, variables used, and the type it returns."""

    code: tuple[int, ...]
    integers: tuple[int, ...]
    strings: bytes
    variables: tuple[DifVariable, ...]
    returns: ValueType


@dataclass(frozen=True)
class Action:
    """One action as the kernel runs it; ``ntuple`` counts the key actions before an aggregation, ``aggid`` names it.

    The increment of a quantize, lquantize or llquantize is the last of these, a DIFEXPR that returns void (size 0).
    """

    kind: ActionKind
    difo: Difo | None = None
    ntuple: int = 0
    aggid: int = 0
    arg: int = 0


class StatementKind(StrEnum):
    """What the consumer does with a statement's records."""

    TRACE = "trace"
    PRINTF = "printf"
    PRINTA = "printa"
    PRINT = "print"
    PRINTM = "printm"
    TRACEMEM = "tracemem"
    STACK = "stack"  # stack, ustack, jstack: the action's kind says which
    SYMBOL = "symbol"  # sym, func, mod, uaddr, usym, ufunc, umod
    AGGREGATE = "aggregate"
    TRUNC = "trunc"
    CLEAR = "clear"
    NORMALIZE = "normalize"
    DENORMALIZE = "denormalize"
    SETOPT = "setopt"
    SYSTEM = "system"
    FREOPEN = "freopen"
    FTRUNCATE = "ftruncate"
    SPECULATE = "speculate"
    COMMIT = "commit"
    DISCARD = "discard"
    EXIT = "exit"
    NONE = "none"  # evaluated for its effect in the kernel only


@dataclass(frozen=True)
class Statement:
    """A statement of a clause body: the slice of ``Clause.actions`` it covers, and how its values are shown.

    ``aggid`` is the aggregation concerned (``aggids`` all of a printa); ``ctype`` the C type that print() shows;
    ``words`` the string arguments of setopt(); ``name`` the function as written (``func`` and ``sym`` store the same).
    """

    kind: StatementKind
    first: int
    count: int
    format: str | None = None
    types: tuple[ValueType, ...] = ()
    aggid: int = 0
    aggids: tuple[int, ...] = ()
    ctype: CType | None = None
    words: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class ProbeDescription:
    """provider:module:function:name, each a glob, empty for any; ``id`` if the user gave a number instead."""

    provider: str = ""
    module: str = ""
    function: str = ""
    name: str = ""
    id: int | None = None

    def __str__(self) -> str:
        return str(self.id) if self.id is not None else f"{self.provider}:{self.module}:{self.function}:{self.name}"


@dataclass(frozen=True)
class Clause:
    """A clause: descriptions, predicate, the kernel's actions, the consumer's statements; ``line`` in the source.

    A clause without actions still records its EPID (the default action). ``probes`` are the ids that the
    descriptions matched when it was compiled, in order, each once. The attributes are what ``dtrace -v`` reports.
    ``silent``: a part of a clause with ``if``; it has no row of its own unless one of its statements prints.
    ``continued``: such a part, but not the first one.
    """

    descriptions: tuple[ProbeDescription, ...]
    predicate: Difo | None
    actions: tuple[Action, ...]
    statements: tuple[Statement, ...]
    line: int = 0
    probes: tuple[int, ...] = ()
    description_attributes: Attributes = STABLE
    statement_attributes: Attributes = STABLE
    silent: bool = False
    continued: bool = False


@dataclass(frozen=True)
class Aggregation:
    """An aggregation variable (``name`` without the @): its id, function, key types, packed argument."""

    id: int
    name: str
    function: ActionKind
    keys: tuple[ValueType, ...]
    arg: int = 0


@dataclass(frozen=True)
class Program:
    """A whole compiled script; ``notes`` are remarks for standard error (``fbt:::malloc:entry`` read as …)."""

    clauses: tuple[Clause, ...]
    variables: tuple[DifVariable, ...] = ()
    aggregations: tuple[Aggregation, ...] = ()
    options: tuple[tuple[str, str | None], ...] = ()
    notes: tuple[str, ...] = field(default=())
