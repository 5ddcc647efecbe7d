# SPDX-License-Identifier: GPL-2.0-or-later
"""The syntax of types and declarations: C's specifiers and declarators, with D's storage classes and key types.

A declarator is kept inside out: ``derived`` reads from the name to the base type, so ``int (*f[3])(char)`` is
``[Array(3), Pointer, Function(char)]`` over ``int``. ``check/`` gives them meaning; see also ``nodes.py``.
"""

from __future__ import annotations

from dscript.record import Record
from dscript.source import Span


class Expr(Record):
    """Base of expressions (the others are in nodes.py)."""

    span: Span
    depth: int


class Word(Record):
    """A word among the specifiers: a storage class, qualifier, word of a C type, or a typedef's name."""

    span: Span
    kind: str  # STORAGE, QUALIFIER, TYPE_WORD or TYPE_NAME
    text: str


class MemberDeclaration(Record):
    """A member of a structure: ``bits`` is the width of a bit-field or None; a name may be missing."""

    span: Span
    specifiers: Specifiers
    declarator: Declarator | None
    bits: Expr | None = None


class Structure(Record):
    """``struct`` or ``union`` (``kind``) with a tag, a body or both; ``members`` is None for a reference."""

    span: Span
    kind: str
    tag: str | None
    members: tuple[MemberDeclaration, ...] | None


class Enumerator(Record):
    """``NAME`` or ``NAME = value``."""

    span: Span
    name: str
    value: Expr | None


class Enumeration(Record):
    """``enum`` with a tag, a body or both; ``enumerators`` is None for a reference."""

    span: Span
    tag: str | None
    enumerators: tuple[Enumerator, ...] | None


Specifier = Word | Structure | Enumeration


class Specifiers(Record):
    """What stands before the declarators, in the order written."""

    span: Span
    items: tuple[Specifier, ...]

    def has_storage(self, text: str) -> bool:
        """True if the storage class ``text`` is among them."""
        return any(isinstance(i, Word) and i.kind == "STORAGE" and i.text == text for i in self.items)


class Pointer(Record):
    """``*`` with its qualifiers."""

    qualifiers: tuple[str, ...] = ()


class Array(Record):
    """``[size]`` or ``[]``."""

    span: Span
    size: Expr | None


class Parameter(Record):
    """A parameter of a function or a key of an associative array; the declarator's name may be empty."""

    span: Span
    specifiers: Specifiers
    declarator: Declarator | None


class Keys(Record):
    """``[type, type]``: the key types of an associative array."""

    span: Span
    parameters: tuple[Parameter, ...]
    variadic: bool = False


class Function(Record):
    """``(type, type, ...)``; ``parameters`` is None for ``()``."""

    span: Span
    parameters: tuple[Parameter, ...] | None
    variadic: bool = False


Derivation = Pointer | Array | Keys | Function


class Declarator(Record):
    """A declared name (empty in a type name) and what it is made of, from the name outward."""

    span: Span
    name: str
    derived: tuple[Derivation, ...] = ()


class TypeName(Record):
    """A type without a name, as in a cast: specifiers and an abstract declarator."""

    span: Span
    specifiers: Specifiers
    derived: tuple[Derivation, ...] = ()


class Declaration(Record):
    """``self string a, b;``, ``typedef …;`` or ``struct s { … };`` (then without declarators)."""

    span: Span
    specifiers: Specifiers
    declarators: tuple[Declarator, ...]
