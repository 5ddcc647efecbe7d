# SPDX-License-Identifier: GPL-2.0-or-later
"""The heat map of histograms: a column for each set-up or run, a row for each bucket, dark where the counts are."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from experiments.figures.style import make_figure
from experiments.figures.sweep import format_binary

MANY = 12  # columns; more get no numbers


def draw_heat(columns: Mapping[str, Mapping[int, int]], unit: str = "") -> Figure:
    """Return the heat map of histograms by column title; each maps a bucket's least value to its count."""
    buckets = sorted({value for counts in columns.values() for value in counts})
    shares = np.zeros((len(buckets), len(columns)))
    for column, counts in enumerate(columns.values()):
        total = sum(counts.values()) or 1
        for value, count in counts.items():
            shares[buckets.index(value), column] = count / total
    figure, axes = make_figure(1.3 + 0.26 * len(buckets))
    image = axes.imshow(shares, origin="lower", aspect="auto", cmap="Greys", vmin=0, vmax=max(shares.max(), 1e-9))
    axes.set_yticks(range(len(buckets)), [format_binary(value) for value in buckets])
    step = max(1, len(columns) // 20)
    names = list(columns)
    turned = {"rotation": 30, "ha": "right"} if max(map(len, names)) > 8 else {}
    axes.set_xticks(range(0, len(names), step), names[::step], **turned)  # type: ignore[arg-type]
    axes.set_ylabel(unit or "value, at least")
    if len(columns) <= MANY:
        for (row, column), share in np.ndenumerate(shares):
            if share > 0:
                colour = "white" if share > 0.5 * shares.max() else "black"
                axes.text(column, row, f"{share:.0%}", ha="center", va="center", fontsize=7, color=colour)
    figure.colorbar(image, ax=axes, label="share of the counts", shrink=0.8)
    return figure
