# SPDX-License-Identifier: GPL-2.0-or-later
"""From a results directory to what it shows: which set-ups are compared with which, and what the sweep's costs are.

``analyse(results, metric, settings)`` computes once what ``compare``, the reports and the notebooks print.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from experiments.compare import choose_metric
from experiments.errors import CompareError
from experiments.groups import Group, list_groups
from experiments.results import Results
from experiments.stats import (
    Comparison,
    CostModel,
    Interval,
    Settings,
    Table,
    compare_samples,
    correct,
    describe_common_drift,
    fit_costs,
    list_cautions,
)

KNEE_LEVELS = 6
_SIZE = re.compile(r"(\d+(?:\.\d+)?)([kmgKMG]?)[bB]?")
_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}


@dataclass(frozen=True)
class GroupAnalysis:
    """The comparisons of one group, every other cell against its base, and the cost of a firing where it is known."""

    group: Group
    comparisons: tuple[Comparison, ...]
    firing: Mapping[str, Interval] = field(default_factory=dict)


@dataclass(frozen=True)
class Analysis:
    """What one measurement of a results directory shows."""

    metric: str
    settings: Settings
    groups: tuple[GroupAnalysis, ...]
    costs: CostModel | None
    short: tuple[str, ...]  # cells with too few runs to say anything
    titles: Mapping[str, str]  # of the cells, for people
    drift: str = ""  # a doubt about all runs together

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """All comparisons, group by group."""
        return tuple(item for group in self.groups for item in group.comparisons)


def analyse(results: Results, metric: str | None = None, settings: Settings | None = None) -> Analysis:
    """Return what a measurement (the plan's first by default) shows; raises CompareError."""
    name = choose_metric(results, metric)
    chosen = settings or Settings()
    short = [cell for cell in results.setups if len(results.select(cell)) < 2]
    found, sizes = [], []
    for group in list_groups(results):
        names = [cell for cell in group.names if cell not in short]
        here = [_compare(results, name, cell, group.names[0], chosen) for cell in names if cell != group.names[0]]
        found += here if group.names[0] in names else []
        sizes.append((group, len(here) if group.names[0] in names else 0))
    corrected = iter(correct(found))
    titles = {cell.name: cell.title for cell in results.cells}
    groups = []
    for group, count in sizes:
        comparisons = tuple(next(corrected) for _ in range(count))
        groups.append(GroupAnalysis(group, comparisons, _find_firing_costs(results, comparisons)))
    drift = describe_common_drift([(results.values(cell, name), _orders(results, cell)) for cell in results.setups])
    return Analysis(name, chosen, tuple(groups), find_costs(results, name, chosen), tuple(short), titles, drift)


def _compare(results: Results, metric: str, cell: str, base: str, settings: Settings) -> Comparison:
    """Return the comparison of two cells, with the doubts about both."""
    cautions = []
    for name in (base, cell):
        cautions += list_cautions(results.get_cell(name).title, results.values(name, metric), _orders(results, name))
    item = (cell, results.values(cell, metric))
    return compare_samples(item, (base, results.values(base, metric)), settings, cautions)


def _orders(results: Results, cell: str) -> list[int]:
    """Return when each run of a cell was made."""
    return [int(row.get("order", index)) for index, row in enumerate(results.select(cell))]


def _find_firing_costs(results: Results, comparisons: tuple[Comparison, ...]) -> dict[str, Interval]:
    """Return the cost of one firing by cell: the difference divided by the firings counted."""
    found = {}
    for item in comparisons:
        firings = float(np.mean(results.values(item.item, "firings"))) if results.rows[0].get("firings") else 0.0
        if item.difference is not None and firings > 0:
            parts = (item.difference.estimate, item.difference.low, item.difference.high)
            found[item.item] = Interval(*(part / firings for part in parts))
    return found


def read_number(text: str) -> float | None:
    """Return a level as a number (``64k`` is 65536), or None."""
    match = _SIZE.fullmatch(text)
    return float(match[1]) * _UNITS[match[2].lower()] if match else None


def find_costs(results: Results, metric: str, settings: Settings) -> CostModel | None:
    """Return the regression over a sweep; None where nothing numeric is varied, or too few runs were made."""
    plan = results.metadata.get("plan", {})
    levels = {name: [cell.levels.get(name, "") for cell in results.cells] for name in _level_names(results)}
    numeric = {name for name, texts in levels.items() if all(read_number(text) is not None for text in texts)}
    costs = {name: tuple(words) for name, words in plan.get("costs", {}).items()}
    if not costs:
        costs = {name: (name,) for name in (item["name"] for item in plan.get("factors", [])) if name in numeric}
    rows = [row for cell in results.setups for row in results.select(cell)]
    if not costs or not rows:
        return None
    try:
        counts = {name: _product(rows, words) for name, words in costs.items()}
        measured = np.asarray([float(row[metric]) for row in rows])
    except (KeyError, ValueError, TypeError):
        return None
    if measured.min() <= 0:
        return None
    size, sized = _find_size(rows, costs, numeric, levels)
    return fit_costs(Table([row["setup"] for row in rows], measured, counts, size, sized), settings)


def _level_names(results: Results) -> list[str]:
    """Return the names of all levels."""
    return list(dict.fromkeys(name for cell in results.cells for name in cell.levels))


def _product(rows: list[dict[str, str]], words: tuple[str, ...]) -> np.ndarray:
    """Return how many of a thing each row has; raises TypeError for a level that is no number."""
    total = np.ones(len(rows))
    for word in words:
        total = total * np.asarray([read_number(row[word]) for row in rows], dtype=float)
    return total


def _find_size(
    rows: list[dict[str, str]], costs: dict[str, tuple[str, ...]], numeric: set[str], levels: Mapping[str, list[str]]
) -> tuple[np.ndarray | None, str]:
    """Return the size along which a knee is looked for, and the cost it belongs to: the largest product's."""
    for name, words in sorted(costs.items(), key=lambda cost: -len(cost[1])):
        for word in words:
            if word in numeric and len(set(levels[word])) >= KNEE_LEVELS:
                return _product(rows, (word,)), name
    return None, ""


def check_runs(analysis: Analysis) -> None:
    """Raise CompareError if nothing could be compared for want of runs."""
    if analysis.short and not analysis.comparisons:
        raise CompareError(f"set-up {analysis.short[0]!r} has too few runs; a comparison needs at least 3")
