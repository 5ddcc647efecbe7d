# SPDX-License-Identifier: GPL-2.0-or-later
"""What user addresses are called: the mappings of each process, as the guest announces them, and their files' symbols.

``UserMaps.add(event)`` takes the machine's ``Mapped`` events; it answers the consumer's questions (``UserSymbols``) for
ustack(), uaddr() and their kin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sim import Mapped, UserProgram


class Files(Protocol):
    """What is asked of a machine: the files of the guest's root by path."""

    @property
    def files(self) -> Mapping[str, bytes]:
        """The contents of each file."""


@dataclass(frozen=True)
class MappedSymbol:
    """A function where a process has it."""

    name: str
    address: int


class UserMaps:
    """The executable mappings of every process seen; a process that ends keeps its own until its pid has a new map."""

    def __init__(self, machine: Files) -> None:
        self._machine = machine
        self._maps: dict[int, list[Mapped]] = {}
        self._programs: dict[str, UserProgram | None] = {}

    def add(self, event: Mapped) -> None:
        """Takes one announcement: a mapping, or that a process starts over with an empty map."""
        if event.size == 0:
            self._maps[event.pid] = []
        else:
            self._maps.setdefault(event.pid, []).append(event)

    def find_object(self, pid: int, address: int, /) -> str | None:
        """Returns the path of the file that is mapped at a process's address, or None."""
        mapping = self._find_mapping(pid, address)
        return mapping.path if mapping else None

    def find(self, pid: int, address: int, /) -> MappedSymbol | None:
        """Returns the function that covers a process's address, or None."""
        mapping = self._find_mapping(pid, address)
        program = self._get_program(mapping.path) if mapping else None
        if mapping is None or program is None:
            return None
        found = program.find(address - mapping.address + mapping.offset)
        return MappedSymbol(found[0].name, address - found[1]) if found else None

    def _find_mapping(self, pid: int, address: int) -> Mapped | None:
        """Returns the mapping that covers an address; a later one lies over an earlier one."""
        for mapping in reversed(self._maps.get(pid, [])):
            if mapping.address <= address < mapping.address + mapping.size:
                return mapping
        return None

    def _get_program(self, path: str) -> UserProgram | None:
        """Returns the parsed file, each parsed once; None if it is none that has symbols."""
        if path not in self._programs:
            from sim import LoadError, UserProgram  # only a script with user addresses needs it

            data = self._machine.files.get(path, b"")
            try:
                self._programs[path] = UserProgram.read(data, path)
            except LoadError:
                self._programs[path] = None
        return self._programs[path]
