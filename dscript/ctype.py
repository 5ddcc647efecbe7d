# SPDX-License-Identifier: GPL-2.0-or-later
"""The types of D on 32-bit ARM: C's integers (ILP32), pointers, ``string`` and ``void``.

D computes in 64 bits whatever the type; a type says how a value is read, stored, compared and
printed. ``promote`` and ``common`` are C's integer promotions and usual conversions.
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
        target = str(self.target)
        return self.name or (f"{target}*" if target.endswith("*") else f"{target} *")


@dataclass(frozen=True)
class Member:
    """A member of a structure or union; ``bits`` is the width of a bit-field, 0 for a whole member."""

    name: str
    type: CType
    offset_bits: int
    bits: int = 0


@dataclass(eq=False)
class StructType:
    """A structure or union (``name`` is ``struct proc``, ``union u``); one object per type.

    ``members`` is None while the type is incomplete. Kernel types come with ``load``, called once when the
    members are first asked for: a kernel's types refer to each other without end.
    """

    name: str
    size: int = 0
    align: int = 1
    load: Callable[[], tuple[Member, ...]] | None = field(default=None, repr=False)
    _members: tuple[Member, ...] | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return self.name

    @property
    def members(self) -> tuple[Member, ...] | None:
        """The members in order, None if the type is incomplete; anonymous ones have an empty name."""
        if self._members is None and self.load is not None:
            self._members = self.load()
        return self._members

    def define(self, members: tuple[Member, ...], size: int, align: int) -> None:
        """Completes the type."""
        self._members, self.size, self.align = members, size, align


@dataclass(frozen=True)
class ArrayType:
    """A C array; ``count`` is 0 for ``[]``."""

    element: CType
    count: int

    @property
    def size(self) -> int:
        """Bytes of the whole array."""
        return self.element.size * self.count

    def __str__(self) -> str:
        return f"{self.element} [{self.count}]"


@dataclass(frozen=True)
class EnumType:
    """An enumeration: an int whose values have names."""

    name: str
    values: tuple[tuple[str, int], ...] = ()
    size: int = 4
    signed: bool = True
    rank: int = 3

    def __str__(self) -> str:
        return self.name


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
        given = ", ".join([*map(str, self.arguments or ()), *(["..."] if self.variadic else [])])
        return f"{self.result} ({given or 'void'})"


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

CHAR = IntType("char", 1, True, 1)
INT = IntType("int", 4, True, 3)
UINT = IntType("unsigned int", 4, False, 3)
LONG = IntType("long", 4, True, 4)
ULONG = IntType("unsigned long", 4, False, 4)
LLONG = IntType("long long", 8, True, 5)
ULLONG = IntType("unsigned long long", 8, False, 5)
INT64 = IntType("int64_t", 8, True, 5)
UINT64 = IntType("uint64_t", 8, False, 5)
UINT32 = IntType("uint32_t", 4, False, 3)
STRING = StringType()
VOID = VoidType()

# The words of a C integer type, sorted, and the type they make.
WORDS: dict[tuple[str, ...], IntType] = {
    ("char",): CHAR,
    ("char", "signed"): IntType("signed char", 1, True, 1),
    ("char", "unsigned"): IntType("unsigned char", 1, False, 1),
    ("short",): (SHORT := IntType("short", 2, True, 2)),
    ("unsigned", "short"): (USHORT := IntType("unsigned short", 2, False, 2)),
    ("int",): INT,
    ("unsigned",): UINT,
    ("long",): LONG,
    ("long", "unsigned"): ULONG,
    ("long", "long"): LLONG,
    ("long", "long", "unsigned"): ULLONG,
}

_TYPEDEFS = """
int8_t 1 s  uint8_t 1 u  int16_t 2 s  uint16_t 2 u  int32_t 4 s  uint32_t 4 u  int64_t 8 s  uint64_t 8 u
intptr_t 4 s  uintptr_t 4 u  size_t 4 u  ssize_t 4 s  ptrdiff_t 4 s  off_t 8 s  time_t 8 s  suseconds_t 4 s
pid_t 4 s  lwpid_t 4 s  uid_t 4 u  gid_t 4 u  id_t 8 s  mode_t 2 u  dev_t 4 u  ino_t 4 u  nlink_t 2 u  daddr_t 8 s
uchar_t 1 u  ushort_t 2 u  uint_t 4 u  ulong_t 4 u  longlong_t 8 s  u_longlong_t 8 u
u_char 1 u  u_short 2 u  u_int 4 u  u_long 4 u  u_int8_t 1 u  u_int16_t 2 u  u_int32_t 4 u  u_int64_t 8 u
hrtime_t 8 s  processorid_t 4 s  vm_offset_t 4 u  vm_size_t 4 u  vm_paddr_t 4 u  register_t 4 s  caddr_t 4 u
boolean_t 4 s  zoneid_t 4 s  taskid_t 4 s  projid_t 4 s  segsz_t 4 s  fixpt_t 4 u  rlim_t 8 s
"""


def _typedefs() -> dict[str, CType]:
    words = _TYPEDEFS.split()
    rank = {1: 1, 2: 2, 4: 3, 8: 5}
    table: dict[str, CType] = {
        name: IntType(name, int(size), sign == "s", rank[int(size)])
        for name, size, sign in zip(words[::3], words[1::3], words[2::3], strict=True)
    }
    return table | {"string": STRING, "caddr_t": PointerType(CHAR, "caddr_t")}


TYPEDEFS: dict[str, CType] = _typedefs()


def promote(kind: IntType) -> IntType:
    """C's integer promotion: what is smaller than int becomes int."""
    return INT if kind.rank < INT.rank else kind


def common(left: IntType, right: IntType) -> IntType:
    """C's usual arithmetic conversions of two integer types."""
    left, right = promote(left), promote(right)
    if left.rank == right.rank:
        return left if not left.signed or right.signed else right
    high, low = (left, right) if left.rank > right.rank else (right, left)
    if high.signed and not low.signed and high.size <= low.size:
        return ULONG
    return high


def is_string_like(kind: CType) -> bool:
    """True for ``string`` and pointers to characters, which string functions take as well."""
    return isinstance(kind, StringType) or (
        isinstance(kind, PointerType) and isinstance(kind.target, IntType) and kind.target.size == 1
    )


def is_scalar(kind: CType) -> bool:
    """True for integers and pointers."""
    return isinstance(kind, IntType | PointerType)
