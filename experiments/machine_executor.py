# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs set-ups on the emulated machine: one machine booted for each distinct configuration, forked for each run.

This is the only module of the folder that starts machines; it turns the errors of ``sim`` and ``tracer`` into ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import sim
import tracer
from experiments.errors import PlanError, RunError
from experiments.harvest import count_firings, describe_aggregations
from experiments.plan import Setup
from experiments.sample import Sample


class MachineExecutor:
    """Runs one workload under set-ups; see ``Executor``."""

    def __init__(self, workload: Sequence[str], board: str | None = None) -> None:
        self._workload = tuple(workload)
        self._board = board or sim.DEFAULT_MACHINE
        self._configs: dict[str, sim.Config] = {}
        self._sessions: list[tuple[sim.Config, tracer.Session]] = []
        self._enablings: dict[str, tracer.Enabling | None] = {}
        self._compiled: dict[tuple[object, ...], tracer.Enabling] = {}

    def prepare(self, setups: Sequence[Setup]) -> None:
        """Check all configurations, boot each distinct one, compile the scripts; raises ExperimentError."""
        for setup in setups:
            with _translated(setup):
                self._configs[setup.name] = sim.load_config(self._board, dict(setup.machine))
            self._check_program(setup)
        for setup in setups:
            with _translated(setup):
                self._enablings[setup.name] = self._compile(setup)

    def run(self, setup: Setup, seed: int) -> Sample:
        """Return the sample of one run; raises RunError. To be called in a fork: the machine is used up."""
        session = self._boot(self._configs[setup.name])
        try:
            command = setup.workload or self._workload
            result = session.run(command, self._enablings[setup.name], seed=seed, env=setup.env)
        except (sim.SimError, tracer.TracerError) as error:
            raise RunError(_first_line(error)) from error
        enabling = self._enablings[setup.name]
        data = describe_aggregations(result.aggregations, session.machine.symbols)
        firings = count_firings(result, enabling)
        return replace(make_sample(result), firings=firings, enabled=enabling.matched if enabling else 0, data=data)

    def describe(self) -> dict[str, Any]:
        """Return every set-up's machine options, and a hash of what the guest was booted from."""
        return {
            "executor": "machine",
            "board": self._board,
            "image_sha256": sim.image_hash(),
            "configurations": {name: dict(config.values) for name, config in self._configs.items()},
        }

    def _check_program(self, setup: Setup) -> None:
        """Raise PlanError if the guest does not have the workload's program; with a PATH of its own, runs will tell."""
        word = (setup.workload or self._workload)[0]
        if "PATH" not in setup.env and not tracer.has_program(word, sim.root_paths()):
            raise PlanError(f"{_place(setup)}: no program {word!r} on the machine")

    def _compile(self, setup: Setup) -> tracer.Enabling | None:
        """Return the set-up's script compiled for its machine, which is booted if it is the first to need it."""
        session = self._boot(self._configs[setup.name])
        if setup.script is None:
            return None
        key = (id(session), setup.script, setup.dtrace_options)
        if key not in self._compiled:
            options = tracer.Options()
            for text in setup.dtrace_options:
                name, equals, value = text.partition("=")
                try:
                    options.set(name, value if equals else None)
                except tracer.TracerError as error:
                    raise PlanError(f"{_place(setup)}: option {text!r}: {error}") from None
            self._compiled[key] = session.compile(setup.script, options)
        if self._compiled[key].matched == 0:
            raise PlanError(f"{_place(setup)}: no probes matched")
        return self._compiled[key]

    def _boot(self, config: sim.Config) -> tracer.Session:
        """Return the machine of that configuration, booted."""
        for known, session in self._sessions:
            if known == config:
                return session
        session = tracer.Session.boot(config)
        self._sessions.append((config, session))
        return session


@contextmanager
def _translated(setup: Setup) -> Iterator[None]:
    """Turn an error of the machine, the compiler or the tracer into one of ours that names the set-up."""
    try:
        yield
    except (sim.SimError, tracer.TracerError, tracer.CompileError) as error:
        raise PlanError(f"{_place(setup)}: {_first_line(error)}") from error


def _place(setup: Setup) -> str:
    """Return where a set-up comes from, for messages."""
    return f"{f'{setup.origin}: ' if setup.origin else ''}setup {setup.name!r}"


def _first_line(error: Exception) -> str:
    """Return an error's message cut to one line."""
    return (str(error).splitlines() or [type(error).__name__])[0]


def make_sample(result: tracer.RunResult) -> Sample:
    """Return the sample of a finished run; raises RunError if the workload did not end well."""
    report = result.report
    if result.exec_errno is not None:
        raise RunError(f"failed to execute {result.argv[0]} (errno {result.exec_errno})")
    if report is None:
        raise RunError("the guest ended without a report of the workload's times")
    if report.status:
        raise RunError(describe_status(report.pid, report.status))
    return Sample(
        real_s=report.real_ns / 1e9,
        user_s=report.utime_us / 1e6,
        sys_s=report.stime_us / 1e6,
        cycles=result.cycles,
        instructions=result.instructions,
        drops=result.total_drops,
        errors=result.errors,
        firings=count_firings(result),
        minflt=report.minflt,
        nvcsw=report.nvcsw,
        nivcsw=report.nivcsw,
        output=result.output or result.stdout.decode("utf-8", "backslashreplace"),
    )


def describe_status(pid: int, status: int) -> str:
    """Return what a wait status says."""
    if status & 0x7F:
        return f"pid {pid} terminated by signal {status & 0x7F}"
    return f"pid {pid} exited with status {status >> 8 & 0xFF}"
