# SPDX-License-Identifier: GPL-2.0-or-later
"""C's type words together: ``unsigned long long``, ``signed char``, and the combinations that there are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dscript.ctype import INT, TYPEDEFS, VOID, WORDS, CType, FloatType, IntType
from dscript.errors import Problem
from dscript.source import Span

_BASES = frozenset({"void", "char", "int", "float", "double", "_Bool"})
BOOL = IntType("_Bool", 1, False, 0)
_FLOATS = {
    ("float",): FloatType("float", 4),
    ("double",): FloatType("double", 8),
    ("double", "long"): FloatType("long double", 8),
}


def combine_words(words: Sequence[str], span: Span, named: Sequence[CType] = ()) -> CType:
    """The type that the words make, with the types among them that have a name; raises Problem."""
    counts = Counter(words)
    bases = [w for w in words if w in _BASES]
    text = " ".join([*words, *map(str, named)])
    if len(named) + len(bases) == 1 and not bases and len(words) == 0:
        return named[0]
    if len(words) == 1 and words[0] in TYPEDEFS and not named:
        return TYPEDEFS[words[0]]
    _check_words(counts, bases, named, text, span)
    if named:
        return named[0]
    if bases == ["void"]:
        return VOID
    if bases == ["_Bool"]:
        return BOOL
    key = tuple(sorted(w for w in words if w != "signed" or "char" in words))
    if key in _FLOATS:
        return _FLOATS[key]
    if len(key) > 1 and "int" in key:
        key = tuple(w for w in key if w != "int")
    if key and key not in WORDS:
        raise _unknown(text, span)
    return WORDS[key] if key else INT


def _unknown(text: str, span: Span) -> Problem:
    return Problem("D_UNKNOWN", span, f"failed to resolve type {text}: Unknown type name")


def _check_words(counts: Counter[str], bases: list[str], named: Sequence[CType], text: str, span: Span) -> None:
    """Raise the Problem that DTrace finds in a combination, in its order."""
    if counts["userland"]:
        hint = "copy user memory with copyin( ) or copyinstr( )"
        raise Problem("D_TYPE_ERR", span, f"userland types are not available on this machine: {text}", hint)
    long, short = counts["long"], counts["short"]
    signs = counts["signed"] + counts["unsigned"]
    if len(bases) + len(named) > 1 or long > 2 or max(short, counts["signed"], counts["unsigned"]) > 1:
        raise Problem("D_DECL_COMBO", span, f"invalid type combination: {text}")
    base = bases[0] if bases else ""
    if base == "char" and (long or short):
        raise Problem(
            "D_DECL_CHARATTR", span, f"invalid type declaration: short and long may not be used with char type: {text}"
        )
    if base == "void" and (long or short or signs):
        raise Problem(
            "D_DECL_VOIDATTR", span, f"invalid type declaration: attributes may not be used with void type: {text}"
        )
    other = bool(named) or base in ("float", "double", "_Bool")
    if other and signs:
        raise Problem(
            "D_DECL_SIGNINT",
            span,
            f"invalid type declaration: signed and unsigned may only be used with integer type: {text}",
        )
    floating = base in ("float", "double")
    if long and other and not floating:
        raise Problem(
            "D_DECL_LONGINT",
            span,
            f"invalid type declaration: long may only be used with integer or floating-point type: {text}",
        )
    if (long and short) or signs > 1 or (floating and (short or long > (base == "double"))):
        raise _unknown(text, span)
