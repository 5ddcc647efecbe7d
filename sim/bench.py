# SPDX-License-Identifier: GPL-2.0-or-later
"""How fast the emulation is on this host: the work behind ``probelab bench``.

The same guest work, booting and one run of the lecture's dd, is done twice: bare (only the hooks without which
the guest cannot run; one cycle an instruction) and with the timing model. Rates count the CPU seconds of this
process, so that other work on the host does not count; the seconds for booting and for dd are what a user waits.
``run_growth`` goes on with dd after dd and tells whether the rate or the memory changes as a run gets longer.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass

from sim.config import DEFAULT_MACHINE, Config, load_config
from sim.machine import Machine
from sim.request import Request

COMMAND = ("time", "dd", "if=/dev/zero", "of=/dev/null", "bs=10m", "count=1", "status=none")


@dataclass(frozen=True)
class BenchFigures:
    """Guest instructions a host CPU second, bare and timed; their ratio; seconds to wait for booting and for one dd."""

    bare_instructions_per_s: float
    timed_instructions_per_s: float
    ratio: float
    boot_s: float
    dd_s: float
    instructions: int
    resident_mb: float


@dataclass(frozen=True)
class GrowthFigures:
    """Instructions a CPU second in the first and the last tenth of a long timed run, their ratio, and the memory."""

    instructions: int
    early_instructions_per_s: float
    late_instructions_per_s: float
    late_over_early: float
    early_resident_mb: float
    late_resident_mb: float


@dataclass(frozen=True)
class _Timing:
    instructions: int
    cpu_s: float
    boot_s: float
    dd_s: float

    @property
    def rate(self) -> float:
        return self.instructions / self.cpu_s


def run_bench(config: Config | None = None) -> BenchFigures:
    """Return this host's figures for ``config`` (the default machine)."""
    config = config or load_config(DEFAULT_MACHINE)
    bare = _measure(config, timed=False)
    timed = _measure(config, timed=True)
    return BenchFigures(
        bare.rate, timed.rate, timed.rate / bare.rate, timed.boot_s, timed.dd_s, timed.instructions, _resident_mb()
    )


def _measure(config: Config, *, timed: bool) -> _Timing:
    start = time.perf_counter()
    machine = Machine(config, timed=timed)
    try:
        cpu = time.process_time()
        machine.boot()
        booted = time.perf_counter()
        machine.submit(Request(COMMAND))
        for _ in machine.events():
            pass
        cpu, done = time.process_time() - cpu, time.perf_counter()
        return _Timing(machine.counters()["instructions"], cpu, booted - start, done - booted)
    finally:
        machine.close()


def run_growth(instructions: int, config: Config | None = None) -> GrowthFigures:
    """Return the rates of a timed run of at least that many instructions, made of one dd after the other."""
    machine = Machine(config or load_config(DEFAULT_MACHINE))
    try:
        machine.boot()
        pieces = list(_iter_pieces(machine, instructions))
    finally:
        machine.close()
    tenth = max(1, len(pieces) // 10)
    first, last = pieces[1 : 1 + tenth] or pieces, pieces[-tenth:]  # the first dd pays for translating its code
    early, late = (sum(work for work, _, _ in part) / sum(cpu for _, cpu, _ in part) for part in (first, last))
    total = sum(work for work, _, _ in pieces)
    return GrowthFigures(total, early, late, late / early, first[0][2], last[-1][2])


def _iter_pieces(machine: Machine, instructions: int) -> Iterator[tuple[int, float, float]]:
    """Yield (instructions, CPU seconds, resident MB after it) of each dd."""
    done = 0
    while done < instructions:
        before, cpu = machine.counters()["instructions"], time.process_time()
        machine.submit(Request(COMMAND))
        for _ in machine.events():
            pass
        work = machine.counters()["instructions"] - before
        done += work
        yield work, time.process_time() - cpu, _resident_mb()


def _resident_mb() -> float:
    """Return the largest resident size of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
