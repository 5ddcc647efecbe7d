# SPDX-License-Identifier: GPL-2.0-or-later
"""The syntax tree, as the parser leaves it: what was written and where, without any meaning yet.

``check`` turns expressions into the typed tree of ``tree.py``. ``depth`` is the height of an expression;
the parser refuses expressions so deep that walking them would exhaust the stack. Nodes are compared by identity.
"""

from __future__ import annotations

from dataclasses import dataclass

from dscript.source import Span


@dataclass(frozen=True, eq=False)
class TypeName:
    """A type as written: its words (``unsigned long``, a typedef's name, ``struct proc``) and stars."""

    span: Span
    words: tuple[str, ...]
    pointers: int = 0


@dataclass(frozen=True, eq=False)
class Expr:
    """Base of expressions."""

    span: Span
    depth: int


@dataclass(frozen=True, eq=False)
class Integer(Expr):
    """An integer or character constant with the name of its type."""

    value: int
    type_name: str


@dataclass(frozen=True, eq=False)
class String(Expr):
    """A string constant, escapes resolved."""

    value: bytes


@dataclass(frozen=True, eq=False)
class Name(Expr):
    """A bare identifier."""

    name: str


@dataclass(frozen=True, eq=False)
class Scoped(Expr):
    """``self->name`` or ``this->name``."""

    scope: str
    name: str


@dataclass(frozen=True, eq=False)
class Symbol(Expr):
    """A kernel symbol, ``module`name`` or ```name``."""

    module: str | None
    name: str


@dataclass(frozen=True, eq=False)
class Aggregate(Expr):
    """``@name``, without its keys."""

    name: str


@dataclass(frozen=True, eq=False)
class Index(Expr):
    """``base[keys]``."""

    base: Expr
    keys: tuple[Expr, ...]


@dataclass(frozen=True, eq=False)
class Call(Expr):
    """``function(arguments)``."""

    function: Expr
    arguments: tuple[Expr, ...]


@dataclass(frozen=True, eq=False)
class Member(Expr):
    """``base->name`` or ``base.name``."""

    base: Expr
    operator: str
    name: str


@dataclass(frozen=True, eq=False)
class Unary(Expr):
    """A prefix operator: ``- + ! ~ * &`` or ``stringof``."""

    operator: str
    operand: Expr


@dataclass(frozen=True, eq=False)
class Binary(Expr):
    """A binary operator other than assignment."""

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
class Assign(Expr):
    """``target = value``; ``operator`` is the arithmetic of a compound assignment, or None."""

    operator: str | None
    target: Expr
    value: Expr


@dataclass(frozen=True, eq=False)
class Step(Expr):
    """``++`` or ``--``, before (``prefix``) or after the operand."""

    operator: str
    operand: Expr
    prefix: bool


@dataclass(frozen=True, eq=False)
class Cast(Expr):
    """``(type)operand``."""

    type: TypeName
    operand: Expr


@dataclass(frozen=True, eq=False)
class Sizeof(Expr):
    """``sizeof (type)`` or ``sizeof operand``."""

    operand: TypeName | Expr


@dataclass(frozen=True, eq=False)
class Comma(Expr):
    """Expressions evaluated in order; the last one is the value."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, eq=False)
class Description:
    """A probe description as written."""

    span: Span
    text: str


@dataclass(frozen=True, eq=False)
class Clause:
    """A probe clause; ``body`` is None if there are no braces."""

    span: Span
    descriptions: tuple[Description, ...]
    predicate: Expr | None
    body: tuple[Expr, ...] | None


@dataclass(frozen=True, eq=False)
class Declarator:
    """One declared name: extra stars, key types of an associative array (None: no array), or a C array dimension."""

    span: Span
    name: str
    pointers: int
    keys: tuple[TypeName, ...] | None
    dimension: bool = False


@dataclass(frozen=True, eq=False)
class Declaration:
    """``self string a, b;``; ``storage`` is ``self``, ``this``, another class, or None."""

    span: Span
    storage: str | None
    type: TypeName
    declarators: tuple[Declarator, ...]


@dataclass(frozen=True, eq=False)
class Script:
    """A whole translation unit."""

    items: tuple[Clause | Declaration, ...]
