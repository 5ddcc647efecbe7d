# SPDX-License-Identifier: GPL-2.0-or-later
"""What a call, a byte, a firing costs: weighted least squares over a sweep (statsmodels), all set-ups in one model.

Every set-up has a fixed cost and a slope for each counted thing. A difference between set-ups is a contrast in that
model, with its interval. Weights are the inverse square of each cell's mean (scatter is taken as relative), and the
intervals are robust to that being wrong (HC3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import statsmodels.api as sm

from experiments.stats.segments import Knee, find_knee
from experiments.stats.settings import Settings
from experiments.stats.table import Table

FIXED = "run"
EXACT = 1e-12  # relative differences up to this are rounding


@dataclass(frozen=True)
class Cost:
    """What one ``thing`` costs a set-up (more than it costs ``base``, if there is one), with its interval."""

    setup: str
    thing: str
    estimate: float
    low: float
    high: float
    base: str = ""

    @property
    def shown(self) -> bool:
        """True if the interval leaves zero out."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class CostModel:
    """The costs of all set-ups, and what each script adds; ``misfit`` is the median relative error in percent."""

    costs: tuple[Cost, ...]
    added: tuple[Cost, ...]
    misfit: float
    n: int
    knee: Knee | None = None
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def fit_costs(table: Table, settings: Settings) -> CostModel | None:
    """Return the costs; None if there are too few rows, nothing that varies, or no scatter to judge by."""
    names = list(dict.fromkeys(table.setups))
    knee = find_knee(table, names[0], settings) if table.size is not None else None
    counts = dict(table.counts)
    if knee is not None:
        counts[f"{table.sized} beyond the knee"] = knee.excess(counts[table.sized], table.size)
    owners = np.asarray(table.setups)
    columns, labels = _design(owners, names, counts)
    design = np.column_stack(columns)
    if len(design) <= design.shape[1] or _is_singular(design) or len(labels) <= len(names):
        return None
    means = _level_means(owners, table.measured, design)
    if not np.any(np.abs(table.measured - means) > EXACT * means):
        return None  # without scatter an interval says nothing
    weights = 1 / means**2
    fitted = sm.WLS(table.measured, design, weights=weights).fit(cov_type="HC3", use_t=True)
    misfit = float(np.median(np.abs(fitted.resid / table.measured)) * 100)
    costs = [_contrast(fitted, {label: 1.0}, labels, settings) for label in labels]
    added = [
        _contrast(fitted, {label: 1.0, (names[0], label[1]): -1.0}, labels, settings)
        for label in labels
        if label[0] != names[0] and (names[0], label[1]) in labels
    ]
    terms = {name: tuple(thing for owner, thing in labels if owner == name) for name in names}
    return CostModel(tuple(costs), tuple(added), misfit, len(design), knee, terms)


def _is_singular(design: np.ndarray) -> bool:
    """Tell whether the columns, each brought to the same length, depend on each other."""
    return bool(np.linalg.matrix_rank(design / np.linalg.norm(design, axis=0), tol=1e-6) < design.shape[1])


def _design(
    owners: np.ndarray, names: Sequence[str], counts: Mapping[str, np.ndarray]
) -> tuple[list[np.ndarray], list[tuple[str, str]]]:
    """Return the columns of the model and their labels; what does not vary within a set-up has none."""
    columns, labels = [], []
    for name in names:
        own = (owners == name).astype(float)
        columns.append(own)
        labels.append((name, FIXED))
        for thing, count in counts.items():
            if np.ptp(count[owners == name]) > 0:
                columns.append(own * count)
                labels.append((name, thing))
    return columns, labels


def _level_means(owners: np.ndarray, measured: np.ndarray, design: np.ndarray) -> np.ndarray:
    """Return for each row the mean of the rows that are alike in set-up and counts."""
    keys = [(owner, *np.round(row, 12)) for owner, row in zip(owners, design, strict=True)]
    groups: dict[object, list[float]] = {}
    for key, value in zip(keys, measured, strict=True):
        groups.setdefault(key, []).append(value)
    return np.asarray([max(float(np.mean(groups[key])), 1e-300) for key in keys])


def _contrast(
    fitted: object, weights: Mapping[tuple[str, str], float], labels: Sequence[tuple[str, str]], settings: Settings
) -> Cost:
    """Return a combination of coefficients with its interval; the first label names it."""
    vector = np.zeros(len(labels))
    for label, weight in weights.items():
        vector[labels.index(label)] = weight
    test = fitted.t_test(vector)  # type: ignore[attr-defined]
    low, high = test.conf_int(alpha=settings.alpha)[0]
    (setup, thing), *others = weights
    base = others[0][0] if others else ""
    return Cost(setup, thing, float(np.squeeze(test.effect)), float(low), float(high), base)
