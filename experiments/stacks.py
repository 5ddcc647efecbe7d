# SPDX-License-Identifier: GPL-2.0-or-later
"""Stacks out of saved aggregations: as a tree for flame graphs, as folded text, and as speedscope's JSON.

A key of an aggregation that is a stack makes one; other keys of text stand below it as its root. What is summed is the
aggregation's value, over the runs of a set-up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from experiments.results import Results

SUMMABLE = ("count", "sum")
_SCHEMA = "https://www.speedscope.app/file-format-schema.json"


@dataclass
class Frame:
    """A function in a tree of stacks: its own name, what was counted in it and below, and what it called."""

    name: str
    value: float = 0.0
    children: dict[str, Frame] = field(default_factory=dict)

    def add(self, stack: Iterable[str], value: float) -> None:
        """Count a stack, outermost function first."""
        self.value += value
        frame = self
        for name in stack:
            frame = frame.children.setdefault(name, Frame(name))
            frame.value += value


Stacks = dict[tuple[str, ...], float]


def collect_stacks(results: Results) -> dict[str, Stacks]:
    """Return the stacks of every set-up that has any, by its title: outermost function first, and what was counted."""
    found: dict[str, Stacks] = {}
    for cell in results.cells:
        stacks: Stacks = {}
        for row in results.select(cell.name):
            for entry in results.read_data(cell.name, int(row["run"])):
                if (stack := find_stack(entry)) is not None:
                    stacks[stack] = stacks.get(stack, 0) + entry["value"]
        if stacks:
            found[cell.title] = stacks
    return found


def find_stack(entry: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Return the stack of one key of an aggregation, outermost first; None if it has none that can be summed."""
    stacks = [key for key in entry["keys"] if isinstance(key, list)]
    if not stacks or entry["function"] not in SUMMABLE or entry.get("value", 0) <= 0:
        return None
    roots = [str(key) for key in entry["keys"] if not isinstance(key, list)]
    frames = [frame for stack in stacks for frame in reversed(stack)]
    return (*roots, *frames)


def make_tree(stacks: Stacks, name: str = "all") -> Frame:
    """Return the stacks as a tree."""
    root = Frame(name)
    for stack, value in stacks.items():
        root.add(stack, value)
    return root


def fold(found: Mapping[str, Stacks]) -> str:
    """Return folded text: a line a stack, frames joined by semicolons; the set-up is the root if there are several."""
    lines = []
    for title, stacks in found.items():
        for stack, value in sorted(stacks.items()):
            frames = [title, *stack] if len(found) > 1 else list(stack)
            lines.append(f"{';'.join(frame.replace(';', ':') for frame in frames)} {value:g}\n")
    return "".join(lines)


def to_speedscope(found: Mapping[str, Stacks], name: str) -> str:
    """Return the file that speedscope.app reads: a sampled profile for each set-up."""
    frames: dict[str, int] = {}
    profiles = []
    for title, stacks in found.items():
        samples = [[frames.setdefault(frame, len(frames)) for frame in stack] for stack in stacks]
        weights = list(stacks.values())
        profiles.append(
            {
                "type": "sampled",
                "name": title,
                "unit": "none",
                "startValue": 0,
                "endValue": sum(weights),
                "samples": samples,
                "weights": weights,
            }
        )
    document = {
        "$schema": _SCHEMA,
        "shared": {"frames": [{"name": frame} for frame in frames]},
        "profiles": profiles,
        "name": name,
        "activeProfileIndex": 0,
        "exporter": "probelab",
    }
    return json.dumps(document, indent=1) + "\n"
