# SPDX-License-Identifier: GPL-2.0-or-later
"""printf formats: the text cut into literal pieces and conversions.

The compiler checks conversions against argument types with ``accepts``; the consumer prints with the same
pieces. ``parse_format`` knows every conversion of the printf chapter of the DTrace guide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dscript.ctype import CType, IntType, PointerType, StringType


@dataclass(frozen=True)
class Conversion:
    """One conversion: flags, width and precision (None absent, ``*`` from an argument), length letters, letter."""

    text: str
    flags: str
    width: int | str | None
    precision: int | str | None
    length: str
    letter: str

    @property
    def stars(self) -> int:
        """How many integer arguments come before the value."""
        return (self.width == "*") + (self.precision == "*")


@dataclass(frozen=True)
class Literal:
    """Text printed as it is."""

    text: str


class FormatError(ValueError):
    """The format has a conversion that does not exist; ``text`` is the conversion."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(reason)
        self.text = text


INTEGER_LETTERS = frozenset("diouxXcC")
LETTERS = INTEGER_LETTERS | frozenset("aApkPsSTYnfFeEgGb@") | {"wc", "ws"}

_CONVERSION = re.compile(r"%([-+ #0',]*)(\*|[0-9]+)?(?:\.(\*|[0-9]*))?(hh|h|ll|l|L|j|z|t|q)?(wc|ws|.)?", re.DOTALL)


def parse_format(text: str) -> tuple[Literal | Conversion, ...]:
    """The pieces of a format; raises FormatError."""
    pieces: list[Literal | Conversion] = []
    at = 0
    for match in _CONVERSION.finditer(text):
        if match.start() < at:
            continue
        if match.start() > at:
            pieces.append(Literal(text[at : match.start()]))
        pieces.append(_piece(match))
        at = match.end()
    if at < len(text):
        pieces.append(Literal(text[at:]))
    return tuple(pieces)


def _piece(match: re.Match[str]) -> Literal | Conversion:
    flags, width, precision, length, letter = match.groups()
    if match.group() == "%%":
        return Literal("%")
    if letter is None and length:
        raise FormatError(match.group(), f"invalid conversion character '{length[-1]}' in {match.group()}")
    if letter is None:
        raise FormatError(match.group(), "missing conversion character at the end of the format")
    if letter not in LETTERS:
        raise FormatError(match.group(), f"invalid conversion character '{letter}' in {match.group()}")
    return Conversion(match.group(), flags, _number(width), _number(precision), length or "", letter)


def _number(text: str | None) -> int | str | None:
    if text is None or text == "*":
        return text
    return min(int(text[:9] or "0"), 1 << 20)


def accepts(conversion: Conversion, kind: CType) -> bool:
    """True if the conversion prints values of this type."""
    match conversion.letter:
        case "s" | "S":
            return isinstance(kind, StringType)
        case "f" | "F" | "e" | "E" | "g" | "G" | "k":
            return False
        case "a" | "A" | "p":
            return isinstance(kind, IntType | PointerType)
        case _:
            return isinstance(kind, IntType) or (isinstance(kind, PointerType) and conversion.letter in "xXdiouP")


def describe_wanted(conversion: Conversion) -> str:
    """What the conversion takes, in words."""
    match conversion.letter:
        case "s" | "S":
            return "string (or use stringof)"
        case "f" | "F" | "e" | "E" | "g" | "G":
            return "float, which D programs do not have"
        case "k":
            return "stack"
        case "a" | "A" | "p":
            return "pointer or integer"
        case _:
            return "integer"
