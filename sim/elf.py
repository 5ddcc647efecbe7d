# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the little of ELF32/ARM that loading a kernel and naming addresses take: segments and the symbol table.

Everything is checked against the file's size first, so a malformed file gives one clear LoadError.
(What students look at, sections and DWARF, is pyelftools' work; this one keeps starting up quick.)
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from sim.errors import LoadError

EHDR = struct.Struct("<16sHHIIIIIHHHHHH")
PHDR = struct.Struct("<8I")
SHDR = struct.Struct("<10I")
SYM = struct.Struct("<IIIBBH")
EM_ARM, ET_EXEC, ET_DYN, PT_LOAD, SHT_SYMTAB, SHT_DYNSYM = 40, 2, 3, 1, 2, 11
STT_NOTYPE, STT_OBJECT, STT_FUNC = 0, 1, 2
STB_GLOBAL, STB_WEAK = 1, 2


@dataclass(frozen=True)
class Segment:
    """A loadable piece: ``data``, in the file at ``offset``, goes to ``paddr``; zeros follow up to ``memsz`` bytes."""

    vaddr: int
    paddr: int
    data: bytes
    memsz: int
    offset: int = 0


@dataclass(frozen=True)
class ElfSymbol:
    """One entry of the symbol table."""

    name: str
    value: int
    size: int
    info: int
    other: int
    shndx: int

    @property
    def kind(self) -> int:
        """STT_* of the entry."""
        return self.info & 15

    @property
    def binding(self) -> int:
        """STB_* of the entry."""
        return self.info >> 4


@dataclass(frozen=True)
class ElfFile:
    """An executable, or a shared object that may lie anywhere."""

    entry: int
    segments: tuple[Segment, ...]
    symbols: tuple[ElfSymbol, ...]


def parse_elf(data: bytes, name: str, *, shared: bool = False) -> ElfFile:
    """Return the executable in ``data``; raises LoadError naming ``name`` if it is not one for ARM.

    With ``shared`` a shared object will do too. A file without its full symbol table has that of its dynamic linking.
    """
    if data[:4] != b"\x7fELF":
        raise LoadError(f"{name}: not an ELF file")
    if len(data) < EHDR.size:
        raise LoadError(f"{name}: ELF header cut off after {len(data)} bytes")
    ident, kind, machine, _, entry, phoff, shoff, _, _, phentsize, phnum, shentsize, shnum, _ = EHDR.unpack_from(data)
    if ident[4:6] != b"\1\1" or machine != EM_ARM:
        raise LoadError(f"{name}: not a 32-bit little-endian ARM file (machine {machine})")
    if kind != ET_EXEC and not (shared and kind == ET_DYN):
        raise LoadError(f"{name}: ELF type {kind}; expected {ET_EXEC}, an executable")
    headers = _table(data, name, "program header", PHDR, phoff, phentsize, phnum)
    segments = tuple(_segment(data, name, fields) for fields in headers if fields[0] == PT_LOAD)
    if not segments:
        raise LoadError(f"{name}: nothing to load")
    sections = _table(data, name, "section header", SHDR, shoff, shentsize, shnum)
    return ElfFile(entry, segments, _symbols(data, name, sections))


def _table(
    data: bytes, name: str, what: str, layout: struct.Struct, offset: int, size: int, count: int
) -> list[tuple[int, ...]]:
    if count and size != layout.size:
        raise LoadError(f"{name}: {what} size {size}; expected {layout.size}")
    if offset + count * layout.size > len(data):
        raise LoadError(f"{name}: {what} table at {offset} lies outside the file of {len(data)} bytes")
    return [layout.unpack_from(data, offset + i * layout.size) for i in range(count)]


def _segment(data: bytes, name: str, fields: tuple[int, ...]) -> Segment:
    _, offset, vaddr, paddr, filesz, memsz, _, _ = fields
    if offset + filesz > len(data) or filesz > memsz:
        raise LoadError(f"{name}: segment at 0x{vaddr:08x} lies outside the file of {len(data)} bytes")
    return Segment(vaddr, paddr, data[offset : offset + filesz], memsz, offset)


def _symbols(data: bytes, name: str, sections: list[tuple[int, ...]]) -> tuple[ElfSymbol, ...]:
    for section in sorted(sections, key=lambda section: section[1]):
        if section[1] not in (SHT_SYMTAB, SHT_DYNSYM):
            continue
        offset, size, link = section[4], section[5], section[6]
        if link >= len(sections) or offset + size > len(data):
            raise LoadError(f"{name}: symbol table lies outside the file")
        start, length = sections[link][4], sections[link][5]
        if start + length > len(data):
            raise LoadError(f"{name}: string table lies outside the file")
        strings = data[start : start + length]
        rows = SYM.iter_unpack(data[offset : offset + size // SYM.size * SYM.size])
        return tuple(ElfSymbol(_string(strings, row[0]), row[1], row[2], *row[3:]) for row in rows)
    return ()


def _string(strings: bytes, offset: int) -> str:
    end = strings.find(b"\0", offset)
    return strings[offset:end].decode("utf-8", "replace") if end >= 0 else ""
