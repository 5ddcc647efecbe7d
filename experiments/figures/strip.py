# SPDX-License-Identifier: GPL-2.0-or-later
"""The strip: every run a dot, over a box of quartiles and median, one row for each set-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from experiments.figures.style import PALE, make_figure, style
from experiments.quantities import scale_for


def draw_strip(samples: Mapping[str, Sequence[float]], metric: str) -> Figure:
    """Return the strip of the samples, the first on top; ``samples`` is by title and not empty."""
    figure, axes = make_figure(0.9 + 0.5 * len(samples))
    everything = [value for values in samples.values() for value in values]
    factor, unit = scale_for(everything, metric)
    names = list(samples)
    axes.boxplot(
        [np.asarray(samples[name]) / factor for name in names],
        positions=range(len(names)),
        orientation="horizontal",
        widths=0.55,
        showfliers=False,
        patch_artist=True,
        manage_ticks=False,
        boxprops={"facecolor": PALE, "edgecolor": "#777777"},
        medianprops={"color": "#333333", "linewidth": 2},
        whiskerprops={"color": "#777777"},
        capprops={"color": "#777777"},
    )
    for row, name in enumerate(names):
        values = np.asarray(samples[name]) / factor
        look = style(row)
        axes.plot(
            values,
            row + _spread(len(values)),
            linestyle="none",
            marker=look["marker"],
            color=look["color"],
            markersize=4.5,
            alpha=0.75,
            markeredgecolor="white",
            markeredgewidth=0.4,
        )
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xlabel(f"{metric} [{unit}]" if unit else metric)
    axes.grid(axis="x", color=PALE, linewidth=0.6)
    return figure


def _spread(count: int) -> np.ndarray:
    """Return offsets that keep the dots of a row apart, always the same."""
    return ((np.arange(count) * 0.618034) % 1 - 0.5) * 0.4
