# SPDX-License-Identifier: GPL-2.0-or-later
"""D's printf over recorded values: conversions, flags, width and precision of C, and D's own %a, %Y, %k and kin.

``render(format, values, context)`` is called per record; formats are split once. Sizes (h, l, ll) are accepted and
ignored: a value knows its own size. Arguments were checked against the format by the compiler. Widths count bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from time import gmtime, strftime

from dscript import ActionKind, Conversion, Literal, ValueKind, ValueType, parse_format
from tracer.consumer.context import Context
from tracer.consumer.datum import Datum
from tracer.consumer.integers import pad, render_number, to_bytes, to_text
from tracer.consumer.ports import describe_port
from tracer.consumer.stacks import (
    describe_frames,
    describe_symbol,
    name_address,
    name_user_address,
    name_ustack,
    split_user,
)
from tracer.consumer.values import cut_string, decode_stack
from tracer.errors import DataError

_NANOSECONDS = 1_000_000_000
_ESCAPES = {byte: f"\\{letter}" for byte, letter in zip(b'\0\a\b\t\n\v\f\r"\\', '0abtnvfr"\\', strict=True)}


@dataclass(frozen=True)
class Aggregated:
    """A value of an aggregation for printf's %@: what %d prints, or the whole text of a histogram."""

    value: int
    text: str | None = None


@lru_cache(maxsize=256)
def _pieces(text: str) -> tuple[Literal | Conversion, ...]:
    return parse_format(text)


def _render_integer(datum: Datum, conversion: Conversion, _context: Context) -> str:
    return render_number(datum.integer(signed=datum.type.signed), len(datum.data) or 8, conversion)


