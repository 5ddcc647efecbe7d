# SPDX-License-Identifier: GPL-2.0-or-later
"""The symbols of a program or library of the guest's root, by where its file is mapped.

``UserProgram.read(data, path)`` parses the file; ``find(offset)`` names a place in the file, which is what a mapping
of it (``sim.Mapped``) leads to.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from sim.elf import Segment, parse_elf
from sim.symbols import Symbol, SymbolTable


@dataclass(frozen=True)
class UserProgram:
    """A parsed ELF file; ``name`` is its last path component."""

    name: str
    segments: tuple[Segment, ...]
    symbols: SymbolTable

    @classmethod
    def read(cls, data: bytes, path: str) -> UserProgram:
        """Return the program in ``data``; raises LoadError if it is not an ELF file for ARM."""
        name = PurePosixPath(path).name
        elf = parse_elf(data, path, shared=True)
        return cls(name, elf.segments, SymbolTable(elf.symbols, name))

    def find(self, offset: int) -> tuple[Symbol, int] | None:
        """Return the symbol that covers the file's byte at ``offset``, and how far into it that is, or None."""
        for segment in self.segments:
            if segment.offset <= offset < segment.offset + len(segment.data):
                address = segment.vaddr + offset - segment.offset
                symbol = self.symbols.find(address)
                return (symbol, address - symbol.address) if symbol else None
        return None
