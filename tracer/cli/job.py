# SPDX-License-Identifier: GPL-2.0-or-later
"""One invocation of ``dtrace``, step by step: script, options, commands, machine, compilation, then list or run.

The machine is booted when the first question about it comes up, so errors that need no machine cost no boot.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from dscript import Clause, CompileError, Program, describe_code, describe_stability
from tracer import abi
from tracer.cli.flags import CommandLine
from tracer.cli.lazyenv import LazyEnv, load_symbols
from tracer.cli.listing import HEADING, describe_details, describe_probe, find_listed
from tracer.compile import compile_text
from tracer.enabling import Enabling, enable
from tracer.env import TracerEnv
from tracer.errors import LoadError, OptionError, ProbeError, TracerError
from tracer.options import Options
from tracer.processes import ProcessMacros
from tracer.script import Level, Piece, Script, SpecifierError, from_specifier, read_file
from tracer.sink import Streams
from tracer.workload import Workload, describe_errno, get_workload

if TYPE_CHECKING:
    from sim import Config
    from tracer.results import RunResult
    from tracer.session import Session

_INCOMPLETE = {"D_SYNTAX", "D_EMPTY"}
_TOO_LARGE = {abi.ERRORS[number] for number in (4, 7, 8, 10)}  # what dtrace finds out only when tracing begins


def _report(text: str) -> None:
    """Writes to standard error what has no ``dtrace: `` before it, as well as that can be done."""
    with suppress(OSError, ValueError):
        sys.stderr.write(text)
        sys.stderr.flush()


class Job:
    """What one command line asks for."""

    def __init__(self, line: CommandLine, sink: Streams) -> None:
        self._line = line
        self._sink = sink
        self._running: Session | None = None
        self._interrupted = False

    @cached_property
    def script(self) -> Script:
        """The D text of -n, -s and their kin, in order."""
        return Script([self._read_piece(letter, text) for letter, text in self._line.specifiers])

    def _read_piece(self, letter: str, text: str) -> Piece:
        if letter != "s":
            try:
                return from_specifier(text, Level(letter))
            except SpecifierError as error:
                raise TracerError(error.tagged if self.options.flag("errtags") else str(error)) from error
        piece = read_file(text)
        if self.options.flag("cpp"):
            from tracer.cli.preprocess import preprocess  # few scripts need it

            plain = preprocess(piece.plain, piece.name, self.options, lambda line: _report(line + "\n"))
            return Piece(piece.name, plain, is_file=True)
        return piece

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
    def workloads(self) -> list[Workload]:
        """The commands of -c."""
        from sim import root_paths

        paths = root_paths() if self._line.commands else ()
        return [get_workload(command, paths) for command in self._line.commands]

    @cached_property
    def session(self) -> Session:
        """The booted machine."""
        from tracer.session import Session

        files: dict[str, bytes] = {}
        if not (self._line.list_only or self._line.compile_only):
            for workload in self.workloads:
                files |= workload.files
        return Session.boot(self.config, files)

    @cached_property
    def env(self) -> TracerEnv:
        """What the compiler may ask."""
        return LazyEnv(lambda: self.session.registry, load_symbols)

    @cached_property
    def macros(self) -> ProcessMacros:
        """$target: the first command, or the process of -p; $pid: dtrace's own in the guest."""
        line = self._line
        return ProcessMacros(
            lambda: self.session.next_target if line.commands else line.pid, lambda: self.session.next_pid
        )

    def interrupt(self) -> bool:
        """Asks the run under way to end; False if there is none, or if it was asked before."""
        if self._running is None or self._interrupted:
            return False
        self._interrupted = self._sink.interrupted = True
        self._running.interrupt()
        return True

    def run(self) -> int:
        """Returns the exit status."""
        options = self.options
        script = self.script
        if self._line.list_only:
            return self._list()
        if not script.pieces:
            raise TracerError("no probes specified")
        if not self._line.compile_only:
            _ = self.workloads  # a command that does not exist is found out before the machine is booted
        program = self._compile(options)
        options.apply(program.options)
        self._open_output(options)
        if self._line.compile_only:
            self._announce(program, None, options)
            return 0
        for note in (note for workload in self.workloads for note in workload.notes):
            self._sink.message(note)
        return self._trace(enable(program, self.session.registry, options, self.macros), program, options)

    def _open_output(self, options: Options) -> None:
        if self._line.output is not None:
            self._sink.append_to(self._line.output)
        self._sink.structured = options.word("oformat") != "text"

    def _compile(self, options: Options) -> Program:
        script = self.script
        self._check_pieces(options)
        try:
            program = self._compile_text(script.text, options)
        except CompileError as error:
            raise TracerError(script.describe_error(error, tags=options.flag("errtags"))) from error
        for note in program.notes:
            self._sink.message(note)
        if self._line.dump:
            self._sink.trace(f"{script.text.strip()}\n")
        if self._line.disassemble:
            _report(describe_code(program))
        return program

    def _compile_text(self, text: str, options: Options) -> Program:
        script = self.script
        return compile_text(
            text,
            self.env,
            options,
            self._line.arguments,
            name=script.name,
            macros=self.macros,
            needs_body=lambda line: script.find_piece(line)[0].is_file and not self._line.list_only,
        )

    def _check_pieces(self, options: Options) -> None:
        """Raises TracerError for a piece that is no program by itself, whatever stands beside it."""
        for piece, text in self.script.suspects:
            try:
                self._compile_text(text, options)
            except CompileError as error:
                if error.diagnostics[0].tag in _INCOMPLETE:
                    shown = self.script.describe_error(error, tags=options.flag("errtags"), alone=piece)
                    raise TracerError(shown) from error

    def _list(self) -> int:
        self._open_output(Options())
        clauses = self._compile(self.options).clauses if self.script.pieces else None
        probes, missing = find_listed(self.session.registry, clauses)
        lines = [describe_probe(probe) for probe in probes]
        if self._line.verbose:
            lines = [line + describe_details(probe, self.env) for line, probe in zip(lines, probes, strict=True)]
        self._sink.trace(HEADING + "".join(lines))
        for text in missing:
            self._sink.message(f"failed to match {text}: No probe matches description")
        return 1 if missing else 0

    def _find_clauses(self, piece: Piece, clauses: Sequence[Clause]) -> list[int]:
        """Returns the numbers of the clauses that came from a piece."""
        return [n for n, clause in enumerate(clauses) if self.script.find_piece(clause.line)[0] is piece]

    def _announce(self, program: Program, enabling: Enabling | None, options: Options) -> None:
        """Says of each piece how many probes it matched, and with -v how stable what it uses is."""
        for piece in self.script.pieces:
            numbers = self._find_clauses(piece, program.clauses)
            if enabling is not None and not options.flag("quiet"):
                count = enabling.count_matched(numbers)
                self._sink.message(f"{piece.description} matched {count} probe{'' if count == 1 else 's'}")
            if self._line.verbose or options.flag("verbose"):
                clauses = [program.clauses[n] for n in numbers]
                names = [str(name) for clause in clauses for name in clause.descriptions] if enabling is None else []
                report = describe_stability(clauses, piece.title) + "".join(f"\n{name}\n" for name in names)
                self._sink.trace(report if names else f"{report}\n")

    def _trace(self, enabling: Enabling, program: Program, options: Options) -> int:
        self._announce(program, enabling, options)
        if enabling.matched == 0 and not options.flag("zdefs"):
            raise ProbeError("no probes matched")
        commands = [workload.argv for workload in self.workloads]
        self._running = self.session
        try:
            result = self.session.run(
                None,
                enabling,
                commands=commands,
                pid=self._line.pid,
                seed=self._line.seed,
                sink=self._sink,
                keep=False,
                env=options.environment,
            )
        except LoadError as error:
            raise LoadError(self._describe_refusal(str(error))) from error
        finally:
            self._running = None
        return self._finish(result, options)

    def _describe_refusal(self, text: str) -> str:
        """Returns dtrace's words for a program that the kernel refused: when it was enabled, or when tracing began."""
        reason = text.removeprefix("failed to enable probes: ")
        if reason in _TOO_LARGE:
            return f"could not enable tracing: {reason}"
        return f"failed to enable '{self.script.pieces[0].short}': {reason}"

    def _finish(self, result: RunResult, options: Options) -> int:
        """Returns the exit status of a trace that has ended."""
        if result.grab_errno is not None:
            raise TracerError(f"failed to grab pid {self._line.pid}: {describe_errno(result.grab_errno).lower()}")
        if result.exec_errno is not None:
            command = (result.exec_failed or ("command",))[0]
            raise TracerError(f"failed to execute {command}: {describe_errno(result.exec_errno)}")
        if result.killed:
            return 1
        if options.flag("errexit") and (result.errors or result.total_drops):
            return 1
        return result.exit_status & 0xFF
