# SPDX-License-Identifier: GPL-2.0-or-later
"""Bytes of a record become Python values: integers, strings, raw bytes, and stacks as tuples of addresses."""

from __future__ import annotations

from typing import TypeAlias

from dscript import ValueKind, ValueType
from tracer.errors import DataError
from tracer.layout import Field

Value: TypeAlias = int | str | bytes | tuple[int, ...]

POINTER_BYTES = 4


def cut_string(data: bytes) -> bytes:
    """Returns the bytes before the first NUL."""
    return data.split(b"\0", 1)[0]


def print_string(data: bytes) -> str:
    """Returns the characters before the first NUL as they are to be printed: every byte comes out as it went in."""
    return cut_string(data).decode("utf-8", "surrogateescape")


def decode_string(data: bytes) -> str:
    """Returns the characters before the first NUL; bytes that are not UTF-8 are kept as escapes."""
    return cut_string(data).decode("utf-8", "backslashreplace")


def decode_stack(data: bytes) -> tuple[int, ...]:
    """Returns the frames before the first zero address."""
    frames = []
    for offset in range(0, len(data) - POINTER_BYTES + 1, POINTER_BYTES):
        address = int.from_bytes(data[offset : offset + POINTER_BYTES], "little")
        if address == 0:
            break
        frames.append(address)
    return tuple(frames)


def decode(value_type: ValueType, data: bytes) -> Value:
    """Returns the value the bytes stand for."""
    match value_type.kind:
        case ValueKind.STRING:
            return decode_string(data)
        case ValueKind.STACK:
            return decode_stack(data)
        case ValueKind.BYTES | ValueKind.USTACK | ValueKind.USYMBOL:
            return data
        case _:
            return int.from_bytes(data, "little", signed=value_type.signed)


def cut(field: Field, data: bytes) -> bytes:
    """Returns the bytes of one field or raises DataError if they lie outside ``data``."""
    if field.offset + field.size > len(data):
        raise DataError(f"field at {field.offset:#x} lies outside its record of {len(data)} bytes")
    return data[field.offset : field.offset + field.size]
