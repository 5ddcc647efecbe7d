# SPDX-License-Identifier: GPL-2.0-or-later
"""The types of operators, and the folding of constants.

Operands come typed; results are typed nodes, or constants where all operands are constants. Arithmetic is in
64 bits; the result's type follows C.
"""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check.convert import constant, decayed, point_alike, retype, truth
from dscript.ctype import (
    CHAR,
    INT,
    INT64,
    ArrayType,
    CType,
    FunctionType,
    IntType,
    PointerType,
    StringType,
    VoidType,
    common,
    decay,
    is_scalar,
    is_string_like,
    promote,
)  # fmt: skip
from dscript.errors import Problem
from dscript.operators import COMPARISONS, LOGICAL
from dscript.source import Span

_BITWISE = frozenset({"&", "|", "^", "<<", ">>", "%"})


def binary(operator: str, left: tree.Expr, right: tree.Expr) -> tree.Expr:
    """The typed node of a binary operator; raises Problem if the operands do not suit it."""
    if operator in LOGICAL:
        return _logic(operator, left, right)
    if operator in COMPARISONS:
        return _compare(operator, left, right)
    if operator in "+-" and (_points(left.type) or _points(right.type)):
        return _pointer(operator, left, right)
    if operator in "+-" and isinstance(left.type, StringType) and isinstance(right.type, IntType):
        bytes_ = retype(left, PointerType(CHAR))  # a string is its address here; what follows is a string again
        return retype(arithmetic(operator, bytes_.type, bytes_, right), left.type)
    span = left.span.to(right.span)
    if not isinstance(left.type, IntType) or not isinstance(right.type, IntType):
        if operator in "+-":
            raise incompatible(operator, left, right)
        tag, wanted = ("D_OP_INT", "integral") if operator in _BITWISE else ("D_OP_ARITH", "arithmetic")
        raise Problem(
            tag, span, f'operator {operator} requires operands of {wanted} type, not "{left.type}" and "{right.type}"'
        )
    kind = promote(left.type) if operator in ("<<", ">>") else common(left.type, right.type)
    return arithmetic(operator, kind, left, right)


def arithmetic(operator: str, kind: CType, left: tree.Expr, right: tree.Expr) -> tree.Expr:
    """The node of an arithmetic operator whose result type is known; folds constants."""
    span = left.span.to(right.span)
    if operator in "/%" and isinstance(right, tree.IntConst) and right.value == 0:
        raise Problem("D_DIV_ZERO", span, "expression contains division by zero")
    if isinstance(left, tree.IntConst) and isinstance(right, tree.IntConst):
        signed = isinstance(kind, IntType) and kind.signed
        return constant(kind, span, fold(operator, left.value, right.value, signed=signed))
    return tree.Arithmetic(kind, span, operator, left, right)


def refuse_zero(operator: str, right: nodes.Expr) -> None:
    """Raise D_DIV_ZERO where a constant zero is written behind ``/`` or ``%``, whatever stands before it."""
    if operator in ("/", "%") and isinstance(right, nodes.Integer) and right.value == 0:
        raise Problem("D_DIV_ZERO", right.span, "expression contains division by zero")


def fold(operator: str, left: int, right: int, *, signed: bool) -> int:
    """The 64-bit result of an operator as the DIF machine computes it."""
    if not signed:
        left, right = left & (1 << 64) - 1, right & (1 << 64) - 1
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/" | "%":
            quotient = abs(left) // abs(right) * (-1 if (left < 0) != (right < 0) else 1)
            return quotient if operator == "/" else left - quotient * right
        case "&":
            return left & right
        case "|":
            return left | right
        case "^":
            return left ^ right
        case "<<":
            return left << (right & 63)
        case _:
            return left >> (right & 63)


def _points(kind: CType) -> bool:
    return isinstance(kind, PointerType | ArrayType)


def _pointer(operator: str, left: tree.Expr, right: tree.Expr) -> tree.Expr:
    """Pointer arithmetic. An array stays what it is, so that whoever asks still sees whose elements these are."""
    span = left.span.to(right.span)
    if has_no_size(left.type) or has_no_size(right.type):
        raise incompatible(operator, left, right)
    if operator == "-" and _points(left.type) and _points(right.type) and point_alike(left.type, right.type):
        size = _target_size(left.type, span)
        difference = arithmetic("-", INT64, left, right)
        return difference if size == 1 else arithmetic("/", INT64, difference, constant(INT64, span, size))
    if _points(right.type) and operator == "+":
        left, right = right, left
    if not _points(left.type) or not isinstance(right.type, IntType):
        raise incompatible(operator, left, right)
    size = _target_size(left.type, span)
    scaled = right if size == 1 else arithmetic("*", INT64, right, constant(INT64, span, size))
    return arithmetic(operator, decay(left.type), left, scaled)


