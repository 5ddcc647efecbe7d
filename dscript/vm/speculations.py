# SPDX-License-Identifier: GPL-2.0-or-later
"""Speculative buffers of the reference interpreter: records wait in one until it is committed or discarded.

Numbers count from 1. On one CPU a buffer is free again at once, so no state lies between in use and free.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from dscript.errors import DifFault
from dscript.vm.faults import Fault

Item = TypeVar("Item")


class Speculations(Generic[Item]):
    """``count`` buffers; ``unavailable`` counts the calls of speculation() that found none free."""

    def __init__(self, count: int = 1) -> None:
        self._waiting: list[list[Item] | None] = [None] * count
        self.unavailable = 0

    def allocate(self) -> int:
        """The number of a buffer that was free, 0 if none is."""
        for index, waiting in enumerate(self._waiting):
            if waiting is None:
                self._waiting[index] = []
                return index + 1
        self.unavailable += 1
        return 0

    def find(self, number: int) -> list[Item] | None:
        """What waits in a buffer, for adding to it; None if it is not in use."""
        return self._waiting[number - 1] if 0 < number <= len(self._waiting) else None

    def release(self, number: int) -> list[Item]:
        """What waited in a buffer, which is free after that; nothing for 0; raises DifFault for a number too large."""
        if number == 0:
            return []
        if number > len(self._waiting):
            raise DifFault(Fault.ILLOP, number)
        waiting, self._waiting[number - 1] = self._waiting[number - 1], None
        return waiting or []
