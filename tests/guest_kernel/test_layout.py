# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel's ELF file: addresses, the tracing module's range, and unwind directives that cross a trap."""

import struct

import pytest
from elftools.ehabi.decoder import EHABIBytecodeDecoder
from elftools.elf.elffile import ELFFile


@pytest.fixture(scope="module")
def elf(kernel_path):
    """The kernel as pyelftools sees it."""
    with kernel_path.open("rb") as stream:
        yield ELFFile(stream)


@pytest.fixture(scope="module")
def symbols(elf):
    """Address by name."""
    return {symbol.name: symbol["st_value"] for symbol in elf.get_section_by_name(".symtab").iter_symbols()}


def read(elf, address, count):
    """Return bytes at a linked address."""
    segment = next(s for s in elf.iter_segments() if s["p_vaddr"] <= address < s["p_vaddr"] + s["p_filesz"])
    return segment.data()[address - segment["p_vaddr"] :][:count]


def prel31(address, word):
    """Return what a place-relative 31-bit offset points at."""
    return (address + (word & 0x7FFFFFFF) - ((word & 0x40000000) << 1)) & 0xFFFFFFFF


def find_unwind(elf, symbols, name):
    """Return the unwind mnemonics of a function, None for CANTUNWIND."""
    table = range(symbols["_exidx_start"], symbols["_exidx_end"], 8)
    entries = {prel31(at, struct.unpack("<I", read(elf, at, 4))[0]): at for at in table}
    at = entries[max(start for start in entries if start <= symbols[name])]
    word = struct.unpack("<I", read(elf, at + 4, 4))[0]
    if word == 1:
        return None
    code = [word >> 16 & 255, word >> 8 & 255, word & 255]
    if not word >> 31:
        words = struct.unpack("<4I", read(elf, prel31(at + 4, word), 16))
        raw = b"".join(struct.pack(">I", item) for item in words[: 1 + (words[0] >> 16 & 255)])
        code = list(raw[2:])
    return [item.mnemonic for item in EHABIBytecodeDecoder(code).mnemonic_array]


def test_addresses(elf):
    """The kernel is linked at 0xc0200000 and loaded 0x40000000 lower."""
    segments = [s for s in elf.iter_segments() if s["p_type"] == "PT_LOAD"]
    assert min(s["p_vaddr"] for s in segments) == 0xC0200000
    assert {s["p_vaddr"] - s["p_paddr"] for s in segments} == {0x40000000}


def test_names_of_the_unwind_table(symbols):
    """As in FreeBSD's script of 2015, exidx_start exists and __exidx_start does not."""
    assert symbols["exidx_start"] == symbols["_exidx_start"]
    assert "__exidx_start" not in symbols


def test_tracing_code_is_a_range_of_its_own(symbols):
    """dtrace_probe lies in the module's range, malloc does not."""
    inside = range(symbols["dtrace_module_start"], symbols["dtrace_module_end"])
    assert symbols["dtrace_probe"] in inside
    assert symbols["malloc"] not in inside
    assert symbols["_end"] % 4096 == 0


def test_a_trap_is_one_unwind_step(elf, symbols):
    """exception_exit restores every register of the trap frame; swi_exit ends the walk."""
    steps = find_unwind(elf, symbols, "exception_exit")
    assert [step for step in steps if step != "finish"] == [
        "vsp = vsp + 4",
        "pop {r0, r1, r2, r3}",
        "pop {r4, r5, r6, r7, r8, r9, r10, fp, ip}",
        "vsp = vsp + 8",
        "pop {sp, lr, pc}",
    ]
    assert find_unwind(elf, symbols, "swi_exit") is None
