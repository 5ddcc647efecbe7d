# SPDX-License-Identifier: GPL-2.0-or-later
"""What user addresses are called: the mappings of each process, as the guest announces them, and their files' symbols.

``UserMaps.add(event)`` takes the machine's ``Mapped`` events; ``find(pid, address)`` answers the consumer's questions
(``UserSymbols``) for ustack(), uaddr() and their kin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sim import Mapped, UserProgram


class Files(Protocol):
    """What is asked of a machine: the files of the guest's root by path."""

    @property
    def files(self) -> Mapping[str, bytes]:
        """The contents of each file."""


@dataclass(frozen=True)
class UserSymbol:
    """A user address in words: the file mapped there, the function if one covers it, and the bytes into it."""

    module: str
    name: str = ""
    offset: int = 0


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

    def find(self, pid: int, address: int, /) -> UserSymbol | None:
        """Returns what lies at a process's address, or None if no file is mapped there."""
        for mapping in reversed(self._maps.get(pid, [])):
            if mapping.address <= address < mapping.address + mapping.size:
                return self._find_symbol(mapping, address)
        return None

    def _find_symbol(self, mapping: Mapped, address: int) -> UserSymbol:
        program = self._get_program(mapping.path)
        found = program.find(address - mapping.address + mapping.offset) if program else None
        if found is None:
            return UserSymbol(PurePosixPath(mapping.path).name)
        symbol, offset = found
        return UserSymbol(symbol.module, symbol.name, offset)

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
