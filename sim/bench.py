# SPDX-License-Identifier: GPL-2.0-or-later
"""How fast the emulation is on this host: the work behind ``probelab bench``.

The same guest work, booting and one run of the lecture's dd, is done twice: bare (only the hooks without which
the guest cannot run; one cycle an instruction) and with the timing model. Rates count the CPU seconds of this
process, so that other work on the host does not count; the seconds for booting and for dd are what a user waits.
"""

from __future__ import annotations

import time
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
    return BenchFigures(bare.rate, timed.rate, timed.rate / bare.rate, timed.boot_s, timed.dd_s, timed.instructions)


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
