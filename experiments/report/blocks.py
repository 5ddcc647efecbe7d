# SPDX-License-Identifier: GPL-2.0-or-later
"""What reports are made of: text, tables, figures. A leaf module; every format knows how to show each kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from experiments.stacks import Frame


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Listing:
    """Text to be shown as it is: ministat's block, a script, a file."""

    text: str
    title: str = ""


@dataclass(frozen=True)
class Table:
    """A table; each cell is a text, or a text with the number it is sorted by."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str | tuple[str, float]]]
    title: str = ""


@dataclass(frozen=True)
class Picture:
    """A figure with a name that can be part of a file's, and what it shows."""

    name: str
    caption: str
    figure: Figure


@dataclass(frozen=True)
class Flame:
    """A flame graph: the tree for pages that can zoom, the picture for those that cannot."""

    name: str
    caption: str
    tree: Frame
    figure: Figure


Block = Text | Listing | Table | Picture | Flame


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it."""

    title: str
    blocks: Sequence[Block]


def cell_text(cell: str | tuple[str, float]) -> str:
    """Return the text of a table's cell."""
    return cell if isinstance(cell, str) else cell[0]
