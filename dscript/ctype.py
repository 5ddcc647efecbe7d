# SPDX-License-Identifier: GPL-2.0-or-later
"""The types of D: the named ones, C's rules about integers, and which types go together.

D computes in 64 bits whatever the type; a type says how a value is read, stored, compared and
printed. ``promote`` and ``common`` are C's integer promotions and usual conversions. The classes are cshape.py's.
"""

from __future__ import annotations

from dscript.cshape import POINTER_BYTES as POINTER_BYTES
from dscript.cshape import ArrayType as ArrayType
from dscript.cshape import CType as CType
from dscript.cshape import EnumType as EnumType
from dscript.cshape import FloatType as FloatType
from dscript.cshape import FunctionType as FunctionType
from dscript.cshape import IntType as IntType
from dscript.cshape import Member as Member
from dscript.cshape import PointerType as PointerType
from dscript.cshape import StringType as StringType
from dscript.cshape import StructType as StructType
from dscript.cshape import VoidType as VoidType
from dscript.cshape import describe as describe
from dscript.cshape import rename as rename
from dscript.cshape import weigh as weigh

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
STACK, SYMBOL_ADDRESS, USER_ADDRESS = VoidType("stack"), VoidType("_symaddr"), VoidType("_usymaddr")  # of actions

# The words of a C integer type, sorted, and the type they make.
WORDS: dict[tuple[str, ...], IntType] = {
    ("char",): CHAR,
    ("char", "signed"): IntType("signed char", 1, True, 1),
    ("char", "unsigned"): IntType("unsigned char", 1, False, 1),
    ("short",): (SHORT := IntType("short", 2, True, 2)),
    ("short", "unsigned"): (USHORT := IntType("unsigned short", 2, False, 2)),
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
intmax_t 8 s  uintmax_t 8 u  wchar_t 4 u  wint_t 4 s  clock_t 4 u  clockid_t 4 s  useconds_t 4 u  key_t 4 s
blkcnt_t 8 s  blksize_t 4 u  in_addr_t 4 u  in_port_t 2 u  ipaddr_t 4 u  sa_family_t 1 u  socklen_t 4 u  major_t 4 u
minor_t 4 u  offset_t 8 s  pgcnt_t 4 u  spgcnt_t 4 s  pri_t 2 s  cpuid_t 4 s
boolean_t 4 s  zoneid_t 4 s  taskid_t 4 s  projid_t 4 s  segsz_t 4 s  fixpt_t 4 u  rlim_t 8 s
"""
# the typedefs that DTrace has in every program: no script may use the names for anything else
_OWN_TYPEDEFS_WORDS = """
int8_t int16_t int32_t int64_t intptr_t ssize_t uint8_t uint16_t uint32_t uint64_t uchar_t ushort_t uint_t ulong_t
u_longlong_t ptrdiff_t uintptr_t size_t id_t pid_t string
"""
OWN_TYPEDEFS = frozenset(_OWN_TYPEDEFS_WORDS.split())


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
    """True for ``string``, pointers to characters and arrays of them, which string functions take as well."""
    match kind:
        case StringType():
            return True
        case PointerType(target=IntType(size=1)) | ArrayType(element=IntType(size=1)):
            return True
    return False


def is_scalar(kind: CType) -> bool:
    """True for integers, enumerations and pointers."""
    return isinstance(kind, IntType | PointerType)


def by_reference(kind: CType) -> bool:
    """True for what an expression holds by its address: strings, structures, arrays, floating-point numbers."""
    return isinstance(kind, StringType | StructType | ArrayType | FloatType)


def decay(kind: CType) -> CType:
    """What a type is in an expression that wants a value: an array its first element's address, a function its own."""
    match kind:
        case ArrayType(element=element):
            return PointerType(element)
        case FunctionType():
            return PointerType(kind)
    return kind


def same_type(left: CType, right: CType) -> bool:
    """True if two types are the same but for their names; structures are the same if their tags are."""
    match left, right:
        case PointerType(target=one), PointerType(target=other):
            return same_type(one, other)
        case ArrayType(element=one, count=count), ArrayType(element=other, count=count_too):
            return count == count_too and same_type(one, other)
        case StructType(), StructType():
            return left is right or left.name == right.name
        case EnumType(), EnumType():
            return left.name == right.name
        case IntType(), IntType():
            return (left.size, left.signed) == (right.size, right.signed)
        case FunctionType(), FunctionType():
            return same_type(left.result, right.result)
        case StringType(), StringType():
            return True
    return type(left) is type(right) and str(left) == str(right)
