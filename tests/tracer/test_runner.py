# SPDX-License-Identifier: GPL-2.0-or-later
"""A run, event by event, on the instant fake of the machine."""

import pickle
import struct

import pytest

from dscript import StatementKind
from sim import (
    Activity,
    BufferKind,
    BufferReady,
    ConsoleOutput,
    Done,
    ExecFailed,
    Loaded,
    Lost,
    Mark,
    Rejected,
    Report,
)
from sim.abi import PV_LOST
from tracer import abi
from tracer.consumer import describe_lost
from tracer.consumer.messages import find_drop_kind
from tracer.enabling import ERROR_CLAUSE, enable
from tracer.errors import LoadError, WorkloadError
from tracer.fakes import FakeMachine, load
from tracer.options import Options
from tracer.registry import Probe
from tracer.session import Session, run
from tracer.sink import Capture

PROBES = (Probe(3, "dtrace", "", "", "ERROR"), Probe(10, "fbt", "kernel", "malloc", "entry"))


def report(status=0):
    """Returns the report of a finished workload."""
    return Report(90, 77, status, 10, 20, 30, 1, 2, 3)


def plain(request):
    """Answers an untraced request."""
    yield Mark(100, True, 77)
    yield ConsoleOutput(150, 1, b"out")
    yield ConsoleOutput(160, 2, b"err")
    yield Mark(350, False, 77)
    yield report()
    yield Done(400, 0)


def traced(status=0, data=b"", lost=0):
    """Returns an answer to a traced request with one principal buffer."""

    def respond(request):
        yield Loaded(10, load(request.program, [[8], [8] * 5]))
        yield Mark(100, True, 77)
        yield BufferReady(200, BufferKind.PRINCIPAL, 0, data, 0, 0, 0)
        yield Mark(350, False, 77)
        if lost:
            yield Lost(360, "dynvar", lost)
        yield report(status)
        yield Done(400, 0)

    return respond


def start(make, respond):
    """Returns a session on the fake and a program that traces one integer at malloc."""
    session = Session(FakeMachine(PROBES, respond=respond))
    program = make.program(make.clause(StatementKind.TRACE, [make.int64]))
    return session, enable(program, session.registry, Options())


def test_untraced_run_is_timed_between_the_marks():
    """Without a program the guest's time runs the command; counters are taken from mark to mark."""
    machine = FakeMachine(respond=plain)
    result = run(machine, "dd bs=1k", seed=7)
    assert machine.requests[0].argv == ("time", "dd", "bs=1k")
    assert machine.requests[0].seed == 7
    assert (result.cycles, result.stdout, result.console, result.report.real_ns) == (250, b"out", b"err", 10)


def test_result_can_be_sent_home():
    """A result survives pickling, as forked workers need."""
    result = run(FakeMachine(respond=plain), ["dd"])
    assert pickle.loads(pickle.dumps(result)) == result


def test_traced_run_prints_records(make):
    """The program goes out with the request; its records are printed and the end of the command is told."""
    session, enabling = start(make, traced(data=struct.pack("<IIIIq", 1, 0, 5, 0, 42)))
    sink = Capture()
    result = session.run("dd", enabling, sink=sink)
    assert session.machine.requests[0].commands == (("dd",),)
    assert session.machine.requests[0].program == enabling.blob
    assert sink.output.endswith(f" {42:>16}\n\n")
    assert sink.messages == ["pid 77 has exited"]
    assert (result.records, result.total_drops, result.exit_status) == (1, 0, 0)


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (1 << 8, "pid 77 exited with status 1"),
        (11, "pid 77 terminated by SIGSEGV"),
        (10, "pid 77 terminated by SIGBUS"),
    ],
)
def test_failing_command_is_reported(make, status, text):
    """How the command ended is told as dtrace does, with FreeBSD's signal names."""
    session, enabling = start(make, traced(status))
    assert session.run("dd", enabling).messages == (text,)


