# SPDX-License-Identifier: GPL-2.0-or-later
"""print() for programs: a C value as a flat list of its members, each with path, type and value.

``list_fields(type, data)`` begins with the value itself; what has members has no value of its own. Values are shown as
``render.py`` shows them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dscript.ctype import ArrayType, CType, Member, StructType, describe
from dscript.render import MAX_DEPTH, render_bits, render_plain


class Field(NamedTuple):
    """One value: ``path`` as in C (``a.b[2]``), empty for the whole; ``value`` None where its members follow."""

    path: str
    type: str
    value: str | None


def list_fields(kind: CType, data: bytes) -> Iterator[Field]:
    """The value of type ``kind`` that ``data`` holds, then its members in the order of memory."""
    yield from _fields("", kind, data, 0)


def _fields(path: str, kind: CType, data: bytes, depth: int) -> Iterator[Field]:
    match kind:
        case StructType(members=members) if members is not None and depth < MAX_DEPTH and len(data) >= kind.size:
            yield Field(path, describe(kind), None)
            for member in members:
                yield from _member(path, member, data, depth + 1)
        case ArrayType(element=StructType() | ArrayType() as element) if len(data) >= kind.size:
            yield Field(path, describe(kind), None)
            for n in range(kind.count):
                piece = data[n * element.size : (n + 1) * element.size]
                yield from _fields(f"{path}[{n}]", element, piece, depth + 1)
        case _:
            yield Field(path, describe(kind), render_plain(kind, data))


def _member(path: str, member: Member, data: bytes, depth: int) -> Iterator[Field]:
    name = f"{path}.{member.name}" if path and member.name else path or member.name
    if member.bits:
        yield Field(name, f"{describe(member.type)} :{member.bits}", render_bits(member, data))
        return
    start = member.offset_bits // 8
    yield from _fields(name, member.type, data[start : start + member.type.size], depth)
