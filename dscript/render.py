# SPDX-License-Identifier: GPL-2.0-or-later
"""print(): the bytes of a C value as text, in the layout of illumos' and FreeBSD's action of that name.

``render_value(type, data)`` gives lines without a final newline: a structure with its members' types and names, one
line each, four spaces a level; numbers in hexadecimal, characters and enumerators by name. Elements of an array have
no type but structures, whose lines leave a blank behind them, as published.
"""

from __future__ import annotations

from collections.abc import Callable

from dscript.ctype import (
    ArrayType,
    CType,
    EnumType,
    FloatType,
    FunctionType,
    IntType,
    Member,
    PointerType,
    StringType,
    StructType,
    describe,
)  # fmt: skip
from dscript.layout import container_of

_INDENT = "    "
_CHARACTERS = frozenset({"char", "signed char", "unsigned char"})
MAX_DEPTH = 32

Symbol = Callable[[int], str | None]


def _no_symbol(_address: int) -> str | None:
    return None


def render_value(kind: CType, data: bytes, *, symbol: Symbol = _no_symbol) -> str:
    """A value of type ``kind`` as print() shows it; ``symbol`` names functions by address, for pointers to them.

    ``data`` are the bytes as they lie in memory; where some are missing the value is ``<invalid>``.
    """
    return f"{describe(kind)} {_value(kind, data, 0, symbol)}"


def render_plain(kind: CType, data: bytes) -> str:
    """The value alone, without its type."""
    return _value(kind, data, 0, _no_symbol)


def _type_of(kind: CType) -> str:
    """The type's name and the blank behind it; none behind a pointer's star."""
    name = describe(kind)
    return name if name.endswith("*") else f"{name} "


def _value(kind: CType, data: bytes, depth: int, symbol: Symbol) -> str:
    if len(data) < kind.size and not isinstance(kind, StringType):
        return "<invalid>"
    match kind:
        case StructType():
            return _structure(kind, data, depth, symbol)
        case ArrayType():
            return _array(kind, data, depth, symbol)
        case EnumType():
            return _enumerator(kind, data)
        case StringType():
            return _boxed(_quote(data), depth)
        case PointerType(target=FunctionType()):
            address = int.from_bytes(data[: kind.size], "little")
            return symbol(address) or _number(address)
        case IntType(name=name, size=1) if name in _CHARACTERS:
            return _character(data[0])
        case FloatType():
            return f"<float {data[: kind.size].hex()}>"
        case _:
            return _number(int.from_bytes(data[: kind.size], "little"))


def _number(value: int) -> str:
    return f"{value:#x}" if value else "0"


def _enumerator(kind: EnumType, data: bytes) -> str:
    value = int.from_bytes(data[: kind.size], "little", signed=kind.signed)
    return kind.find_name(value) or str(value)


def _character(byte: int) -> str:
    if byte == 0:
        return r"'\0'"
    return f"'{chr(byte)}'" if 32 <= byte < 127 else f"'\\{byte:03o}'"


def _quote(data: bytes) -> str:
    text = data.split(b"\0")[0].decode("utf-8", "backslashreplace")
    return '"' + text.replace("\n", "\\n").replace("\t", "\\t") + '"'


def _structure(kind: StructType, data: bytes, depth: int, symbol: Symbol) -> str:
    if kind.members is None or depth >= MAX_DEPTH:
        return "<forward decl>" if kind.members is None else "{ ... }"
    lines = [_member(member, data, depth + 1, symbol) for member in kind.members]
    return "\n".join(["{", *lines, f"{_INDENT * depth}}}"])


def _member(member: Member, data: bytes, depth: int, symbol: Symbol) -> str:
    if member.bits:
        name, shown = f"{member.name} :{member.bits}", render_bits(member, data)
    else:
        start = member.offset_bits // 8
        name, shown = member.name, _value(member.type, data[start : start + member.type.size], depth, symbol)
    return f"{_INDENT * depth}{f'{_type_of(member.type)}{name}'.rstrip()} = {shown}"


def render_bits(member: Member, data: bytes) -> str:
    """The value of a bit-field of the structure that ``data`` holds."""
    start, shift = container_of(member)
    whole = data[start : start + member.type.size]
    if len(whole) < member.type.size:
        return "<invalid>"
    return _number(int.from_bytes(whole, "little") >> shift & (1 << member.bits) - 1)


def _array(kind: ArrayType, data: bytes, depth: int, symbol: Symbol) -> str:
    element = kind.element
    if _is_characters(kind) and _is_text(data[: kind.size]):
        return _boxed(_quote(data[: kind.size]), depth)
    pieces = [data[n * element.size : (n + 1) * element.size] for n in range(kind.count)]
    if not isinstance(element, StructType):
        inner = depth if isinstance(element, ArrayType) and not _is_characters(element) else 0
        return f"[ {', '.join(_value(element, piece, inner, symbol) for piece in pieces)} ]" if pieces else "[ ]"
    indent = _INDENT * (depth + 1)
    lines = [f"{indent}{describe(element)} {_value(element, piece, depth + 1, symbol)}" for piece in pieces]
    return "[ \n" + ", \n".join(lines) + f"\n{_INDENT * depth}]"


def _is_characters(kind: ArrayType) -> bool:
    return isinstance(kind.element, IntType) and kind.element.name in _CHARACTERS


def _boxed(text: str, depth: int) -> str:
    """Text as a member has it, in brackets; a value by itself has none."""
    return f"[ {text} ]" if depth else text


def _is_text(data: bytes) -> bool:
    """True for printable characters up to a NUL."""
    text, end, _rest = data.partition(b"\0")
    return bool(end) and all(32 <= byte < 127 for byte in text)
