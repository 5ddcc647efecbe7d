# SPDX-License-Identifier: GPL-2.0-or-later
"""What one run of a command left behind; plain picklable facts, so that a forked worker can send them home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim import Report
from tracer.consumer import AggregationEntry


@dataclass(frozen=True)
class RunResult:
    """One run.

    ``counters`` are the machine's counters between the workload's release and its end (cycles, instructions, …);
    ``drops`` and ``aggregation_drops`` are lost records, ``lost`` other losses inside the guest by kind, ``errors``
    run-time faults. ``exit_status`` is exit()'s argument (0 without). ``report`` is what the first command left, its
    times and wait status, ``reports`` that of all. ``exec_errno`` and ``exec_failed`` say why which command did not
    start, ``grab_errno`` why there was no process to follow. ``killed``: the kernel ended the tracing by itself.
    """

    argv: tuple[str, ...]
    report: Report | None
    counters: Mapping[str, int] = field(default_factory=dict)
    drops: int = 0
    aggregation_drops: int = 0
    lost: Mapping[str, int] = field(default_factory=dict)
    errors: int = 0
    records: int = 0
    exit_status: int = 0
    exec_errno: int | None = None
    exec_failed: tuple[str, ...] = ()
    grab_errno: int | None = None
    killed: bool = False
    reports: tuple[Report, ...] = ()
    aggregations: tuple[AggregationEntry, ...] = ()
    output: str = ""
    stdout: bytes = b""
    console: bytes = b""
    messages: tuple[str, ...] = ()

    @property
    def cycles(self) -> int:
        """CPU cycles between release and end of the workload."""
        return self.counters.get("cycles", 0)

    @property
    def instructions(self) -> int:
        """Instructions between release and end of the workload."""
        return self.counters.get("instructions", 0)

    @property
    def total_drops(self) -> int:
        """Everything of the workload's that was lost; firings refused inside the tracing code itself are none of it."""
        other = sum(count for kind, count in self.lost.items() if kind != "recursion")
        return self.drops + self.aggregation_drops + other
