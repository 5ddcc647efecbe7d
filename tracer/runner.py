# SPDX-License-Identifier: GPL-2.0-or-later
"""One run of a command on a booted machine: the machine's events handled one by one.

``Run.execute`` submits the request and returns a ``RunResult``. Whatever has been printed stays printed when
something goes wrong later; the counters are read at the two Mark events, while the machine stands still.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim import (
    Activity,
    BufferReady,
    ConsoleOutput,
    Event,
    ExecFailed,
    GrabFailed,
    Loaded,
    Lost,
    Mapped,
    Mark,
    Rejected,
    Report,
    Request,
    SimError,
)
from tracer.consumer import Consumer, describe_lost, describe_wait_status
from tracer.enabling import ERROR_CLAUSE, Enabling
from tracer.errors import LoadError
from tracer.layout import describe_rejection, describe_resizing, read_layout
from tracer.machine import Machine
from tracer.registry import Registry
from tracer.results import RunResult
from tracer.sink import Sink, Tee
from tracer.usermap import UserMaps

DRAINING, STOPPED, KILLED = 2, 3, 4  # Activity.state: exit() has run; tracing is over; the kernel ended it by itself
END = False  # the mark of the commands' end is one that is no start
_SIGINT, _SIGTERM = 2, 15
REFUSED = "recursion"  # Lost.kind: firings of probes inside the tracing code, told once at the end


class Run:
    """The state of one run; used once."""

    def __init__(
        self, machine: Machine, commands: Sequence[tuple[str, ...]], sink: Sink, pid: int = 0, *, keep: bool = True
    ) -> None:
        self._machine = machine
        self._commands = tuple(commands)
        self._pid = pid
        self._sink = Tee(sink, keep=keep)
        self._consumer: Consumer | None = None
        self._enabling: Enabling | None = None
        self._registry: Registry | None = None
        self._reports: list[Report] = []
        self._marks: dict[bool, dict[str, int]] = {}
        self._lost: dict[str, int] = {}
        self._exec_failure: ExecFailed | None = None
        self._grab_errno: int | None = None
        self._rejection: str | None = None
        self._cut_short = False  # tracing ended before the commands did
        self._killed = False
        self._users = UserMaps(machine)

    def execute(
        self,
        seed: int,
        enabling: Enabling | None = None,
        registry: Registry | None = None,
        env: Mapping[str, str] | None = None,
    ) -> RunResult:
        """Runs the commands, traced if there is an enabling; raises LoadError if the guest refuses the program."""
        self._enabling, self._registry = enabling, registry
        if enabling is None:
            request = Request(argv=("time", *self._commands[0]), seed=seed, env=env or {})
        else:
            request = Request(program=enabling.blob, seed=seed, commands=self._commands, pid=self._pid, env=env or {})
        self._machine.submit(request)
        try:
            for event in self._machine.events():
                self._handle(event)
        except SimError:
            self._finish()  # show what was gathered before the machine failed
            raise
        if self._rejection is not None:
            raise LoadError(f"failed to enable probes: {self._rejection}")
        self._finish()
        return self._result()

    def _handle(self, event: Event) -> None:
        match event:
            case ConsoleOutput(fd=fd, data=data):
                self._sink.guest(fd, data)
            case Loaded(program=blob):
                self._consumer = self._make_consumer(blob)
            case Rejected(program=blob):
                self._rejection = describe_rejection(blob)
            case BufferReady() if self._consumer is not None:
                self._consumer.take(event)
            case Activity(state=state) if state == KILLED:
                self._killed = True
                self._sink.message("processing aborted: Abort due to systemic unresponsiveness")
            case Activity(state=state) if state == DRAINING or (state == STOPPED and END not in self._marks):
                self._cut_short = True
            case Lost(kind=kind, count=count):
                self._lost[kind] = self._lost.get(kind, 0) + count
                if self._consumer is not None and kind != REFUSED:
                    self._consumer.lose(kind, count)
            case Mark(start=start):
                self._marks[start] = self._read_counters()
            case ExecFailed():
                self._exec_failure = self._exec_failure or event
            case GrabFailed(errno=errno):
                self._grab_errno = errno
            case Mapped():
                self._users.add(event)
            case Report():
                self._reports.append(event)
            case _:
                pass

    def _make_consumer(self, blob: bytes) -> Consumer:
        if self._enabling is None or self._registry is None:
            raise LoadError("the guest loaded a program nobody sent")
        program, options = self._enabling.program, self._enabling.options
        for note in describe_resizing(blob, options):
            self._sink.message(note)
        if options.flag("destructive") and not options.flag("quiet"):
            self._sink.message("allowing destructive actions")
        layout = read_layout(blob, program, self._enabling.probes)
        symbols, users = self._machine.symbols, self._users
        return Consumer(program, layout, self._registry.get, symbols, options, self._sink, ERROR_CLAUSE, users)

    def _read_counters(self) -> dict[str, int]:
        return dict(self._machine.counters())

    def _finish(self) -> None:
        """Prints what remains when the guest is done."""
        if self._enabling is not None and self._exec_failure is None:
            for report in self._reports:
                self._report_command(report, quiet=self._enabling.options.flag("quiet"))
        if self._consumer is not None:
            self._consumer.finish()
        if REFUSED in self._lost:
            self._sink.message(describe_lost(REFUSED, self._lost[REFUSED]))

    def _report_command(self, report: Report, *, quiet: bool) -> None:
        """Says how the command ended, unless it was ended because the tracing was (exit(), ^C, a full buffer)."""
        if report.status == _SIGINT or (report.status == _SIGTERM and self._cut_short):
            return
        if report.status or not quiet:
            self._sink.message(describe_wait_status(report.pid, report.status))

    def _find_failed(self) -> tuple[str, ...]:
        """Returns the command that could not be executed: commands and reports are in the same order."""
        if self._exec_failure is None:
            return ()
        pids = [report.pid for report in self._reports]
        failed = self._exec_failure.pid
        return self._commands[pids.index(failed) if failed in pids else 0]

    def _result(self) -> RunResult:
        consumer, sink = self._consumer, self._sink
        start, end = self._marks.get(True, {}), self._marks.get(False, {})
        counters = {name: end[name] - start[name] for name in end if name in start}
        return RunResult(
            argv=self._commands[0] if self._commands else (),
            report=self._reports[0] if self._reports else None,
            reports=tuple(self._reports),
            counters=counters,
            drops=consumer.drops if consumer else 0,
            aggregation_drops=consumer.aggregation_drops if consumer else 0,
            lost=dict(self._lost),
            errors=consumer.errors if consumer else 0,
            records=consumer.records if consumer else 0,
            exit_status=consumer.exit_status if consumer else 0,
            exec_errno=self._exec_failure.errno if self._exec_failure else None,
            exec_failed=self._find_failed(),
            grab_errno=self._grab_errno,
            killed=self._killed,
            aggregations=consumer.entries() if consumer else (),
            output="".join(sink.output),
            stdout=sink.collect(stdout=True),
            console=sink.collect(stdout=False),
            messages=tuple(sink.messages),
        )
