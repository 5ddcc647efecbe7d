# SPDX-License-Identifier: GPL-2.0-or-later
"""The machine with the real guest on it: requests, events, determinism, and that the fast accounting is right."""

import os

import pytest

import sim
from sim import ConsoleOutput, Done, ExecFailed, Machine, Mark, Report, Request, load_config

pytestmark = pytest.mark.guest
DD = ("time", "dd", "if=/dev/zero", "of=/dev/null", "bs=256k", "count=2", "status=none")


@pytest.fixture(scope="module")
def booted():
    """A machine at READY; every test forks its own copy."""
    machine = Machine(load_config())
    machine.boot()
    yield machine
    machine.close()


def in_fork(function):
    """Return what ``function()`` returns in a forked child, as text."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            answer = repr(function())
        except BaseException as error:
            answer = f"raised {error!r}"
        os.write(write_end, answer.encode())
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as stream:
        answer = stream.read()
    os.waitpid(child, 0)
    return answer


def run(machine, argv=DD, seed=1):
    """Return the events of one request."""
    machine.submit(Request(argv, seed=seed))
    return list(machine.events())


def test_a_request_gives_marks_report_and_done(booted):
    """An untraced command is announced at its start and end, reported with its times, and done."""
    names = in_fork(lambda: [type(event).__name__ for event in run(booted) if not isinstance(event, ConsoleOutput)])
    assert names == repr([Mark.__name__, Mark.__name__, Report.__name__, Done.__name__])


def test_output_comes_in_order(booted):
    """What a program writes to standard output arrives as fd 1."""
    argv = ("time", "echo", "hello", "world")
    text = in_fork(lambda: b"".join(e.data for e in run(booted, argv) if isinstance(e, ConsoleOutput) and e.fd == 1))
    assert text == repr(b"hello world\r\n") or text == repr(b"hello world\n")


def test_a_missing_program_is_an_event(booted):
    """A command that cannot be executed is announced with its errno (2, ENOENT)."""
    errnos = in_fork(lambda: [e.errno for e in run(booted, ("time", "nonesuch")) if isinstance(e, ExecFailed)])
    assert errnos == "[2]"


def test_same_seed_same_counters_other_seed_others(booted):
    """All counters are the same to the last digit for a seed, and others for another."""

    def counters(seed):
        return in_fork(lambda: (run(booted, seed=seed), sorted(booted.counters().items()))[1])

    first = counters(1)
    assert counters(1) == first
    assert counters(2) != first


def test_slices_do_not_change_the_counters(booted, monkeypatch):
    """However often the host takes control, the run takes the same cycles."""

    def counters(cycles):
        monkeypatch.setattr("sim.machine.SLICE_CYCLES", cycles)
        return in_fork(lambda: (run(booted), sorted(booted.counters().items()))[1])

    assert counters(20_000_000) == counters(77_777)


def test_memory_is_read_by_kernel_address(booted):
    """Kernel text read through the page tables is what lies in RAM."""
    symbol = booted.symbols.find_name("malloc")
    assert symbol.module == "kernel"
    assert booted.read_virtual(symbol.address, 64) == booted.read_physical(symbol.address - 0x40000000, 64)
    with pytest.raises(sim.CoreError, match="0x00000000 is not mapped"):
        booted.read_virtual(0, 4)


def test_bare_and_timed_do_the_same_work():
    """Without the timing model the guest executes about as many instructions."""
    counts = []
    for timed in (False, True):
        machine = Machine(load_config(), timed=timed)
        machine.boot()
        counts.append(machine.counters()["instructions"])
        machine.close()
    assert counts[0] == pytest.approx(counts[1], rel=0.05)
