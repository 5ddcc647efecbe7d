# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables of a report: the answer set-up by set-up, the costs, and every run."""

from __future__ import annotations

from experiments.analysis import Analysis
from experiments.explain import describe_short
from experiments.quantities import describe_interval, describe_p, describe_percent, describe_value
from experiments.report.blocks import Table
from experiments.results import Results


def setups_table(results: Results, analysis: Analysis) -> Table:
    """Return a row for each comparison."""
    rows: list[list[str | tuple[str, float]]] = []
    for group in analysis.groups:
        for item in group.comparisons:
            ratio, p = item.ratio, item.adjusted_p
            firing = group.firing.get(item.item)
            rows.append(
                [
                    analysis.titles[item.item],
                    (describe_value(item.means[1], analysis.metric), item.means[1]),
                    (describe_value(item.means[0], analysis.metric), item.means[0]),
                    (describe_percent(ratio.low, ratio.high, ratio.estimate), ratio.estimate)
                    if ratio
                    else "no variance",
                    (describe_p(p), p) if p is not None else "none",
                    describe_short(item, analysis.metric),
                    (describe_interval(firing.estimate, firing.low, firing.high, analysis.metric), firing.estimate)
                    if firing
                    else "",
                ]
            )
    columns = ("set-up", "base", "mean", "change with its interval", "p after Holm", "verdict", "difference per firing")
    return Table(columns, rows, f"{analysis.metric}: every set-up against its base, {len(results.rows)} runs in all")


def costs_table(analysis: Analysis) -> Table:
    """Return the regression's costs and what the scripts add."""
    model = analysis.costs
    rows: list[list[str | tuple[str, float]]] = []
    for cost in (*model.costs, *model.added) if model else ():
        interval = describe_interval(cost.estimate, cost.low, cost.high, analysis.metric, sign=bool(cost.base))
        meaning = f"adds to {cost.base}" if cost.base else "costs"
        rows.append(
            [cost.setup, meaning, f"a {cost.thing}", (interval, cost.estimate), "" if cost.shown else "may be nothing"]
        )
    misfit = f"median misfit {model.misfit:.2g} %" if model else ""
    knee = f"; the knee is at {model.knee.size:,.0f}" if model and model.knee else ""
    title = f"Costs by regression ({misfit}{knee})"
    return Table(("set-up", "", "of", f"{analysis.metric} with its interval", "doubt"), rows, title)


def samples_table(results: Results, metric: str) -> Table:
    """Return every run's measurement."""
    rows: list[list[str | tuple[str, float]]] = []
    for cell in results.cells:
        for row in results.select(cell.name):
            value = float(row[metric])
            firings = row.get("firings", "")
            rows.append(
                [cell.title, (row["run"], float(row["run"])), (f"{value:g}", value), firings, row.get("drops", "")]
            )
    return Table(("set-up", "run", metric, "firings", "drops"), rows, "Every run")
