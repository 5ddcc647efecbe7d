# SPDX-License-Identifier: GPL-2.0-or-later
"""The arithmetic of aggregating functions on the consumer's side: merging, clearing, and the number that is shown.

A value is a tuple of 64-bit words as the kernel lays them out; histograms of lquantize() and llquantize() begin with
their packed argument.
"""

from __future__ import annotations

from math import isqrt
from typing import TypeAlias

from dscript import ActionKind
from tracer.consumer.histogram import QUANTIZE_BUCKETS, divide, list_buckets, llquantize_bounds, lquantize_levels

Words: TypeAlias = tuple[int, ...]

_SIGN = 1 << 63
_MASK = (1 << 64) - 1
HISTOGRAMS = (ActionKind.QUANTIZE, ActionKind.LQUANTIZE, ActionKind.LLQUANTIZE)
_ARGUMENT_FIRST = (ActionKind.LQUANTIZE, ActionKind.LLQUANTIZE)


def wrap(value: int) -> int:
    """Returns the value as a 64-bit signed integer, as the kernel's own sums wrap."""
    return (value + _SIGN) % (1 << 64) - _SIGN


def merge(function: ActionKind, old: Words, new: Words) -> Words:
    """Combines two values of one key."""
    match function:
        case ActionKind.MIN:
            return (min(old[0], new[0]),)
        case ActionKind.MAX:
            return (max(old[0], new[0]),)
        case ActionKind.LQUANTIZE | ActionKind.LLQUANTIZE:
            return (old[0], *(wrap(a + b) for a, b in zip(old[1:], new[1:], strict=True)))
        case ActionKind.STDDEV:
            low = (old[2] & _MASK) + (new[2] & _MASK)
            return (old[0] + new[0], wrap(old[1] + new[1]), wrap(low), wrap(old[3] + new[3] + (low >> 64)))
        case _:
            return tuple(wrap(a + b) for a, b in zip(old, new, strict=True))


def clear(function: ActionKind, words: Words) -> Words:
    """Returns the value of a key after clear(): nothing but a histogram's argument is kept."""
    kept = 1 if function in _ARGUMENT_FIRST else 0
    return words[:kept] + (0,) * (len(words) - kept)


def nothing(function: ActionKind, arg: int = 0) -> Words:
    """Returns the value of a key for which nothing was aggregated; ``arg`` is the function's packed argument."""
    match function:
        case ActionKind.AVG:
            return (0,) * 2
        case ActionKind.STDDEV:
            return (0,) * 4
        case ActionKind.QUANTIZE:
            return (0,) * QUANTIZE_BUCKETS
        case ActionKind.LQUANTIZE:
            return (arg,) + (0,) * (lquantize_levels(arg)[2] + 2)
        case ActionKind.LLQUANTIZE:
            return (arg,) + (0,) * (len(llquantize_bounds(arg)) + 1)
        case _:
            return (0,)


def deviation(words: Words, normal: int = 1) -> int:
    """Returns the standard deviation from a count, a sum and the 128 bits of a sum of squares, cut as dtrace does."""
    count, total, low, high = words
    if not count:
        return 0
    squares = (high & _MASK) << 64 | low & _MASK
    mean = divide(divide(total, normal), count)
    return isqrt(max(0, squares // abs(normal) // abs(normal) // count - mean**2))


def scalar(function: ActionKind, words: Words, normal: int = 1) -> int:
    """Returns the number that is printed for a function that gives one."""
    match function:
        case ActionKind.AVG:
            return divide(divide(words[1], normal), words[0]) if words[0] else 0
        case ActionKind.STDDEV:
            return deviation(words, normal)
        case _:
            return divide(words[0], normal)


def weight(function: ActionKind, words: Words) -> tuple[int, int]:
    """Returns what values are sorted by: the number, or a histogram's weighted sum and its count at zero."""
    if function not in HISTOGRAMS:
        return scalar(function, words), 0
    buckets = list_buckets(function, words)
    zero = next((row.count for row in buckets if row.value == 0), 0)
    return sum(row.value * row.count for row in buckets), zero
