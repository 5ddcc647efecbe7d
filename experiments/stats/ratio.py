# SPDX-License-Identifier: GPL-2.0-or-later
"""The ratio of two means with its bootstrap interval: what "so much slower" means, without assuming a distribution.

The interval is Efron's BCa (bias-corrected and accelerated), as SciPy computes it.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from experiments.stats.settings import Settings


@dataclass(frozen=True)
class Interval:
    """An estimate and the ends of its interval."""

    estimate: float
    low: float
    high: float


def find_ratio(item: Sequence[float], base: Sequence[float], settings: Settings) -> Interval | None:
    """Return the ratio of the means and its BCa interval.

    None where a ratio makes no sense (the base is not positive) or no interval can be had (no variance at all).
    """
    a, b = np.asarray(item, float), np.asarray(base, float)
    if min(len(a), len(b)) < 2 or b.min() <= 0 or (np.ptp(a) == 0 and np.ptp(b) == 0):
        return None
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        result = stats.bootstrap(
            (a, b),
            lambda x, y, axis: x.mean(axis=axis) / y.mean(axis=axis),
            n_resamples=settings.resamples,
            confidence_level=settings.level,
            method="BCa",
            vectorized=True,
            rng=np.random.default_rng(settings.seed),
        )
    low, high = map(float, result.confidence_interval)
    if not np.isfinite([low, high]).all():
        return None
    return Interval(float(a.mean() / b.mean()), low, high)
