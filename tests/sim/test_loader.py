# SPDX-License-Identifier: GPL-2.0-or-later
"""Loading: ELF files good and bad, symbol tables, and where everything ends up in RAM."""

import struct

import pytest

from sim import abi
from sim.config import load_config
from sim.elf import EHDR, PHDR, SHDR, SYM, ElfSymbol, parse_elf
from sim.errors import LoadError
from sim.loader import Image, build_environment, load
from sim.symbols import SymbolTable
from sim.symtab import build_tables, elf_hash, make_names

TEXT = b"\x1e\xff\x2f\xe1" * 4


def make_elf(machine=40, kind=2, entry=0xC0200000, paddr=0x80200000, filesz=16, memsz=0x2000):
    """Return a little ARM executable with one segment and two symbols."""
    strings = b"\0start\0dtrace_probe\0"
    symbols = (
        SYM.pack(0, 0, 0, 0, 0, 0) + SYM.pack(1, 0xC0200000, 8, 0x12, 0, 1) + SYM.pack(7, 0xC0200008, 8, 0x12, 0, 1)
    )
    text_off = EHDR.size + PHDR.size
    sym_off = text_off + len(TEXT)
    str_off = sym_off + len(symbols)
    sh_off = str_off + len(strings)
    ident = b"\x7fELF\1\1\1" + bytes(9)
    header = EHDR.pack(ident, kind, machine, 1, entry, EHDR.size, sh_off, 0, EHDR.size, PHDR.size, 1, SHDR.size, 3, 0)
    program = PHDR.pack(1, text_off, 0xC0200000, paddr, filesz, memsz, 5, 4096)
    sections = bytes(SHDR.size) + SHDR.pack(0, 2, 0, 0, sym_off, len(symbols), 2, 1, 4, SYM.size)
    sections += SHDR.pack(0, 3, 0, 0, str_off, len(strings), 0, 0, 1, 0)
    return header + program + TEXT + symbols + strings + sections


def test_a_good_executable_is_read():
    """Entry, segment and symbols come out as written."""
    elf = parse_elf(make_elf(), "kernel")
    assert (elf.entry, elf.segments[0].data, elf.segments[0].memsz) == (0xC0200000, TEXT, 0x2000)
    assert [symbol.name for symbol in elf.symbols] == ["", "start", "dtrace_probe"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not an ELF file"),
        (b"#!/bin/sh\n", "not an ELF file"),
        (make_elf()[:40], "ELF header cut off after 40 bytes"),
        (make_elf()[:60], "program header table at 52 lies outside the file of 60 bytes"),
        (make_elf()[:-10], "section header table .* lies outside"),
        (make_elf(machine=62), "not a 32-bit little-endian ARM file"),
        (make_elf(kind=1), "ELF type 1; expected 2"),
        (make_elf(filesz=1 << 20, memsz=1 << 20), "segment at 0xc0200000 lies outside"),
        (make_elf(filesz=16, memsz=8), "segment at 0xc0200000 lies outside"),
    ],
)
def test_malformed_files_are_refused(data, message):
    """A file that is cut off, for another machine or inconsistent is one clear LoadError."""
    with pytest.raises(LoadError, match=rf"kernel: {message}"):
        parse_elf(data, "kernel")


class Ram:
    """RAM as the loader sees it."""

    def __init__(self, size):
        self.view = memoryview(bytearray(size))

    def memory(self, pa, count):
        """Return writable bytes at a physical address."""
        return self.view[pa - 0x80000000 : pa - 0x80000000 + count]


def test_bootinfo_tells_where_things_are():
    """Every table bootinfo points at is there, in RAM below the mailbox, and starts on a page."""
    config = load_config(overrides={"ram.bytes": 64 << 20, "ram.mailbox_bytes": 1 << 20, "kernel.symbols": 1000})
    ram = Ram(64 << 20)
    place = load(ram, Image(parse_elf(make_elf(), "kernel"), {"/bin/dd": b"dd"}), config)
    assert place.entry == 0x80200000
    words = abi.BOOTINFO.unpack(ram.memory(place.bootinfo, abi.BOOTINFO.size))
    magic, size, base, count, free, env, root, root_bytes, symtab, nsym, strtab = words[:11]
    assert (magic, size, base, count, nsym) == (abi.BOOTINFO_MAGIC, abi.BOOTINFO.size, 0x80000000, 63 << 20, 1000)
    assert bytes(ram.memory(env, 11)) == b"kern.hz=100"
    assert struct.unpack("<I", ram.memory(root, 4))[0] == abi.ROOTFS_MAGIC
    assert free == root + root_bytes
    name = SYM.unpack(ram.memory(symtab + SYM.size, SYM.size))[0]
    assert bytes(ram.memory(strtab + name, 6)) == b"start\0"
    assert words[-2:] == (0x80000000 + (63 << 20), 1 << 20)
    assert bytes(ram.memory(0x80200000, len(TEXT))) == TEXT


