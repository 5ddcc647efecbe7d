# SPDX-License-Identifier: GPL-2.0-or-later
"""The seam to the simulator: what the tracer asks of a machine, as Protocols.

``sim.Machine`` satisfies ``Machine``; tests use the instant fake in tests/fakes.py. While an event is held
the machine stands still, so reading its memory is consistent and costs the guest nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sim import Event, Request


class Symbol(Protocol):
    """A kernel symbol."""

    @property
    def name(self) -> str:
        """The function's or variable's name."""

    @property
    def address(self) -> int:
        """Its virtual address."""

    @property
    def module(self) -> str:
        """The module it belongs to (``kernel``)."""


class Symbols(Protocol):
    """The guest kernel's symbol table."""

    def find(self, address: int, /) -> Symbol | None:
        """Returns the symbol that covers ``address``, or None."""

    def find_name(self, name: str, /) -> Symbol | None:
        """Returns the symbol of that name, or None."""


class UserSymbol(Protocol):
    """A symbol of a program or library in a process."""

    @property
    def name(self) -> str:
        """The function's name."""

    @property
    def address(self) -> int:
        """Its address in that process."""


class UserSymbols(Protocol):
    """Names for the addresses of the guest's processes."""

    def find(self, pid: int, address: int, /) -> UserSymbol | None:
        """Returns the symbol that covers ``address`` in a process, or None."""

    def find_object(self, pid: int, address: int, /) -> str | None:
        """Returns the path of the file that is mapped at ``address`` in a process, or None."""


class _NoUsers:
    """Knows no process."""

    def find(self, _pid: int, _address: int, /) -> None:
        """Returns None."""

    def find_object(self, _pid: int, _address: int, /) -> None:
        """Returns None."""


NO_USERS: UserSymbols = _NoUsers()


class Memory(Protocol):
    """Reads guest memory by kernel virtual address."""

    def read_virtual(self, address: int, size: int, /) -> bytes:
        """Returns ``size`` bytes at a mapped kernel address."""


class Machine(Memory, Protocol):
    """A booted machine that takes requests."""

    @property
    def symbols(self) -> Symbols:
        """The kernel's symbol table."""

    def submit(self, request: Request, /) -> None:
        """Hands the guest its next request; only at READY."""

    def events(self) -> Iterator[Event]:
        """Runs the request, yielding events, until Done."""

    def counters(self) -> Mapping[str, int]:
        """Returns the counters since power-on by name (``cycles``, ``instructions``, …)."""

    def interrupt(self) -> None:
        """Asks the guest to end the request as on ^C; safe from a signal handler."""
