# SPDX-License-Identifier: GPL-2.0-or-later
"""One set of measurements and the five numbers ministat knows about it.

Sums are taken term by term in the order read: a compensated sum would differ in the last digit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from experiments.ministat.cfloat import divide, root
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
    points = tuple(sorted(read))
    total = _total(read)
    average = total / len(read)
    if vintage.two_pass_variance:
        squares = _total((point - average) * (point - average) for point in points)
    else:
        squares = _total(value * value for value in read) - total * total / len(read)
    return DataSet(name, points, average, _median(points, vintage), divide(squares, len(read) - 1.0))


def _total(values: Iterable[float]) -> float:
    """Return the plain sum, first to last."""
    total = 0.0
    for value in values:
        total += value
    return total


def _median(points: tuple[float, ...], vintage: Vintage) -> float:
    """Return the median of sorted points as the vintage defines it."""
    middle = len(points) // 2
    if vintage.mean_median and len(points) % 2 == 0:
        return (points[middle] + points[middle - 1]) / 2
    return points[middle]
