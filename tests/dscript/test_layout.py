# SPDX-License-Identifier: GPL-2.0-or-later
"""Sizes, alignments, offsets and bit-fields, against what clang does for 32-bit ARM.

``EXPECTED`` was made by the compiler; ``test_compiler_agrees`` makes it again where the compiler is there. For each
declaration of ``SOURCE``: size, alignment, then every member's first bit and width in bits.
"""

import importlib.util
import subprocess
import sys

import pytest

from dscript import EmptyEnv
from dscript.check import Scope
from dscript.check.declarations import check_declaration
from dscript.check.expressions import cook
from dscript.macros import Macros
from dscript.options import Options
from dscript.parse import parse
from dscript.source import Source

SOURCE = {
    "plain": "struct plain { char a; int b; short c; long long d; char e; };",
    "small": "struct small { char a; char b; short c; };",
    "nested": "struct nested { char a; struct { short b; char c; } d; union { long long e; char f[3]; } g; };",
    "arrays": "struct arrays { char a[5]; int b[2][3]; short c[3]; char *d[2]; };",
    "pointers": "struct pointers { char a; struct pointers *b; int (*c)(int, char *); void *d; };",
    "bits": "struct bits { int a : 3; unsigned int b : 5; int c : 24; int d : 1; };",
    "straddle": "struct straddle { int a : 20; int b : 20; char c; int d : 4; };",
    "narrow": "struct narrow { char a : 3; char b : 6; short c : 9; unsigned char d; unsigned short e : 15; };",
    "wide": "struct wide { long long a : 40; long long b : 24; int c : 7; long long d : 60; };",
    "mixed": "struct mixed { char a; int b : 4; char c; short d : 12; int e; unsigned f : 31; unsigned g : 2; };",
    "joined": "union joined { int a : 5; char b[7]; long long c; short d; };",
    "tail": "struct tail { long long a; char b; };",
    "floats": "struct floats { char a; double b; float c; };",
    "enumerated": "struct enumerated { char a; enum { A, B } b; long c; unsigned long d; _Bool e; };",
    "deep": "struct deep { struct { struct { char a; int b : 9; } c[2]; } d; char e; };",
}

EXPECTED = {
    "plain": (32, 8, {"a": (0, 8), "b": (32, 32), "c": (64, 16), "d": (128, 64), "e": (192, 8)}),
    "small": (4, 2, {"a": (0, 8), "b": (8, 8), "c": (16, 16)}),
    "nested": (16, 8, {"a": (0, 8), "d": (16, 32), "g": (64, 64)}),
    "arrays": (48, 4, {"a": (0, 40), "b": (64, 192), "c": (256, 48), "d": (320, 64)}),
    "pointers": (16, 4, {"a": (0, 8), "b": (32, 32), "c": (64, 32), "d": (96, 32)}),
    "bits": (8, 4, {"a": (0, 3), "b": (3, 5), "c": (8, 24), "d": (32, 1)}),
    "straddle": (12, 4, {"a": (0, 20), "b": (32, 20), "c": (56, 8), "d": (64, 4)}),
    "narrow": (8, 2, {"a": (0, 3), "b": (8, 6), "c": (16, 9), "d": (32, 8), "e": (48, 15)}),
    "wide": (24, 8, {"a": (0, 40), "b": (40, 24), "c": (64, 7), "d": (128, 60)}),
    "mixed": (
        20,
        4,
        {"a": (0, 8), "b": (8, 4), "c": (16, 8), "d": (32, 12), "e": (64, 32), "f": (96, 31), "g": (128, 2)},
    ),
    "joined": (8, 8, {"a": (0, 5), "b": (0, 56), "c": (0, 64), "d": (0, 16)}),
    "tail": (16, 8, {"a": (0, 64), "b": (64, 8)}),
    "floats": (24, 8, {"a": (0, 8), "b": (64, 64), "c": (128, 32)}),
    "enumerated": (20, 4, {"a": (0, 8), "b": (32, 32), "c": (64, 32), "d": (96, 32), "e": (128, 8)}),
    "deep": (12, 4, {"d": (0, 64), "e": (64, 8)}),
}


def lay_out(name):
    """The structure as this compiler lays it out."""
    scope = Scope(EmptyEnv(), Options())
    scope.cook = lambda node: cook(node, scope)
    for item in parse(Source(SOURCE[name]), Macros((), {})).script.items:
        check_declaration(item, scope)
    kind = scope.types.tags[" ".join(SOURCE[name].split()[:2])]
    return kind.size, kind.align, {m.name: (m.offset_bits, m.bits or m.type.size * 8) for m in kind.members}


@pytest.mark.parametrize("name", SOURCE)
def test_layout(name):
    """The structure lies in memory as the ARM EABI has it."""
    assert lay_out(name) == EXPECTED[name]


def describe(die):
    """A structure's size and its members' bits from the compiler's debugging information."""
    members = {}
    for member in (child for child in die.iter_children() if child.tag == "DW_TAG_member"):
        facts = {name: attribute.value for name, attribute in member.attributes.items()}
        kind = member.get_DIE_from_attribute("DW_AT_type")
        start = facts.get("DW_AT_data_bit_offset", facts.get("DW_AT_data_member_location", 0) * 8)
        if "DW_AT_name" in facts:
            members[facts["DW_AT_name"].decode()] = (start, facts.get("DW_AT_bit_size") or size_of(kind) * 8)
    return die.attributes["DW_AT_byte_size"].value, members


def size_of(die):
    """The bytes of a type."""
    if "DW_AT_byte_size" in die.attributes:
        return die.attributes["DW_AT_byte_size"].value
    size = size_of(die.get_DIE_from_attribute("DW_AT_type")) if die.tag != "DW_TAG_pointer_type" else 4
    for dimension in die.iter_children():
        size *= dimension.attributes["DW_AT_count"].value
    return size


def measure(folder):
    """What clang says of every declaration."""
    from elftools.elf.elffile import ELFFile

    lines = []
    for name, declaration in SOURCE.items():
        kind = " ".join(declaration.split()[:2])
        lines += [declaration, f"{kind} object_{name};", f"char align_{name}[_Alignof({kind})];"]
    (folder / "layout.c").write_text("\n".join(lines))
    command = [sys.executable, "-m", "ziglang", "cc", "-target", "arm-freestanding-eabi", "-mcpu=cortex_a8", "-g", "-c"]
    subprocess.run([*command, "layout.c", "-o", "layout.o"], cwd=folder, check=True)
    with open(folder / "layout.o", "rb") as file:
        elf = ELFFile(file)
        symbols = {s.name: s["st_size"] for s in elf.get_section_by_name(".symtab").iter_symbols()}
        found = {}
        for unit in elf.get_dwarf_info().iter_CUs():
            for die in unit.get_top_DIE().iter_children():
                if die.tag in ("DW_TAG_structure_type", "DW_TAG_union_type") and "DW_AT_name" in die.attributes:
                    name = die.attributes["DW_AT_name"].value.decode()
                    size, members = describe(die)
                    found[name] = (size, symbols[f"align_{name}"], members)
        return found


@pytest.mark.skipif(importlib.util.find_spec("ziglang") is None, reason="the compiler is not installed")
def test_compiler_agrees(tmp_path):
    """The table is the compiler's own."""
    assert measure(tmp_path) == EXPECTED
