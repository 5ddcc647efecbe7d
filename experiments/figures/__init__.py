# SPDX-License-Identifier: GPL-2.0-or-later
"""Figures of saved samples, one kind a file: each function returns a matplotlib ``Figure`` drawn without a display.

They are vector figures, told apart by marker and place as well as by colour, so that they survive grey printing and
colour-blind readers. ``render_svg`` turns one into text for a page.
"""

from __future__ import annotations

from experiments.figures.flame import draw_flame
from experiments.figures.heat import draw_heat
from experiments.figures.ratios import draw_ratios
from experiments.figures.strip import draw_strip
from experiments.figures.style import render_svg
from experiments.figures.sweep import draw_sweep

__all__ = ["draw_flame", "draw_heat", "draw_ratios", "draw_strip", "draw_sweep", "render_svg"]
