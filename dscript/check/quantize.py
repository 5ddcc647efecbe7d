# SPDX-License-Identifier: GPL-2.0-or-later
"""The constant parameters of lquantize and llquantize, checked and packed into one 64-bit argument.

lquantize: step in bits 63..48, number of levels in 47..32, base in 31..0. llquantize: factor, low magnitude,
high magnitude and steps per magnitude, 16 bits each from the top.
"""

from __future__ import annotations

from collections.abc import Sequence

from dscript import tree
from dscript.ctype import IntType
from dscript.errors import Problem
from dscript.source import Span

_UINT16 = 0xFFFF


def pack_lquantize(values: Sequence[tree.Expr], span: Span) -> tuple[int, tuple[int, ...]]:
    """The packed argument and (base, limit, step) of ``lquantize(x, base, limit, step)``."""
    base = _constant(values[0], "lquantize", 2, "lower bound", "D_LQUANT_BASETYPE")
    limit = _constant(values[1], "lquantize", 3, "upper bound", "D_LQUANT_LIMTYPE")
    step = _constant(values[2], "lquantize", 4, "step value", "D_LQUANT_STEPTYPE") if len(values) > 2 else 1
    for value, tag, number, what in ((base, "D_LQUANT_BASEVAL", 2, "lower"), (limit, "D_LQUANT_LIMVAL", 3, "upper")):
        if not -(1 << 31) <= value < 1 << 31:
            raise Problem(tag, span, f"lquantize( ) argument #{number} ({what} bound) {value} does not fit 32 bits")
    if limit <= base:
        raise Problem(
            "D_LQUANT_MISMATCH", span, f"lquantize( ) lower bound {base} must be less than upper bound {limit}"
        )
    if not 0 < step <= _UINT16:
        raise Problem("D_LQUANT_STEPVAL", span, f"lquantize( ) step value {step} must be between 1 and {_UINT16}")
    levels = (limit - base) // step
    if levels == 0:
        raise Problem("D_LQUANT_STEPLARGE", span, f"lquantize( ) step value {step} exceeds the range {base} … {limit}")
    if levels > _UINT16:
        raise Problem("D_LQUANT_STEPSMALL", span, f"lquantize( ) step value {step} is too small: {levels} levels")
    return step << 48 | levels << 32 | base & 0xFFFFFFFF, (base, limit, step)


def pack_llquantize(values: Sequence[tree.Expr], span: Span) -> tuple[int, tuple[int, ...]]:
    """The packed argument and (factor, low, high, steps) of ``llquantize(x, factor, low, high, steps)``."""
    names = ("FACTOR", "LOW", "HIGH", "NSTEP")
    shape = []
    for number, (value, name) in enumerate(zip(values, names, strict=True), 2):
        constant = _constant(value, "llquantize", number, name.lower(), f"D_LLQUANT_{name}TYPE")
        if not 0 <= constant <= _UINT16:
            raise Problem(
                f"D_LLQUANT_{name}VAL",
                span,
                f"llquantize( ) argument #{number} {constant} must be between 0 and {_UINT16}",
            )
        shape.append(constant)
    factor, low, high, steps = shape
    if factor < 2:
        raise Problem("D_LLQUANT_FACTORSMALL", span, f"llquantize( ) factor {factor} must be 2 or more")
    if high < low:
        raise Problem(
            "D_LLQUANT_MAGRANGE", span, f"llquantize( ) high magnitude {high} is below the low magnitude {low}"
        )
    if factor ** (high + 1) >= 1 << 64:
        raise Problem(
            "D_LLQUANT_MAGTOOBIG", span, f"llquantize( ) {factor} to the power {high + 1} does not fit 64 bits"
        )
    if steps < factor:
        raise Problem("D_LLQUANT_FACTORNSTEPS", span, f"llquantize( ) {steps} steps are fewer than the factor {factor}")
    if steps % factor or ((factor ** (low + 1)) % steps and steps > factor ** (low + 1)):
        raise Problem(
            "D_LLQUANT_FACTOREVEN", span, f"llquantize( ) factor {factor} must divide the {steps} steps evenly"
        )
    return factor << 48 | low << 32 | high << 16 | steps, tuple(shape)


def _constant(value: tree.Expr, function: str, number: int, what: str, tag: str) -> int:
    if not isinstance(value, tree.IntConst) or not isinstance(value.type, IntType):
        raise Problem(tag, value.span, f"{function}( ) argument #{number} ({what}) must be an integer constant")
    return value.value
