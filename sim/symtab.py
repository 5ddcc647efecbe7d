# SPDX-License-Identifier: GPL-2.0-or-later
"""The symbol tables the loader hands to the kernel: what FreeBSD's loader(8) passes as MODINFOMD_SSYM.

Our kernel is small; the mechanism under study scans the table of a full-size one. So the table is padded, openly,
to the size that the loader told of a real one: ``kernel.symbols`` entries, with ``kernel.symbol_bytes`` of names each
on average. That is less than half of a kernel's average name (FreeBSD/i386: 20 bytes), because on ARM many entries are
mapping symbols, ``$a`` and ``$d``, which share their name (AAELF 4.5.5, "Mapping symbols"); so does the padding. Names
are made up, the same in every run, and none is a real symbol's; the values lie outside the kernel.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from sim.elf import STB_GLOBAL, STB_WEAK, STT_FUNC, STT_OBJECT, SYM, ElfSymbol

PADDING_START = 0x1000_0000  # user addresses: no kernel address is ever looked up there
SHN_ABS = 0xFFF1
MAPPING = b"$a\0$d\0"  # the names that code and data between it share
NAME_BYTES = 18  # of a made-up name, on average, at least


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SUBSYSTEMS = _words(
    "acpi ata bpf cam cd9660 cpsw ether ffs fdc gpio icmp ieee80211 if in6 ip iicbus kobj ktr lagg md mmc mmcsd musb "
    "nd6 nfs ng ntp pci pfs pipe pmap scsi sctp sdhci soreceive spi sysctl___kern sysctl___net tcp ti ufs udp uma "
    "umass usb usbd vlan vm vnet vop xpt zfs"
)
_VERBS = _words(
    "add alloc attach bind build check clear close complete config copy create destroy detach disable dispatch "
    "enable enqueue entry find fini flush free get handle init input insert intr ioctl lookup mod modevent open "
    "output parse poll print probe process purge put read register release remove reset resume return send set setup "
    "start stop suspend sync timeout transmit update validate wait wakeup write"
)
_NOUNS = _words(
    "addr buffer bus cache callback chain channel child clock cmd cookie desc device entry event filter flags frame "
    "group handler header hash index info inode interface interrupt key limit link list lock map mbuf mode mutex "
    "name node object options packet page params path peer port prefix queue range ref request ring route sc session "
    "size slot state stats status table tag task thread timer unit vec vnode window zone"
)


@dataclass(frozen=True)
class Tables:
    """Symbol tables ready to be copied into the guest."""

    symtab: bytes
    strtab: bytes
    dynsym: bytes
    dynstr: bytes
    hash: bytes

    @property
    def symtab_count(self) -> int:
        """Entries of symtab, the null entry included."""
        return len(self.symtab) // SYM.size

    @property
    def dynsym_count(self) -> int:
        """Entries of dynsym, the null entry included."""
        return len(self.dynsym) // SYM.size


def build_tables(symbols: Sequence[ElfSymbol], total: int, name_bytes: float) -> Tables:
    """Return the tables for a kernel with these symbols, padded to ``total`` entries (never fewer than there are) with
    names of ``name_bytes`` on average, or as near as that comes.
    """
    real = [entry for entry in symbols if entry.name]
    symtab, strtab = _pack(real)
    missing = max(0, total - len(real) - 1)
    names = _choose_names(missing, int(total * name_bytes) - len(strtab), {entry.name for entry in real})
    rows, strings = _pack_padding(names, missing - len(names), len(strtab))
    exported = [entry for entry in real if entry.binding in (STB_GLOBAL, STB_WEAK) and entry.shndx]
    dynsym, dynstr = _pack(exported)
    return Tables(symtab + rows, strtab + strings, dynsym, dynstr, build_hash([entry.name for entry in exported]))


def _choose_names(count: int, room: int, taken: Container[str]) -> list[str]:
    """Return made-up names, at most ``count`` of them and ``room`` bytes."""
    names = []
    for name in make_names(min(count, max(0, room) // NAME_BYTES)):
        if name in taken:
            continue
        room -= len(name) + 1
        if room < 0:
            break
        names.append(name)
    return names


def _pack_padding(names: Sequence[str], mappings: int, offset: int) -> tuple[bytes, bytes]:
    """Return entries and strings (from ``offset`` on): made-up names, three functions to one object, and spread among
    them so many mapping symbols.
    """
    kinds = [STB_GLOBAL << 4 | kind for kind in (STT_OBJECT, STT_FUNC, STT_FUNC, STT_FUNC)]
    pack, rows, gaps, done = SYM.pack, [], len(names) + 1, 0
    shared = b"".join(pack(offset + place, PADDING_START, 0, 0, 0, SHN_ABS) for place in (0, 3))
    offset += len(MAPPING)
    for i, name in enumerate(names):
        rows.append(pack(offset, PADDING_START + 64 * i, 64, kinds[i % 4], 0, SHN_ABS))
        offset += len(name) + 1
        if (due := mappings * (i + 1) // gaps) > done:
            rows.append((shared * (due - done))[: SYM.size * (due - done)])
            done = due
    rows.append((shared * (mappings - done))[: SYM.size * (mappings - done)])
    return b"".join(rows), MAPPING + "".join([name + "\0" for name in names]).encode()


@cache
def make_names(count: int) -> tuple[str, ...]:
    """Return ``count`` different made-up symbol names, the same ones always."""
    draw = random.Random(2015).random
    subsystems, verbs, nouns = _SUBSYSTEMS, _VERBS, _NOUNS
    firsts, seconds, thirds = len(subsystems), len(verbs), len(nouns)
    names: dict[str, None] = {}
    while len(names) < count:  # a boot's longest step in Python: hence no calls of our own
        name = f"{subsystems[int(draw() * firsts)]}_{verbs[int(draw() * seconds)]}"
        if draw() < 0.9:
            name += "_" + nouns[int(draw() * thirds)]
        if draw() < 0.5:
            name += "_" + nouns[int(draw() * thirds)]
        if name in names:
            name += "_" + nouns[int(draw() * thirds)]
        names[name] = None
    return tuple(names)


def elf_hash(name: str) -> int:
    """Return the System V ABI's hash of a symbol name."""
    value = 0
    for byte in name.encode():
        value = (value << 4) + byte
        high = value & 0xF0000000
        value = (value ^ high >> 24) & ~high
    return value


def build_hash(names: Sequence[str]) -> bytes:
    """Return the hash section for a table whose entry 0 is null and whose entries 1… have these names."""
    buckets = [0] * max(1, len(names) // 2 | 1)
    chains = [0] * (len(names) + 1)
    for index, name in enumerate(names, 1):
        bucket = elf_hash(name) % len(buckets)
        chains[index], buckets[bucket] = buckets[bucket], index
    words = [len(buckets), len(chains), *buckets, *chains]
    return struct.pack(f"<{len(words)}I", *words)


def _pack(entries: Iterable[ElfSymbol]) -> tuple[bytes, bytes]:
    rows, strings = bytearray(SYM.size), bytearray(b"\0")
    for entry in entries:
        rows += SYM.pack(len(strings), entry.value, entry.size, entry.info, entry.other, entry.shndx)
        strings += entry.name.encode() + b"\0"
    return bytes(rows), bytes(strings)
