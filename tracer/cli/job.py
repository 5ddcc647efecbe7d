# SPDX-License-Identifier: GPL-2.0-or-later
"""One invocation of ``dtrace``, step by step: script, options, workload, machine, compilation, then list or run.

The machine is booted when the first question about it comes up, so errors that need no machine cost no boot.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from dscript import CompileError, ProbeDescription, Program
from tracer.cli.listing import HEADING, describe_probe, find_listed
from tracer.cli.usage import CommandLine
from tracer.compile import compile_text
from tracer.enabling import Enabling, enable
from tracer.env import TracerEnv
from tracer.errors import OptionError, ProbeError, TracerError
from tracer.machine import Symbols
from tracer.options import Options
from tracer.script import Level, Piece, Script, from_specifier, read_file
from tracer.sink import Sink
from tracer.workload import LECTURE_COMMAND, Workload, describe_errno, get_workload

if TYPE_CHECKING:
    from sim import Config
    from tracer.session import Session

# Probes every machine has, under the ids every machine gives them: -e needs no machine for these.
_FIXED_PROBES = {"BEGIN": 1, "END": 2, "ERROR": 3}


class _LazyEnv(TracerEnv):
    """Answers for dtrace:::BEGIN, END and ERROR without booting a machine."""

    def match(self, description: ProbeDescription) -> Sequence[int]:
        """Returns the ids of the probes the description matches."""
        if description.provider in ("", "dtrace") and not description.module and not description.function:
            fixed = _FIXED_PROBES.get(description.name)
            if fixed is not None:
                return [fixed]
        return super().match(description)


def _load_symbols() -> Symbols:
    """Returns the kernel's symbols, which need no machine."""
    from sim import load_symbols

    return load_symbols()


class Job:
    """What one command line asks for."""

    def __init__(self, line: CommandLine, sink: Sink) -> None:
        self._line = line
        self._sink = sink
        self._running: Session | None = None
        self._interrupted = False

    @cached_property
    def script(self) -> Script:
        """The D text of -n, -s and their kin, in order."""
        return Script([self._read_piece(letter, text) for letter, text in self._line.specifiers])

    @staticmethod
    def _read_piece(letter: str, text: str) -> Piece:
        return read_file(text) if letter == "s" else from_specifier(text, Level(letter))

    @cached_property
    def options(self) -> Options:
        """The options of the command line."""
        options = Options()
        for name, text, shown in self._line.options:
            try:
                options.set(name, text)
            except OptionError as error:
                raise OptionError(f"failed to set {shown}: {error}") from error
        if self._line.list_only:
            options.set("zdefs")
        return options

    @cached_property
    def config(self) -> Config:
        """The machine asked for."""
        from sim import load_config, parse_override  # all of sim is slow to import, and -e needs none of it

        overrides = dict(parse_override(text) for text in self._line.overrides)
        if self._line.machine is None:
            return load_config(overrides=overrides)
        return load_config(self._line.machine, overrides=overrides)

    @cached_property
    def workload(self) -> Workload:
        """The command of -c, or the lecture's."""
        from sim import root_paths

        command = LECTURE_COMMAND if self._line.command is None else self._line.command
        return get_workload(command, root_paths())

    @cached_property
    def session(self) -> Session:
        """The booted machine."""
        from tracer.session import Session

        traces = not (self._line.list_only or self._line.compile_only)
        return Session.boot(self.config, self.workload.files if traces else {})

    def interrupt(self) -> bool:
        """Asks the run under way to end; False if there is none, or if it was asked before."""
        if self._running is None or self._interrupted:
            return False
        self._interrupted = True
        self._running.interrupt()
        return True

    def run(self) -> int:
        """Returns the exit status."""
        script, options = self.script, self.options
        if self._line.list_only:
            return self._list()
        if not script.pieces:
            raise TracerError("no probes specified")
        if self._line.compile_only:
            self._compile(options)
            return 0
        workload = self.workload  # a command that does not exist is found out before the machine is booted
        program = self._compile(options)
        options.apply(program.options)
        self._announce(workload)
        return self._trace(enable(program, self.session.registry, options), options)

    def _compile(self, options: Options) -> Program:
        env = _LazyEnv(lambda: self.session.registry, _load_symbols)
        script = self.script
        try:
            program = compile_text(script.text, env, options, self._line.arguments, name=script.name)
        except CompileError as error:
            raise TracerError(script.describe_error(error, tags=options.flag("errtags"))) from error
        for note in program.notes:
            self._sink.message(note)
        return program

    def _announce(self, workload: Workload) -> None:
        """Says what the user did not ask for in so many words."""
        if self._line.command is None:
            self._sink.message(f"no command given with -c; tracing: {LECTURE_COMMAND}")
        for note in workload.notes:
            self._sink.message(note)

    def _list(self) -> int:
        clauses = self._compile(self.options).clauses if self.script.pieces else None
        probes, missing = find_listed(self.session.registry, clauses)
        lines = (describe_probe(probe, verbose=self._line.verbose) for probe in probes)
        self._sink.trace(HEADING + "".join(lines))
        for text in missing:
            self._sink.message(f"failed to match {text}: No probe matches description")
        return 1 if missing else 0

    def _announce_matches(self, enabling: Enabling) -> None:
        counts = {id(piece): 0 for piece in self.script.pieces}
        for clause, ids in enabling.user_clauses:
            counts[id(self.script.find_piece(clause.line)[0])] += len(ids)
        for piece in self.script.pieces:
            count = counts[id(piece)]
            self._sink.message(f"{piece.description} matched {count} probe{'' if count == 1 else 's'}")

    def _trace(self, enabling: Enabling, options: Options) -> int:
        if not options.flag("quiet"):
            self._announce_matches(enabling)
        if enabling.matched == 0:
            raise ProbeError("no probes matched")
        self._running = self.session
        try:
            result = self.session.run(self.workload.argv, enabling, seed=self._line.seed, sink=self._sink)
        finally:
            self._running = None
        if result.exec_errno is not None:
            raise TracerError(f"failed to execute {self.workload.argv[0]}: {describe_errno(result.exec_errno)}")
        if options.flag("errexit") and (result.errors or result.total_drops):
            return 1
        return result.exit_status & 0xFF
