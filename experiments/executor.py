# SPDX-License-Identifier: GPL-2.0-or-later
"""The seam to the machine: something that can run one set-up with one seed.

``MachineExecutor`` (machine_executor.py) does it on the emulated machine; ``FakeExecutor`` answers at once with
invented numbers, so that runner, results and commands are tested without a guest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from experiments.errors import RunError
from experiments.order import derive
from experiments.plan import Setup
from experiments.sample import Sample


class Executor(Protocol):
    """Runs the workload; ``run`` is called in forked children of the process that called ``prepare``."""

    def prepare(self, setups: Sequence[Setup]) -> None:
        """Check every set-up and boot what they need; raises ExperimentError before any run is made."""

    def run(self, setup: Setup, seed: int) -> Sample:
        """Return the sample of one run, the same for the same arguments; raises RunError."""

    def describe(self) -> dict[str, Any]:
        """Return what is to be recorded about the machine, as plain data for JSON."""


class FakeExecutor:
    """Invents a sample from the set-up's name and the seed; ``fails`` names set-ups whose odd seeds fail."""

    def __init__(self, fails: Sequence[str] = ()) -> None:
        self.fails = tuple(fails)
        self.prepared: list[str] = []

    def prepare(self, setups: Sequence[Setup]) -> None:
        """Remember the set-ups."""
        self.prepared = [setup.name for setup in setups]

    def run(self, setup: Setup, seed: int) -> Sample:
        """Return numbers around 0.2 s, and around 0.5 s with a script; raises RunError as asked."""
        if setup.name in self.fails and seed % 2:
            raise RunError("pid 7 exited with status 1")
        noise = derive(seed, setup.name) / 2**32
        sys_s = round((0.2 if setup.script is None else 0.5) + 0.02 * noise, 6)
        cycles = round(1.1 * sys_s * 1e9)
        firings = 0 if setup.script is None else 3
        return Sample(sys_s + 0.01, 0.01, sys_s, cycles, cycles // 2, firings=firings, output=f"{setup.name} {seed}\n")

    def describe(self) -> dict[str, Any]:
        """Return a name for what was run."""
        return {"executor": "fake"}
