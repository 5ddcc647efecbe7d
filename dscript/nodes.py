# SPDX-License-Identifier: GPL-2.0-or-later
"""The syntax tree, as the parser leaves it: what was written and where, without any meaning yet.

``check`` turns expressions into the typed tree of ``tree.py``. Types and declarators are in ``declnodes.py``; all
names can be had from here. ``depth`` is the height of an expression or of nested statements; the parser refuses
what is so deep that walking it would exhaust the stack. Nodes are compared by identity.
"""

from __future__ import annotations

from dscript.declnodes import Array as Array
from dscript.declnodes import Declaration as Declaration
from dscript.declnodes import Declarator as Declarator
from dscript.declnodes import Derivation as Derivation
from dscript.declnodes import Enumeration as Enumeration
from dscript.declnodes import Enumerator as Enumerator
from dscript.declnodes import Expr as Expr
from dscript.declnodes import Function as Function
from dscript.declnodes import Keys as Keys
from dscript.declnodes import MemberDeclaration as MemberDeclaration
from dscript.declnodes import Parameter as Parameter
from dscript.declnodes import Pointer as Pointer
from dscript.declnodes import Specifiers as Specifiers
from dscript.declnodes import Structure as Structure
from dscript.declnodes import TypeName as TypeName
from dscript.declnodes import Word as Word
from dscript.record import Record
from dscript.source import Span


class Integer(Expr):
    """An integer or character constant with the name of its type."""

    value: int
    type_name: str


class String(Expr):
    """A string constant, escapes resolved."""

    value: bytes


class Name(Expr):
    """A bare identifier."""

    name: str


class Scoped(Expr):
    """``self->name`` or ``this->name``."""

    scope: str
    name: str


class Symbol(Expr):
    """A kernel symbol, ``module`name`` or ```name``."""

    module: str | None
    name: str


class Aggregate(Expr):
    """``@name``, without its keys."""

    name: str


class Index(Expr):
    """``base[keys]``."""

    base: Expr
    keys: tuple[Expr, ...]


class Call(Expr):
    """``function(arguments)``."""

    function: Expr
    arguments: tuple[Expr, ...]


class Member(Expr):
    """``base->name`` or ``base.name``."""

    base: Expr
    operator: str
    name: str


class Unary(Expr):
    """A prefix operator: ``- + ! ~ * &`` or ``stringof``."""

    operator: str
    operand: Expr


class Binary(Expr):
    """A binary operator other than assignment."""

    operator: str
    left: Expr
    right: Expr


class Choose(Expr):
    """``condition ? yes : no``."""

    condition: Expr
    yes: Expr
    no: Expr


class Assign(Expr):
    """``target = value``; ``operator`` is the arithmetic of a compound assignment, or None."""

    operator: str | None
    target: Expr
    value: Expr


class Step(Expr):
    """``++`` or ``--``, before (``prefix``) or after the operand."""

    operator: str
    operand: Expr
    prefix: bool


class Cast(Expr):
    """``(type)operand``."""

    type: TypeName
    operand: Expr


class Sizeof(Expr):
    """``sizeof (type)`` or ``sizeof operand``."""

    operand: TypeName | Expr


class Offsetof(Expr):
    """``offsetof(type, member)``."""

    type: TypeName
    member: str


class Xlate(Expr):
    """``xlate <type> (operand)``."""

    type: TypeName
    operand: Expr


class Comma(Expr):
    """Expressions evaluated in order; the last one is the value."""

    items: tuple[Expr, ...]


class If(Record):
    """``if (condition) yes else no``; ``no`` is None without an else. ``desugar`` makes clauses of it."""

    span: Span
    depth: int
    condition: Expr
    yes: tuple[Statement, ...]
    no: tuple[Statement, ...] | None


Statement = Expr | If


class Description(Record):
    """A probe description as written, macros expanded."""

    span: Span
    text: str


class Clause(Record):
    """A probe clause; ``body`` is None if there are no braces. After ``desugar`` no If is left in it.

    ``silent``: a part of a clause with if, which by itself leaves no trace that it ran; ``continued``: not the first.
    """

    span: Span
    descriptions: tuple[Description, ...]
    predicate: Expr | None
    body: tuple[Statement, ...] | None
    silent: bool = False
    continued: bool = False


class Inline(Record):
    """``inline type name = value;`` or ``inline type name[type a, type b] = value;`` (the declarator has Keys)."""

    span: Span
    specifiers: Specifiers
    declarator: Declarator
    value: Expr


class Translated(Record):
    """``member = value;`` in a translator."""

    span: Span
    member: str
    value: Expr


class Translator(Record):
    """``translator result < source name > { members };``."""

    span: Span
    result: TypeName
    source: TypeName
    name: str
    members: tuple[Translated, ...]


class Offered(Record):
    """``probe name(native) : (translated);`` in a provider, the name as written; ``translated`` None if left out."""

    span: Span
    name: str
    native: Function
    translated: Function | None


class Provider(Record):
    """``provider name { probes };``."""

    span: Span
    name: str
    probes: tuple[Offered, ...]


Item = Clause | Declaration | Inline | Translator | Provider


class Script(Record):
    """A whole translation unit."""

    items: tuple[Item, ...]
