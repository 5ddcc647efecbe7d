# SPDX-License-Identifier: GPL-2.0-or-later
"""What makes a sample doubtful: equal values, outliers, a drift, too few runs. Told, never corrected or dropped."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence

import numpy as np
import statsmodels.api as sm
from scipy import stats

FEW_RUNS = 5
DRIFT_P = 0.01
OUTLIER_P = 0.01
FENCED = 12  # runs: of fewer, quartiles are too uncertain to fence by
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
    """Tell of values that do not belong to the others."""
    far = find_outliers(values)
    if not far:
        return ""
    shown = ", ".join(f"{value:.6g}" for value in sorted(far)[:5])
    return f"{len(far)} of {len(values)} values are far out ({shown}{', …' if len(far) > 5 else ''}); they are kept"


def find_outliers(values: Sequence[float]) -> list[float]:
    """Return the values beyond Tukey's outer fences; of few, those whose studentised residual is too large.

    The latter is statsmodels' outlier test with Bonferroni's correction, which keeps its level for any number of runs.
    """
    low, high = np.percentile(values, [25, 75])
    width = high - low
    if width == 0:
        return []
    if len(values) >= FENCED:
        return [value for value in values if not low - FENCE * width <= value <= high + FENCE * width]
    if len(values) < FEW_RUNS:
        return []
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        fitted = sm.OLS(np.asarray(values, float), np.ones(len(values))).fit()
        p = np.asarray(fitted.outlier_test(method="bonf"))[:, 2]
    return [value for value, chance in zip(values, p, strict=True) if chance < OUTLIER_P]


def _describe_drift(values: Sequence[float], order: Sequence[int] | None) -> str:
    """Tell of values that rise or fall with the order of the runs: Kendall's test, exact for few runs without ties."""
    if order is None or len(values) < FEW_RUNS:
        return ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rank = stats.kendalltau(order, values)
    if not rank.pvalue < DRIFT_P:
        return ""
    way = "rise" if rank.statistic > 0 else "fall"
    return f"values {way} with the order of the runs (Kendall's tau {rank.statistic:+.2f}, p {rank.pvalue:.2g})"


def describe_common_drift(samples: Sequence[tuple[Sequence[float], Sequence[int]]]) -> str:
    """Return a doubt about all samples of a plan together, empty if there is none; each comes with its runs' order.

    Values are taken relative to their sample's mean: a few runs of each of many set-ups show a drift that no one does.
    """
    parts, orders = list[float](), list[int]()
    for values, order in samples:
        mean = float(np.mean(values)) if len(values) > 1 else 0.0
        if mean:
            parts += [value / mean for value in values]
            orders += order
    text = _describe_drift(parts, orders) if len(set(parts)) > 1 else ""
    return f"all set-ups, relative to their means: {text}" if text else ""
