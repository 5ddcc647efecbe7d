# SPDX-License-Identifier: GPL-2.0-or-later
"""The memory of the reference interpreter: disjoint segments at made-up addresses.

Kernel data, string tables, values of string variables and scratch space are all segments; anything
else is a bad address. ``place`` puts bytes somewhere new, ``map`` puts them at a given address.
"""

from __future__ import annotations

from bisect import bisect_right, insort

from dscript.errors import DifFault
from dscript.vm.faults import Fault

FIRST_ADDRESS = 0xE000_0000  # pointers have 32 bits; above what a fake kernel maps, so that the two never meet
_GAP = 64


class Memory:
    """Bytes by address; loads are little endian."""

    def __init__(self) -> None:
        self._bases: list[int] = []
        self._segments: dict[int, bytearray] = {}
        self._own: set[int] = set()  # the segments that a program may store to
        self._next = FIRST_ADDRESS

    def map(self, address: int, data: bytes) -> None:
        """Make ``data`` readable at ``address``."""
        insort(self._bases, address)
        self._segments[address] = bytearray(data)

    def place(self, data: bytes, *, own: bool = True) -> int:
        """Make ``data`` readable somewhere new, 8-aligned; ``own`` says that the program may store there."""
        address = self._next
        if own:
            self._own.add(address)
        self._next = (address + len(data) + _GAP + 7) & ~7
        self.map(address, data)
        return address

    def place_string(self, text: bytes) -> int:
        """A NUL-terminated string somewhere new."""
        return self.place(text + b"\0")

    def store(self, address: int, data: bytes) -> None:
        """Overwrite bytes as a program may: only its own; raises DifFault BADADDR."""
        segment, at = self._find(address, len(data))
        if address - at not in self._own:
            raise DifFault(Fault.BADADDR, address)
        segment[at : at + len(data)] = data

    def _find(self, address: int, size: int) -> tuple[bytearray, int]:
        index = bisect_right(self._bases, address) - 1
        if index >= 0:
            base = self._bases[index]
            segment = self._segments[base]
            if address - base + size <= len(segment):
                return segment, address - base
        raise DifFault(Fault.BADADDR, address)

    def read(self, address: int, size: int) -> bytes:
        """``size`` bytes; raises DifFault BADADDR."""
        segment, at = self._find(address, size)
        return bytes(segment[at : at + size])

    def load(self, address: int, size: int, *, signed: bool) -> int:
        """An aligned integer; raises DifFault BADADDR or BADALIGN."""
        if address % size:
            raise DifFault(Fault.BADALIGN, address)
        return int.from_bytes(self.read(address, size), "little", signed=signed)

    def write(self, address: int, data: bytes) -> None:
        """Overwrite bytes that are there."""
        segment, at = self._find(address, len(data))
        segment[at : at + len(data)] = data

    def string(self, address: int, limit: int) -> bytes:
        """The string at ``address`` up to its NUL, at most ``limit`` bytes."""
        segment, at = self._find(address, 1)
        end = segment.find(0, at, at + limit)
        if end < 0 and at + limit > len(segment):
            raise DifFault(Fault.BADADDR, address)
        return bytes(segment[at : at + limit if end < 0 else end])