def test_losses_are_counted_and_shown(make):
    """What the kernel lost outside the buffers is told and counted."""
    session, enabling = start(make, traced(lost=12))
    result = session.run("dd", enabling)
    assert "12 dynamic variable drops" in result.messages
    assert result.total_drops == 12


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("dynvar", "dynamic variable drop{}"),
        ("dynvar-dirty", "dynamic variable drop{} with non-empty dirty list"),
        ("dynvar-rinsing", "dynamic variable drop{} with non-empty rinsing list"),
        ("speculation", "speculative drop{}"),
        ("speculation-busy", "failed speculation{} (available buffer(s) still busy)"),
        ("speculation-unavailable", "failed speculation{} (no speculative buffer available)"),
        ("double-error", "error{} in ERROR probe enabling"),
        ("recursion", "probe firing{} refused inside the tracing code"),
    ],
)
def test_wording_of_losses(kind, text):
    """Every kind that the kernel tells of has dtrace's words, and the plural where dtrace has it."""
    assert kind in PV_LOST.values()
    assert describe_lost(kind, 1) == f"1 {text.format('')}"
    assert describe_lost(kind, 25) == f"25 {text.format('s')}"


def test_no_loss_without_words():
    """There is no kind of loss that dtrace has no number for."""
    assert {kind: find_drop_kind(kind) for kind in PV_LOST.values() if find_drop_kind(kind) < 0} == {}


def test_lowered_sizes_are_told(make):
    """A buffer the guest made smaller is told as dtrace tells it."""
    sizes = {"bufsize": 32 << 20, "aggsize": 512 << 10, "dynvarsize": 1000}

    def lower(request):
        header = abi.HEADER.unpack(request.program) | sizes
        yield Loaded(10, load(abi.HEADER.pack(header) + request.program[abi.HEADER.size :], [[8], [8] * 5]))
        yield Done(20, 0)

    session, enabling = start(make, lower)
    assert abi.HEADER.unpack(enabling.blob)["flags"] == abi.F_RESIZE
    enabling.options.set("bufsize", "64m")
    assert session.run("dd", enabling).messages == (
        "buffer size lowered to 32m",
        "aggregation size lowered to 512k",
        "dynamic variable size lowered to 1000b",
    )


def test_refused_program(make):
    """A program the guest refuses is an error with the guest's reason."""

    def refuse(request):
        header = abi.HEADER.unpack(request.program) | {"error": 4}
        yield Rejected(10, abi.HEADER.pack(header) + request.program[abi.HEADER.size :])
        yield Done(20, 1)

    session, enabling = start(make, refuse)
    with pytest.raises(LoadError, match="failed to enable probes: not enough space"):
        session.run("dd", enabling)


def test_missing_program_is_known_afterwards():
    """exec's errno ends up in the result; the one-call form raises it in words."""

    def respond(_request):
        yield ExecFailed(10, 8, 77)
        yield Done(20, 0)

    assert Session(FakeMachine(respond=respond)).run("prog").exec_errno == 8
    with pytest.raises(WorkloadError, match="failed to execute prog: Exec format error"):
        run(FakeMachine(respond=respond), "prog")


def test_killed_tracing_is_told(make):
    """When the kernel gives up tracing by itself, the user is told why."""

    def respond(request):
        yield Loaded(10, load(request.program, [[8], [8] * 5]))
        yield Activity(20, 4, 0)
        yield Done(30, 0)

    session, enabling = start(make, respond)
    assert "unresponsiveness" in session.run("dd", enabling).messages[0]


def test_error_clause_is_added_last(make):
    """The clause that reports faults follows the user's and is not counted as matched."""
    _, enabling = start(make, plain)
    assert enabling.program.clauses[-1] is ERROR_CLAUSE
    assert (enabling.matched, enabling.probes) == (1, ((10,), (3,)))


def test_empty_command_is_refused():
    """A command without words is an error before the guest is asked."""
    with pytest.raises(WorkloadError):
        Session(FakeMachine()).run("")
