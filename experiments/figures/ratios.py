# SPDX-License-Identifier: GPL-2.0-or-later
"""The intervals of the ratios: how many times the base each set-up takes, with the band that would count as equal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from experiments.figures.style import COLOURS, PALE, make_figure
from experiments.stats import Comparison

WIDE = 3.0  # from this ratio on the axis is logarithmic


def draw_ratios(comparisons: Sequence[Comparison], titles: Mapping[str, str]) -> Figure:
    """Return the interval plot of the comparisons that have a ratio; those without are named and left empty."""
    figure, axes = make_figure(0.9 + 0.32 * max(2, len(comparisons)))
    margin = comparisons[0].settings.margin / 100
    axes.axvspan(1 - margin, 1 + margin, color=PALE, linewidth=0, label=f"±{margin:.0%} counts as equal")
    axes.axvline(1, color="#333333", linewidth=1)
    ends = [1.0]
    for row, item in enumerate(comparisons):
        if item.ratio is None:
            continue
        ratio = item.ratio
        ends += [ratio.low, ratio.high]
        axes.errorbar(
            ratio.estimate,
            row,
            xerr=[[max(0.0, ratio.estimate - ratio.low)], [max(0.0, ratio.high - ratio.estimate)]],
            fmt="o",
            markerfacecolor=COLOURS[2] if item.shown else "white",
            color=COLOURS[2],
            capsize=4,
            linewidth=1.8,
        )
        label = f"  {(ratio.estimate - 1) * 100:+,.3g} %"
        axes.annotate(label, (ratio.high, row), va="center", ha="left", fontsize=8)
    if max(ends) > WIDE:
        axes.set_xscale("log", base=2)
        axes.xaxis.set_major_locator(LogLocator(base=2, numticks=8))
        axes.xaxis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}×"))
    axes.margins(x=0.16)
    axes.set_yticks(range(len(comparisons)), [titles.get(item.item, item.item) for item in comparisons])
    axes.set_ylim(len(comparisons) - 0.4, -0.6)
    axes.set_xlabel("times the base; a hollow mark: no difference shown")
    axes.grid(axis="x", color=PALE, linewidth=0.6)
    axes.legend(loc="best", fontsize=7, frameon=False)
    return figure
