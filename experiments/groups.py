# SPDX-License-Identifier: GPL-2.0-or-later
"""Which set-ups are compared with which: at each combination of levels, all others with the first of the plan.

A plan with one set-up and factors is compared along its factor: every level with the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from experiments.results import Results


@dataclass(frozen=True)
class Group:
    """Cells that belong together: ``names`` with the base first, and what they have in common."""

    names: tuple[str, ...]
    levels: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The levels in words; empty where nothing is varied."""
        return ", ".join(f"{name} = {value}" for name, value in self.levels.items())


def list_groups(results: Results) -> list[Group]:
    """Return the groups in plan order."""
    cells = results.cells
    if len({cell.setup for cell in cells}) <= 1:
        return [Group(tuple(cell.name for cell in cells))] if cells else []
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for cell in cells:
        groups.setdefault(tuple(cell.levels.items()), []).append(cell.name)
    return [Group(tuple(names), dict(levels)) for levels, names in groups.items()]
