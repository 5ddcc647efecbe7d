# SPDX-License-Identifier: GPL-2.0-or-later
"""A plan as plain data: which workload, under which set-ups, how often.

A leaf module: planfile.py makes plans out of TOML, catalog.py finds them, everything else only reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from experiments.errors import PlanError

Option = str | int | float | bool


@dataclass(frozen=True)
class Setup:
    """One way of running the workload: with a D script or without, on the machine with some options changed."""

    name: str
    script: str | None = None
    machine: Mapping[str, Option] = field(default_factory=dict)
    dtrace_options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A whole experiment; ``metrics`` names the measurements of interest, the first being the one compared."""

    name: str
    workload: tuple[str, ...]
    setups: tuple[Setup, ...]
    runs: int = 10
    seed: int = 1
    metrics: tuple[str, ...] = ("sys_s",)
    question: str = ""
    board: str | None = None
    text: str = ""

    def get_setup(self, name: str) -> Setup:
        """Return the set-up of that name; raises PlanError."""
        for setup in self.setups:
            if setup.name == name:
                return setup
        raise PlanError(f"plan {self.name} has no set-up {name!r}; it has {', '.join(s.name for s in self.setups)}")
