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

from dscript import ActionKind, Conversion, Literal, ValueKind, parse_format
from tracer.consumer.context import Context
from tracer.consumer.datum import Datum
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
_EMPTY = 0


@dataclass(frozen=True)
class Aggregated:
    """A value of an aggregation for printf's %@: what %d prints, or the whole text of a histogram."""

    value: int
    text: str | None = None


@lru_cache(maxsize=256)
def _pieces(text: str) -> tuple[Literal | Conversion, ...]:
    return parse_format(text)


def _to_text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _to_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _pad(text: str, flags: str, width: int) -> str:
    """Fills up with blanks to ``width`` bytes."""
    blanks = " " * (width - len(_to_bytes(text)))
    return text + blanks if "-" in flags else blanks + text


def format_integer(value: int, digits: str, prefix: str, conversion: Conversion) -> str:
    """Lays out digits as C does: sign, prefix, precision, then width with blanks or zeros."""
    flags, width, precision = conversion.flags, int(conversion.width or 0), conversion.precision
    sign = "-" if value < 0 else "+" if "+" in flags else " " if " " in flags else ""
    if conversion.letter not in "di":
        sign = ""
    if precision is not None:
        digits = "" if precision == _EMPTY and value == 0 else digits.rjust(int(precision), "0")
    elif "0" in flags and "-" not in flags:
        digits = digits.rjust(width - len(sign) - len(prefix), "0")
    return _pad(sign + prefix + digits, flags, width)


def _render_octal(value: int, conversion: Conversion) -> str:
    """%o: with # the precision grows until the first digit is a 0."""
    digits = f"{value:o}"
    if "#" in conversion.flags and (value or conversion.precision == _EMPTY):
        digits = digits.rjust(int(conversion.precision or 0), "0")
        digits = digits if digits.startswith("0") else "0" + digits
        if value == 0:
            conversion = replace(conversion, precision=1)
    return format_integer(value, digits, "", conversion)


def render_number(value: int, size: int, conversion: Conversion) -> str:
    """Returns an integer under d i o u x X p; ``size`` bytes make a negative one unsigned."""
    letter = conversion.letter
    if letter in "di":
        return format_integer(value, str(abs(value)), "", conversion)
    value &= (1 << 8 * size) - 1
    match letter:
        case "o":
            return _render_octal(value, conversion)
        case "x" | "X" | "p":
            text = format_integer(value, f"{value:x}", "0x" if "#" in conversion.flags and value else "", conversion)
            return text.upper() if letter == "X" else text
        case _:
            return format_integer(value, str(value), "", conversion)


def _render_integer(datum: Datum, conversion: Conversion, _context: Context) -> str:
    return render_number(datum.integer(signed=datum.type.signed), len(datum.data) or 8, conversion)


def escape(data: bytes) -> str:
    """Returns bytes with everything unprintable as a C escape (%S, %C)."""
    return "".join(_ESCAPES.get(byte) or (chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}") for byte in data)


def _stack_of(datum: Datum, context: Context) -> list[str]:
    if datum.type.kind is ValueKind.USTACK:
        return name_ustack(context, datum.data, datum.frames)
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
            return _to_bytes(describe_symbol(context, datum.action, datum.data))
        case ValueKind.STACK | ValueKind.USTACK:
            return _to_bytes(describe_frames(_stack_of(datum, context), context.stack_indent))
        case _:
            return str(datum.integer(signed=datum.type.signed)).encode()


def _render_string(datum: Datum, conversion: Conversion, context: Context) -> str:
    data = _string_of(datum, context)
    text = escape(data) if conversion.letter == "S" else _to_text(data)
    if conversion.precision is not None:
        text = _to_text(_to_bytes(text)[: int(conversion.precision)])
    return _pad(text, conversion.flags, int(conversion.width or 0))


def _render_address(datum: Datum, conversion: Conversion, context: Context) -> str:
    """%a and %A: a kernel or user address by name; records of sym() and its kin know what they are."""
    if datum.type.kind is ValueKind.USYMBOL and datum.action is not ActionKind.UMOD:
        text = str(name_user_address(context, *split_user(datum.data)))
        text = describe_symbol(context, datum.action, datum.data) if datum.action is ActionKind.USYM else text
    elif datum.type.kind in (ValueKind.SYMBOL, ValueKind.USYMBOL):
        text = describe_symbol(context, datum.action, datum.data)
    elif conversion.letter == "A":
        text = f"{datum.integer(signed=False):#x}"
    else:
        text = str(name_address(context, datum.integer(signed=False)))
    return _pad(text, conversion.flags, int(conversion.width or 0))


def _render_character(datum: Datum, conversion: Conversion, _context: Context) -> str:
    byte = bytes([datum.integer(signed=False) & 0xFF])
    text = escape(byte) if conversion.letter == "C" else _to_text(byte)
    return _pad(text, conversion.flags, int(conversion.width or 0))


def _render_wide(datum: Datum, conversion: Conversion, _context: Context) -> str:
    code = datum.integer(signed=False)
    text = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "?"
    return _pad(text, conversion.flags, int(conversion.width or 0))


def _render_text(make: Callable[[int], str]) -> Callable[[Datum, Conversion, Context], str]:
    """Returns the function of a conversion that shows an integer as a word."""

    def render_word(datum: Datum, conversion: Conversion, _context: Context) -> str:
        text = make(datum.integer(signed=datum.type.signed))
        if conversion.precision is not None:
            text = text[: int(conversion.precision)]
        return _pad(text, conversion.flags, int(conversion.width or 0))

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
    **dict.fromkeys(("s", "S", "ws"), _render_string),
    **dict.fromkeys("aA", _render_address),
    **dict.fromkeys("cC", _render_character),
    "wc": _render_wide,
    "k": _render_stack,
    "P": _render_text(lambda value: describe_port(value & 0xFFFF)),
    "Y": _render_text(_describe_time("%Y %b %e %H:%M:%S")),
    "T": _render_text(_describe_time("%a, %d %b %Y %H:%M:%S GMT")),
    "b": lambda datum, conversion, _: _pad(
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


def render_aggregated(aggregated: Aggregated, conversion: Conversion) -> str:
    """Returns an aggregation's value under its conversion; histograms are printed whole."""
    if aggregated.text is not None:
        return aggregated.text
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
                out.append(render_aggregated(results.pop(0) if len(results) > 1 else results[0], conversion))
            else:
                out.append(render_datum(left.pop(0), conversion, context))
        except IndexError as error:
            raise DataError(f"too few values for the format {text!r}") from error
    return "".join(out)
