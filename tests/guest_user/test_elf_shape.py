# SPDX-License-Identifier: GPL-2.0-or-later
"""The built files have the shape the lecture's tools show: segments, notes, relocations, symbols."""

from io import BytesIO

import pytest
from elftools.elf.elffile import ELFFile
from elftools.elf.relocation import RelocationSection

RELOCATIONS = {"ABS32": 2, "COPY": 20, "GLOB_DAT": 21, "JUMP_SLOT": 22, "RELATIVE": 23}


def open_elf(root, path):
    return ELFFile(BytesIO((root / path).read_bytes()))


def relocation_types(elf):
    sections = [s for s in elf.iter_sections() if isinstance(s, RelocationSection)]
    return {r["r_info_type"] for section in sections for r in section.iter_relocations()}


def segments(elf, kind):
    return [segment.header for segment in elf.iter_segments(kind)]


def test_dd_has_the_lectures_seven_headers(root):
    """dd has the same seven program headers that objdump -p shows in the lecture."""
    kinds = sorted(segment["p_type"] for segment in open_elf(root, "bin/dd").iter_segments())
    wanted = ["PT_ARM_EXIDX", "PT_DYNAMIC", "PT_INTERP", "PT_LOAD", "PT_LOAD", "PT_NOTE", "PT_PHDR"]
    assert kinds == wanted


def test_dd_text_is_linked_at_0x8000(root):
    """Text is r-x at 0x8000 and data rw- on a later 32 KiB page, both aligned to 2**15."""
    text, data = segments(open_elf(root, "bin/dd"), "PT_LOAD")
    assert (text["p_vaddr"], text["p_flags"], text["p_align"]) == (0x8000, 5, 1 << 15)
    assert (data["p_flags"], data["p_align"]) == (6, 1 << 15)
    assert data["p_vaddr"] // 4096 > (text["p_vaddr"] + text["p_memsz"]) // 4096


def test_dd_names_interpreter_and_library(root):
    """dd asks for ld-elf.so.1 as interpreter and needs libc.so.7 and nothing else."""
    elf = open_elf(root, "bin/dd")
    assert next(elf.iter_segments("PT_INTERP")).get_interp_name() == "/libexec/ld-elf.so.1"
    needed = [tag.needed for tag in elf.get_section_by_name(".dynamic").iter_tags("DT_NEEDED")]
    assert needed == ["libc.so.7"]


def test_programs_carry_the_freebsd_note(root):
    """The ABI note says FreeBSD and the version of the lecture's machine."""
    notes = [n for s in open_elf(root, "bin/dd").iter_segments("PT_NOTE") for n in s.iter_notes()]
    assert [(note["n_name"], note["n_descdata"]) for note in notes] == [("FreeBSD", (1100062).to_bytes(4, "little"))]


@pytest.mark.parametrize("path", ["bin/dd", "lib/libc.so.7", "libexec/ld-elf.so.1"])
def test_only_known_relocations_are_used(root, path):
    """Every relocation is of a kind the run-time linker applies."""
    assert relocation_types(open_elf(root, path)) <= set(RELOCATIONS.values())


def test_rtld_needs_nothing(root):
    """The run-time linker exports no symbol, needs no library and has relative relocations only."""
    elf = open_elf(root, "libexec/ld-elf.so.1")
    assert [symbol.name for symbol in elf.get_section_by_name(".dynsym").iter_symbols()] == [""]
    assert relocation_types(elf) <= {RELOCATIONS["RELATIVE"]}


def test_libc_leaves_nothing_undefined(root):
    """libc defines every symbol it uses: no helper of the compiler is missing."""
    symbols = open_elf(root, "lib/libc.so.7").get_section_by_name(".dynsym").iter_symbols()
    assert [s.name for s in symbols if s["st_shndx"] == "SHN_UNDEF" and s.name] == []


def test_libc_keeps_its_inside_hidden(root):
    """cerror and malloc's parts are no dynamic symbols; the public functions are."""
    names = {s.name for s in open_elf(root, "lib/libc.so.7").get_section_by_name(".dynsym").iter_symbols()}
    assert {"malloc", "printf", "memset", "_exit", "__aeabi_uldivmod"} <= names
    assert names.isdisjoint({"cerror", "small_alloc", "run_page", "format", "streams"})


def test_init_is_static(root):
    """init has neither interpreter nor dynamic section."""
    kinds = {segment["p_type"] for segment in open_elf(root, "sbin/init").iter_segments()}
    assert kinds.isdisjoint({"PT_INTERP", "PT_DYNAMIC"})
