# SPDX-License-Identifier: GPL-2.0-or-later
"""printf formats: the text cut into literal pieces and conversions.

The compiler checks conversions against argument types with ``accepts``; the consumer prints with the same
pieces. ``parse_format`` knows every conversion of the printf chapter of the DTrace guide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dscript.ctype import ArrayType, CType, EnumType, FloatType, IntType, PointerType, StringType
from dscript.program import ValueKind, ValueType


@dataclass(frozen=True)
class Conversion:
    """One conversion: flags, width and precision (None absent, ``*`` from an argument), length letters, letter.

    ``aggregated`` is the ``@`` of printa: the value is an aggregation's result, not a key.
    """

    text: str
    flags: str
    width: int | str | None
    precision: int | str | None
    length: str
    letter: str
    aggregated: bool = False

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


INTEGER_LETTERS = frozenset("diouxXcCbP")
_FLOAT_LETTERS = frozenset("eEfFgG")
_ADDRESS_LETTERS = frozenset("aAp")
_TIME_LETTERS = frozenset("YT")
_TIME_BYTES = 8
LETTERS = INTEGER_LETTERS | _FLOAT_LETTERS | _ADDRESS_LETTERS | _TIME_LETTERS | frozenset("sSnk") | {"wc", "ws"}

# a conversion, and what no conversion can be: the reasons are dtrace's
_CONVERSION = re.compile(
    r"%([-+ #0',@]*)(\*+|[0-9]+)?(?:\.(\*+|-?[0-9]*))?(@)?(hh|h|ll|l|L|j|z|t|q)?(wc|ws|.)?", re.DOTALL
)


def parse_format(text: str) -> tuple[Literal | Conversion, ...]:
    """The pieces of a format; raises FormatError."""
    pieces: list[Literal | Conversion] = []
    at = 0
    for match in _CONVERSION.finditer(text):
        if match.start() < at:
            continue
        if match.start() > at:
            pieces.append(Literal(text[at : match.start()]))
        pieces.append(_piece(match, 1 + sum(isinstance(p, Conversion) for p in pieces)))
        at = match.end()
    if at < len(text):
        pieces.append(Literal(text[at:]))
    return tuple(pieces)


def _piece(match: re.Match[str], number: int) -> Literal | Conversion:
    flags, width, precision, late, length, letter = match.groups()
    if match.group() == "%%":
        return Literal("%")
    for text, what in ((width, "width"), (precision, "precision")):
        if text and len(text) > 1 and "*" in text:
            raise FormatError(
                match.group(), f"format conversion #{number} has more than one '*' specified for the output {what}"
            )
    if letter is None and not length:
        raise FormatError(match.group(), f"missing conversion character at the end of the format: {match.group()}")
    if letter not in LETTERS:
        raise FormatError(match.group(), f"format conversion #{number} is undefined: {match.group()}")
    aggregated = late is not None or "@" in flags
    plain = flags.replace("@", "")
    return Conversion(
        match.group(), plain, _number(width), _number(precision), length or "", letter, aggregated=aggregated
    )


def _number(text: str | None) -> int | str | None:
    if text is None or text == "*":
        return text
    return min(max(int(text[:9] or "0"), 0), 1 << 20) if text != "-" else 0


def accepts(conversion: Conversion, kind: CType | ValueType) -> bool:
    """True if the conversion prints values of this type: a type of D, or the record of a key such as stack()."""
    letter = conversion.letter
    if isinstance(kind, ValueType):
        return kind.kind in _RECORDS.get(letter, ())
    if letter in ("s", "S", "ws"):
        return isinstance(kind, StringType) or (isinstance(kind, ArrayType) and _is_character(kind.element))
    if letter in _TIME_LETTERS:
        return isinstance(kind, IntType) and kind.size == _TIME_BYTES
    if letter in _ADDRESS_LETTERS:
        return isinstance(kind, IntType | EnumType | PointerType)
    if letter in _FLOAT_LETTERS:
        return isinstance(kind, FloatType)
    return letter != "k" and isinstance(kind, IntType | EnumType)


_RECORDS = {
    "k": (ValueKind.STACK, ValueKind.USTACK),
    "a": (ValueKind.SYMBOL,),
    "A": (ValueKind.USYMBOL,),
}


def _is_character(kind: CType) -> bool:
    return isinstance(kind, IntType) and kind.size == 1


def describe_wanted(conversion: Conversion) -> str:
    """What the conversion takes, in words."""
    letter = conversion.letter
    if letter in ("s", "S", "ws"):
        return "char [] or string (or use stringof)"
    if letter in _TIME_LETTERS:
        return "int64_t"
    if letter in _ADDRESS_LETTERS:
        return "pointer or integer"
    if letter in _FLOAT_LETTERS:
        return "float, double, or long double"
    return "stack" if letter == "k" else "integer"
