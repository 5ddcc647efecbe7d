# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether the emulation slows down or grows as a run gets longer.

A machine that has just booted is kept; a fork of it runs dd after dd until it has executed as much as is asked for.
Then both run the same dd in turn, each in a fork, so that the one stays young and a slow spell of the host hits both.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median

from sim.bench import COMMAND, resident_mb
from sim.config import DEFAULT_MACHINE, Config, load_config
from sim.machine import Machine
from sim.ownprocess import run_apart
from sim.request import Request

WARM = ("dd", "if=/dev/zero", "of=/dev/null", "bs=2m", "count=1")  # meets the code, so that neither has to translate it
TURNS = 9


@dataclass(frozen=True)
class GrowthFigures:
    """Instructions executed before the early and the late measurement, instructions a CPU second in each (medians),
    the median ratio of the turns, and the largest resident size of the process after its first dd and its last, in MB.
    """

    early_instructions: int
    instructions: int
    early_instructions_per_s: float
    late_instructions_per_s: float
    late_over_early: float
    early_resident_mb: float
    late_resident_mb: float


def run_growth(instructions: int, config: Config | None = None, turns: int = TURNS) -> GrowthFigures:
    """Return the rates of a machine that has just booted and of one that has executed at least so many instructions."""
    return run_apart(_grow, instructions, config or load_config(DEFAULT_MACHINE), turns)


def _grow(instructions: int, config: Config, turns: int) -> GrowthFigures:
    young = Machine(config)
    try:
        _run(young, WARM)
        early = young.counters()["instructions"]
        with _forked(lambda pipe: _age(young, instructions, pipe)) as old:
            late, early_mb, late_mb = old.recv()
            pairs = [(_rate_in_fork(young), _ask(old)) for _ in range(turns)]
    finally:
        young.close()
    early_rate, late_rate = (median(rates) for rates in zip(*pairs, strict=True))
    ratio = median(after / before for before, after in pairs)
    return GrowthFigures(early, late, early_rate, late_rate, ratio, early_mb, late_mb)


def _run(machine: Machine, command: tuple[str, ...]) -> None:
    machine.submit(Request(command))
    for _ in machine.events():
        pass


def _age(machine: Machine, instructions: int, pipe: Connection) -> None:
    """Run until the machine is old, tell so, and measure a dd whenever asked, until the other end is closed."""
    _run(machine, COMMAND)
    first_mb = resident_mb()
    while (done := machine.counters()["instructions"]) < instructions:
        _run(machine, COMMAND)
    pipe.send((done, first_mb, resident_mb()))
    with suppress(EOFError):
        while pipe.recv():
            pipe.send(_rate_in_fork(machine))


def _ask(old: Connection) -> float:
    old.send(True)
    return float(old.recv())


def _rate_in_fork(machine: Machine) -> float:
    with _forked(lambda pipe: pipe.send(_rate(machine))) as pipe:
        return float(pipe.recv())


def _rate(machine: Machine) -> float:
    """Return the instructions a CPU second of one dd."""
    before, start = machine.counters()["instructions"], time.process_time()
    _run(machine, COMMAND)
    return (machine.counters()["instructions"] - before) / (time.process_time() - start)


@contextmanager
def _forked(work: Callable[[Connection], None]) -> Iterator[Connection]:
    """A fork of this process doing ``work``, as the pipe to it; at the end that is closed, and the fork waited for."""
    context = get_context("fork")
    ours, theirs = context.Pipe()

    def run() -> None:
        ours.close()
        work(theirs)

    process = context.Process(target=run)
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        ours.close()
        process.join()
