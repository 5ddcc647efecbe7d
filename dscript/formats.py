# SPDX-License-Identifier: GPL-2.0-or-later
"""printf formats: the text cut into literal pieces and conversions.

The compiler checks conversions against argument types with ``accepts``; the consumer prints with the same
pieces. ``parse_format`` knows every conversion of the printf chapter of the DTrace guide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeGuard

from dscript.ctype import (
    STACK,
    SYMBOL_ADDRESS,
    USER_ADDRESS,
    ArrayType,
    CType,
    EnumType,
    FloatType,
    IntType,
    PointerType,
    StringType,
    VoidType,
)  # fmt: skip
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


INTEGER_LETTERS = frozenset("diouxXb")
_CHARACTER_LETTERS = frozenset({"c", "C", "wc"})
_STRING_LETTERS = frozenset("sSI")
_FLOAT_LETTERS = frozenset("eEfFgG")
_ADDRESS_LETTERS = frozenset("aAp")
_TIME_LETTERS = frozenset("YT")
_TIME_BYTES = 8
_SHORT_BYTES, _INT_BYTES, _LONG_LONG_BYTES = 2, 4, 8
_LONG_RANK = 4
_ADDRESS_COLUMNS = 8  # the width that %? stands for
# integers as wide as a long that other machines define as one
_LONGS_WORDS = "u_long ulong_t size_t ssize_t uintptr_t intptr_t ptrdiff_t register_t vm_size_t vm_offset_t"
_LONGS = frozenset(_LONGS_WORDS.split())
LETTERS = (
    INTEGER_LETTERS | _CHARACTER_LETTERS | _STRING_LETTERS | _FLOAT_LETTERS | _ADDRESS_LETTERS | _TIME_LETTERS
    | {"n", "k", "P", "ws"}
)  # fmt: skip

# a conversion, and what no conversion can be: the reasons are dtrace's
_CONVERSION = re.compile(r"%([-+ #0',@?]*)(\*+|[0-9]+)?(?:\.(\*+|-?[0-9]*))?(@)?(h|ll|l|L)?(wc|ws|.)?", re.DOTALL)


def parse_format(text: str) -> tuple[Literal | Conversion, ...]:
    """The pieces of a format; raises FormatError."""
    pieces: list[Literal | Conversion] = []
    at = conversions = 0
    for match in _CONVERSION.finditer(text):
        if match.start() < at:
            continue
        if match.start() > at:
            pieces.append(Literal(text[at : match.start()]))
        pieces.append(_piece(match, conversions + 1))
        conversions += isinstance(pieces[-1], Conversion)
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
    if length == "l" and letter in ("c", "s"):
        length, letter = "", f"w{letter}"
    if letter not in LETTERS:
        raise FormatError(match.group(), f"format conversion #{number} is undefined: {match.group()}")
    aggregated = late is not None or "@" in flags
    plain = flags.replace("@", "").replace("?", "")
    width = str(_ADDRESS_COLUMNS) if "?" in flags else width
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
    if isinstance(kind, VoidType):  # of a tracing function, which cannot stand there anyway
        return kind in _OPAQUE.get(letter, ())
    if isinstance(kind, ValueType):
        return kind.kind in _RECORDS.get(letter, ())
    if letter in _STRING_LETTERS:
        return isinstance(kind, StringType) or (isinstance(kind, ArrayType) and _has_bytes(kind.element, 1))
    if letter == "ws":
        return isinstance(kind, ArrayType) and _has_bytes(kind.element, _INT_BYTES)
    if letter in _CHARACTER_LETTERS:
        return isinstance(kind, IntType) and kind.size <= _INT_BYTES
    if letter == "P":
        return _has_bytes(kind, _SHORT_BYTES) and not kind.signed
    if letter in _TIME_LETTERS:
        return isinstance(kind, IntType) and kind.size == _TIME_BYTES
    if letter in _ADDRESS_LETTERS:
        return isinstance(kind, IntType | EnumType | PointerType | ArrayType)
    if letter in _FLOAT_LETTERS:
        return isinstance(kind, FloatType)
    return letter != "k" and isinstance(kind, IntType | EnumType) and _suits_length(conversion, kind)


def _suits_length(conversion: Conversion, kind: IntType) -> bool:
    """h, l and ll ask for a short, a long and a long long; all but x and X also for its sign."""
    match conversion.length:
        case "h":
            fits = kind.size == _SHORT_BYTES
        case "l":
            fits = kind.size == _LONG_LONG_BYTES or kind.rank == _LONG_RANK or kind.name in _LONGS
        case "ll":
            fits = kind.size == _LONG_LONG_BYTES
        case _:
            return True
    return fits and (conversion.letter in "xX" or kind.signed == (conversion.letter in "di"))


_OPAQUE = {"k": (STACK,), "a": (SYMBOL_ADDRESS,), "A": (USER_ADDRESS,)}
_RECORDS = {
    "k": (ValueKind.STACK, ValueKind.USTACK),
    "a": (ValueKind.SYMBOL,),
    "A": (ValueKind.USYMBOL,),
}


def _has_bytes(kind: CType, size: int) -> TypeGuard[IntType]:
    return isinstance(kind, IntType) and kind.size == size


def describe_wanted(conversion: Conversion) -> str:
    """What the conversion takes, in words."""
    letter = conversion.letter
    if letter in _STRING_LETTERS:
        return "char [] or string (or use stringof)"
    if letter == "ws":
        return "wchar_t []"
    if letter in _CHARACTER_LETTERS:
        return "char, short, or int"
    if letter == "P":
        return "uint16_t"
    if letter in _TIME_LETTERS:
        return "int64_t"
    if letter in _ADDRESS_LETTERS:
        return "pointer or integer"
    if letter in _FLOAT_LETTERS:
        return "float, double, or long double"
    lengths = {"h": "short", "l": "long", "ll": "long long"}
    return "stack" if letter == "k" else lengths.get(conversion.length, "integer")
