# SPDX-License-Identifier: GPL-2.0-or-later
"""The constant parameters of lquantize and llquantize, checked and packed into one 64-bit argument.

lquantize: step in bits 63..48, number of levels in 47..32, base in 31..0. llquantize: factor, low magnitude,
high magnitude and steps per magnitude, 16 bits each from the top.
"""

from __future__ import annotations

from collections.abc import Sequence

from dscript import tree
from dscript.errors import Problem
from dscript.source import Span

_UINT16 = 0xFFFF


def pack_lquantize(values: Sequence[tree.Expr], span: Span) -> tuple[int, tuple[int, ...]]:
    """The packed argument and (base, limit, step) of ``lquantize(x, base, limit, step)``."""
    base = _int32(values[0], 1, "BASE")
    limit = _int32(values[1], 2, "LIM")
    if limit < base:
        raise Problem(
            "D_LQUANT_MISMATCH", span, "lquantize( ) base (argument #1) must be less than limit (argument #2)"
        )
    step = _step(values[2]) if len(values) > 2 else 1
    levels = (limit - base) // step
    if levels == 0:
        raise Problem(
            "D_LQUANT_STEPLARGE",
            span,
            "lquantize( ) step (argument #3) too large: must have at least one quantization level",
        )
    if levels > _UINT16:
        raise Problem(
            "D_LQUANT_STEPSMALL",
            span,
            "lquantize( ) step (argument #3) too small: number of quantization levels must be a 16-bit quantity",
        )
    return step << 48 | levels << 32 | base & 0xFFFFFFFF, (base, base + levels * step, step)


def _int32(value: tree.Expr, number: int, what: str) -> int:
    if not isinstance(value, tree.IntConst):
        raise Problem(
            f"D_LQUANT_{what}TYPE", value.span, f"lquantize( ) argument #{number} must be an integer constant"
        )
    if not -(1 << 31) <= value.value < 1 << 31:
        raise Problem(f"D_LQUANT_{what}VAL", value.span, f"lquantize( ) argument #{number} must be a 32-bit quantity")
    return value.value


def _step(value: tree.Expr) -> int:
    if not isinstance(value, tree.IntConst) or value.value <= 0:
        raise Problem(
            "D_LQUANT_STEPTYPE", value.span, "lquantize( ) argument #3 must be a non-zero positive integer constant"
        )
    if value.value > _UINT16:
        raise Problem("D_LQUANT_STEPVAL", value.span, "lquantize( ) argument #3 must be a 16-bit quantity")
    return value.value


_LLQUANT = (
    ("factor", "FACTOR"), ("low magnitude", "LOW"), ("high magnitude", "HIGH"),
    ("linear steps per magnitude", "NSTEP"),
)  # fmt: skip


def pack_llquantize(values: Sequence[tree.Expr], span: Span) -> tuple[int, tuple[int, ...]]:
    """The packed argument and (factor, low, high, steps) of ``llquantize(x, factor, low, high, steps)``."""
    shape = tuple(_uint16(v, n, *row) for n, (v, row) in enumerate(zip(values, _LLQUANT, strict=True), 1))
    factor, low, high, steps = shape
    _validate_magnitudes(factor, low, high, steps, span)
    return factor << 48 | low << 32 | high << 16 | steps, shape


def _uint16(value: tree.Expr, number: int, text: str, word: str) -> int:
    which = f"llquantize( ) argument #{number} ({text})"
    if not isinstance(value, tree.IntConst):
        raise Problem(f"D_LLQUANT_{word}TYPE", value.span, f"{which} must be an integer constant")
    if not 0 <= value.value <= _UINT16:
        raise Problem(f"D_LLQUANT_{word}VAL", value.span, f"{which} must be an unsigned 16-bit quantity")
    return value.value


def _validate_magnitudes(factor: int, low: int, high: int, steps: int, span: Span) -> None:
    if factor < 2:
        raise Problem("D_LLQUANT_FACTORSMALL", span, "llquantize( ) factor (argument #1) must be two or more")
    if low >= high:
        raise Problem(
            "D_LLQUANT_MAGRANGE",
            span,
            "llquantize( ) high magnitude (argument #3) must be greater than low magnitude (argument #2)",
        )
    if steps < factor:
        raise Problem(
            "D_LLQUANT_FACTORNSTEPS",
            span,
            "llquantize( ) factor (argument #1) must be less than or equal to the number of linear steps "
            "per magnitude (argument #4)",
        )
    power = factor
    while power < steps:
        power *= factor
    if steps % factor or power % steps:
        raise Problem(
            "D_LLQUANT_FACTOREVEN",
            span,
            "llquantize( ) factor (argument #1) must evenly divide the number of steps per magnitude (argument #4), "
            "and the number of steps per magnitude must evenly divide a power of the factor",
        )
    if factor**high >= 1 << 64:
        raise Problem(
            "D_LLQUANT_MAGTOOBIG",
            span,
            f"llquantize( ) factor ({factor}) raised to power of high magnitude ({high}) overflows 64-bits",
        )


def require_same_shape(function: str, first: tuple[int, ...], new: tuple[int, ...], span: Span) -> None:
    """Raise the error for the first parameter that differs from the earlier use's."""
    names = [text for text, _ in _LLQUANT] if function == "llquantize" else ["base", "limit", "step"]
    tags = [f"D_LLQUANT_{word}MATCH" for _, word in _LLQUANT]
    if function == "lquantize":
        tags = ["D_LQUANT_MATCHBASE", "D_LQUANT_MATCHLIM", "D_LQUANT_MATCHSTEP"]
    for number, (expected, found) in enumerate(zip(first, new, strict=True)):
        if expected != found:
            raise Problem(
                tags[number],
                span,
                f"{function}( ) {names[number]} (argument #{number + 1}) doesn't match previous declaration: "
                f"expected {expected}, found {found}",
            )
