# SPDX-License-Identifier: GPL-2.0-or-later
"""Puts ministat's output together: names, plot, vital numbers, and each later set's comparison with the first.

``describe_comparison`` is what the command prints; ``probelab compare`` calls it with the samples of a run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from experiments.ministat.cfloat import describe, divide, root
from experiments.ministat.dataset import DataSet
from experiments.ministat.plot import SYMBOLS, describe_plot
from experiments.ministat.student import LEVELS, QUANTILES
from experiments.ministat.vintage import DEFAULT_VINTAGE, Vintage

MAX_SETS = len(SYMBOLS) - 1
HEADER = "    N           Min           Max        Median           Avg        Stddev\n"


@dataclass(frozen=True)
class Options:
    """What to print: ``confidence`` is one of ``LEVELS``; ``raw`` drops plot and verdicts, ``quiet`` the names."""

    confidence: float = 95.0
    width: int = 74
    plot: bool = True
    raw: bool = False
    quiet: bool = False
    separate: bool = False
    vintage: Vintage = DEFAULT_VINTAGE


@dataclass(frozen=True)
class Verdict:
    """Student's t on two sets: the difference of the averages, the half width of its interval, both also in percent."""

    proven: bool
    confidence: float
    difference: float
    error: float
    percent: float
    percent_error: float
    pooled: float


def describe_comparison(sets: Sequence[DataSet], options: Options) -> str:
    """Return everything ministat prints for one to seven sets."""
    text = "" if options.quiet else "".join(f"{SYMBOLS[i]} {item.name}\n" for i, item in enumerate(sets, start=1))
    if options.plot and not options.raw:
        text += describe_plot(sets, options.width, options.separate)
    text += "" if options.quiet else HEADER
    for number, item in enumerate(sets, start=1):
        text += describe_vitals(item, SYMBOLS[number])
        if number > 1 and not options.raw:
            text += describe_difference(item, sets[0], options)
    return text


def describe_vitals(item: DataSet, symbol: str) -> str:
    """Return the row of one set under ``HEADER``."""
    values = (item.points[0], item.points[-1], item.median, item.average, item.deviation)
    return f"{symbol} {item.n:3d} {' '.join(describe(value, '%13.8g') for value in values)}\n"


def describe_difference(item: DataSet, base: DataSet, options: Options) -> str:
    """Return Student's verdict on ``item`` against ``base`` in ministat's words."""
    verdict = judge(item, base, options)
    if not verdict.proven:
        return f"No difference proven at {verdict.confidence:.1f}% confidence\n"
    return (
        f"Difference at {verdict.confidence:.1f}% confidence\n"
        f"\t{describe(verdict.difference)} +/- {describe(verdict.error)}\n"
        f"\t{describe(verdict.percent)}% +/- {describe(verdict.percent_error)}%\n"
        f"\t(Student's t, pooled s = {describe(verdict.pooled)})\n"
    )


def judge(item: DataSet, base: DataSet, options: Options) -> Verdict:
    """Return Student's verdict on ``item`` against ``base``, both variances taken as one."""
    freedom = item.n + base.n - 2
    t = QUANTILES[freedom if freedom < len(QUANTILES) else 0][LEVELS.index(options.confidence)]
    pooled = root(((item.n - 1) * item.variance + (base.n - 1) * base.variance) / freedom)
    error = t * (pooled * root(1.0 / item.n + 1.0 / base.n))
    difference = item.average - base.average
    relative = _propagated_error(item, base, t) if options.vintage.propagated_error else error
    return Verdict(
        proven=abs(difference) > error,
        confidence=options.confidence,
        difference=difference,
        error=error,
        percent=divide(difference * 100, base.average),
        percent_error=divide(relative * 100, base.average),
        pooled=pooled,
    )


def _propagated_error(item: DataSet, base: DataSet, t: float) -> float:
    """Return the error of the ratio (times the base), counting the scatter of both sets."""
    squares = (item.n - 1) * item.variance
    squares += divide((base.n - 1) * base.variance * (item.average * item.average), base.average * base.average)
    both = item.n + base.n
    return t * root(squares * (both / (item.n * base.n * (both - 2.0))))
