# SPDX-License-Identifier: GPL-2.0-or-later
"""The aggregating functions of the reference interpreter.

``start(kind, arg)`` gives an empty value, ``add(kind, arg, value, number)`` the value with one number more.
Values are tuples of integers: count/sum/min/max one; avg (count, sum); stddev (count, sum, sum of squares);
quantize 127 buckets with zero in the middle; lquantize levels + 2 buckets.
"""

from __future__ import annotations

from dscript.program import ActionKind

INT64_MAX = (1 << 63) - 1
ZERO_BUCKET = 63
_SINGLE = {ActionKind.COUNT: 0, ActionKind.SUM: 0, ActionKind.MIN: INT64_MAX, ActionKind.MAX: -INT64_MAX - 1}

Value = tuple[int, ...]


def start(kind: ActionKind, arg: int) -> Value:
    """The value before any number."""
    if kind in _SINGLE:
        return (_SINGLE[kind],)
    match kind:
        case ActionKind.AVG:
            return (0, 0)
        case ActionKind.STDDEV:
            return (0, 0, 0)
        case ActionKind.QUANTIZE:
            return (0,) * 127
        case ActionKind.LQUANTIZE:
            return (0,) * ((arg >> 32 & 0xFFFF) + 2)
    raise ValueError(f"no reference implementation of {kind.name}")


def add(kind: ActionKind, arg: int, value: Value, number: int) -> Value:
    """The value with one number more."""
    match kind:
        case ActionKind.COUNT:
            return (value[0] + 1,)
        case ActionKind.SUM:
            return (_wrap(value[0] + number),)
        case ActionKind.MIN:
            return (min(value[0], number),)
        case ActionKind.MAX:
            return (max(value[0], number),)
        case ActionKind.AVG:
            return value[0] + 1, _wrap(value[1] + number)
        case ActionKind.STDDEV:
            return value[0] + 1, _wrap(value[1] + number), (value[2] + number * number) % (1 << 128)
    bucket = quantize_bucket(number) if kind == ActionKind.QUANTIZE else lquantize_bucket(number, arg)
    return (*value[:bucket], value[bucket] + 1, *value[bucket + 1 :])


def quantize_bucket(number: int) -> int:
    """The bucket of a power-of-two histogram by magnitude, 63 for zero: 5 counts in row 4, -5 in row -4."""
    if number >= 0:
        return ZERO_BUCKET + number.bit_length()
    return max(ZERO_BUCKET - number.bit_length(), 0)


def lquantize_bucket(number: int, arg: int) -> int:
    """The bucket of a linear histogram: 0 below the base, the last one from the limit on."""
    step, levels = arg >> 48 & 0xFFFF, arg >> 32 & 0xFFFF
    base = (arg & 0xFFFFFFFF) - ((arg & 0x80000000) << 1)
    return 0 if number < base else min((number - base) // step, levels) + 1


def _wrap(number: int) -> int:
    number &= (1 << 64) - 1
    return number - (1 << 64) if number >> 63 else number
