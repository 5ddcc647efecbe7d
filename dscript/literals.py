# SPDX-License-Identifier: GPL-2.0-or-later
"""The values of integer, character and string constants."""

from __future__ import annotations

import re

from dscript.ctype import INT, LLONG, LONG, UINT, ULLONG, ULONG, IntType
from dscript.errors import Problem
from dscript.source import Span

INTEGER = re.compile(r"(0[xX][0-9a-fA-F]+|[0-9]+)([uU]?[lL]?[lL]?)")
_SUFFIXES: dict[str, tuple[IntType, ...]] = {
    "": (INT, UINT, LONG, ULONG, LLONG, ULLONG),
    "u": (UINT, ULONG, ULLONG),
    "l": (LONG, ULONG, LLONG, ULLONG),
    "ul": (ULONG, ULLONG),
    "ll": (LLONG, ULLONG),
    "ull": (ULLONG,),
}
_ESCAPES = {"a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11}
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]*)|(.))", re.DOTALL)
_CHARACTERS = 8  # in one character constant


def parse_integer(text: str, span: Span) -> tuple[int, IntType]:
    """The value and type of an integer constant: decimal, octal or hexadecimal, with C's suffixes."""
    match = INTEGER.fullmatch(text)
    assert match is not None
    digits, letters = match.groups()
    base = 16 if digits[:2] in ("0x", "0X") else 8 if digits[0] == "0" and len(digits) > 1 else 10
    bad = next((d for d in digits if d in "89"), "") if base == 8 else ""
    if bad:
        raise Problem("D_INT_DIGIT", span, f"constant {text[:40]} contains invalid digit {bad}")
    return _typed(digits, base, letters.lower(), span)


def _typed(digits: str, base: int, suffix: str, span: Span) -> tuple[int, IntType]:
    # More than 22 octal digits never fit; checking first keeps absurd constants cheap.
    value = int(digits, base) if len(digits.lstrip("0xX")) <= 22 else 1 << 64
    for kind in _SUFFIXES[suffix]:
        skipped = base == 10 and "u" not in suffix and not kind.signed
        if kind.holds(value) and not skipped:
            return value, kind
    raise Problem("D_INT_OFLOW", span, f"integer constant {digits[:40]} is too large for 64 bits")


def _encode(text: str) -> bytes:
    """UTF-8; bytes of a command line that are no UTF-8 come back as they were."""
    return text.encode("utf-8", "surrogateescape")


def unescape(body: str) -> bytes:
    """The bytes of a string's or character's body, C escapes resolved, others kept; text beyond ASCII is UTF-8."""
    if "\\" not in body:
        return _encode(body)
    out, at = bytearray(), 0
    for match in _ESCAPE.finditer(body):
        out += _encode(body[at : match.start()])
        octal, hexa, other = match.groups()
        if octal is not None:
            out.append(int(octal, 8) & 0xFF)
        elif hexa is not None:
            out.append(int(hexa or "0", 16) & 0xFF)
        elif other in _ESCAPES:
            out.append(_ESCAPES[other])
        else:
            out += _encode(other if other in "\"'\\" else match.group())
        at = match.end()
    return bytes(out + _encode(body[at:]))


def parse_character(text: str, span: Span) -> tuple[int, IntType]:
    """The value and type of a character constant; up to eight characters make one integer, the first one highest."""
    data = unescape(text[1:-1])
    if not data:
        raise Problem("D_CHR_NULL", span, "empty character constant")
    if len(data) > _CHARACTERS:
        message = f"character constant is too long: {len(data)} characters; at most {_CHARACTERS}"
        raise Problem("D_CHR_OFLOW", span, message)
    return _typed(str(int.from_bytes(data, "big")), 10, "", span)
