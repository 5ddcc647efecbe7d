# SPDX-License-Identifier: GPL-2.0-or-later
"""Statistics on saved samples, one method a file; what SciPy and statsmodels have is taken from there.

``compare_samples(item, base, settings)`` says all that two samples say about a difference; ``fit_costs`` what a sweep
says about costs. Importing this package brings in SciPy and statsmodels, so commands import it when they need it.
"""

from __future__ import annotations

from experiments.stats.cautions import describe_common_drift, list_cautions
from experiments.stats.comparison import Comparison, compare_samples, correct
from experiments.stats.costs import Cost, CostModel, fit_costs
from experiments.stats.difference import Difference, find_difference
from experiments.stats.equivalence import Equivalence, Verdict, judge_equivalence
from experiments.stats.multiplicity import adjust
from experiments.stats.power import find_runs, find_smallest
from experiments.stats.ratio import Interval, find_ratio
from experiments.stats.segments import Knee
from experiments.stats.settings import Settings
from experiments.stats.table import Table

__all__ = [
    "Comparison",
    "Cost",
    "CostModel",
    "Difference",
    "Equivalence",
    "Interval",
    "Knee",
    "Settings",
    "Table",
    "Verdict",
    "adjust",
    "compare_samples",
    "correct",
    "describe_common_drift",
    "find_difference",
    "find_ratio",
    "find_runs",
    "find_smallest",
    "fit_costs",
    "judge_equivalence",
    "list_cautions",
]
