# SPDX-License-Identifier: GPL-2.0-or-later
"""A session: one booted machine, on which programs are compiled and commands run, traced or not.

``Session.boot(config)`` starts a machine; ``compile`` makes an ``Enabling``; ``run`` runs a command, with an enabling
or without, and returns a ``RunResult``. A session at rest may be forked (``os.fork``) and used in every process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from sim import Config, load_config
from tracer.compile import compile_text
from tracer.enabling import Enabling, enable
from tracer.env import TracerEnv
from tracer.errors import DataError, LoadError, WorkloadError
from tracer.machine import Machine
from tracer.options import Options
from tracer.processes import ProcessMacros
from tracer.registry import Registry
from tracer.results import RunResult
from tracer.runner import Run
from tracer.sink import Capture, Sink
from tracer.workload import describe_errno


class Session:
    """A machine at READY; the probe table is read when it is first needed."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    @classmethod
    def boot(cls, config: Config | str | None = None, files: Mapping[str, bytes] | None = None) -> Session:
        """Boots a machine (a configuration, or the name of one) with extra files in its root."""
        from sim import Machine as RealMachine  # brings in the emulator

        if config is None or isinstance(config, str):
            config = load_config(config) if config else load_config()
        machine = RealMachine(config, files=dict(files or {}))
        machine.boot()
        return cls(machine)

    @cached_property
    def registry(self) -> Registry:
        """The guest's probes."""
        return Registry.read(self.machine, self.machine.symbols)

    @cached_property
    def env(self) -> TracerEnv:
        """What the compiler may ask about this machine."""
        return TracerEnv(lambda: self.registry, lambda: self.machine.symbols)

    @property
    def next_pid(self) -> int:
        """The pid that dtrace will have in the guest in the next traced run: what $pid stands for."""
        symbol = self.machine.symbols.find_name("lastpid")
        if symbol is None:
            raise DataError("the guest's kernel has no symbol lastpid")
        return int.from_bytes(self.machine.read_virtual(symbol.address, 4), "little") + 1

    @property
    def next_target(self) -> int:
        """The pid that the first command of the next traced run will have, the one after dtrace's: $target."""
        return self.next_pid + 1

    def compile(
        self, text: str, options: Options | None = None, args: Sequence[str] = (), *, pid: int | None = None
    ) -> Enabling:
        """Returns the D text compiled and matched; raises dscript's CompileError or a TracerError.

        ``$target`` is ``pid`` or, without one, the first command of the next run.
        """
        options = options.copy() if options else Options()
        macros = ProcessMacros(lambda: pid or self.next_target, lambda: self.next_pid)
        program = compile_text(text, self.env, options, args, macros=macros)
        options.apply(program.options)
        return enable(program, self.registry, options, macros)

    def run(
        self,
        command: str | Sequence[str] | None = None,
        enabling: Enabling | None = None,
        *,
        commands: Sequence[Sequence[str]] = (),
        pid: int = 0,
        seed: int = 0,
        sink: Sink | None = None,
        keep: bool = True,
        env: Mapping[str, str] | None = None,
    ) -> RunResult:
        """Runs a command from READY to READY and returns what it left; untraced if there is no enabling.

        Traced, there may be several ``commands``, all released at once, and a ``pid`` to follow; tracing ends when
        all of them have. With none of these it lasts until exit() or ``interrupt()``. Unless ``keep``, output goes to
        the sink only and the result has no copy.
        """
        if command is not None:
            commands = (command.split() if isinstance(command, str) else command, *commands)
        words = tuple(tuple(argv) for argv in commands)
        if not all(words) or (enabling is None and len(words) != 1):
            raise WorkloadError("no command given")
        if enabling is not None and enabling.pid and enabling.pid != self.next_pid:
            raise LoadError(f"$pid is {enabling.pid}, but dtrace's own process will be {self.next_pid}")
        registry = self.registry if enabling else None
        return Run(self.machine, words, sink or Capture(), pid, keep=keep).execute(seed, enabling, registry, env)

    def interrupt(self) -> None:
        """Ends the run that is under way as ^C does; safe in a signal handler."""
        self.machine.interrupt()


def run(
    machine: Machine,
    command: str | Sequence[str],
    program_text: str | None = None,
    *,
    seed: int = 0,
    options: Options | None = None,
    sink: Sink | None = None,
) -> RunResult:
    """Runs a command on a booted machine, traced by the D text if there is one; raises WorkloadError if exec fails."""
    session = Session(machine)
    enabling = None if program_text is None else session.compile(program_text, options)
    result = session.run(command, enabling, seed=seed, sink=sink)
    if result.exec_errno is not None:
        raise WorkloadError(f"failed to execute {result.exec_failed[0]}: {describe_errno(result.exec_errno)}")
    return result
