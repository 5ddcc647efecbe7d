# SPDX-License-Identifier: GPL-2.0-or-later
"""Puts kernel, symbol tables, kernel environment and root image into the guest's RAM, as a boot loader does.

Everything lies behind the kernel in the order below, each on a page of its own; struct bootinfo (abi/bootinfo.h)
says where. ``load(core, image, config)`` returns the physical entry point and the address of bootinfo.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sim import abi
from sim.config import Config
from sim.elf import ElfFile, parse_elf
from sim.errors import LoadError
from sim.rootfs import pack
from sim.symbols import SymbolTable
from sim.symtab import build_tables

BUILD = Path(__file__).resolve().parent / "_build"
KERNEL_OFFSET = 0x4000_0000  # virtual minus physical address of kernel text
PAGE = 4096


class Memory(Protocol):
    """Where the loader writes: RAM by physical address."""

    def memory(self, pa: int, count: int) -> memoryview:
        """Return writable RAM."""


@dataclass(frozen=True)
class Image:
    """What a machine boots from: the kernel, and the files of its root by guest path."""

    kernel: ElfFile
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class Placement:
    """Where things ended up (physical addresses)."""

    entry: int
    bootinfo: int
    free: int


def read_image(files: Mapping[str, bytes] | None = None, kernel: Path | None = None) -> Image:
    """Return the built kernel and root with extra ``files``; raises LoadError if they are not built."""
    return Image(read_kernel(kernel), read_root() | dict(files or {}))


def load_symbols() -> SymbolTable:
    """Return the built kernel's symbols, without a machine; raises LoadError if it is not built."""
    return SymbolTable(read_kernel().symbols)


def read_kernel(path: Path | None = None) -> ElfFile:
    """Return the built kernel; raises LoadError if it is not built."""
    path = path or BUILD / "kernel"
    if not path.is_file():
        raise LoadError(f"{path}: no guest kernel; run python -m sim.build")
    return parse_elf(path.read_bytes(), str(path))


def read_root() -> dict[str, bytes]:
    """Return the built files of the guest's root by guest path."""
    root = BUILD / "root"
    found = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {"/" + path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def root_paths() -> tuple[str, ...]:
    """Return the guest paths of the built files of the root."""
    root = BUILD / "root"
    return tuple("/" + path.relative_to(root).as_posix() for path in sorted(root.rglob("*")) if path.is_file())


def image_hash() -> str:
    """Return the SHA-256 of what the guest boots from and of the core that runs it."""
    digest = hashlib.sha256()
    for path in (BUILD / "libprobecore.so", BUILD / "kernel"):
        if not path.is_file():
            raise LoadError(f"{path}: not built; run python -m sim.build")
        digest.update(path.read_bytes())
    for name, data in read_root().items():
        digest.update(name.encode() + b"\0" + data)
    return digest.hexdigest()


def build_environment(config: Config) -> bytes:
    """Return the kernel environment: name=value strings, ended by an empty one."""
    variables = {
        "kern.hz": config["kernel.hz"],
        "kern.stathz": config["kernel.stathz"],
        "debug.unwind": config["kernel.unwind"],
        "hw.clockrate_hz": config["cpu.hz"],
        "kern.boottime": config["kernel.boottime"],
    }
    return b"".join(f"{name}={value}".encode() + b"\0" for name, value in variables.items()) + b"\0"


def load(memory: Memory, image: Image, config: Config) -> Placement:
    """Write everything into RAM; raises LoadError if it does not fit."""
    base, size = config.integer("ram.base"), config.integer("ram.bytes")
    mailbox_bytes = config.integer("ram.mailbox_bytes")
    limit = base + size - mailbox_bytes
    cursor = _load_segments(memory, image.kernel, base, limit)
    bootinfo, cursor = cursor, cursor + PAGE
    tables = build_tables(image.kernel.symbols, config.integer("kernel.symbols"), config.number("kernel.symbol_bytes"))
    image_root = pack(image.files)
    pieces = (
        build_environment(config), tables.symtab, tables.strtab, tables.dynsym, tables.dynstr, tables.hash, image_root,
    )  # fmt: skip
    places = []
    for piece in pieces:
        if cursor + len(piece) > limit:
            raise LoadError(f"kernel, symbols and root need more than ram.bytes = {size} leaves")
        memory.memory(cursor, len(piece))[:] = piece
        places.append(cursor)
        cursor = _page(cursor + len(piece))
    env, symtab, strtab, dynsym, dynstr, hashes, root = places
    words = (
        abi.BOOTINFO_MAGIC, abi.BOOTINFO.size, base, size - mailbox_bytes, cursor, env, root, len(image_root),
        symtab, tables.symtab_count, strtab, len(tables.strtab), dynsym, tables.dynsym_count,
        dynstr, len(tables.dynstr), hashes, len(tables.hash), limit, mailbox_bytes,
    )  # fmt: skip
    memory.memory(bootinfo, abi.BOOTINFO.size)[:] = abi.BOOTINFO.pack(*words)
    return Placement((image.kernel.entry - KERNEL_OFFSET) & 0xFFFFFFFF, bootinfo, cursor)


def _load_segments(memory: Memory, kernel: ElfFile, base: int, limit: int) -> int:
    end = base
    for segment in kernel.segments:
        if segment.paddr < base or segment.paddr + segment.memsz > limit:
            raise LoadError(f"kernel segment at physical 0x{segment.paddr:08x}+{segment.memsz} does not lie in RAM")
        memory.memory(segment.paddr, len(segment.data))[:] = segment.data
        end = max(end, segment.paddr + segment.memsz)
    return _page(end)


def _page(address: int) -> int:
    return -(-address // PAGE) * PAGE
