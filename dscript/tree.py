# SPDX-License-Identifier: GPL-2.0-or-later
"""The typed tree: what ``check`` makes of the syntax tree and ``gen`` turns into DIF.

Every expression has a type, every name a variable, every conversion that changes bits its own node.
"""

from __future__ import annotations

from collections.abc import Iterator

from dscript.ctype import CType
from dscript.program import ActionKind, DifVariable, StatementKind, ValueType
from dscript.record import Record
from dscript.source import Span


class Expr(Record):
    """Base of typed expressions."""

    type: CType
    span: Span


class IntConst(Expr):
    """A constant."""

    value: int


class Dynamic(Expr):
    """An aggregation where a value is wanted: nothing takes one, each in its own words."""


class Tracing(Expr):
    """A call of a tracing or aggregating function inside an expression: only its type is of interest."""

    name: str


class StrConst(Expr):
    """A string constant."""

    value: bytes


class Variable(Expr):
    """A scalar variable, builtin or the script's."""

    variable: DifVariable


class Element(Expr):
    """An element of an associative array."""

    variable: DifVariable
    keys: tuple[Expr, ...]


class ArrayItem(Expr):
    """An item of a builtin array (``args[n]``, ``uregs[n]``)."""

    variable: DifVariable
    index: Expr


class Load(Expr):
    """The memory at an address, read as ``type``; ``writable`` if the program may try to write there."""

    address: Expr
    writable: bool = False


class Place(Expr):
    """What an expression holds by its address: a structure, an array, a string, a function in memory."""

    address: Expr
    writable: bool = False


class BitField(Expr):
    """``bits`` bits from bit ``shift`` on, of the integer of ``unit`` bytes at an address."""

    address: Expr
    unit: int
    shift: int
    bits: int
    writable: bool = False


Memory = Load | Place | BitField


class Unary(Expr):
    """``-``, ``~`` or ``!``."""

    operator: str
    operand: Expr


class Arithmetic(Expr):
    """``+ - * / % << >> & | ^`` in 64 bits; ``type`` decides between signed and unsigned."""

    operator: str
    left: Expr
    right: Expr


class Compare(Expr):
    """A comparison; ``kind`` is ``signed``, ``unsigned`` or ``string``."""

    operator: str
    kind: str
    left: Expr
    right: Expr


class Logic(Expr):
    """``&&``, ``||`` (which skip their right side) or ``^^``."""

    operator: str
    left: Expr
    right: Expr


class Choose(Expr):
    """``condition ? yes : no``."""

    condition: Expr
    yes: Expr
    no: Expr


class Convert(Expr):
    """The operand cut to the size of ``type`` and extended again."""

    operand: Expr


class Store(Expr):
    """An assignment; its value is what was stored."""

    target: Variable | Element | Memory
    value: Expr


class Update(Expr):
    """``++``, ``--`` or a compound assignment; the value is what was stored, or with ``old`` what was there before."""

    target: Variable | Element | Load | BitField
    operator: str
    amount: Expr
    unsigned: bool
    old: bool = False


class Call(Expr):
    """A subroutine."""

    number: int
    name: str
    arguments: tuple[Expr, ...]


class Sequence(Expr):
    """Expressions in order; the last one is the value."""

    items: tuple[Expr, ...]


class TypedAction(Record):
    """An action whose DIFO is still an expression; ``value`` None means the action has none.

    ``records`` is what it stores, where that does not follow from the type of the value.
    """

    kind: ActionKind
    value: Expr | None = None
    ntuple: int = 0
    aggid: int = 0
    arg: int = 0
    records: ValueType | None = None


class TypedStatement(Record):
    """A statement with its actions; the other fields are those of ``program.Statement``."""

    kind: StatementKind
    actions: tuple[TypedAction, ...]
    format: str | None = None
    aggid: int = 0
    aggids: tuple[int, ...] = ()
    ctype: CType | None = None
    words: tuple[str, ...] = ()
    name: str = ""


def iter_children(expr: Expr) -> Iterator[Expr]:
    """The expressions that stand directly inside one, in order."""
    for value in vars(expr).values():
        if isinstance(value, Expr):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, Expr))


def iter_calls(expr: Expr) -> Iterator[Call]:
    """Every call of a subroutine in an expression."""
    waiting = [expr]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, Call):
            yield inner
        waiting.extend(iter_children(inner))
