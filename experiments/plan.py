# SPDX-License-Identifier: GPL-2.0-or-later
"""A plan as plain data: which workload, under which set-ups, how often.

A leaf module: planfile.py makes plans out of TOML, catalog.py finds them, everything else only reads them. In a plan
with factors the set-ups are its *cells*: every set-up of the file at every combination of the factors' values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from experiments.errors import PlanError

Option = str | int | float | bool


@dataclass(frozen=True)
class Factor:
    """What is varied: each value is a table of one or more levels by name, the factor's own among them."""

    name: str
    values: tuple[Mapping[str, Option], ...]


@dataclass(frozen=True)
class Setup:
    """One way of running the workload: with a D script or without, on the machine with some options changed.

    ``base`` is the name in the file and ``levels`` the factors' values, of which ``name`` is made; ``workload`` stands
    for the plan's when it is not empty; ``origin`` is the place in the file, for messages.
    """

    name: str
    script: str | None = None
    machine: Mapping[str, Option] = field(default_factory=dict)
    dtrace_options: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    workload: tuple[str, ...] = ()
    base: str = ""
    levels: Mapping[str, Option] = field(default_factory=dict)
    origin: str = field(default="", compare=False)

    @property
    def family(self) -> str:
        """The name of the set-up in the plan's file."""
        return self.base or self.name


@dataclass(frozen=True)
class Plan:
    """A whole experiment; ``metrics`` names the measurements of interest, the first being the one compared.

    ``blocks`` is the number of randomised blocks, 0 for as many as runs; ``costs`` names what is paid for and the
    levels whose product counts it.
    """

    name: str
    workload: tuple[str, ...]
    setups: tuple[Setup, ...]
    runs: int = 10
    seed: int = 1
    metrics: tuple[str, ...] = ("sys_s",)
    question: str = ""
    board: str | None = None
    text: str = ""
    blocks: int = 0
    factors: tuple[Factor, ...] = ()
    costs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def families(self) -> tuple[str, ...]:
        """The names of the set-ups in the file, in its order."""
        return tuple(dict.fromkeys(setup.family for setup in self.setups))

    @property
    def level_names(self) -> tuple[str, ...]:
        """The names of all levels, factor by factor; they are columns of the samples."""
        return tuple(name for factor in self.factors for name in factor.values[0])

    def get_setup(self, name: str) -> Setup:
        """Return the set-up of that name; raises PlanError."""
        for setup in self.setups:
            if setup.name == name:
                return setup
        raise PlanError(f"plan {self.name} has no set-up {name!r}; it has {', '.join(s.name for s in self.setups)}")
