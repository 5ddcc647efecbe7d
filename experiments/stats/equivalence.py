# SPDX-License-Identifier: GPL-2.0-or-later
"""Is the difference smaller than a margin? Two one-sided tests (TOST): "no difference" is a claim to be proven.

The margin is a percentage of the base's mean, whose own scatter counts: each side is Welch's one-sided test of one
mean against the other times (1 ± margin).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
from scipy import stats

from experiments.stats.settings import Settings


class Verdict(StrEnum):
    """What the samples prove about a margin."""

    EQUIVALENT = "equivalent"
    DIFFERENT = "different"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True)
class Equivalence:
    """The verdict on a margin (percent of the base's mean); ``p`` is that of equivalence."""

    margin: float
    verdict: Verdict
    p: float


def judge_equivalence(item: Sequence[float], base: Sequence[float], settings: Settings) -> Equivalence | None:
    """Return whether the means are equivalent within the margin, differ by more, or neither is proven.

    None if a sample has fewer than two values or no variance, or if the base's mean is not positive.
    """
    a, b = np.asarray(item, float), np.asarray(base, float)
    if min(len(a), len(b)) < 2 or np.ptp(a) == 0 or np.ptp(b) == 0 or b.mean() <= 0:
        return None
    most, least = b * (1 + settings.margin / 100), b * (1 - settings.margin / 100)
    below = _one_sided(a, most, "less")
    above = _one_sided(a, least, "greater")
    p = max(below, above)
    if p < settings.alpha:
        verdict = Verdict.EQUIVALENT
    elif _one_sided(a, most, "greater") < settings.alpha / 2 or _one_sided(a, least, "less") < settings.alpha / 2:
        verdict = Verdict.DIFFERENT
    else:
        verdict = Verdict.INCONCLUSIVE
    return Equivalence(settings.margin, verdict, p)


def _one_sided(a: np.ndarray, b: np.ndarray, alternative: Literal["less", "greater"]) -> float:
    """Return Welch's one-sided p."""
    return float(stats.ttest_ind(a, b, equal_var=False, alternative=alternative).pvalue)
