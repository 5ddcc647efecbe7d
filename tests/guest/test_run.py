# SPDX-License-Identifier: GPL-2.0-or-later
"""The life of a run: hold, release, report, again and again; and what a seed changes."""

import os

import pytest

from sim.hooks import Done, ExecFailed, Mark, Report
from sim.request import Request

pytestmark = pytest.mark.guest

TIME_DD = "time dd if=/dev/zero of=/dev/null bs=1m count=1 status=none"
NOISE = ("page_order", "timer_phase", "stack_gap", "background")


def find_report(outcome):
    """The report of a run."""
    return next(event for event in outcome.events if isinstance(event, Report))


def test_events_in_order(guest):
    """A timed command is marked, marked again, reported and done."""
    outcome = guest.run(TIME_DD)
    assert [type(event) for event in outcome.events] == [Mark, Mark, Report, Done]
    assert [event.start for event in outcome.events[:2]] == [True, False]


def test_report_adds_up(guest):
    """The report's times are those of the workload: user and system time within real time, faults counted."""
    report = find_report(guest.run(TIME_DD))
    assert report.status == 0
    before_the_mark = 500  # us: the child runs a little before it is held
    assert 0 < report.utime_us + report.stime_us <= report.real_ns / 1000 + before_the_mark
    assert report.minflt > 512  # a buffer of 2 MiB, touched page by page


def test_missing_program(guest):
    """A command that does not exist is reported as such, and the run ends all the same."""
    outcome = guest.run("time nothing-there")
    assert [event.errno for event in outcome.events if isinstance(event, ExecFailed)] == [2]
    assert find_report(outcome).status == 127 << 8


def test_status_passes(guest):
    """The status of a direct command is what Done tells."""
    assert guest.run("false").status == 1 << 8
    assert guest.run("true").status == 0


def test_nothing_is_lost(guest):
    """Run after run leaves no process, file, page or kernel memory behind."""
    guest.run(TIME_DD)
    before = guest.leaks()
    for seed in range(4):
        guest.run(TIME_DD, seed)
    assert guest.leaks() == before


def measure(guest, seed):
    """Run in a fork of the machine, as experiments do; returns (real ns, cycles) of the workload."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        outcome = guest.run(TIME_DD, seed)
        start, end = (event.cycles for event in outcome.events[:2])
        os.write(write, f"{find_report(outcome).real_ns} {end - start}".encode())
        os._exit(0)
    os.close(write)
    os.waitpid(pid, 0)
    with open(read, "rb") as stream:
        return tuple(map(int, stream.read().split()))


def test_same_seed_same_run(boot):
    """The same seed gives the same times to the last digit, another seed others."""
    guest = boot(overrides={f"noise.{name}": True for name in NOISE})
    first, again, other = measure(guest, 1), measure(guest, 1), measure(guest, 2)
    assert first == again
    assert first != other


def test_without_noise_all_runs_are_equal(boot):
    """With every source of noise off, the seed makes no difference."""
    guest = boot(overrides={f"noise.{name}": False for name in NOISE})
    assert measure(guest, 1) == measure(guest, 2)


def test_interrupt_reaches_the_kernel(guest):
    """The host's interrupt is taken, cleared, and forgotten by the next request."""
    guest.machine.submit(Request(("sleep", "0.1")))
    guest.machine.interrupt()
    list(guest.machine.events())
    assert guest.words("pvctl_interrupted") == (1,)
    guest.run("true")
    assert guest.words("pvctl_interrupted") == (0,)


def test_environment(guest):
    """A request's environment strings become the program's."""
    guest.machine.submit(Request(("/host/kerntest", "show"), env={"COLOUR": "blue", "PATH": "/bin"}))
    text = b"".join(getattr(event, "data", b"") for event in guest.machine.events()).decode()
    assert "env COLOUR=blue\n" in text
    assert "env PATH=/bin\n" in text
