# SPDX-License-Identifier: GPL-2.0-or-later
"""Segmented regression: does a thing get dearer beyond some size, and from which on?

The straight model and the one with a knee are compared by their BIC; the knee's interval holds every size at which
the model fits not significantly worse (an F test). Each fit is statsmodels'.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import statsmodels.api as sm
from scipy import stats
from scipy.optimize import minimize_scalar

from experiments.stats.settings import Settings
from experiments.stats.table import Table

STRONG = 10.0  # how much lower the BIC must be: "very strong" evidence (Kass and Raftery)
STEPS = 200
WORST_CONDITION = 1e4


@dataclass(frozen=True)
class Knee:
    """The size from which on a thing gets dearer, and its interval."""

    size: float
    low: float
    high: float

    def excess(self, counts: np.ndarray, sizes: np.ndarray | None) -> np.ndarray:
        """Return how much of each count lies beyond the knee."""
        return beyond(counts, sizes if sizes is not None else counts, self.size)


def beyond(counts: np.ndarray, sizes: np.ndarray, knee: float) -> np.ndarray:
    """Return the part of each count that exceeds the knee, call by call."""
    return counts * np.maximum(0.0, 1 - knee / sizes)


def find_knee(table: Table, setup: str, settings: Settings) -> Knee | None:
    """Return the knee of one set-up's costs over the size; None if a straight line does as well."""
    own = np.asarray(table.setups) == setup
    if table.size is None or table.sized not in table.counts:
        return None
    sizes, measured = table.size[own], table.measured[own]
    levels = np.unique(sizes)
    if len(levels) < 6:
        return None
    counts = {name: count[own] for name, count in table.counts.items() if np.ptp(count[own]) > 0}
    design = np.column_stack([np.ones(len(sizes)), *counts.values()])
    if table.sized not in counts or not _is_regular(design[:, :-1], design[:, -1]):
        return None
    weights = 1 / measured**2
    straight = sm.WLS(measured, design, weights=weights).fit()
    grid = np.asarray(
        [
            k
            for k in np.geomspace(levels[1], levels[-2], STEPS)
            if _is_regular(design, beyond(counts[table.sized], sizes, k))
        ]
    )
    if not len(grid):
        return None

    def fit(k: float) -> Any:
        return sm.WLS(measured, np.column_stack([design, beyond(counts[table.sized], sizes, k)]), weights=weights).fit()

    errors = np.asarray([fit(k).ssr for k in grid])
    near = int(errors.argmin())
    ends = (grid[max(near - 1, 0)], grid[min(near + 1, len(grid) - 1)])
    knee = float(minimize_scalar(lambda k: fit(k).ssr, bounds=ends, method="bounded").x)
    best = fit(knee)
    if straight.bic - (best.bic + np.log(len(sizes))) < STRONG:  # the knee itself is a parameter more
        return None
    limit = best.ssr * (1 + stats.f.ppf(settings.level, 1, best.df_resid - 1) / (best.df_resid - 1))
    inside = [i for i, error in enumerate(errors) if error <= limit] or [near]
    low, high = max(inside[0] - 1, 0), min(inside[-1] + 1, len(grid) - 1)  # the true ends lie within a step
    return Knee(knee, float(grid[low]), float(grid[high]))


def _is_regular(design: np.ndarray, column: np.ndarray) -> bool:
    """Tell whether a column can be told apart from the others, each brought to the same length."""
    columns = np.column_stack([design, column])
    lengths = np.linalg.norm(columns, axis=0)
    return bool(lengths.min() > 0 and np.linalg.cond(columns / lengths) < WORST_CONDITION)
