# SPDX-License-Identifier: GPL-2.0-or-later
"""Turns the kernel's DWARF into kernel.types: its C types, functions' signatures and variables' types, each once.

``python gentypes.py KERNEL OUTPUT`` writes the file that sim/kerneltypes.py reads and describes. The same kernel gives
the same bytes. Standing alone, as the build runs it where ``sim`` cannot be imported.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from elftools.common.exceptions import DWARFError, ELFError
from elftools.dwarf.die import DIE
from elftools.dwarf.dwarfinfo import DWARFInfo
from elftools.elf.elffile import ELFFile

FORMAT = 1
VOID = -1
SIGNED_ENCODINGS = {0x05, 0x06}  # DW_ATE_signed, DW_ATE_signed_char
FLOAT_ENCODING = 0x04
QUALIFIERS = {"DW_TAG_const_type": "const", "DW_TAG_volatile_type": "volatile", "DW_TAG_restrict_type": "restrict"}
AGGREGATES = {"DW_TAG_structure_type": "s", "DW_TAG_union_type": "u"}
POINTER_BYTES = 4

Row = list[Any]


def name_of(die: DIE) -> str:
    """Return the DIE's name, "" if it has none."""
    attribute = die.attributes.get("DW_AT_name")
    return attribute.value.decode() if attribute else ""


def number(die: DIE, attribute: str, default: int = 0) -> int:
    """Return an integer attribute, or the default if it is missing or not a constant."""
    found = die.attributes.get(attribute)
    return found.value if found is not None and isinstance(found.value, int) else default


def children(die: DIE, *tags: str) -> list[DIE]:
    """Return the DIE's children with one of the tags."""
    return [child for child in die.iter_children() if child.tag in tags]


class Types:
    """The types found so far: every row once, found again by what it consists of.

    ``definitions`` are the complete structures by tag and name, for units that only declare them.
    """

    def __init__(self, definitions: Mapping[tuple[str, str], DIE]) -> None:
        self.rows: list[Row] = []
        self._by_key: dict[object, int] = {}
        self._by_die: dict[int, int] = {}
        self._definitions = definitions

    def add_target(self, die: DIE) -> int:
        """Return the number of the type the DIE refers to, VOID if it refers to none."""
        if "DW_AT_type" not in die.attributes:
            return VOID
        return self.add(die.get_DIE_from_attribute("DW_AT_type"))

    def add(self, die: DIE) -> int:
        """Return the number of the DIE's type."""
        if die.offset not in self._by_die:
            found = self._add_aggregate(die) if die.tag in AGGREGATES else self._intern(self._row(die))
            self._by_die[die.offset] = found
        return self._by_die[die.offset]

    def _intern(self, row: Row) -> int:
        key = json.dumps(row)
        if key not in self._by_key:
            self._by_key[key] = len(self.rows)
            self.rows.append(row)
        return self._by_key[key]

    def _row(self, die: DIE) -> Row:
        match die.tag:
            case "DW_TAG_base_type":
                encoding = number(die, "DW_AT_encoding")
                kind = "f" if encoding == FLOAT_ENCODING else "s" if encoding in SIGNED_ENCODINGS else "u"
                return ["b", name_of(die), number(die, "DW_AT_byte_size"), kind]
            case "DW_TAG_typedef":
                return ["t", name_of(die), self.add_target(die)]
            case "DW_TAG_pointer_type":
                return ["*", self.add_target(die)]
            case "DW_TAG_array_type":
                return self._array(die)
            case "DW_TAG_enumeration_type":
                values = [[name_of(item), number(item, "DW_AT_const_value")] for item in die.iter_children()]
                return ["e", name_of(die), number(die, "DW_AT_byte_size", 4), values]
            case "DW_TAG_subroutine_type":
                return ["f", *self.signature(die, names=False)]
        if die.tag in QUALIFIERS:
            return ["q", QUALIFIERS[die.tag], self.add_target(die)]
        raise ValueError(f"unexpected {die.tag} at {die.offset:#x}")

    def _array(self, die: DIE) -> Row:
        element = self.add_target(die)
        counts = [_count(item) for item in children(die, "DW_TAG_subrange_type")]
        for count in reversed(counts[1:]):
            element = self._intern(["a", element, count])
        return ["a", element, counts[0] if counts else 0]

    def _add_aggregate(self, die: DIE) -> int:
        """A structure gets its number before its members do: they may point back at it."""
        tag, name = str(die.tag), name_of(die)
        kind = AGGREGATES[tag]
        if "DW_AT_declaration" in die.attributes:
            known = self._definitions.get((tag, name))
            return self._intern([kind, name, 0, 1, None]) if known is None else self.add(known)
        members = children(die, "DW_TAG_member")
        size = number(die, "DW_AT_byte_size")
        if not name:
            return self._intern([kind, "", size, 1, self._members(members)])
        key = (kind, name, size, tuple(name_of(member) for member in members))
        if key not in self._by_key:
            self._by_key[key] = self._by_die[die.offset] = len(self.rows)
            row: Row = [kind, name, size, 1, None]
            self.rows.append(row)
            row[4] = self._members(members)
        return self._by_key[key]

    def _members(self, dies: Sequence[DIE]) -> list[Row]:
        return [[name_of(die), self.add_target(die), _offset_bits(die), number(die, "DW_AT_bit_size")] for die in dies]

    def signature(self, die: DIE, *, names: bool) -> Row:
        """Return [result, parameters, variadic]; a parameter is [name, type], or the type if ``names`` is false."""
        given = children(die, "DW_TAG_formal_parameter")
        types = [self.add_target(item) for item in given]
        named = [[name_of(item), kind] for item, kind in zip(given, types, strict=True)]
        return [self.add_target(die), named if names else types, bool(children(die, "DW_TAG_unspecified_parameters"))]

    def settle(self) -> list[Row]:
        """Return all rows, the structures with their alignment."""
        for row in self.rows:
            if row[0] in AGGREGATES.values() and row[4] is not None:
                row[3] = self._align(row, row[2])
        return self.rows

    def _align(self, row: Row, size: int) -> int:
        """Return a type's alignment; DWARF does not tell, so a packed structure's is what its size allows."""
        match row[0]:
            case "b":
                return int(row[2]) or 1
            case "e" | "*":
                return POINTER_BYTES
            case "t" | "q" | "a":
                target = row[1] if row[0] == "a" else row[2]
                return self._align(self.rows[target], size) if target != VOID else 1
            case "s" | "u":
                best = max((self._align(self.rows[member[1]], size) for member in row[4] or ()), default=1)
                while row[2] % best:
                    best //= 2
                return best
        return 1


