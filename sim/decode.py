# SPDX-License-Identifier: GPL-2.0-or-later
"""Turns the control device's events and their eight arguments into the dataclasses of sim/hooks.py."""

from __future__ import annotations

from typing import Protocol

from sim import abi, hooks
from sim.abi import PvEvent


class GuestMemory(Protocol):
    """What decoding reads of the machine."""

    def read_virtual(self, address: int, count: int) -> bytes:
        """Return bytes at a kernel address."""

    def read_string(self, address: int) -> str:
        """Return the NUL-ended string at a kernel address."""

    def read_mailbox(self, offset: int, count: int) -> bytes:
        """Return bytes of the mailbox."""


class Decoder:
    """Decodes events; ``program_offset`` and ``program_bytes`` say where the request's D program lies."""

    def __init__(self, memory: GuestMemory) -> None:
        self._memory = memory
        self.program_offset = 0
        self.program_bytes = 0

    def decode(self, kind: PvEvent, cycles: int, args: tuple[int, ...]) -> hooks.Event | None:
        """Return the event for ``kind``, or None for READY, which only the machine itself looks at."""
        match kind:
            case PvEvent.MARK:
                return hooks.Mark(cycles, args[0] == abi.PV_MARK_START, args[1])
            case PvEvent.EXECFAIL:
                return hooks.ExecFailed(cycles, args[0], args[1])
            case PvEvent.REPORT:
                fields = abi.PV_REPORT.unpack(self._memory.read_virtual(args[0], abi.PV_REPORT.size))
                return hooks.Report(cycles, *fields[:8])
            case PvEvent.DONE:
                return hooks.Done(cycles, args[0])
            case PvEvent.BUFFER:
                return self._buffer(cycles, args)
            case PvEvent.LOADED:
                return hooks.Loaded(cycles, self._program())
            case PvEvent.REJECTED:
                return hooks.Rejected(cycles, self._program())
            case PvEvent.ACTIVITY:
                return hooks.Activity(cycles, args[0], _signed(args[1]))
            case PvEvent.LOST:
                return hooks.Lost(cycles, abi.PV_LOST.get(args[0], f"kind {args[0]}"), args[1])
            case PvEvent.MAPPING:
                return hooks.Mapped(cycles, *args[:4], self._memory.read_string(args[4]) if args[4] else "")
            case PvEvent.GRABFAIL:
                return hooks.GrabFailed(cycles, args[0], args[1])
            case _:
                return None

    def _buffer(self, cycles: int, args: tuple[int, ...]) -> hooks.BufferReady:
        kind, cpu, address, count, drops, errors, time_lo, time_hi = args
        data = self._memory.read_virtual(address, count) if count else b""
        return hooks.BufferReady(cycles, hooks.BufferKind(kind), cpu, data, drops, errors, time_hi << 32 | time_lo)

    def _program(self) -> bytes:
        return self._memory.read_mailbox(self.program_offset, self.program_bytes)


def _signed(word: int) -> int:
    return word - (1 << 32) if word & 0x80000000 else word
