# SPDX-License-Identifier: GPL-2.0-or-later
"""The values of integer, character and string constants."""

from __future__ import annotations

import re

from dscript.ctype import INT, LLONG, LONG, UINT, ULLONG, ULONG, IntType
from dscript.errors import Problem
from dscript.source import Span

_INTEGER = re.compile(r"(0[xX][0-9a-fA-F]*|[0-9]+)([uUlL]*)([0-9A-Za-z_]*)")
_SUFFIXES: dict[str, tuple[IntType, ...]] = {
    "": (INT, UINT, LONG, ULONG, LLONG, ULLONG),
    "u": (UINT, ULONG, ULLONG),
    "l": (LONG, ULONG, LLONG, ULLONG),
    "ul": (ULONG, ULLONG),
    "ll": (LLONG, ULLONG),
    "ull": (ULLONG,),
}
_ESCAPES = {"a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11, "0": 0}
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))", re.DOTALL)


def parse_integer(text: str, span: Span) -> tuple[int, IntType]:
    """The value and type of an integer constant: decimal, octal or hexadecimal, with C's suffixes."""
    match = _INTEGER.fullmatch(text)
    assert match is not None
    digits, letters, rest = match.groups()
    base = 16 if digits[:2] in ("0x", "0X") else 8 if digits[0] == "0" and len(digits) > 1 else 10
    bad = rest or ("x" if base == 16 and len(digits) == 2 else "")
    if base == 8:
        bad = next((d for d in digits if d in "89"), bad)
    suffix = "".join(sorted(letters.lower(), reverse=True))
    if bad or suffix not in _SUFFIXES:
        raise Problem("D_INT_DIGIT", span, f"invalid digit '{(bad or letters)[0]}' in integer constant: {text[:40]}")
    return _typed(digits, base, suffix, span)


def _typed(digits: str, base: int, suffix: str, span: Span) -> tuple[int, IntType]:
    # More than 22 octal digits never fit; checking first keeps absurd constants cheap.
    value = int(digits, base) if len(digits.lstrip("0xX")) <= 22 else 1 << 64
    for kind in _SUFFIXES[suffix]:
        skipped = base == 10 and "u" not in suffix and not kind.signed and kind.size < 8
        if kind.holds(value) and not skipped:
            return value, kind
    raise Problem("D_INT_OFLOW", span, f"integer constant {digits[:40]} is too large for 64 bits")


def _encode(text: str) -> bytes:
    """UTF-8; bytes of a command line that are no UTF-8 come back as they were."""
    return text.encode("utf-8", "surrogateescape")


def unescape(body: str) -> bytes:
    """The bytes of a string's or character's body, C escapes resolved; text beyond ASCII is UTF-8."""
    if "\\" not in body:
        return _encode(body)
    out, at = bytearray(), 0
    for match in _ESCAPE.finditer(body):
        out += _encode(body[at : match.start()])
        octal, hexa, other = match.groups()
        if octal is not None:
            out.append(int(octal, 8) & 0xFF)
        elif hexa is not None:
            out.append(int(hexa, 16))
        elif other in _ESCAPES:
            out.append(_ESCAPES[other])
        else:
            out += _encode(other)
        at = match.end()
    return bytes(out + _encode(body[at:]))


def parse_character(text: str, span: Span) -> int:
    """The value of a character constant; up to four characters make one integer, the first one highest."""
    data = unescape(text[1:-1])
    if not data:
        raise Problem("D_CHR_NULL", span, "empty character constant")
    if len(data) > 4:
        raise Problem("D_CHR_OFLOW", span, f"character constant is too long: {len(data)} characters; at most 4")
    if len(data) == 1:
        return data[0] - 256 if data[0] > 127 else data[0]
    return int.from_bytes(data, "big", signed=len(data) == 4)
