# SPDX-License-Identifier: GPL-2.0-or-later
"""One value in dtrace's default layout: what trace() shows, and the columns of an aggregation's keys.

Integers are right-aligned in a width that depends on their size; strings are left-aligned in 33 columns
(trace) or 50 (keys); other bytes are dumped sixteen a row.
"""

from __future__ import annotations

from dataclasses import dataclass

from dscript import ValueKind, ValueType
from tracer.consumer.stacks import STACK_INDENT, describe_address, describe_stack
from tracer.consumer.values import decode_stack, decode_string
from tracer.machine import Symbols

TRACE_WIDTH = 33
KEY_WIDTH = 50
_INTEGER_WIDTHS = {8: 16, 4: 8, 2: 5, 1: 3}
_INT_BYTES = 4
_ROW = 16


@dataclass(frozen=True)
class Style:
    """How values are laid out; ``quiet`` drops the padding, ``raw`` dumps strings as bytes."""

    width: int = TRACE_WIDTH
    quiet: bool = False
    raw: bool = False
    stack_indent: int = STACK_INDENT


def describe_bytes(data: bytes) -> str:
    """Returns a hexadecimal dump, sixteen bytes a row, with a heading and the characters beside it."""
    digits = "".join(f"  {digit:x}" for digit in range(_ROW))
    lines = [f"\n{'':11}{digits}  0123456789abcdef\n"]
    for start in range(0, len(data), _ROW):
        row = data[start : start + _ROW]
        text = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in row)
        codes = "".join(f" {byte:02x}" for byte in row)
        lines.append(f"{'':5}{start:5x}:{codes:<{3 * _ROW}}  {text}\n")
    return "".join(lines)


def _describe_integer(data: bytes, *, signed: bool, quiet: bool) -> str:
    """Returns an integer in its column; from four bytes on it is shown as signed, as dtrace does."""
    size = len(data)
    value = int.from_bytes(data, "little", signed=signed or size >= _INT_BYTES)
    return str(value) if quiet else f" {value:>{_INTEGER_WIDTHS[size]}}"


def describe_datum(value_type: ValueType, data: bytes, symbols: Symbols, style: Style) -> str:
    """Returns the text of one traced value or key, with the space dtrace puts before it."""
    match value_type.kind:
        case ValueKind.STACK:
            return describe_stack(symbols, decode_stack(data), style.stack_indent)
        case ValueKind.STRING if not style.raw:
            text = decode_string(data)
            return text if style.quiet else f"  {text:<{style.width}}"
        case ValueKind.SYMBOL:
            text = describe_address(symbols, int.from_bytes(data[:8], "little"))
            return text if style.quiet else f"  {text:<{style.width}}"
        case ValueKind.INTEGER if len(data) in _INTEGER_WIDTHS:
            return _describe_integer(data, signed=value_type.signed, quiet=style.quiet)
        case _:
            return describe_bytes(data)
