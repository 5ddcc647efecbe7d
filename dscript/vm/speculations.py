# SPDX-License-Identifier: GPL-2.0-or-later
"""Speculative buffers of the reference interpreter: records wait in one until it is committed or discarded.

Numbers count from 1. The states are DTrace's, seen from one CPU: a buffer that was discarded before anything waited in
it, or committed after a clause that speculated lost its record, is busy until ``clean`` is called.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Generic, TypeVar

from dscript.errors import DifFault
from dscript.vm.faults import Fault

Item = TypeVar("Item")


class _State(Enum):
    """Whether a buffer is in use, how much has been speculated into it, or that it waits to be cleaned."""

    INACTIVE = auto()
    ACTIVE = auto()
    ONE = auto()
    MANY = auto()
    BUSY = auto()


_WRITABLE = (_State.ACTIVE, _State.ONE, _State.MANY)


class _Buffer(Generic[Item]):
    """One buffer: its state and what waits in it."""

    def __init__(self) -> None:
        self.state = _State.INACTIVE
        self.items: list[Item] = []

    def empty(self, state: _State) -> list[Item]:
        """Goes into a state and gives what waited."""
        self.state, items, self.items = state, self.items, []
        return items


class Speculations(Generic[Item]):
    """``count`` buffers; ``unavailable`` counts the calls of speculation() that found none free."""

    def __init__(self, count: int = 1) -> None:
        self._buffers: list[_Buffer[Item]] = [_Buffer() for _ in range(count)]
        self.unavailable = 0

    def allocate(self) -> int:
        """The number of a buffer that was free, 0 if none is."""
        for index, buffer in enumerate(self._buffers):
            if buffer.state is _State.INACTIVE:
                buffer.state = _State.ACTIVE
                return index + 1
        self.unavailable += 1
        return 0

    def clean(self) -> None:
        """Frees the buffers that are busy."""
        for buffer in self._buffers:
            if buffer.state is _State.BUSY:
                buffer.state = _State.INACTIVE

    def _find(self, number: int) -> _Buffer[Item] | None:
        """The buffer of a number, None for 0; raises DifFault for a number too large."""
        if number > len(self._buffers):
            raise DifFault(Fault.ILLOP)
        return self._buffers[number - 1] if number else None

    def open(self, number: int) -> list[Item] | None:
        """What waits in a buffer, for adding to it; None if nothing can be added; raises DifFault as commit does."""
        buffer = self._find(number)
        if buffer is None or buffer.state not in _WRITABLE:
            return None
        if buffer.state is _State.ACTIVE:
            buffer.state = _State.ONE
        elif buffer.state is _State.ONE and not buffer.items:
            buffer.state = _State.MANY
        return buffer.items

    def commit(self, number: int) -> list[Item]:
        """What waited in a buffer; nothing for 0 or one not in use; raises DifFault for a number too large."""
        buffer = self._find(number)
        if buffer is None or buffer.state not in _WRITABLE:
            return []
        free = buffer.state is _State.ACTIVE or (buffer.state is _State.ONE and bool(buffer.items))
        return buffer.empty(_State.INACTIVE if free else _State.BUSY)

    def discard(self, number: int) -> None:
        """Forgets what waits in a buffer; nothing for 0 or one not in use; raises DifFault as commit does."""
        buffer = self._find(number)
        if buffer is not None and buffer.state in _WRITABLE:
            free = buffer.state is _State.ONE and bool(buffer.items)
            buffer.empty(_State.INACTIVE if free else _State.BUSY)
