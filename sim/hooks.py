# SPDX-License-Identifier: GPL-2.0-or-later
"""What the machine announces: one frozen dataclass per event, in the order they happen.

A subscriber iterates ``Machine.events()``; while it holds an event the machine stands still, so
guest memory may be read consistently and reading it costs the guest nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class BufferKind(IntEnum):
    """Which of a CPU's two kinds of buffers a snapshot comes from."""

    PRINCIPAL = 0
    AGGREGATION = 1


@dataclass(frozen=True)
class Event:
    """Base of all events; ``cycles`` is the CPU cycle count when it happened."""

    cycles: int


@dataclass(frozen=True)
class ConsoleOutput(Event):
    """Bytes the guest wrote: ``fd`` 1 for /dev/ttyu1 (standard output), 2 for the console."""

    fd: int
    data: bytes


@dataclass(frozen=True)
class Loaded(Event):
    """The kernel accepted the D program; ``program`` is the blob with the guest's layouts filled in."""

    program: bytes


@dataclass(frozen=True)
class Rejected(Event):
    """The kernel refused the D program; ``program`` holds the reason in its header."""

    program: bytes


@dataclass(frozen=True)
class BufferReady(Event):
    """A buffer was switched out: its bytes, and what was lost since the last switch."""

    kind: BufferKind
    cpu: int
    data: bytes
    drops: int
    errors: int
    time_ns: int


@dataclass(frozen=True)
class Activity(Event):
    """The tracing state changed: 1 active, 2 draining, 3 stopped, 4 killed; ``exit_value`` is exit()'s argument."""

    state: int
    exit_value: int


@dataclass(frozen=True)
class Lost(Event):
    """Something was refused or dropped inside the guest: ``kind`` names it, ``count`` is since the last report."""

    kind: str
    count: int


@dataclass(frozen=True)
class Mark(Event):
    """The workload was released (``start``) or has been waited for (not ``start``)."""

    start: bool
    pid: int


@dataclass(frozen=True)
class ExecFailed(Event):
    """The workload's execve failed with this errno."""

    errno: int
    pid: int


@dataclass(frozen=True)
class Mapped(Event):
    """A file was mapped executable into a process; no bytes: the process has a new and empty map."""

    pid: int
    address: int
    size: int
    offset: int
    path: str


@dataclass(frozen=True)
class GrabFailed(Event):
    """The process that was to be followed is not there: errno, pid."""

    errno: int
    pid: int


@dataclass(frozen=True)
class Report(Event):
    """The finished workload's times, as time(1) would see them, and its wait status."""

    pid: int
    status: int
    real_ns: int
    utime_us: int
    stime_us: int
    minflt: int
    nvcsw: int
    nivcsw: int


@dataclass(frozen=True)
class Done(Event):
    """The request's program has ended with this wait status; ``events()`` ends after it."""

    status: int
