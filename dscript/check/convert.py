# SPDX-License-Identifier: GPL-2.0-or-later
"""Conversions: what may be assigned to what, and when an assignment changes bits."""

from __future__ import annotations

from dscript import tree
from dscript.ctype import (
    INT,
    POINTER_BYTES,
    ArrayType,
    CType,
    FunctionType,
    IntType,
    PointerType,
    StringType,
    StructType,
    VoidType,
    decay,
    is_string_like,
    same_type,
)  # fmt: skip
from dscript.errors import Problem
from dscript.source import Span

_MASK = (1 << 64) - 1


def convert(value: tree.Expr, kind: CType) -> tree.Expr:
    """``value`` as an integer or pointer type: constants folded, bits changed only where they may not fit."""
    if not isinstance(kind, IntType | PointerType):
        return value
    integer = kind if isinstance(kind, IntType) else IntType("address", kind.size, False, 3)
    if isinstance(value, tree.IntConst):
        return tree.IntConst(kind, value.span, integer.wrap(value.value))
    if integer.size == 8 or _fits(value, integer):
        return retype(value, kind)
    return tree.Convert(kind, value.span, value)


def retype(value: tree.Expr, kind: CType) -> tree.Expr:
    """The same bits under another type."""
    return value if value.type == kind else tree.Sequence(kind, value.span, (value,))


def decayed(value: tree.Expr) -> tree.Expr:
    """The value as expressions see it: an array or function is a pointer."""
    return retype(value, decay(value.type)) if isinstance(value.type, ArrayType | FunctionType) else value


def _fits(value: tree.Expr, kind: IntType) -> bool:
    """True if every value the expression can leave in a register is one of ``kind``'s."""
    match value:
        case tree.IntConst():
            return kind.holds(value.value)
        case tree.Compare() | tree.Logic():
            return True
        case tree.Unary() if value.operator == "!":
            return True
        case tree.Choose():
            return _fits(value.yes, kind) and _fits(value.no, kind)
        case tree.Sequence():
            return _fits(value.items[-1], kind)
        case (
            tree.Variable() | tree.Element() | tree.Load() | tree.Convert() | tree.Store() | tree.Call() | tree.Update()
        ):
            return _range_within(value.type, kind)
        case tree.BitField():
            return _range_within(value.type, kind) or value.bits < kind.size * 8
        case tree.Place():
            return kind.size >= POINTER_BYTES
        case _:
            return False


def _range_within(inner: CType, outer: IntType) -> bool:
    if not isinstance(inner, IntType | PointerType):
        return False
    if inner.signed == outer.signed:
        return inner.size <= outer.size
    return outer.signed and inner.size < outer.size


def assign_convert(value: tree.Expr, kind: CType, span: Span, operator: str = "=") -> tree.Expr:
    """``value`` as it is stored into a variable of type ``kind``; raises Problem D_OP_INCOMPAT."""
    if isinstance(kind, StringType):
        if is_string_like(value.type):
            return value
        if isinstance(value, tree.IntConst) and value.value == 0:
            return tree.IntConst(kind, value.span, 0)
    elif _assignable(value, kind):
        return convert(decayed(value), kind)
    raise Problem("D_OP_INCOMPAT", span, f'operands have incompatible types: "{kind}" {operator} "{value.type}"')


def _assignable(value: tree.Expr, kind: CType) -> bool:
    """DTrace's rule for assignments and arguments."""
    given = decay(value.type)
    match kind:
        case IntType():
            return isinstance(given, IntType)
        case PointerType():
            null = isinstance(value, tree.IntConst) and value.value == 0
            return null or (is_string_like(kind) and is_string_like(given)) or point_alike(kind, given)
        case StructType():
            return same_type(kind, given)
        case _:
            return False


def point_alike(left: CType, right: CType) -> bool:
    """True for two pointers to the same type, or if one of them is a void pointer."""
    left, right = decay(left), decay(right)
    if not isinstance(left, PointerType) or not isinstance(right, PointerType):
        return False
    return same_type(left, right) or VoidType() in (left.target, right.target)


def compatible_key(value: tree.Expr, kind: CType) -> tree.Expr | None:
    """``value`` as a key of type ``kind``, or None if it cannot be one."""
    if isinstance(kind, StringType):
        return retype(value, kind) if is_string_like(value.type) else None
    if isinstance(kind, IntType) and isinstance(value.type, IntType):
        return convert(value, kind)
    return value if _assignable(value, kind) else None


def constant(kind: CType, span: Span, value: int) -> tree.IntConst:
    """A constant as it stands in a 64-bit register, signed or unsigned by its type."""
    value &= _MASK
    signed = isinstance(kind, IntType) and kind.signed
    return tree.IntConst(kind, span, value - (1 << 64) if signed and value >> 63 else value)


def truth(value: bool, span: Span) -> tree.IntConst:
    """The constant 0 or 1."""
    return tree.IntConst(INT, span, int(value))
