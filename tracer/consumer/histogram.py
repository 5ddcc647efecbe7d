# SPDX-License-Identifier: GPL-2.0-or-later
"""quantize(), lquantize() and llquantize(): their buckets, and how dtrace draws them.

``list_rows(function, words)`` gives the rows to show: those with data and an empty one either side. ``draw`` makes
the table, with bars of up to 40 ``@``; ``Scale`` is what the bars are measured by.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dscript import ActionKind

QUANTIZE_BUCKETS = 127
ZERO_BUCKET = 63
_BAR = 40
_ZOOM = 0.95  # with aggzoom the highest bar takes this much of the width
_TITLE = "------------- Distribution -------------"
_MASK = 0xFFFF


@dataclass(frozen=True)
class Row:
    """A bucket: its label, its count, and the value it stands for when aggregations are sorted."""

    label: str
    count: int
    value: int


@dataclass(frozen=True)
class Scale:
    """What bars are measured by: the total (or the highest count when zoomed), and which signs occur."""

    total: float
    positives: bool
    negatives: bool

    @classmethod
    def of(cls, counts: Iterable[int], *, zoom: bool = False) -> Scale:
        """Returns the scale of all counts of one picture."""
        counts = list(counts)
        sizes = [abs(count) for count in counts]
        total = max(sizes, default=0) / _ZOOM if zoom else sum(sizes)
        return cls(total, any(count > 0 for count in counts), any(count < 0 for count in counts))


def quantize_value(bucket: int) -> int:
    """Returns the least magnitude counted in a quantize() bucket: …, -2, -1, 0, 1, 2, 4, …"""
    if bucket == ZERO_BUCKET:
        return 0
    if bucket > ZERO_BUCKET:
        return 1 << bucket - ZERO_BUCKET - 1
    return -(1 << ZERO_BUCKET - 1 - bucket)


def lquantize_levels(arg: int) -> tuple[int, int, int]:
    """Unpacks lquantize()'s packed argument into (base, step, levels)."""
    base = arg & 0xFFFFFFFF
    return base - (1 << 32 if base >> 31 else 0), arg >> 48 & _MASK, arg >> 32 & _MASK


def llquantize_levels(arg: int) -> tuple[int, int, int, int]:
    """Unpacks llquantize()'s packed argument into (factor, low, high, steps)."""
    return arg >> 48 & _MASK, arg >> 32 & _MASK, arg >> 16 & _MASK, arg & _MASK


def _linear_rows(words: Sequence[int]) -> list[Row]:
    base, step, levels = lquantize_levels(words[0])
    top = base + levels * step
    labels = [f"< {base}", *(str(base + level * step) for level in range(levels)), f">= {top}"]
    values = [base - 1, *(base + level * step for level in range(levels)), top + 1]
    return [Row(*row) for row in zip(labels, words[1:], values, strict=False)]


def llquantize_bounds(arg: int) -> list[int]:
    """Returns the lower bounds of the buckets between the under- and the overflow bucket, and the overflow's."""
    factor, low, high, steps = llquantize_levels(arg)
    bounds = []
    value = factor**low
    for _ in range(low, high + 1):
        following = value * factor
        step = following // steps if following > steps else 1
        while value < following:
            bounds.append(value)
            value += step
        value = following
    return [*bounds, value]


def _log_linear_rows(words: Sequence[int]) -> list[Row]:
    bounds = llquantize_bounds(words[0])
    labels = [f"< {bounds[0]}", *map(str, bounds[:-1]), f">= {bounds[-1]}"]
    return [Row(*row) for row in zip(labels, words[1:], [bounds[0] - 1, *bounds], strict=False)]


def list_buckets(function: ActionKind, words: Sequence[int]) -> list[Row]:
    """Returns every bucket of a histogram's value."""
    match function:
        case ActionKind.LQUANTIZE:
            return _linear_rows(words)
        case ActionKind.LLQUANTIZE:
            return _log_linear_rows(words)
        case _:
            values = [quantize_value(index) for index in range(len(words))]
            return [Row(str(value), count, value) for value, count in zip(values, words, strict=True)]


_EMPTY_ROWS = {
    ActionKind.QUANTIZE: (ZERO_BUCKET - 1, ZERO_BUCKET + 1),
    ActionKind.LQUANTIZE: (0, 2),
    ActionKind.LLQUANTIZE: (0, 1),
}


def list_rows(function: ActionKind, words: Sequence[int]) -> list[Row]:
    """Returns the rows to show: those with data and one more either side; a few if there is no data."""
    rows = list_buckets(function, words)
    used = [index for index, row in enumerate(rows) if row.count]
    first, last = (used[0] - 1, used[-1] + 1) if used else _EMPTY_ROWS[function]
    return rows[max(first, 0) : last + 1]


def divide(value: int, normal: int) -> int:
    """Divides towards zero, as C does."""
    quotient = abs(value) // abs(normal)
    return quotient if (value < 0) == (normal < 0) else -quotient


def _depth(count: int, scale: Scale, length: int) -> int:
    """Returns a bar's length in characters, rounded to the nearest."""
    return min(length, int(abs(count) * length / scale.total + 0.5)) if scale.total else 0


def _draw_blocks(count: int, scale: Scale) -> str:
    """Returns a bar of block characters, exact to an eighth of a column (encoding=utf8)."""
    whole, eighths = divmod(int(abs(count) * _BAR * 8 / scale.total) if scale.total else 0, 8)
    return "\u2588" * whole + (chr(0x2590 - eighths) if eighths else "")


def draw_line(count: int, scale: Scale, normal: int = 1, *, blocks: bool = False) -> str:
    """Returns a row's bar and count: to the right, to the left, or from a centre line when both signs occur."""
    if not scale.negatives:
        ats = _draw_blocks(count, scale) if blocks else "@" * _depth(count, scale, _BAR)
        bar = f"|{ats:<{_BAR}}"
    elif not scale.positives:
        bar = f"{'@' * _depth(count, scale, _BAR):>{_BAR}}|"
    else:
        half = _BAR // 2
        ats = "@" * _depth(count, scale, half)
        bar = f"{ats:>{half}}|{'':{half}}" if count <= 0 else f"{'':{half}}|{ats:<{half}}"
    return f"{bar} {divide(count, normal):<9}\n"


def draw_heading(width: int = 0) -> str:
    """Returns the line above a table; with a width the first column is ``key``."""
    return f"\n{'key' if width else 'value':>{width or 16}} {_TITLE:>41} {'count':<9}\n"


def describe_histogram(
    function: ActionKind, words: Sequence[int], *, normal: int = 1, zoom: bool = False, blocks: bool = False
) -> str:
    """Returns the whole picture of a histogram."""
    rows = list_rows(function, words)
    scale = Scale.of((row.count for row in rows), zoom=zoom)
    lines = (f"{row.label:>16} {draw_line(row.count, scale, normal, blocks=blocks)}" for row in rows)
    return draw_heading() + "".join(lines)
