# SPDX-License-Identifier: GPL-2.0-or-later
"""What all figures have in common: colours, markers, fonts, and how they become SVG.

The colours are Okabe and Ito's, in an order whose lightness differs too; the markers differ as well.
"""

from __future__ import annotations

import io
import re
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

COLOURS = ("#000000", "#D55E00", "#0072B2", "#E69F00", "#009E73", "#56B4E9", "#CC79A7")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
LINES = ("-", "--", "-.", ":")
PALE = "#d9d9d9"
WIDTH = 7.2  # inches
_RC: Any = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "svg.fonttype": "path",
    "svg.hashsalt": "probelab",
    "pdf.fonttype": 42,
}


def make_figure(height: float, width: float = WIDTH) -> tuple[Figure, Axes]:
    """Return a figure of that size in inches with one pair of axes, in our style."""
    with mpl.rc_context(_RC):
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.add_subplot()
    return figure, axes


def style(index: int) -> dict[str, str]:
    """Return colour, marker and line of the n-th series; they repeat only where all have been used."""
    return {
        "color": COLOURS[index % len(COLOURS)],
        "marker": MARKERS[index % len(MARKERS)],
        "linestyle": LINES[index % len(LINES)],
    }


def render_svg(figure: Figure, name: str) -> str:
    """Return the figure as an ``<svg>`` element whose ids begin with ``name``; the same figure gives the same text."""
    buffer = io.BytesIO()
    with mpl.rc_context(_RC):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = buffer.getvalue().decode("utf-8")
    text = text[text.index("<svg") :]
    text = re.sub(r'\bid="', f'id="{name}-', text)
    text = re.sub(r'href="#', f'href="#{name}-', text)
    return re.sub(r"url\(#", f"url(#{name}-", text)


def render_pdf_style() -> Any:
    """Return the settings under which a figure is saved as PDF."""
    return dict(_RC)