def _count(subrange: DIE) -> int:
    """Return an array dimension's count, 0 if it is open."""
    return number(subrange, "DW_AT_count", number(subrange, "DW_AT_upper_bound", -1) + 1)


def _offset_bits(member: DIE) -> int:
    """Return where a member starts, in bits from the structure's start (bit-fields: of their lowest bit)."""
    if "DW_AT_data_bit_offset" in member.attributes:
        return number(member, "DW_AT_data_bit_offset")
    start = 8 * number(member, "DW_AT_data_member_location")
    if "DW_AT_bit_offset" in member.attributes:  # DWARF 2 and 3 count from the storage unit's highest bit
        unit = 8 * number(member, "DW_AT_byte_size", 4)
        start += unit - number(member, "DW_AT_bit_offset") - number(member, "DW_AT_bit_size")
    return start


def iter_top(dwarf: DWARFInfo) -> Iterator[DIE]:
    """Yield every DIE at the top of a compilation unit, in the order of the file."""
    for unit in dwarf.iter_CUs():
        yield from unit.get_top_DIE().iter_children()


def find_definitions(dies: Iterable[DIE]) -> dict[tuple[str, str], DIE]:
    """Return the first complete structure or union of each tag and name."""
    found: dict[tuple[str, str], DIE] = {}
    for die in dies:
        if die.tag in AGGREGATES and "DW_AT_declaration" not in die.attributes:
            found.setdefault((die.tag, name_of(die)), die)
    return found


def describe(kernel: ELFFile) -> str:
    """Return the file's text."""
    dwarf = kernel.get_dwarf_info()
    types = Types(find_definitions(iter_top(dwarf)))
    functions: dict[str, Row] = {}
    declared: dict[str, Row] = {}
    variables: dict[str, int] = {}
    for die in iter_top(dwarf):
        name = name_of(die)
        if die.tag == "DW_TAG_subprogram" and name:
            # A function written in assembly is only known by its declarations.
            table = declared if "DW_AT_declaration" in die.attributes else functions
            if name not in table:
                table[name] = types.signature(die, names=True)
        elif die.tag == "DW_TAG_variable" and name:
            variables.setdefault(name, types.add_target(die))
        elif die.tag in ("DW_TAG_typedef", "DW_TAG_enumeration_type", *AGGREGATES):
            types.add(die)
    return _write({"types": types.settle(), "functions": declared | functions, "variables": variables})


def _write(tables: dict[str, Any]) -> str:
    """Return JSON with one row a line, without a blank that could differ."""

    def row(value: object) -> str:
        return json.dumps(value, separators=(",", ":"))

    parts = [f'"format":{FORMAT}', '"types":[\n' + ",\n".join(map(row, tables["types"])) + "\n]"]
    for table in ("functions", "variables"):
        lines = ",\n".join(f"{row(name)}:{row(value)}" for name, value in sorted(tables[table].items()))
        parts.append(f'"{table}":{{\n{lines}\n}}')
    return "{" + ",\n".join(parts) + "}\n"


def main(argv: Sequence[str]) -> int:
    """Write the file; exit status 1 with one line on standard error if the kernel cannot be read."""
    if len(argv) != 2:
        print("usage: gentypes.py kernel output", file=sys.stderr)
        return 2
    try:
        with open(argv[0], "rb") as file:
            text = describe(ELFFile(file))
    except (OSError, ELFError, DWARFError, ValueError) as error:
        print(f"gentypes: {argv[0]}: {error}", file=sys.stderr)
        return 1
    Path(argv[1]).write_text(text, encoding="ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
