# SPDX-License-Identifier: GPL-2.0-or-later
"""Everything two samples say about a difference, in one record: what ``compare`` and the reports print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from experiments.stats.cautions import list_cautions
from experiments.stats.difference import Difference, find_difference
from experiments.stats.equivalence import Equivalence, judge_equivalence
from experiments.stats.multiplicity import adjust
from experiments.stats.power import find_runs, find_smallest, pool
from experiments.stats.ratio import Interval, find_ratio
from experiments.stats.settings import Settings


@dataclass(frozen=True)
class Comparison:
    """One sample against another.

    ``smallest`` is the difference these runs could have shown with the power of ``settings``, ``needed`` the runs of
    each that would show one of the margin's size; ``adjusted_p`` is Welch's p after Holm, if there are other tests.
    """

    item: str
    base: str
    runs: tuple[int, int]
    means: tuple[float, float]
    difference: Difference | None
    ratio: Interval | None
    equivalence: Equivalence | None
    smallest: float | None
    needed: int | None
    cautions: tuple[str, ...]
    settings: Settings
    adjusted_p: float | None = None
    tests: int = 1

    @property
    def shown(self) -> bool:
        """True if a difference is shown at the confidence asked for, other tests taken into account."""
        p = self.adjusted_p if self.adjusted_p is not None else self.difference.p if self.difference else None
        return p is not None and p < self.settings.alpha


def compare_samples(
    item: tuple[str, Sequence[float]],
    base: tuple[str, Sequence[float]],
    settings: Settings,
    cautions: Sequence[str] | None = None,
) -> Comparison:
    """Return the comparison of two named samples; ``cautions`` replace those found without the order of the runs."""
    (name, values), (base_name, base_values) = item, base
    found = [*list_cautions(base_name, base_values), *list_cautions(name, values)]
    mean = float(np.mean(base_values))
    enough = min(len(values), len(base_values)) > 1
    return Comparison(
        item=name,
        base=base_name,
        runs=(len(values), len(base_values)),
        means=(float(np.mean(values)), mean),
        difference=find_difference(values, base_values, settings),
        ratio=find_ratio(values, base_values, settings),
        equivalence=judge_equivalence(values, base_values, settings),
        smallest=find_smallest(values, base_values, settings),
        needed=find_runs(mean * settings.margin / 100, pool(values, base_values), settings) if enough else None,
        cautions=tuple(found if cautions is None else cautions),
        settings=settings,
    )


def correct(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """Return the comparisons with Welch's p corrected for their number."""
    values = adjust([item.difference.p if item.difference else None for item in comparisons])
    tests = sum(value is not None for value in values)
    return [replace(item, adjusted_p=p, tests=tests) for item, p in zip(comparisons, values, strict=True)]
