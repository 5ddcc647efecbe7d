# SPDX-License-Identifier: GPL-2.0-or-later
"""The syntax of types and declarations: C's specifiers and declarators, with D's storage classes and key types.

A declarator is kept inside out: ``derived`` reads from the name to the base type, so ``int (*f[3])(char)`` is
``[Array(3), Pointer, Function(char)]`` over ``int``. ``check/`` gives them meaning; see also ``nodes.py``.
"""

from __future__ import annotations

from dataclasses import dataclass

from dscript.source import Span


@dataclass(frozen=True, eq=False)
class Expr:
    """Base of expressions (the others are in nodes.py)."""

    span: Span
    depth: int


@dataclass(frozen=True, eq=False)
class Word:
    """A word among the specifiers: a storage class, qualifier, word of a C type, or a typedef's name."""

    span: Span
    kind: str  # STORAGE, QUALIFIER, TYPE_WORD or TYPE_NAME
    text: str


@dataclass(frozen=True, eq=False)
class MemberDeclaration:
    """A member of a structure: ``bits`` is the width of a bit-field or None; a name may be missing."""

    span: Span
    specifiers: Specifiers
    declarator: Declarator | None
    bits: Expr | None = None


@dataclass(frozen=True, eq=False)
class Structure:
    """``struct`` or ``union`` (``kind``) with a tag, a body or both; ``members`` is None for a reference."""

    span: Span
    kind: str
    tag: str | None
    members: tuple[MemberDeclaration, ...] | None


@dataclass(frozen=True, eq=False)
class Enumerator:
    """``NAME`` or ``NAME = value``."""

    span: Span
    name: str
    value: Expr | None


@dataclass(frozen=True, eq=False)
class Enumeration:
    """``enum`` with a tag, a body or both; ``enumerators`` is None for a reference."""

    span: Span
    tag: str | None
    enumerators: tuple[Enumerator, ...] | None


Specifier = Word | Structure | Enumeration


@dataclass(frozen=True, eq=False)
class Specifiers:
    """What stands before the declarators, in the order written."""

    span: Span
    items: tuple[Specifier, ...]

    def has_storage(self, text: str) -> bool:
        """True if the storage class ``text`` is among them."""
        return any(isinstance(i, Word) and i.kind == "STORAGE" and i.text == text for i in self.items)


@dataclass(frozen=True, eq=False)
class Pointer:
    """``*`` with its qualifiers."""

    qualifiers: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Array:
    """``[size]`` or ``[]``."""

    span: Span
    size: Expr | None


@dataclass(frozen=True, eq=False)
class Parameter:
    """A parameter of a function or a key of an associative array; the declarator's name may be empty."""

    span: Span
    specifiers: Specifiers
    declarator: Declarator | None


@dataclass(frozen=True, eq=False)
class Keys:
    """``[type, type]``: the key types of an associative array."""

    span: Span
    parameters: tuple[Parameter, ...]
    variadic: bool = False


@dataclass(frozen=True, eq=False)
class Function:
    """``(type, type, ...)``; ``parameters`` is None for ``()``."""

    span: Span
    parameters: tuple[Parameter, ...] | None
    variadic: bool = False


Derivation = Pointer | Array | Keys | Function


@dataclass(frozen=True, eq=False)
class Declarator:
    """A declared name (empty in a type name) and what it is made of, from the name outward."""

    span: Span
    name: str
    derived: tuple[Derivation, ...] = ()


@dataclass(frozen=True, eq=False)
class TypeName:
    """A type without a name, as in a cast: specifiers and an abstract declarator."""

    span: Span
    specifiers: Specifiers
    derived: tuple[Derivation, ...] = ()


@dataclass(frozen=True, eq=False)
class Declaration:
    """``self string a, b;``, ``typedef …;`` or ``struct s { … };`` (then without declarators)."""

    span: Span
    specifiers: Specifiers
    declarators: tuple[Declarator, ...]
