# SPDX-License-Identifier: GPL-2.0-or-later
"""The aggregating functions of the reference interpreter.

``start(kind, arg)`` gives an empty value, ``add(kind, arg, value, number)`` the value with one number more.
Values are tuples of integers: count/sum/min/max one; avg (count, sum); stddev (count, sum, sum of squares);
quantize 127 buckets with zero in the middle; lquantize levels + 2 buckets, llquantize as many as its arguments make.
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
        case ActionKind.LLQUANTIZE:
            return (0,) * (llquantize_bucket(INT64_MAX, arg) + 1)
    raise ValueError(f"{kind.name} does not aggregate")


def add(kind: ActionKind, arg: int, value: Value, number: int, increment: int = 1) -> Value:
    """The value with one number more; the three quantizing functions count it ``increment`` times."""
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
        case ActionKind.QUANTIZE:
            bucket = quantize_bucket(number)
        case ActionKind.LQUANTIZE:
            bucket = lquantize_bucket(number, arg)
        case _:
            bucket = llquantize_bucket(number, arg)
    return (*value[:bucket], _wrap(value[bucket] + increment), *value[bucket + 1 :])


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


def llquantize_bucket(number: int, arg: int) -> int:
    """The bucket of a log-linear histogram: 0 below the low magnitude, the last one above the high one."""
    factor, low, high, steps = (arg >> shift & 0xFFFF for shift in (48, 32, 16, 0))
    limit: int = factor**low
    base = 1
    if number < limit:
        return 0
    for _ in range(low, high + 1):
        last, limit = limit, limit * factor
        buckets = min(limit, steps)
        if number < limit:
            return base + (number - last) // (limit // buckets)
        base += buckets - buckets // factor
    return base


def words(kind: ActionKind, arg: int, value: Value) -> Value:
    """The value as the 64-bit words that the kernel stores."""
    match kind:
        case ActionKind.STDDEV:
            return value[0], value[1], _wrap(value[2]), _wrap(value[2] >> 64)
        case ActionKind.LQUANTIZE | ActionKind.LLQUANTIZE:
            return (_wrap(arg), *value)
        case _:
            return value


def _wrap(number: int) -> int:
    number &= (1 << 64) - 1
    return number - (1 << 64) if number >> 63 else number
