# SPDX-License-Identifier: GPL-2.0-or-later
"""What so many runs can show, and how many runs a difference needs: the power of a two-sample t test (statsmodels).

Differences are in the measurement's own unit; the two standard deviations are averaged as variances.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np
from scipy.optimize import brentq
from statsmodels.stats.power import TTestIndPower

from experiments.stats.settings import Settings

MOST_RUNS = 1_000_000
_LARGEST = 1e3  # standard deviations


def pool(item: Sequence[float], base: Sequence[float]) -> float:
    """Return the standard deviation that stands for both samples."""
    return sqrt((np.var(item, ddof=1) + np.var(base, ddof=1)) / 2)


def find_power(effect: float, runs: int, settings: Settings, others: int | None = None) -> float:
    """Return the chance that a difference of ``effect`` standard deviations is shown by so many runs of each."""
    found = TTestIndPower().power(effect, runs, settings.alpha, ratio=(others or runs) / runs)
    return float(found) if np.isfinite(found) else 1.0  # the noncentral t gives out where it is certain


def find_smallest(item: Sequence[float], base: Sequence[float], settings: Settings) -> float | None:
    """Return the smallest true difference that runs like these show with the power asked for; None without variance."""
    scale = pool(item, base) if min(len(item), len(base)) > 1 else 0.0
    if scale == 0:
        return None

    def lack(effect: float) -> float:
        return find_power(effect, len(base), settings, len(item)) - settings.power

    high = 1.0
    while lack(high) < 0 and high < _LARGEST:
        high *= 2
    return float(brentq(lack, 1e-9, high)) * scale


def find_runs(difference: float, scale: float, settings: Settings) -> int | None:
    """Return how many runs of each set-up show a difference with the power asked for; None if more than a million."""
    if scale == 0:
        return 2
    if difference == 0:
        return None
    effect = abs(difference) / scale
    high = 2
    while find_power(effect, high, settings) < settings.power:
        high *= 2
        if high > MOST_RUNS:
            return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        if find_power(effect, middle, settings) < settings.power:
            low = middle
        else:
            high = middle
    return max(high, 2)
