# SPDX-License-Identifier: GPL-2.0-or-later
"""The flame graph as a still picture: callers below, callees above, as wide as their share; widths are what counts.

``lay_out(tree)`` gives the boxes; the page's own script draws the same tree so that it can be zoomed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.figures.style import make_figure
from experiments.stacks import Frame

_FILLS = ("#f6e2c0", "#e9c48a", "#f2d3a2")
NARROW = 0.004


@dataclass(frozen=True)
class Box:
    """One frame's place: from ``left`` to ``right`` of the whole (0 to 1), at ``depth`` from the bottom."""

    name: str
    left: float
    right: float
    depth: int
    value: float


def lay_out(tree: Frame) -> Iterator[Box]:
    """Yield the boxes of a tree, the root first; children in order of name, as flame graphs have them."""
    total = tree.value or 1

    def walk(frame: Frame, left: float, depth: int) -> Iterator[Box]:
        yield Box(frame.name, left, left + frame.value / total, depth, frame.value)
        for child in sorted(frame.children.values(), key=lambda child: child.name):
            yield from walk(child, left, depth + 1)
            left += child.value / total

    yield from walk(tree, 0.0, 0)


def draw_flame(tree: Frame) -> Figure:
    """Return the flame graph of a tree of stacks."""
    boxes = [box for box in lay_out(tree) if box.right - box.left >= NARROW]
    height = max(box.depth for box in boxes) + 1
    figure, axes = make_figure(0.5 + 0.24 * height)
    for box in boxes:
        width = box.right - box.left
        fill = _FILLS[sum(map(ord, box.name)) % len(_FILLS)]
        axes.add_patch(
            Rectangle((box.left, box.depth), width, 0.94, facecolor=fill, edgecolor="#555555", linewidth=0.4)
        )
        room = int(width * 118)
        if room >= 4:
            text = box.name if len(box.name) <= room else box.name[: room - 1] + "…"
            axes.text(box.left + 0.004, box.depth + 0.45, text, va="center", fontsize=7, clip_on=True)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, height)
    axes.set_axis_off()
    return figure
