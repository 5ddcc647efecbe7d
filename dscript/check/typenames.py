# SPDX-License-Identifier: GPL-2.0-or-later
"""From the words of a type to the type."""

from __future__ import annotations

from functools import lru_cache

from dscript.ctype import TYPEDEFS, VOID, WORDS, CType, PointerType, StructType
from dscript.errors import Problem
from dscript.nodes import TypeName
from dscript.source import NOWHERE

_QUALIFIERS = frozenset({"const", "volatile", "restrict"})


def read_type(name: TypeName, extra_pointers: int = 0) -> CType:
    """The type that a type name means; raises Problem if there is none."""
    kind = _base(name)
    for _ in range(name.pointers + extra_pointers):
        kind = PointerType(kind)
    return kind


@lru_cache(maxsize=256)
def type_of(text: str) -> CType:
    """The type written as text, ``struct thread *`` or ``uint64_t``; must exist."""
    words = text.replace("*", " * ").split()
    named = TypeName(NOWHERE, (" ".join(words[:2]),) if words[0] == "struct" else tuple(w for w in words if w != "*"))
    return read_type(named, words.count("*"))


def _base(name: TypeName) -> CType:
    words = sorted(w for w in name.words if w not in _QUALIFIERS)
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
    raise _refusal(name, words)


def _refusal(name: TypeName, words: list[str]) -> Problem:
    text, span = " ".join(name.words), name.span
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
