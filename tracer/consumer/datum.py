# SPDX-License-Identifier: GPL-2.0-or-later
"""One recorded value in dtrace's default layout: what trace() shows, and the columns of an aggregation's keys.

Integers are right-aligned in a width that depends on their size; bytes that look like a string are left-aligned in
33 columns (trace) or 50 (keys); other bytes are dumped sixteen a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dscript import ActionKind, ValueKind, ValueType
from tracer.consumer.context import Context
from tracer.consumer.stacks import SYMBOL_WIDTH, describe_stack, describe_symbol, describe_ustack
from tracer.consumer.values import POINTER_BYTES, cut_string, decode_stack

TRACE_WIDTH = 33
KEY_WIDTH = 50
PACKED_WIDTH = 16
INTEGER_WIDTHS = {8: 16, 4: 8, 2: 5, 1: 3}
_SIGNED_SIZES = (4, 8)  # one and two bytes are shown unsigned, whatever their type
_ROW = 16
_FRAME_MASK = 0xFFFFFFFF
_TEXT = frozenset(range(0x20, 0x7F)) | frozenset(b"\t\n\v\f\r\b\a")


@dataclass(frozen=True)
class Datum:
    """One recorded value: its type, its bytes, the action that stored it and that action's argument."""

    type: ValueType
    data: bytes
    action: ActionKind = ActionKind.DIFEXPR
    arg: int = 0

    def integer(self, *, signed: bool) -> int:
        """Returns the bytes as an integer of their own size."""
        return int.from_bytes(self.data[:8], "little", signed=signed)

    @property
    def frames(self) -> int:
        """How many frames a stack's record has room for; 0 if the option says."""
        return self.arg & _FRAME_MASK


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


def find_text(data: bytes) -> str | None:
    """Returns the bytes as text if they are printable characters, perhaps with NULs behind; None for anything else.

    Nothing but NULs is no text, as for dtrace.
    """
    head, _, tail = data.partition(b"\0")
    if not head or tail.strip(b"\0") or not _TEXT.issuperset(head):
        return None
    return head.decode("ascii")


def describe_text_or_bytes(data: bytes, context: Context, *, width: int, quiet: bool) -> str:
    """Returns bytes as text in its columns (negative: left-aligned) if they look like text, otherwise dumped.

    As in dtrace, text that no NUL ends has its columns even if that is quiet, and is always left-aligned.
    """
    text = None if context.raw else find_text(data)
    if text is None:
        return describe_bytes(data)
    if len(text) == len(data):
        return f"  {text:<{abs(width)}}"
    if quiet:
        return text
    return f"  {text:<{-width}}" if width < 0 else f" {text:>{width}}"


def describe_integer(data: bytes, width: int = 0, normal: int = 1) -> str:
    """Returns an integer as dtrace shows one of its size, divided by ``normal`` towards zero, right-aligned."""
    value = int.from_bytes(data, "little", signed=len(data) in _SIGNED_SIZES)
    quotient = abs(value) // abs(normal)
    return f"{quotient if (value < 0) == (normal < 0) else -quotient:>{width}}"


def _describe_special(datum: Datum, context: Context) -> str | None:
    """Returns the text of stacks and symbols, None for plain data."""
    match datum.type.kind:
        case ValueKind.STACK:
            return describe_stack(context, decode_stack(datum.data))
        case ValueKind.USTACK:
            return describe_ustack(context, datum.data, datum.frames)
        case ValueKind.SYMBOL | ValueKind.USYMBOL:
            return f"  {describe_symbol(context, datum.action, datum.data):<{SYMBOL_WIDTH}}"
        case _:
            return None


def _string_bytes(datum: Datum) -> bytes:
    """Returns the bytes; what lies behind a string's NUL does not count."""
    if datum.type.kind is ValueKind.STRING:
        return cut_string(datum.data).ljust(len(datum.data), b"\0")
    return datum.data


def _is_integer(datum: Datum) -> bool:
    return len(datum.data) in INTEGER_WIDTHS and datum.type.kind is not ValueKind.STRING


def describe_datum(datum: Datum, context: Context) -> str:
    """Returns the text of one traced value, with the space dtrace puts before it."""
    special = _describe_special(datum, context)
    if special is not None:
        return special
    quiet = context.quiet
    if _is_integer(datum):
        text = describe_integer(datum.data, 0 if quiet else INTEGER_WIDTHS[len(datum.data)])
        return text if quiet else f" {text}"
    return describe_text_or_bytes(_string_bytes(datum), context, width=-TRACE_WIDTH, quiet=quiet)


def describe_key(datum: Datum, context: Context, *, packed: bool = False) -> str:
    """Returns the column of one key of an aggregation; ``packed`` ones are narrower."""
    special = _describe_special(datum, context)
    if special is not None:
        return special
    if _is_integer(datum):
        return f" {describe_integer(datum.data, INTEGER_WIDTHS[len(datum.data)])}"
    width = PACKED_WIDTH if packed else -KEY_WIDTH
    return describe_text_or_bytes(_string_bytes(datum), context, width=width, quiet=False)


def decode_tracemem(values: Sequence[Datum]) -> bytes:
    """Returns the bytes of tracemem(): as many as its third argument says, if it has one, and no more than recorded."""
    data = b"".join(value.data for value in values if value.action is ActionKind.TRACEMEM)
    sizes = [value.integer(signed=False) for value in values if value.action is ActionKind.TRACEMEM_DYNSIZE]
    return data[: sizes[0]] if sizes and sizes[0] > 0 else data


def decode_printm(data: bytes) -> bytes:
    """Returns the bytes of printm(): the record begins with their number, a pointer's size wide."""
    size = int.from_bytes(data[:POINTER_BYTES], "little")
    return data[POINTER_BYTES : POINTER_BYTES + size]
