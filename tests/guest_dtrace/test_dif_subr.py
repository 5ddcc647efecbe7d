# SPDX-License-Identifier: GPL-2.0-or-later
"""Subroutines and builtin variables of the guest's DIF machine."""

import ctypes
import os.path
import posixpath

import pytest
from harness import OPS, asm

from dscript.idents import BUILTINS, SUBROUTINES

SUBRS = {
    "strlen": 12,
    "strjoin": 23,
    "lltostr": 24,
    "basename": 25,
    "dirname": 26,
    "strchr": 28,
    "strrchr": 29,
    "strstr": 30,
    "substr": 32,
    "index": 33,
    "rindex": 34,
    "htons": 35,
    "htonl": 36,
    "htonll": 37,
    "toupper": 44,
    "tolower": 45,
    "strtoll": 54,
    "cleanpath": 27,
    "strtok": 31,
    "inet_ntoa": 42,
    "copyin": 8,
    "copyinstr": 9,
    "progenyof": 11,
    "rand": 0,
    "alloca": 15,
    "bcopy": 16,
    "inet_ntop": 41,
    "inet_ntoa6": 43,
    "memref": 46,
    "memstr": 51,
    "json": 53,
}


def call(guest, name, *args, string=False):
    """Call a subroutine on strings (bytes) and integers; return its integer or string result."""
    table, ints, text = b"\0", [], ""
    for arg in args:
        if isinstance(arg, bytes):
            text += f"sets {len(table)} 1; pushtr 1 0 1; "
            table += arg + b"\0"
        else:
            text += f"setx {len(ints)} 1; pushtv 0 0 1; "
            ints.append(arg & (2**64 - 1))
    text += f"call {SUBRS[name]} 2; ret 2"
    run = guest.string if string else guest.integer
    return run(text, ints=tuple(ints), strings=table)


@pytest.mark.parametrize("path", [b"/foo/bar", b"/foo/bar/", b"foo", b"/", b"//", b"", b"a//b//", b"/x", b"a/b/c"])
def test_basename_and_dirname_are_posix(guest, path):
    """basename and dirname give what POSIX's functions give."""
    stripped = path.rstrip(b"/")
    base = b"." if not path else b"/" if not stripped else posixpath.basename(stripped)
    folder = posixpath.dirname(stripped).rstrip(b"/") if b"/" in stripped else b""
    want = folder or (b"/" if path.startswith(b"/") else b".")
    assert call(guest, "basename", path, string=True) == base
    assert call(guest, "dirname", path, string=True) == want
    assert os.path.basename(b"/a/b") == b"b"


def test_searching(guest):
    """strchr and friends return positions in the string; strings not found give 0."""
    assert call(guest, "strchr", b"/dev/null", ord("d"), string=True) == b"dev/null"
    assert call(guest, "strrchr", b"/dev/null", ord("/"), string=True) == b"/null"
    assert call(guest, "strstr", b"zero_read", b"read", string=True) == b"read"
    assert call(guest, "strstr", b"zero", b"zeros") == 0
    assert call(guest, "strchr", b"abc", ord("x")) == 0


@pytest.mark.parametrize(
    ("args", "want"), [((b"abcabc", b"c"), 2), ((b"abcabc", b"c", 3), 5), ((b"abc", b"x"), -1), ((b"abc", b"", 9), 3)]
)
def test_index(guest, args, want):
    """index finds the first occurrence at or after a position."""
    assert call(guest, "index", *args) == want


@pytest.mark.parametrize(
    ("args", "want"), [((b"abcabc", b"c"), 5), ((b"abcabc", b"c", 4), 2), ((b"abc", b"x"), -1), ((b"abc", b"", -1), 0)]
)
def test_rindex(guest, args, want):
    """rindex finds the last occurrence at or before a position."""
    assert call(guest, "rindex", *args) == want


@pytest.mark.parametrize(
    ("args", "want"),
    [
        ((b"abcdef", 2), b"cdef"),
        ((b"abcdef", 2, 2), b"cd"),
        ((b"abcdef", -2), b"ef"),
        ((b"abcdef", -3, 2), b"de"),
        ((b"abcdef", 1, -2), b"bcd"),
        ((b"abcdef", 9), b""),
        ((b"abc", -9, 8), b"ab"),
        ((b"abc", 0, 2**62), b"abc"),
    ],
)
def test_substr_is_perls(guest, args, want):
    """substr takes negative positions and lengths as Perl does."""
    assert call(guest, "substr", *args, string=True) == want


def test_making_strings(guest):
    """strjoin, lltostr, toupper and tolower make new strings."""
    assert call(guest, "strjoin", b"zero", b"_read", string=True) == b"zero_read"
    assert call(guest, "lltostr", -42, string=True) == b"-42"
    for value, base, text in [(255, 16, b"0xff"), (0, 16, b"0x0"), (8, 8, b"010"), (0, 8, b"0"), (-1, 2, b"1" * 64)]:
        assert call(guest, "lltostr", value, base, string=True) == text
    assert call(guest, "lltostr", 2**63, string=True) == b"-9223372036854775808"
    assert call(guest, "toupper", b"dd if=/Dev", string=True) == b"DD IF=/DEV"
    assert call(guest, "tolower", b"ABc[", string=True) == b"abc["


