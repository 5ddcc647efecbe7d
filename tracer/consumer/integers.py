# SPDX-License-Identifier: GPL-2.0-or-later
"""Integers as C's printf lays them out: d i o u x X p with flags, width and precision. Widths count bytes."""

from __future__ import annotations

from dataclasses import replace

from dscript import Conversion

_EMPTY = 0  # the precision that prints no digit of 0


def to_text(data: bytes) -> str:
    """Returns bytes as text from which ``to_bytes`` makes the same bytes again."""
    return data.decode("utf-8", "surrogateescape")


def to_bytes(text: str) -> bytes:
    """Returns the bytes that text is printed as."""
    return text.encode("utf-8", "surrogateescape")


def pad(text: str, flags: str, width: int) -> str:
    """Fills up with blanks to ``width`` bytes."""
    blanks = " " * (width - len(to_bytes(text)))
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
    return pad(sign + prefix + digits, flags, width)


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
