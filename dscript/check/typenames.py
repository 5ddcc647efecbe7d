# SPDX-License-Identifier: GPL-2.0-or-later
"""From the words of a type to the type."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dscript.ctype import TYPEDEFS, VOID, WORDS, CType, PointerType, StructType
from dscript.errors import Problem
from dscript.nodes import Derivation, Enumeration, Pointer, Specifiers, Structure, TypeName, Word
from dscript.source import NOWHERE, Span


def read_type(name: TypeName) -> CType:
    """The type that a type name means; raises Problem if there is none."""
    return derive(base_type(name.specifiers), name.derived)


def derive(kind: CType, derived: Sequence[Derivation]) -> CType:
    """The type that a declarator makes of a base type."""
    for step in reversed(derived):
        match step:
            case Pointer():
                kind = PointerType(kind)
            case _:
                raise Problem("D_DECL_ARRNULL", step.span, "arrays and functions have no meaning here")
    return kind


@lru_cache(maxsize=256)
def type_of(text: str) -> CType:
    """The type written as text, ``struct thread *`` or ``uint64_t``; must exist."""
    words = text.replace("*", " * ").split()
    kind = _base(("struct " + words[1],) if words[0] == "struct" else tuple(w for w in words if w != "*"), NOWHERE)
    for _ in range(words.count("*")):
        kind = PointerType(kind)
    return kind


def base_type(specifiers: Specifiers) -> CType:
    """The type that specifiers mean."""
    words = []
    for item in specifiers.items:
        match item:
            case Word(kind="TYPE_WORD" | "TYPE_NAME", text=text):
                words.append(text)
            case Structure(kind=kind, tag=tag):
                words.append(f"{kind} {tag}")
            case Enumeration():
                words.append("int")
    return _base(tuple(words), specifiers.span)


def _base(written: tuple[str, ...], span: Span) -> CType:
    words = sorted(written)
    if len(words) == 1:
        word = words[0]
        if word == "void":
            return VOID
        if word in TYPEDEFS:
            return TYPEDEFS[word]
        if " " in word:
            return StructType(word)
    if len(words) > 1 and "int" in words:
        words.remove("int")
    if (kind := WORDS.get(tuple(w for w in words if w != "signed" or "char" in words) or ("int",))) and words:
        return kind
    raise _refusal(" ".join(written), span, words)


def _refusal(text: str, span: Span, words: list[str]) -> Problem:
    if "float" in words or "double" in words:
        return Problem("D_TYPE_ERR", span, f"floating-point type {text} cannot be used in D expressions")
    if "void" in words:
        return Problem("D_DECL_VOIDATTR", span, f"invalid type attributes for void: {text}")
    if "char" in words:
        return Problem("D_DECL_CHARATTR", span, f"invalid type attributes for char: {text}")
    if any(w in TYPEDEFS or " " in w for w in words) and ("signed" in words or "unsigned" in words):
        return Problem("D_DECL_SIGNINT", span, f"signed or unsigned with a type that is complete already: {text}")
    if any(w in TYPEDEFS for w in words) and "long" in words:
        return Problem("D_DECL_LONGINT", span, f"long with a type that is complete already: {text}")
    return Problem("D_DECL_COMBO", span, f"invalid type combination: {text or 'no type'}")