def test_long_strings_are_cut_to_strsize(guest):
    """A result longer than strsize is cut, with its NUL inside."""
    assert call(guest, "strjoin", b"x" * 200, b"y" * 200, string=True) == b"x" * 200 + b"y" * 55


@pytest.mark.parametrize(
    ("text", "base", "want"), [(b" -12x", 10, -12), (b"0x1f", 16, 31), (b"777", 8, 511), (b"", 10, 0), (b"+5", 10, 5)]
)
def test_strtoll(guest, text, base, want):
    """strtoll reads a number up to the first character that is no digit."""
    assert call(guest, "strtoll", text, base) == want


def test_numbers(guest):
    """Byte order is turned round, and lengths are counted."""
    assert call(guest, "htons", 0x1234) == 0x3412
    assert call(guest, "htonl", 0x12345678) == 0x78563412
    assert call(guest, "htonll", 0x0102030405060708) == 0x0807060504030201
    assert call(guest, "strlen", b"hello") == 5


def test_copyin(guest):
    """copyin and copyinstr bring user memory into scratch; a bad user address faults."""
    user = ctypes.create_string_buffer(b"/dev/zero")
    assert call(guest, "copyinstr", ctypes.addressof(user), string=True) == b"/dev/zero"
    assert call(guest, "copyinstr", ctypes.addressof(user), 4, string=True) == b"/dev"
    assert call(guest, "copyinstr", 0x1000) is None
    assert call(guest, "copyin", 0x1000, 4) is None


def test_progenyof(guest):
    """progenyof is true of the process, its parent, and no other."""
    assert [call(guest, "progenyof", pid) for pid in (4321, 1, 99)] == [1, 1, 0]


@pytest.mark.parametrize(
    ("variable", "want"),
    [
        (0x116, 4321),
        (0x117, 100077),
        (0x11D, 1),
        (0x11E, 1001),
        (0x11F, 20),
        (0x120, 2),
        (0x104, 1),
        (0x105, 4),
        (0x110, 3),
        (0x111, 0xC0200010),
        (0x103, 0),
        (0x11B, 3),
        (0x200, 0),
        (0x106, 11),
        (0x10A, 15),
        (0x10B, 1005),
        (0x10F, 1009),
    ],
)
def test_builtin_integers(guest, variable, want):
    """pid tid ppid uid gid errno epid id stackdepth caller ipl ustackdepth cpu arg0 arg4 arg5 arg9."""
    assert guest.integer(f"ldgs {variable} 1; ret 1", 11, 12, 13, 14, 15) == want


def test_builtin_strings(guest):
    """execname is the process's name, execargs its arguments with blanks between."""
    assert guest.string("ldgs 0x118 1; ret 1") == b"dd"
    assert guest.string("ldgs 0x121 1; ret 1") == b"dd bs=1 if=/"
    assert guest.string("ldgs 0x119 1; ret 1") == b"global"


def test_args_array(guest):
    """args[n] is argument n, beyond the fifth as well, and 0 past the last."""
    text = "setx 0 1; ldga 0 1 2; ret 2"
    assert [guest.integer(text, 5, 6, ints=(n,)) for n in (0, 1, 7, 10)] == [5, 6, 1007, 0]
    assert OPS.index("ldga") == 40


@pytest.mark.parametrize(
    ("path", "want"),
    [
        (b"/a/./b//c/../d", b"/a/b/d"),
        (b"/../../x", b"/x"),
        (b"a/../b", b"/b"),
        (b"/a/..", b"/"),
        (b"/a/.", b"/a/."),
        (b"//", b"/"),
        (b"", b""),
        (b"/.a/..b/...c/d", b"/.a/..b/...c/d"),
    ],
)
def test_cleanpath(guest, path, want):
    """cleanpath drops "" and "." between slashes and collapses "..", also at the end."""
    assert call(guest, "cleanpath", path, string=True) == want


def test_strtok(guest):
    """strtok gives the first token, null for none; a null text without an earlier call has none."""
    assert call(guest, "strtok", b",,a;b", b",;", string=True) == b"a"
    assert call(guest, "strtok", b"x" * 255, b",", string=True) == b"x" * 255
    assert call(guest, "strtok", b",;", b",;") == 0
    assert call(guest, "strtok", 0, b",") == 0


def test_inet_ntoa(guest):
    """inet_ntoa reads four bytes."""
    assert call(guest, "inet_ntoa", bytes([10, 0, 255, 199]), string=True) == b"10.0.255.199"


def test_positions_are_64_bit_numbers(guest):
    """A position past 32 bits is past the end, not cut to some place in the string."""
    assert call(guest, "index", b"abc", b"a", 1 << 32) == -1
    assert call(guest, "rindex", b"abca", b"a", 1 << 32) == 3


def test_the_guest_knows_what_the_compiler_compiles(guest):
    """Every subroutine and builtin variable that dscript offers passes the guest's verifier."""
    for name, routine in SUBROUTINES.items():
        assert guest.load_one(asm(f"call {routine.number} 1; ret 1"), destructive=1) == (0, 0, 0), name
    for name, builtin in BUILTINS.items():
        assert guest.load_one(asm(f"ldgs {builtin.number} 1; ret 1")) == (0, 0, 0), name
