# SPDX-License-Identifier: GPL-2.0-or-later
"""The typed tree: what ``check`` makes of the syntax tree and ``gen`` turns into DIF.

Every expression has a type, every name a variable, every conversion that changes bits its own node.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from dscript.ctype import CType
from dscript.program import ActionKind, DifVariable, StatementKind, ValueType
from dscript.source import Span


@dataclass(frozen=True, eq=False)
class Expr:
    """Base of typed expressions."""

    type: CType
    span: Span


@dataclass(frozen=True, eq=False)
class IntConst(Expr):
    """A constant."""

    value: int


@dataclass(frozen=True, eq=False)
class StrConst(Expr):
    """A string constant."""

    value: bytes


@dataclass(frozen=True, eq=False)
class Variable(Expr):
    """A scalar variable, builtin or the script's."""

    variable: DifVariable


@dataclass(frozen=True, eq=False)
class Element(Expr):
    """An element of an associative array."""

    variable: DifVariable
    keys: tuple[Expr, ...]


@dataclass(frozen=True, eq=False)
class ArrayItem(Expr):
    """An item of a builtin array (``args[n]``, ``uregs[n]``)."""

    variable: DifVariable
    index: Expr


@dataclass(frozen=True, eq=False)
class Load(Expr):
    """The kernel memory at an address, read as ``type``."""

    address: Expr


@dataclass(frozen=True, eq=False)
class Unary(Expr):
    """``-``, ``~`` or ``!``."""

    operator: str
    operand: Expr


@dataclass(frozen=True, eq=False)
class Arithmetic(Expr):
    """``+ - * / % << >> & | ^`` in 64 bits; ``type`` decides between signed and unsigned."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, eq=False)
class Compare(Expr):
    """A comparison; ``kind`` is ``signed``, ``unsigned`` or ``string``."""

    operator: str
    kind: str
    left: Expr
    right: Expr


@dataclass(frozen=True, eq=False)
class Logic(Expr):
    """``&&``, ``||`` (which skip their right side) or ``^^``."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, eq=False)
class Choose(Expr):
    """``condition ? yes : no``."""

    condition: Expr
    yes: Expr
    no: Expr


@dataclass(frozen=True, eq=False)
class Convert(Expr):
    """The operand cut to the size of ``type`` and extended again."""

    operand: Expr


@dataclass(frozen=True, eq=False)
class Store(Expr):
    """An assignment; its value is what was stored."""

    target: Variable | Element
    value: Expr


@dataclass(frozen=True, eq=False)
class Update(Expr):
    """``++``, ``--`` or a compound assignment; the value is what was stored, or with ``old`` what was there before."""

    target: Variable | Element
    operator: str
    amount: Expr
    unsigned: bool
    old: bool = False


@dataclass(frozen=True, eq=False)
class Call(Expr):
    """A subroutine."""

    number: int
    name: str
    arguments: tuple[Expr, ...]


@dataclass(frozen=True, eq=False)
class Sequence(Expr):
    """Expressions in order; the last one is the value."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, eq=False)
class TypedAction:
    """An action whose DIFO is still an expression; ``value`` None means the action has none.

    ``records`` is what it stores, where that does not follow from the type of the value.
    """

    kind: ActionKind
    value: Expr | None = None
    ntuple: int = 0
    aggid: int = 0
    arg: int = 0
    records: ValueType | None = None


@dataclass(frozen=True, eq=False)
class TypedStatement:
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
    for field in fields(expr):
        value = getattr(expr, field.name)
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
