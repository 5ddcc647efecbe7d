# SPDX-License-Identifier: GPL-2.0-or-later
"""ministat's picture: points of all sets stacked over one axis, and below them a bar of mean, median and deviation.

The original's habits are part of the format: the picture is as tall as the *last* set needs (so a shorter last set
cuts the top off an earlier one), sets drawn over each other combine their numbers by OR, and without ``separate``
all sets share one bar, later letters winning.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import groupby

from experiments.ministat.cfloat import divide, truncate
from experiments.ministat.dataset import DataSet

SYMBOLS = " x+*%#@O"
NO_SPAN = "[no plot, span is zero width]\n"


def describe_plot(sets: Sequence[DataSet], width: int, separate: bool = False) -> str:
    """Return the picture of the sets, ``width`` columns between the frame, each line ended."""
    axis = Axis(sets, width)
    if axis.span == 0:
        return NO_SPAN
    frame = f"+{'-' * width}+"
    lines = [frame, *_point_rows(sets, axis), *_bars(sets, axis, separate), frame]
    return "\n".join(lines) + "\n"


class Axis:
    """The horizontal scale: from value to column."""

    def __init__(self, sets: Iterable[DataSet], width: int) -> None:
        low, high = math.inf, -math.inf
        for item in sets:
            for value in (
                item.points[0],
                item.points[-1],
                item.average - item.deviation,
                item.average + item.deviation,
            ):
                low = value if value < low else low  # a comparison with not-a-number keeps the old end
                high = value if value > high else high
        self.width = width
        self.span = high - low
        self.step = divide(self.span, width - 1.0)
        self.origin = low - 0.5 * self.step

    def column(self, value: float) -> int:
        """Return the column of ``value``; outside the picture when the arithmetic gives out."""
        return truncate(divide(value - self.origin, self.step))


def _point_rows(sets: Sequence[DataSet], axis: Axis) -> list[str]:
    """Return the framed rows of points, top first."""
    cells = bytearray()
    height = 0
    for number, item in enumerate(sets, start=1):
        stacks = [(column, len(list(run))) for column, run in groupby(item.points, axis.column)]
        height = max(count for _, count in stacks)
        size = height * axis.width
        cells = cells[:size] + bytes(max(0, size - len(cells)))
        for column, count in stacks:
            for row in range(count):
                index = row * axis.width + column
                if 0 <= index < size:
                    cells[index] |= number
    rows = (cells[row * axis.width : (row + 1) * axis.width] for row in reversed(range(height)))
    return [f"|{''.join(SYMBOLS[cell] for cell in row)}|" for row in rows]


def _bars(sets: Sequence[DataSet], axis: Axis, separate: bool) -> list[str]:
    """Return the framed bars: one for each set, or one for all."""
    if separate:
        return [f"|{_bar([item], axis)}|" for item in sets]
    return [f"|{_bar(sets, axis)}|"]


def _bar(sets: Sequence[DataSet], axis: Axis) -> str:
    """Return one bar with the marks of ``sets`` drawn in turn."""
    cells = [" "] * axis.width

    def put(column: int, mark: str) -> None:
        if 0 <= column < axis.width:
            cells[column] = mark

    for item in sets:
        if not math.isnan(item.deviation):
            left = axis.column(item.average - item.deviation)
            right = axis.column(item.average + item.deviation)
            put(right, "|")
            put(left, "|")
            for column in range(max(left + 1, 0), min(right, axis.width)):
                if cells[column] == " ":
                    cells[column] = "_"
        put(axis.column(item.median), "M")
        put(axis.column(item.average), "A")
    return "".join(cells)
