# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the members of a structure lie under the ARM EABI (AAPCS): sizes, alignments, bit-fields.

``lay_out`` places members that have a type and perhaps a width in bits. A bit-field goes to the next bit unless it
would cross a boundary of its declared type, whose alignment the structure then has (AAPCS 8.1.8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dscript.ctype import ArrayType, CType, FunctionType, Member, StringType, StructType, VoidType


@dataclass(frozen=True)
class Field:
    """A member before it has a place; ``bits`` is 0 for a whole member."""

    name: str
    type: CType
    bits: int = 0


def align_of(kind: CType) -> int:
    """The alignment of a type in bytes under the ARM EABI."""
    match kind:
        case StructType():
            return kind.align
        case ArrayType(element=element):
            return align_of(element)
        case StringType() | VoidType() | FunctionType():
            return 1
        case _:
            return min(kind.size, 8) or 1


def lay_out(fields: Sequence[Field], *, union: bool) -> tuple[tuple[Member, ...], int, int]:
    """The members with their offsets in bits, and the size and alignment of the whole in bytes."""
    members, end, align = [], 0, 1
    for field in fields:
        place = 0 if union else _next_place(end, field)
        members.append(Member(field.name, field.type, place, field.bits))
        end = max(end, place + (field.bits or field.type.size * 8))
        align = max(align, align_of(field.type))
    size = -(-end // 8)
    return tuple(members), -(-size // align) * align, align


def _next_place(end: int, field: Field) -> int:
    unit = align_of(field.type) * 8
    container = field.type.size * 8
    if field.bits and end // container == (end + field.bits - 1) // container:
        return end
    return -(-end // unit) * unit


def container_of(member: Member) -> tuple[int, int]:
    """Where a bit-field's container begins, in bytes, and the field's lowest bit in it."""
    unit = member.type.size
    start = member.offset_bits // 8 // unit * unit
    return start, member.offset_bits - start * 8
