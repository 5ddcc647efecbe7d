# SPDX-License-Identifier: GPL-2.0-or-later
"""The lines of a sweep: the mean of each set-up over a factor, with error bars, on axes that are powers of two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from scipy import stats

from experiments.figures.style import PALE, make_figure, style
from experiments.quantities import scale_for

_BINARY = ((1 << 30, "Gi"), (1 << 20, "Mi"), (1 << 10, "Ki"))


def draw_sweep(
    lines: Mapping[str, Sequence[tuple[float, Sequence[float]]]],
    factor: str,
    metric: str,
    confidence: float,
    labels: Sequence[str] = (),
    knee: float | None = None,
) -> Figure:
    """Return the lines: for each set-up pairs of a level and its samples; ``labels`` name levels that are no numbers.

    Error bars are the intervals of the means (Student's t).
    """
    figure, axes = make_figure(3.6)
    everything = [value for points in lines.values() for _, values in points for value in values]
    divisor, unit = scale_for(everything, metric)
    for index, (name, points) in enumerate(lines.items()):
        look = style(index)
        usable = [(x, np.asarray(values) / divisor) for x, values in points if len(values)]
        means = [values.mean() for _, values in usable]
        errors = [_half_width(values, confidence) for _, values in usable]
        axes.errorbar([x for x, _ in usable], means, yerr=errors, label=name, capsize=3, markersize=5, **look)  # type: ignore[arg-type]
    if min(everything) > 0:
        axes.set_yscale("log", base=2)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    if labels:
        axes.set_xticks(range(len(labels)), labels, rotation=30, ha="right")
    else:
        _scale_levels(axes, [x for points in lines.values() for x, _ in points])
    if knee is not None:
        axes.axvline(knee, color="#777777", linewidth=1, linestyle=":")
        axes.annotate("knee", (knee, 0.02), xycoords=("data", "axes fraction"), rotation=90, fontsize=8, ha="right")
    axes.set_xlabel(factor)
    axes.set_ylabel(f"{metric} [{unit}]" if unit else metric)
    axes.grid(color=PALE, linewidth=0.6)
    axes.legend(frameon=False)
    return figure


def _half_width(values: np.ndarray, confidence: float) -> float:
    """Return half the interval of a mean; nothing for a single value."""
    if len(values) < 2:
        return 0.0
    return float(stats.sem(values) * stats.t.ppf(0.5 + confidence / 200, len(values) - 1))


def _scale_levels(axes: Axes, levels: Sequence[float]) -> None:
    """Give the levels an axis of powers of two, if they are all positive."""
    if min(levels) <= 0:
        return
    axes.set_xscale("log", base=2)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: format_binary(value)))


def format_binary(value: float) -> str:
    """Return a number with a binary prefix: 65536 is 64 Ki."""
    for unit, prefix in _BINARY:
        if abs(value) >= unit:
            return f"{value / unit:g} {prefix}"
    return f"{value:g}"
