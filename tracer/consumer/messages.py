# SPDX-License-Identifier: GPL-2.0-or-later
"""The wording of run-time errors and of drops, as dtrace(1) puts them after ``dtrace: ``."""

from __future__ import annotations

import signal
from dataclasses import dataclass

_FAULTS = {
    1: "invalid address",
    2: "invalid alignment",
    3: "illegal operation",
    4: "divide-by-zero",
    5: "out of scratch space",
    6: "invalid kernel access",
    7: "invalid user access",
    8: "tuple stack overflow",
    9: "bad stack",
}
_WITH_ADDRESS = (1, 2, 9)
# What the kernel loses: dtrace's tag and number of it, what it is one of, and what follows the plural.
_LOST = {
    "principal": ("PRINCIPAL", 0, "drop", ""),
    "aggregation": ("AGGREGATION", 1, "aggregation drop", ""),
    "dynvar": ("DYNAMIC", 2, "dynamic variable drop", ""),
    "dynvar-rinsing": ("DYNRINSE", 3, "dynamic variable drop", " with non-empty rinsing list"),
    "dynvar-dirty": ("DYNDIRTY", 4, "dynamic variable drop", " with non-empty dirty list"),
    "speculation": ("SPEC", 5, "speculative drop", ""),
    "speculation-busy": ("SPECBUSY", 6, "failed speculation", " (available buffer(s) still busy)"),
    "speculation-unavailable": ("SPECUNAVAIL", 7, "failed speculation", " (no speculative buffer available)"),
    "stack-strings": ("STKSTROVERFLOW", 8, "jstack()/ustack() string table overflow", ""),
    "double-error": ("DBLERROR", 9, "error", " in ERROR probe enabling"),
    "recursion": ("RECURSION", 10, "probe firing", " refused inside the tracing code"),
    "missed": ("MISSED", 11, "profile firing", " missed: the clauses took longer than the interval"),
}


@dataclass(frozen=True)
class Fault:
    """The arguments of one ERROR probe: EPID, action (0: predicate), DIF offset (-1: none), fault and address."""

    epid: int
    action: int
    offset: int
    fault: int
    address: int


def plural(count: int) -> str:
    """Returns the ``s`` of a plural."""
    return "" if count == 1 else "s"


def describe_origin(epid: int, probe_id: int, probe: str) -> str:
    """Returns how every report of an error in a clause begins."""
    return f"error on enabled probe ID {epid} (ID {probe_id}: {probe})"


def describe_fault(fault: Fault, probe_id: int, probe: str) -> str:
    """Returns the line dtrace prints for a fault in a program."""
    reason = _FAULTS.get(fault.fault, "unknown fault")
    if fault.fault in _WITH_ADDRESS:
        reason += f" ({fault.address:#x})"
    where = f"action #{fault.action}" if fault.action else "predicate"
    offset = f" at DIF offset {fault.offset}" if fault.offset >= 0 else ""
    return f"{describe_origin(fault.epid, probe_id, probe)}: {reason} in {where}{offset}"


def describe_drops(count: int, cpu: int, *, aggregation: bool) -> str:
    """Returns the line for records lost on one CPU since its last switch."""
    return f"{count} {'aggregation ' if aggregation else ''}drop{plural(count)} on CPU {cpu}"


def find_drop_kind(kind: str) -> int:
    """Returns dtrace's number of a kind of drop, -1 for what it does not know."""
    return _LOST[kind][1] if kind in _LOST else -1


def describe_tag(kind: str) -> str:
    """Returns what -x droptags puts before the message."""
    return f"[DTRACEDROP_{_LOST[kind][0] if kind in _LOST else kind.upper()}] "


def describe_lost(kind: str, count: int) -> str:
    """Returns the line for what the kernel lost or refused outside the buffers."""
    _, _, what, rest = _LOST.get(kind, ("", -1, f"{kind} drop", ""))
    return f"{count} {what}{plural(count)}{rest}"


def describe_wait_status(pid: int, status: int) -> str:
    """Returns how a process ended, from its wait status."""
    number = status & 0x7F
    if number:
        return f"pid {pid} terminated by {describe_signal(number)}"
    code = status >> 8 & 0xFF
    return f"pid {pid} exited with status {code}" if code else f"pid {pid} has exited"


# Signals whose FreeBSD number differs from the host's; the rest agree.
_BSD_SIGNALS = {7: "SIGEMT", 10: "SIGBUS", 12: "SIGSYS", 16: "SIGURG", 17: "SIGSTOP", 18: "SIGTSTP", 19: "SIGCONT",
                20: "SIGCHLD", 23: "SIGIO", 29: "SIGINFO", 30: "SIGUSR1", 31: "SIGUSR2"}  # fmt: skip


def describe_signal(number: int) -> str:
    """Returns a FreeBSD signal's name."""
    if number in _BSD_SIGNALS:
        return _BSD_SIGNALS[number]
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"SIG{number}"
