# SPDX-License-Identifier: GPL-2.0-or-later
"""One set of measurements and the five numbers ministat knows about it.

Sums are taken term by term in the order read: a compensated sum would differ in the last digit. Where some are not
numbers, their order and sign are what Debian's program makes of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from experiments.ministat.cfloat import add, divide, root, subtract
from experiments.ministat.errors import MinistatError
from experiments.ministat.vintage import DEFAULT_VINTAGE, Vintage


@dataclass(frozen=True)
class DataSet:
    """A named set: its points in rising order, and its moments."""

    name: str
    points: tuple[float, ...]
    average: float
    median: float
    variance: float

    @property
    def n(self) -> int:
        """Number of points."""
        return len(self.points)

    @property
    def deviation(self) -> float:
        """Standard deviation of the sample."""
        return root(self.variance)


def make_dataset(name: str, values: Iterable[float], vintage: Vintage = DEFAULT_VINTAGE) -> DataSet:
    """Return the set of ``values``; raises MinistatError if there are fewer than three."""
    read = list(values)
    if len(read) < 3:
        raise MinistatError(f"Dataset {name} must contain at least 3 data points")
    points = tuple(_merge_sorted(read) if any(map(math.isnan, read)) else sorted(read))
    total = reduce(add, read, 0.0)
    average = total / len(read)
    if vintage.two_pass_variance:
        squares = _total_of_squares(point - average for point in points)
    else:
        squares = subtract(_total_of_squares(read), total * total / len(read))
    return DataSet(name, points, average, _median(points, vintage), divide(squares, len(read) - 1.0))


def _total_of_squares(values: Iterable[float]) -> float:
    """Return the plain sum of squares, first to last."""
    return reduce(lambda total, value: add(value * value, total), values, 0.0)


def _merge_sorted(values: Sequence[float]) -> list[float]:
    """Return the values as glibc's qsort(3) leaves them, for whose comparison not-a-number equals everything."""
    if len(values) < 2:
        return list(values)
    half = len(values) // 2
    left, right = _merge_sorted(values[:half]), _merge_sorted(values[half:])
    merged, i, j = list[float](), 0, 0
    while i < len(left) and j < len(right):
        if left[i] > right[j]:
            merged.append(right[j])
            j += 1
        else:
            merged.append(left[i])
            i += 1
    return [*merged, *left[i:], *right[j:]]


def _median(points: tuple[float, ...], vintage: Vintage) -> float:
    """Return the median of sorted points as the vintage defines it."""
    middle = len(points) // 2
    if vintage.mean_median and len(points) % 2 == 0:
        return (points[middle] + points[middle - 1]) / 2
    return points[middle]
