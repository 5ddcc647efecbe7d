# SPDX-License-Identifier: GPL-2.0-or-later
"""quantize() and lquantize() as dtrace draws them: a row per bucket, bars of up to 40 ``@``, one empty row either side.

``describe_quantize(buckets)`` and ``describe_lquantize(arg, buckets)`` return the text that follows the keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

QUANTIZE_BUCKETS = 127
ZERO_BUCKET = 63
_BAR = 40


def quantize_value(bucket: int) -> int:
    """Returns the least magnitude counted in a quantize() bucket: …, -2, -1, 0, 1, 2, 4, …"""
    if bucket == ZERO_BUCKET:
        return 0
    if bucket > ZERO_BUCKET:
        return 1 << bucket - ZERO_BUCKET - 1
    return -(1 << ZERO_BUCKET - 1 - bucket)


def _depth(value: int, total: int, length: int) -> int:
    """Returns a bar's length in characters, rounded to the nearest."""
    return (2 * abs(value) * length + total) // (2 * total) if total else 0


def _bar(value: int, total: int, signs: tuple[bool, bool]) -> str:
    """Draws one row's bar: to the right, to the left, or both from a centre line when both signs occur."""
    match signs:
        case (True, True):
            half = _BAR // 2
            ats = "@" * _depth(value, total, half)
            return f"{ats:>{half}}|{'':{half}}" if value <= 0 else f"{'':{half}}|{ats:<{half}}"
        case (False, True):
            return f"{'@' * _depth(value, total, _BAR):>{_BAR}}|"
        case _:
            return f"|{'@' * _depth(value, total, _BAR):<{_BAR}}"


def _table(labels: Iterable[str], values: Sequence[int]) -> str:
    total = sum(abs(value) for value in values)
    signs = (any(value > 0 for value in values), any(value < 0 for value in values))
    lines = [f"\n{'value':>16} {'------------- Distribution -------------':>41} {'count':<9}\n"]
    for label, value in zip(labels, values, strict=True):
        lines.append(f"{label:>16} {_bar(value, total, signs)} {value:<9}\n")
    return "".join(lines)


def _shown(buckets: Sequence[int], empty: tuple[int, int]) -> tuple[int, int]:
    """Returns the first and last row: those with data and one more either side; ``empty`` if there is none."""
    used = [index for index, value in enumerate(buckets) if value]
    if not used:
        return empty
    return max(used[0] - 1, 0), min(used[-1] + 1, len(buckets) - 1)


def describe_quantize(buckets: Sequence[int]) -> str:
    """Returns the power-of-two histogram of 127 buckets."""
    first, last = _shown(buckets, (ZERO_BUCKET - 1, ZERO_BUCKET + 1))
    rows = range(first, last + 1)
    return _table([str(quantize_value(row)) for row in rows], buckets[first : last + 1])


def lquantize_levels(arg: int) -> tuple[int, int, int]:
    """Unpacks lquantize()'s packed argument into (base, step, levels)."""
    base = arg & 0xFFFFFFFF
    return base - (1 << 32 if base >> 31 else 0), arg >> 48 & 0xFFFF, arg >> 32 & 0xFFFF


def describe_lquantize(arg: int, buckets: Sequence[int]) -> str:
    """Returns the linear histogram: underflow, ``levels`` steps from ``base``, overflow."""
    base, step, levels = lquantize_levels(arg)
    labels = [f"< {base}", *(str(base + level * step) for level in range(levels)), f">= {base + levels * step}"]
    first, last = _shown(buckets, (0, min(2, levels + 1)))
    return _table(labels[first : last + 1], buckets[first : last + 1])