def escape(data: bytes) -> str:
    """Returns bytes with everything unprintable as a C escape (%S, %C)."""
    return "".join(_ESCAPES.get(byte) or (chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}") for byte in data)


def _stack_of(datum: Datum, context: Context) -> list[str]:
    if datum.type.kind is ValueKind.USTACK:
        return [str(name) for name in name_ustack(context, datum.data, datum.frames)]
    return [str(name_address(context, frame)) for frame in decode_stack(datum.data)]


def _render_stack(datum: Datum, conversion: Conversion, context: Context) -> str:
    """%k: left-aligned, the width is the indentation; otherwise each frame is that wide."""
    width = int(conversion.width or 0)
    if "-" in conversion.flags:
        return describe_frames(_stack_of(datum, context), width, -width)
    return describe_frames(_stack_of(datum, context), 0, width)


def _string_of(datum: Datum, context: Context) -> bytes:
    match datum.type.kind:
        case ValueKind.STRING | ValueKind.BYTES:
            return cut_string(datum.data)
        case ValueKind.SYMBOL | ValueKind.USYMBOL:
            return to_bytes(describe_symbol(context, datum.action, datum.data))
        case ValueKind.STACK | ValueKind.USTACK:
            return to_bytes(describe_frames(_stack_of(datum, context), context.stack_indent))
        case _:
            return str(datum.integer(signed=datum.type.signed)).encode()


def _render_string(datum: Datum, conversion: Conversion, context: Context) -> str:
    data = _string_of(datum, context)
    text = escape(data) if conversion.letter == "S" else to_text(data)
    if conversion.precision is not None:
        text = to_text(to_bytes(text)[: int(conversion.precision)])
    return pad(text, conversion.flags, int(conversion.width or 0))


def _render_address(datum: Datum, conversion: Conversion, context: Context) -> str:
    """%a and %A: a kernel or user address by name; records of sym() and its kin know what they are."""
    if datum.type.kind is ValueKind.USYMBOL and datum.action is not ActionKind.UMOD:
        text = str(name_user_address(context, *split_user(datum.data)))
        text = describe_symbol(context, datum.action, datum.data) if datum.action is ActionKind.USYM else text
    elif datum.type.kind in (ValueKind.SYMBOL, ValueKind.USYMBOL):
        text = describe_symbol(context, datum.action, datum.data)
    elif conversion.letter == "A":
        text = str(name_user_address(context, context.target, datum.integer(signed=False)))
    else:
        text = str(name_address(context, datum.integer(signed=False)))
    return pad(text, conversion.flags, int(conversion.width or 0))


def _render_character(datum: Datum, conversion: Conversion, _context: Context) -> str:
    byte = bytes([datum.integer(signed=False) & 0xFF])
    text = escape(byte) if conversion.letter == "C" else to_text(byte)
    return pad(text, conversion.flags, int(conversion.width or 0))


def _render_wide(datum: Datum, conversion: Conversion, _context: Context) -> str:
    return pad(_wide(datum.integer(signed=False)), conversion.flags, int(conversion.width or 0))


def _wide(code: int) -> str:
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "?"


def _render_wide_string(datum: Datum, conversion: Conversion, _context: Context) -> str:
    codes = [int.from_bytes(datum.data[at : at + 4], "little") for at in range(0, len(datum.data), 4)]
    end = codes.index(0) if 0 in codes else len(codes)
    if conversion.precision is not None:
        end = min(end, int(conversion.precision))
    return pad("".join(map(_wide, codes[:end])), conversion.flags, int(conversion.width or 0))


def _render_text(make: Callable[[int], str]) -> Callable[[Datum, Conversion, Context], str]:
    """Returns the function of a conversion that shows an integer as a word."""

    def render_word(datum: Datum, conversion: Conversion, _context: Context) -> str:
        text = make(datum.integer(signed=datum.type.signed))
        if conversion.precision is not None:
            text = text[: int(conversion.precision)]
        return pad(text, conversion.flags, int(conversion.width or 0))

    return render_word


def _describe_time(form: str) -> Callable[[int], str]:
    def describe(nanoseconds: int) -> str:
        try:
            return strftime(form, gmtime(nanoseconds // _NANOSECONDS))
        except (ValueError, OverflowError, OSError):
            return str(nanoseconds)

    return describe


_RENDERERS: dict[str, Callable[[Datum, Conversion, Context], str]] = {
    **dict.fromkeys("diouxXp", _render_integer),
    **dict.fromkeys("sSI", _render_string),
    "ws": _render_wide_string,
    **dict.fromkeys("aA", _render_address),
    **dict.fromkeys("cC", _render_character),
    "wc": _render_wide,
    "k": _render_stack,
    "P": _render_text(lambda value: describe_port(value & 0xFFFF)),
    "Y": _render_text(_describe_time("%Y %b %e %H:%M:%S")),
    "T": _render_text(_describe_time("%a, %d %b %Y %H:%M:%S GMT")),
    "b": lambda datum, conversion, _: pad(
        f"{datum.integer(signed=False):b}", conversion.flags, int(conversion.width or 0)
    ),
}


def render_datum(datum: Datum, conversion: Conversion, context: Context) -> str:
    """Returns one value under its conversion; raises DataError for a letter the consumer does not know."""
    if conversion.letter not in _RENDERERS:
        raise DataError(f"conversion %{conversion.letter} is not known to the consumer")
    if datum.type.kind in (ValueKind.STACK, ValueKind.USTACK) and conversion.letter not in ("s", "S"):
        return _render_stack(datum, conversion, context)
    return _RENDERERS[conversion.letter](datum, conversion, context)


_INT64 = ValueType(ValueKind.INTEGER, 8)


def render_aggregated(aggregated: Aggregated, conversion: Conversion, context: Context) -> str:
    """Returns an aggregation's value under its conversion; histograms are printed whole."""
    if aggregated.text is not None:
        return aggregated.text
    if conversion.letter in ("Y", "T", "a"):
        datum = Datum(_INT64, (aggregated.value & (1 << 64) - 1).to_bytes(8, "little"))
        return render_datum(datum, conversion, context)
    return render_number(aggregated.value, 8, conversion)


def _fix(conversion: Conversion, values: list[Datum]) -> Conversion:
    """Returns the conversion with every ``*`` taken from the values."""
    if not conversion.stars:
        return conversion
    flags, width, precision = conversion.flags, conversion.width, conversion.precision
    if width == "*":
        width = values.pop(0).integer(signed=True)
        flags, width = (flags + "-", -width) if width < 0 else (flags, width)
    if precision == "*":
        precision = values.pop(0).integer(signed=True)
        precision = None if precision < 0 else precision
    return replace(conversion, flags=flags, width=width, precision=precision)


def render(text: str, values: Sequence[Datum], context: Context, aggregated: Sequence[Aggregated] = ()) -> str:
    """Returns the formatted text; raises DataError if the values run out before the conversions do."""
    left, results = list(values), list(aggregated)
    out = []
    for piece in _pieces(text):
        if isinstance(piece, Literal):
            out.append(piece.text)
            continue
        if piece.letter == "n":
            out.append("\n")
            continue
        try:
            conversion = _fix(piece, left)
            if conversion.aggregated:
                result = results.pop(0) if len(results) > 1 else results[0]
                out.append(render_aggregated(result, conversion, context))
            else:
                out.append(render_datum(left.pop(0), conversion, context))
        except IndexError as error:
            raise DataError(f"too few values for the format {text!r}") from error
    return "".join(out)
