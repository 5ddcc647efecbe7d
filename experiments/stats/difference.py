# SPDX-License-Identifier: GPL-2.0-or-later
"""The difference of two means: Welch's interval and p, and a p that assumes no distribution.

The latter is Mann and Whitney's where all values differ, and a permutation test of the means where some are equal,
because the exact distribution of the ranks holds without ties only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from experiments.stats.settings import Settings


@dataclass(frozen=True)
class Difference:
    """The mean of the second sample taken from that of the first, with its interval, and two p values by method."""

    estimate: float
    low: float
    high: float
    p: float
    rank_p: float
    rank_method: str


def find_difference(item: Sequence[float], base: Sequence[float], settings: Settings) -> Difference | None:
    """Return the difference of the means; None if a sample has fewer than two values or no variance."""
    if min(len(item), len(base)) < 2 or len(set(item)) == 1 or len(set(base)) == 1:
        return None
    a, b = np.asarray(item, float), np.asarray(base, float)
    welch = stats.ttest_ind(a, b, equal_var=False)
    interval = welch.confidence_interval(settings.level)
    method, p = _rank_test(a, b, settings)
    estimate = float(a.mean() - b.mean())
    return Difference(estimate, float(interval.low), float(interval.high), float(welch.pvalue), p, method)


def _rank_test(a: np.ndarray, b: np.ndarray, settings: Settings) -> tuple[str, float]:
    """Return the name and the p of the test that assumes no distribution."""
    both = np.concatenate([a, b])
    if len(np.unique(both)) == len(both):
        return "Mann-Whitney", float(stats.mannwhitneyu(a, b).pvalue)
    test = stats.permutation_test(
        (a, b),
        lambda x, y, axis: x.mean(axis=axis) - y.mean(axis=axis),
        vectorized=True,
        n_resamples=settings.resamples,
        rng=np.random.default_rng(settings.seed),
    )
    return "permutation", float(test.pvalue)
