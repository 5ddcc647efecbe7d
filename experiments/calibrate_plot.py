# SPDX-License-Identifier: GPL-2.0-or-later
"""The plot of ``probelab calibrate``: load latency by working set, a line per stride, with the published points."""

from __future__ import annotations

from pathlib import Path

from experiments.calibrate import Calibration
from experiments.calibrate_published import SOURCE, STRIDE, Group
from experiments.errors import ExperimentError


def plot_latency(calibration: Calibration, path: Path) -> None:
    """Write the plot to ``path``, in the format its suffix names; raises ExperimentError if that is impossible."""
    from matplotlib.figure import Figure  # brings in NumPy

    figure = Figure(figsize=(8, 5))
    axes = figure.subplots()
    by_stride: dict[int, list[tuple[int, float]]] = {}
    for stride, size, value in calibration.iter_latencies():
        by_stride.setdefault(stride, []).append((size, value))
    for stride, points in sorted(by_stride.items()):
        sizes, values = zip(*sorted(points), strict=True)
        axes.plot(sizes, values, marker=".", label=f"{calibration.machine}, stride {stride}")
    known = [
        (int(entry.published.name.rpartition("_")[2]), entry.published.value)
        for entry in calibration.figures
        if entry.published.group is Group.LATENCY
    ]
    if known:
        axes.plot(*zip(*known, strict=True), "kx", markersize=8, label=f"published, stride {STRIDE}")
    axes.set(xscale="log", yscale="log", xlabel="working set (bytes)", ylabel="time of a dependent load (ns)")
    axes.set_xscale("log", base=2)
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend(fontsize="small")
    axes.set_title(SOURCE, fontsize="x-small")
    try:
        figure.savefig(path)
    except (OSError, ValueError) as error:
        raise ExperimentError(f"cannot write the plot {path}: {error}") from None
