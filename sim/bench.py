# SPDX-License-Identifier: GPL-2.0-or-later
"""How fast the emulation is on this host: the work behind ``probelab bench``.

The same guest work, booting and one run of the lecture's dd, is done twice: bare (only the hooks without which
the guest cannot run; one cycle an instruction) and with the timing model. Rates count CPU seconds, so that other work
on the host counts little; the two take turns several times, and the ratio is the median of those of each turn, so that
a host which is slow for a while is slow for both. The seconds for booting and for dd are what a user waits: the
shortest wait, as other work only adds. ``sim.growth`` tells whether a long run slows down.
"""

from __future__ import annotations

import resource
import time
from dataclasses import dataclass
from statistics import median

from sim.config import DEFAULT_MACHINE, Config, load_config
from sim.machine import Machine
from sim.ownprocess import run_apart
from sim.request import Request

COMMAND = ("time", "dd", "if=/dev/zero", "of=/dev/null", "bs=10m", "count=1", "status=none")
TURNS = 5


@dataclass(frozen=True)
class BenchFigures:
    """Guest instructions a host CPU second, bare and timed (medians), and the median ratio with the smallest and the
    largest; seconds to wait for booting and for one dd (shortest), and CPU seconds of booting (likewise); how many
    instructions the two execute; the largest resident size.
    """

    bare_instructions_per_s: float
    timed_instructions_per_s: float
    ratio: float
    ratio_min: float
    ratio_max: float
    boot_s: float
    boot_cpu_s: float
    dd_s: float
    instructions: int
    resident_mb: float


@dataclass(frozen=True)
class _Timing:
    instructions: int
    cpu_s: float
    boot_s: float
    boot_cpu_s: float
    dd_s: float

    @property
    def rate(self) -> float:
        return self.instructions / self.cpu_s


def run_bench(config: Config | None = None, turns: int = TURNS) -> BenchFigures:
    """Return this host's figures for ``config`` (the default machine), measured in a process of its own."""
    return run_apart(_bench, config or load_config(DEFAULT_MACHINE), turns)


def _bench(config: Config, turns: int) -> BenchFigures:
    pairs = [(_measure(config, timed=False), _measure(config, timed=True)) for _ in range(turns)]
    bare, timed = zip(*pairs, strict=True)
    ratios = [own.rate / other.rate for other, own in pairs]
    return BenchFigures(
        median(entry.rate for entry in bare),
        median(entry.rate for entry in timed),
        median(ratios),
        min(ratios),
        max(ratios),
        min(entry.boot_s for entry in timed),
        min(entry.boot_cpu_s for entry in timed),
        min(entry.dd_s for entry in timed),
        timed[0].instructions,
        resident_mb(),
    )


def _measure(config: Config, *, timed: bool) -> _Timing:
    start, start_cpu = time.perf_counter(), time.process_time()
    machine = Machine(config, timed=timed)
    try:
        cpu = time.process_time()
        machine.boot()
        booted, boot_cpu = time.perf_counter(), time.process_time() - start_cpu
        machine.submit(Request(COMMAND))
        for _ in machine.events():
            pass
        cpu, done = time.process_time() - cpu, time.perf_counter()
        return _Timing(machine.counters()["instructions"], cpu, booted - start, boot_cpu, done - booted)
    finally:
        machine.close()


def resident_mb() -> float:
    """Return the largest resident size of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
