# SPDX-License-Identifier: GPL-2.0-or-later
"""The shapes of C types on 32-bit ARM (ILP32): integers, pointers, structures, arrays, functions, and D's string.

``ctype.py`` has the tables and rules about them, and all the names of this file as well. ``describe(type)`` writes a
type as C does, ``describe(type, "name")`` a declaration.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

POINTER_BYTES = 4


@dataclass(frozen=True)
class IntType:
    """An integer type: its size in bytes, signedness and C's conversion rank."""

    name: str
    size: int
    signed: bool
    rank: int

    def __str__(self) -> str:
        return self.name

    def holds(self, value: int) -> bool:
        """True if the type can represent ``value``."""
        bits = self.size * 8
        low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if self.signed else (0, (1 << bits) - 1)
        return low <= value <= high

    def wrap(self, value: int) -> int:
        """``value`` reduced to the type's range, as a conversion does."""
        bits = self.size * 8
        value &= (1 << bits) - 1
        return value - (1 << bits) if self.signed and value >> bits - 1 else value


@dataclass(frozen=True)
class PointerType:
    """A pointer; the target may be a structure known by name only."""

    target: CType
    name: str = ""
    size: int = POINTER_BYTES
    signed: bool = False

    def __str__(self) -> str:
        return self.name or describe(self)


@dataclass(frozen=True)
class Member:
    """A member of a structure or union; ``bits`` is the width of a bit-field, 0 for a whole member."""

    name: str
    type: CType
    offset_bits: int
    bits: int = 0


@dataclass(eq=False)
class StructType:
    """A structure or union (``name`` is ``struct proc``, ``union u``); one object per type and typedef of it.

    ``members`` is None while the type is incomplete. Kernel types come with ``load``, called once when the
    members are first asked for: a kernel's types refer to each other without end. What a typedef names is equal
    to its ``origin`` and is ``written`` otherwise.
    """

    name: str
    size: int = 0
    align: int = 1
    load: Callable[[], tuple[Member, ...]] | None = field(default=None, repr=False)
    _members: tuple[Member, ...] | None = field(default=None, repr=False)
    written: str = ""
    origin: StructType | None = field(default=None, repr=False)
    _typedefs: list[StructType] = field(default_factory=list, repr=False)

    def __str__(self) -> str:
        return self.written or self.name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StructType) and (self.origin or self) is (other.origin or other)

    def __hash__(self) -> int:
        return id(self.origin or self)

    def under(self, written: str) -> StructType:
        """The same type by a typedef's name; it is complete when this one is."""
        origin = self.origin or self
        made = StructType(self.name, self.size, self.align, written=written, origin=origin)
        origin._typedefs.append(made)
        return made

    @property
    def members(self) -> tuple[Member, ...] | None:
        """The members in order, None if the type is incomplete; anonymous ones have an empty name."""
        if self.origin is not None:
            return self.origin.members
        if self._members is None and self.load is not None:
            self._members = self.load()
        return self._members

    @property
    def is_union(self) -> bool:
        """True for a union; a type known by a typedef's name only counts as a structure unless its members overlap."""
        if self.name.split(" ")[0] in ("struct", "union"):
            return self.name.startswith("union")
        return len(self.members or ()) > 1 and all(m.offset_bits == 0 for m in self.members or ())

    def find_member(self, name: str) -> Member | None:
        """The member of that name, also one of an anonymous member, with its offset from the beginning; or None."""
        for member in self.members or ():
            if member.name == name:
                return member
            inner = member.type
            if not member.name and isinstance(inner, StructType) and (found := inner.find_member(name)):
                return Member(found.name, found.type, member.offset_bits + found.offset_bits, found.bits)
        return None

    def define(self, members: tuple[Member, ...], size: int, align: int) -> None:
        """Completes the type."""
        self._members, self.size, self.align = members, size, align
        for same in self._typedefs:
            same.size, same.align = size, align


