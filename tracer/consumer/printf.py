# SPDX-License-Identifier: GPL-2.0-or-later
"""D's printf over decoded values: conversions, flags, width and precision of C, and D's own %a, %Y and kin.

``render(format, values, symbols)`` is called per record; formats are split once. Sizes (h, l, ll) are accepted and
ignored: a value knows its own size. Arguments were checked against the format by the compiler.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from time import gmtime, strftime

from dscript import Conversion, Literal, ValueKind, ValueType, parse_format
from tracer.consumer.stacks import describe_address, describe_stack
from tracer.consumer.values import decode_stack, decode_string
from tracer.errors import DataError
from tracer.machine import Symbols

_NANOSECONDS = 1_000_000_000
_ESCAPES = {"\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v", "\0": "\\0"}


@dataclass(frozen=True)
class Datum:
    """One argument: its type and bytes."""

    type: ValueType
    data: bytes

    def integer(self, *, signed: bool) -> int:
        """Returns the bytes as an integer of their own size."""
        return int.from_bytes(self.data[:8], "little", signed=signed)


@lru_cache(maxsize=256)
def _pieces(text: str) -> tuple[Literal | Conversion, ...]:
    return parse_format(text)


def _pad(text: str, flags: str, width: int) -> str:
    return text.ljust(width) if "-" in flags else text.rjust(width)


def _format_integer(value: int, digits: str, prefix: str, conversion: Conversion) -> str:
    """Lays out digits as C does: sign, prefix, precision, then width with blanks or zeros."""
    flags, width, precision = conversion.flags, int(conversion.width or 0), conversion.precision
    sign = "-" if value < 0 else "+" if "+" in flags else " " if " " in flags else ""
    if conversion.letter not in "di":
        sign = ""
    if precision is not None:
        digits = "" if precision == 0 and value == 0 else digits.rjust(int(precision), "0")
    elif "0" in flags and "-" not in flags:
        digits = digits.rjust(width - len(sign) - len(prefix), "0")
    return _pad(sign + prefix + digits, flags, width)


def _render_integer(datum: Datum, conversion: Conversion) -> str:
    alternate = "#" in conversion.flags
    match conversion.letter:
        case "d" | "i":
            value = datum.integer(signed=datum.type.signed)
            return _format_integer(value, str(abs(value)), "", conversion)
        case "u" | "P":
            value = datum.integer(signed=False)
            return _format_integer(value, str(value), "", conversion)
        case "o":
            value = datum.integer(signed=False)
            digits = f"{value:o}"
            return _format_integer(value, "0" + digits if alternate and value else digits, "", conversion)
        case letter:
            value = datum.integer(signed=False)
            prefix = "0x" if alternate and value else ""
            text = _format_integer(value, f"{value:x}", prefix, conversion)
            return text.upper() if letter == "X" else text


def _escape(text: str) -> str:
    """Returns the text with everything unprintable as a C escape."""
    return "".join(c if c.isprintable() else _ESCAPES.get(c, f"\\x{ord(c):02x}") for c in text)


def _render_string(datum: Datum, symbols: Symbols) -> str:
    match datum.type.kind:
        case ValueKind.STRING:
            return decode_string(datum.data)
        case ValueKind.SYMBOL:
            return describe_address(symbols, datum.integer(signed=False))
        case ValueKind.STACK:
            return describe_stack(symbols, decode_stack(datum.data))
        case _:
            return str(datum.integer(signed=datum.type.signed))


def _render_text(datum: Datum, letter: str, symbols: Symbols) -> str:
    """Returns the text of the conversions that are no plain integers, before width and precision."""
    match letter:
        case "c" | "wc":
            return chr(datum.integer(signed=False) & 0xFF)
        case "C":
            return _escape(chr(datum.integer(signed=False) & 0xFF))
        case "a" | "A":
            return describe_address(symbols, datum.integer(signed=False))
        case "Y":
            return strftime("%Y %b %e %H:%M:%S", gmtime(datum.integer(signed=True) // _NANOSECONDS))
        case "T":
            return strftime("%a, %d %b %Y %H:%M:%S GMT", gmtime(datum.integer(signed=True) // _NANOSECONDS))
        case "s" | "ws" | "k":
            return _render_string(datum, symbols)
        case "S":
            return _escape(_render_string(datum, symbols))
        case "b":
            return f"{datum.integer(signed=False):b}"
        case _:
            raise DataError(f"conversion %{letter} is not known to the consumer")


def _render(conversion: Conversion, datum: Datum, symbols: Symbols) -> str:
    if conversion.letter in "diuoxXpP":
        return _render_integer(datum, conversion)
    text = _render_text(datum, conversion.letter, symbols)
    if conversion.letter in ("s", "S", "ws") and conversion.precision is not None:
        text = text[: int(conversion.precision)]
    return _pad(text, conversion.flags, int(conversion.width or 0))


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


def render(text: str, values: Sequence[Datum], symbols: Symbols) -> str:
    """Returns the formatted text; raises DataError if the values run out before the conversions do."""
    left = list(values)
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
            out.append(_render(conversion, left.pop(0), symbols))
        except IndexError as error:
            raise DataError(f"too few values for the format {text!r}") from error
    return "".join(out)
