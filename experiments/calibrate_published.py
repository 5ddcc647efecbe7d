# SPDX-License-Identifier: GPL-2.0-or-later
"""What has been published of the real machine, for ``probelab calibrate``.

All figures are LMBench's from Texas Instruments' "Performance Guide for AM335X" (AM335x EVM, Cortex-A8 at 1000 MHz,
DDR3 at 400 MHz, Linux). Its bandwidths for less than 16 MB mix two benchmarks up, so those for 16 MB are taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SOURCE = 'TI, "Performance Guide for AM335X": LMBench, Cortex-A8 at 1000 MHz, DDR3-800, Linux'
TOLERANCE = 0.10
STRIDE = 128


class Group(StrEnum):
    """A part of the calibration; the kernel's operations are another kernel's, and only reported."""

    LATENCY = "memory latency"
    BANDWIDTH = "memory bandwidth"
    OPERATION = "operations"
    LIBRARY = "operations done by the C library (reported, not tuned)"
    KERNEL = "kernel operations (reported, not tuned: a different kernel)"

    @property
    def tuned(self) -> bool:
        """Whether the figures are to agree within TOLERANCE."""
        return self in (Group.LATENCY, Group.BANDWIDTH, Group.OPERATION)


@dataclass(frozen=True)
class Published:
    """One published figure: microbench's ``name``, ``value`` in ``unit`` (ns, MB/s or us), and what to know of it."""

    group: Group
    name: str
    title: str
    value: float
    unit: str
    note: str = ""


def _latency(size: int, title: str, value: float, note: str = "") -> Published:
    return Published(Group.LATENCY, f"latency_{STRIDE}_{size}", f"load, {title}, stride {STRIDE}", value, "ns", note)


def _bandwidth(name: str, title: str, value: float, note: str = "") -> Published:
    return Published(Group.BANDWIDTH, f"bandwidth_{name}", title, value, "MB/s", note)


PUBLISHED = (
    _latency(4096, "4 KB", 3.00, "published for the smallest set"),
    _latency(32_000, "31 KB", 3.02),
    _latency(64_000, "62 KB", 8.72),
    _latency(128_000, "125 KB", 11.68),
    _latency(256_000, "250 KB", 76.74, "by the physical pages the set gets"),
    _latency(512_000, "500 KB", 187.13),
    _latency(1_024_000, "1000 KB", 220.90),
    _bandwidth("rd", "read, every fourth word", 252.47),
    _bandwidth("frd", "read", 249.79),
    _bandwidth("wr", "write, every fourth word", 996.57),
    _bandwidth("fwr", "write", 996.39),
    _bandwidth("rdwr", "read and write, every fourth word", 203.07),
    _bandwidth("cp", "copy, every fourth word", 164.22),
    _bandwidth("bzero", "bzero", 996.33),
    _bandwidth("bcopy", "bcopy", 202.82),
    Published(Group.OPERATION, "int_bit", "int bit", 0.67, "ns"),
    Published(Group.OPERATION, "int_add", "int add", 1.00, "ns"),
    Published(Group.OPERATION, "int_mul", "int mul", 6.06, "ns"),
    Published(Group.OPERATION, "int64_add", "int64 add", 1.20, "ns"),
    Published(Group.LIBRARY, "bandwidth_fcp", "copy, by words", 296.58, "MB/s", "the published program copies by NEON"),
    Published(Group.LIBRARY, "int_mod", "int mod", 24.47, "ns"),
    Published(Group.LIBRARY, "int_div", "int div", 72.96, "ns"),
    Published(Group.LIBRARY, "int64_div", "int64 div", 191.50, "ns", "our C library goes bit by bit"),
    Published(Group.KERNEL, "null_syscall", "null system call", 0.53, "us"),
    Published(Group.KERNEL, "read", "read of one byte", 1.37, "us"),
    Published(Group.KERNEL, "write", "write of one byte", 0.74, "us"),
    Published(Group.KERNEL, "stat", "stat", 5.27, "us"),
    Published(Group.KERNEL, "open_close", "open and close", 290.15, "us", "published for a file on an SD card"),
    Published(Group.KERNEL, "mmap_1m", "mmap of 1 MB", 69.0, "us"),
    Published(Group.KERNEL, "page_fault", "page fault", 1.69, "us", "ours is zeroed memory, theirs a cached file"),
    Published(Group.KERNEL, "pipe_round_trip", "pipe, there and back", 34.68, "us"),
    Published(Group.KERNEL, "context_switch", "context switch, two processes", 50.34, "us", "theirs with 128 KB each"),
    Published(Group.KERNEL, "fork_exit", "fork and exit", 1411.75, "us"),
    Published(Group.KERNEL, "fork_exec", "fork and exec", 1657.0, "us"),
)