@dataclass(frozen=True)
class ArrayType:
    """A C array; ``count`` is 0 for ``[]``; ``name`` is a typedef's."""

    element: CType
    count: int
    name: str = field(default="", compare=False)

    @property
    def size(self) -> int:
        """Bytes of the whole array."""
        return self.element.size * self.count

    def __str__(self) -> str:
        return self.name or describe(self)


@dataclass(frozen=True, init=False)
class EnumType(IntType):
    """An enumeration: an int whose values have names."""

    values: tuple[tuple[str, int], ...] = ()

    def __init__(
        self, name: str, values: tuple[tuple[str, int], ...] = (), size: int = 4, signed: bool = True, rank: int = 3
    ) -> None:
        for field_name, value in zip(("name", "size", "signed", "rank"), (name, size, signed, rank), strict=True):
            object.__setattr__(self, field_name, value)
        object.__setattr__(self, "values", values)

    def __str__(self) -> str:
        return self.name

    def find_value(self, name: str) -> int | None:
        """The value of an enumerator, or None."""
        return next((value for known, value in self.values if known == name), None)

    def find_name(self, value: int) -> str | None:
        """The first enumerator of that value, or None."""
        return next((name for name, known in self.values if known == value), None)


@dataclass(frozen=True)
class FloatType:
    """A floating type: it can be declared, and no expression may have it."""

    name: str
    size: int

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class FunctionType:
    """A function: what a function pointer points to; ``arguments`` is None for an old-style ``()``."""

    result: CType
    arguments: tuple[CType, ...] | None = None
    variadic: bool = False
    size: int = 0

    def __str__(self) -> str:
        return describe(self)


@dataclass(frozen=True)
class StringType:
    """D's ``string``: by reference, up to strsize bytes."""

    name: str = "string"
    size: int = 256
    signed: bool = False

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class VoidType:
    """No value."""

    name: str = "void"
    size: int = 0

    def __str__(self) -> str:
        return self.name


CType = IntType | PointerType | StructType | ArrayType | EnumType | FloatType | FunctionType | StringType | VoidType


def describe(kind: CType, name: str = "") -> str:
    """The type in C's words, declaring ``name`` if there is one: ``int (*)(char)``, ``struct proc *``, ``char [4]``."""
    while True:
        match kind:
            case PointerType(target=ArrayType(name="") | FunctionType() as target, name=""):
                name, kind = f"(*{name})", target
            case PointerType(target=target, name=""):
                name, kind = f"*{name}", target
            case ArrayType(element=element, count=count, name=""):
                name, kind = f"{name}[{count}]", element
            case FunctionType(result=result):
                name, kind = f"{name}({_describe_arguments(kind)})", result
            case _:
                return f"{kind} {name}".rstrip()


def _describe_arguments(kind: FunctionType) -> str:
    if kind.arguments is None and not kind.variadic:
        return ""
    return ", ".join([*map(str, kind.arguments or ()), *(["..."] if kind.variadic else [])]) or "void"


def weigh(kind: CType, limit: int) -> int:
    """How many types a type is made of, structures counted as one; counting stops behind ``limit``."""
    count, waiting = 0, [kind]
    while waiting and count <= limit:
        inner = waiting.pop()
        count += 1
        match inner:
            case PointerType(target=target):
                waiting.append(target)
            case ArrayType(element=element):
                waiting.append(element)
            case FunctionType(result=result, arguments=arguments):
                waiting += [result, *(arguments or ())]
    return count


def rename(kind: CType, name: str) -> CType:
    """The type under a typedef's name, which enumerations with a tag do not take."""
    match kind:
        case EnumType(name="enum"):
            return EnumType(name, kind.values, kind.size)
        case EnumType():
            return kind
        case IntType():
            return IntType(name, kind.size, kind.signed, kind.rank)
        case PointerType(target=target):
            return PointerType(target, name)
        case StructType(name="struct" | "union"):
            kind.name = name
        case StructType():
            return kind.under(name)
        case ArrayType(element=element, count=count):
            return ArrayType(element, count, name)
    return kind
