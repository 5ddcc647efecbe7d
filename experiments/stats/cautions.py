# SPDX-License-Identifier: GPL-2.0-or-later
"""What makes a sample doubtful: equal values, outliers, a drift, too few runs. Told, never corrected or dropped."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy import stats

FEW_RUNS = 5
DRIFT_P = 0.01
FENCE = 3.0  # quartile distances beyond the quartiles: Tukey's outer fence
TIED = 0.5


def list_cautions(name: str, values: Sequence[float], order: Sequence[int] | None = None) -> list[str]:
    """Return one line for each doubt about a sample; ``order`` tells when each run was made."""
    if len(values) < 2:
        return [f"{name}: one run says nothing about scatter"]
    if len(set(values)) == 1:
        return [f"{name}: all {len(values)} values are identical ({values[0]:g}): no variance, so no p value"]
    found = [_describe_few(values), _describe_ties(values), _describe_outliers(values), _describe_drift(values, order)]
    return [f"{name}: {text}" for text in found if text]


def _describe_few(values: Sequence[float]) -> str:
    """Tell of too few runs."""
    if len(values) >= FEW_RUNS:
        return ""
    return f"{len(values)} runs are few; bootstrap intervals of so few come out too narrow"


def _describe_ties(values: Sequence[float]) -> str:
    """Tell of values that occur more than once, as a coarse clock makes them."""
    tied = sum(count for count in Counter(values).values() if count > 1)
    if tied < TIED * len(values):
        return ""
    distinct = np.unique(values)
    step = float(np.diff(distinct).min())
    return f"{tied} of {len(values)} values are ties (least step {step:.3g}): the clock is coarse for this scatter"


def _describe_outliers(values: Sequence[float]) -> str:
    """Tell of values beyond Tukey's outer fences."""
    low, high = np.percentile(values, [25, 75])
    width = high - low
    far = [value for value in values if not low - FENCE * width <= value <= high + FENCE * width]
    if not far or width == 0:
        return ""
    shown = ", ".join(f"{value:.6g}" for value in sorted(far)[:5])
    return f"{len(far)} of {len(values)} values are far out ({shown}{', …' if len(far) > 5 else ''}); they are kept"


def _describe_drift(values: Sequence[float], order: Sequence[int] | None) -> str:
    """Tell of values that rise or fall with the order of the runs."""
    if order is None or len(values) < FEW_RUNS:
        return ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rank = stats.spearmanr(order, values)
    if not rank.pvalue < DRIFT_P:
        return ""
    way = "rise" if rank.statistic > 0 else "fall"
    return f"values {way} with the order of the runs (Spearman's rho {rank.statistic:+.2f}, p {rank.pvalue:.2g})"