def test_what_does_not_fit_is_refused():
    """A root larger than RAM, or a kernel outside of it, is a LoadError."""
    config = load_config(overrides={"ram.bytes": 32 << 20, "ram.mailbox_bytes": 1 << 20, "kernel.symbols": 0})
    kernel = parse_elf(make_elf(), "kernel")
    with pytest.raises(LoadError, match=r"need more than ram\.bytes"):
        load(Ram(32 << 20), Image(kernel, {"/big": bytes(40 << 20)}), config)
    with pytest.raises(LoadError, match="does not lie in RAM"):
        load(Ram(32 << 20), Image(parse_elf(make_elf(paddr=0x70000000), "kernel"), {}), config)


def test_environment_ends_with_an_empty_string():
    """The kernel environment carries the machine's kernel options."""
    strings = build_environment(load_config(overrides={"kernel.unwind": "cached"})).split(b"\0")
    assert strings[-2:] == [b"", b""]
    assert {b"kern.stathz=127", b"debug.unwind=cached", b"hw.clockrate_hz=549500000"} <= set(strings)


def test_made_up_names_are_like_a_kernels():
    """30,000 different names of about 20 bytes on average, the same in every run."""
    names = make_names(30_000)
    assert len(set(names)) == 30_000
    assert 18 < sum(map(len, names)) / len(names) < 22
    assert names[:1000] == make_names.__wrapped__(1000)


def test_padding_never_hides_a_real_symbol():
    """The padded table keeps all real symbols, has no made-up duplicate, and no value in the kernel."""
    real = [ElfSymbol(name, 0xC0200000 + 4 * i, 4, 0x12, 0, 1) for i, name in enumerate(make_names(50))]
    tables = build_tables(real, 2000, 9.66)
    rows = list(SYM.iter_unpack(tables.symtab))
    names = [tables.strtab[row[0] : tables.strtab.index(b"\0", row[0])].decode() for row in rows]
    assert names[1:51] == [entry.name for entry in real]
    mapping = [name for name in names if name in ("$a", "$d")]
    assert len(set(names)) == len(names) - len(mapping) + 2
    assert all(row[1] < 0xC0000000 for row in rows[51:])


@pytest.mark.parametrize(("total", "size"), [(33_417, 9.66), (5000, 9.66), (5000, 40.0), (20, 9.66), (0, 1.0)])
def test_the_padded_table_has_the_size_asked_for(total, size):
    """There are as many entries as asked for, and as many bytes of names on average, if that is possible."""
    real = [ElfSymbol(name, 0xC0200000 + 4 * i, 4, 0x12, 0, 1) for i, name in enumerate(make_names(50))]
    tables = build_tables(real, total, size)
    assert tables.symtab_count == max(total, 51)
    if total > 50 and size < 20:
        assert len(tables.strtab) / total == pytest.approx(size, rel=0.01)


def test_hash_table_finds_every_symbol():
    """Looking a name up through the SysV hash, as the kernel does, ends at its entry in dynsym."""
    real = [ElfSymbol(name, i, 4, 0x12, 0, 1) for i, name in enumerate(make_names(200))]
    tables = build_tables(real, 0, 9.66)
    nbucket, nchain, *rest = struct.unpack(f"<{len(tables.hash) // 4}I", tables.hash)
    assert nchain == tables.dynsym_count == 201
    for entry in real:
        index = rest[elf_hash(entry.name) % nbucket]
        while SYM.unpack_from(tables.dynsym, index * SYM.size)[1] != entry.value:
            index = rest[nbucket + index]
            assert index


def test_elf_hash_is_the_published_one():
    """The hash of the System V ABI, on a name whose value is known."""
    assert elf_hash("") == 0
    assert elf_hash("printf") == 0x077905A6


def test_addresses_are_named_with_their_module():
    """A covered address finds its symbol; the tracing code's belong to module dtrace; outside there is none."""
    marks = [("dtrace_module_start", 0x200, 0), ("dtrace_module_end", 0x300, 0)]
    entries = [("malloc", 0x100, 0x40), ("free", 0x140, 0x20), ("dtrace_probe", 0x200, 0x80), *marks, ("$a", 0x100, 0)]
    table = SymbolTable(ElfSymbol(name, value, size, 0x12 if size else 0x10, 0, 1) for name, value, size in entries)
    assert (table.find(0x13F).name, table.find(0x13F).module) == ("malloc", "kernel")
    assert (table.find(0x210).name, table.find(0x210).module) == ("dtrace_probe", "dtrace")
    assert table.find(0x170) is None
    assert table.find(0x50) is None
    assert table.find_name("free").address == 0x140
    assert table.find_name("$a") is None