def incompatible(operator: str, left: tree.Expr, right: tree.Expr) -> Problem:
    """The error for operands that do not go together."""
    return Problem(
        "D_OP_INCOMPAT",
        left.span.to(right.span),
        f'operands have incompatible types: "{left.type}" {operator} "{right.type}"',
    )


def has_no_size(kind: CType) -> bool:
    """True for a pointer to void or to a function, with which nobody can count."""
    return isinstance(kind, PointerType) and isinstance(kind.target, VoidType | FunctionType)


def _target_size(kind: CType, span: Span) -> int:
    pointer = decay(kind)
    assert isinstance(pointer, PointerType)
    target = pointer.target
    if target.size == 0:
        raise Problem("D_OP_INCOMPLETE", span, f"arithmetic on a pointer to {target}, whose size is not known here")
    return target.size


def _compare(operator: str, left: tree.Expr, right: tree.Expr) -> tree.Expr:
    span = left.span.to(right.span)
    if _is_text(left) and _is_text(right) and StringType in (type(left.type), type(right.type)):
        one, two = _constant_text(left), _constant_text(right)
        if one is not None and two is not None:
            return truth(_holds(operator, one, two), span)
        return tree.Compare(INT, span, operator, "string", left, right)
    if not _comparable(left, right):
        raise incompatible(operator, left, right)
    left, right = decayed(left), decayed(right)
    signed = isinstance(left.type, IntType) and isinstance(right.type, IntType) and common(left.type, right.type).signed
    if isinstance(left, tree.IntConst) and isinstance(right, tree.IntConst):
        mask = -1 if signed else (1 << 64) - 1
        return truth(_holds(operator, left.value & mask, right.value & mask), span)
    return tree.Compare(INT, span, operator, "signed" if signed else "unsigned", left, right)


def _is_text(value: tree.Expr) -> bool:
    """True for what may be compared with a string: text, and NULL, which as in DTrace is the empty string."""
    return is_string_like(value.type) or (isinstance(value, tree.IntConst) and value.value == 0)


def _constant_text(value: tree.Expr) -> bytes | None:
    """The text of a constant."""
    if isinstance(value, tree.IntConst) and value.value == 0:
        return b""
    return value.value if isinstance(value, tree.StrConst) else None


def _comparable(left: tree.Expr, right: tree.Expr) -> bool:
    if StringType in (type(left.type), type(right.type)):
        return False
    one_type, other_type = decay(left.type), decay(right.type)
    if isinstance(one_type, PointerType) and isinstance(other_type, PointerType):
        return point_alike(one_type, other_type)
    for one, other in ((left, right), (right, left)):
        if isinstance(decay(one.type), PointerType):
            return isinstance(other, tree.IntConst) and isinstance(other.type, IntType) and other.value == 0
    return is_scalar(one_type) and is_scalar(other_type)


def _holds(operator: str, left: int | bytes, right: int | bytes) -> bool:
    order = (left > right) - (left < right)  # type: ignore[operator]
    return {"==": order == 0, "!=": order != 0, "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[
        operator
    ]


def _logic(operator: str, left: tree.Expr, right: tree.Expr) -> tree.Expr:
    span = left.span.to(right.span)
    for side in (left, right):
        require_truth(side, f"operator {operator} requires operands")
    if isinstance(left, tree.IntConst) and isinstance(right, tree.IntConst):
        a, b = left.value != 0, right.value != 0
        return truth({"&&": a and b, "||": a or b, "^^": a != b}[operator], span)
    return tree.Logic(INT, span, operator, left, right)


def require_truth(value: tree.Expr, what: str, tag: str = "D_OP_SCALAR") -> None:
    """Raise unless the value can be tested for zero: integers and pointers; a string is neither."""
    if not is_scalar(value.type):
        raise Problem(tag, value.span, f'{what} of scalar type, not "{value.type}"')


def unary(operator: str, operand: tree.Expr, span: Span) -> tree.Expr:
    """The typed node of ``+ - ~ !``."""
    if operator == "!":
        require_truth(operand, "operator ! requires an operand")
        if isinstance(operand, tree.IntConst):
            return truth(operand.value == 0, span)
        return tree.Unary(INT, span, "!", operand)
    if not isinstance(operand.type, IntType):
        tag, wanted = ("D_OP_INT", "integral") if operator == "~" else ("D_OP_ARITH", "arithmetic")
        raise Problem(tag, span, f'operator {operator} requires an operand of {wanted} type, not "{operand.type}"')
    kind = promote(operand.type)
    if isinstance(operand, tree.IntConst):
        return constant(kind, span, {"+": operand.value, "-": -operand.value, "~": ~operand.value}[operator])
    return operand if operator == "+" else tree.Unary(kind, span, operator, operand)
