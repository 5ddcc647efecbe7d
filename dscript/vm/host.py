# SPDX-License-Identifier: GPL-2.0-or-later
"""What subroutines see of the interpreter that calls them, and the words both work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from dscript.vm.kernel import FakeKernel
from dscript.vm.memory import Memory

MASK = (1 << 64) - 1


def signed(value: int) -> int:
    """A register's bits as a signed number."""
    return value - (1 << 64) if value >> 63 else value


@dataclass(frozen=True)
class Pushed:
    """One item of the tuple stack: its value, and for a reference what it points to."""

    value: int
    reference: bytes | None

    @property
    def key(self) -> bytes | int:
        """What identifies the item in an array's key."""
        return self.value if self.reference is None else self.reference


class Host(Protocol):
    """The interpreter as subroutines use it."""

    kernel: FakeKernel
    memory: Memory
    strsize: int
    token_rest: bytes | None  # what strtok() has yet to look at, in this firing
    allocate_speculation: Callable[[], int]

    def string(self, address: int) -> bytes:
        """The string at an address, cut to strsize."""
        ...

    def new_string(self, text: bytes) -> int:
        """A string in scratch space, cut to strsize."""
        ...

    def scratch(self, size: int) -> int:
        """So many zero bytes of scratch space; raises DifFault NOSCRATCH."""
        ...
