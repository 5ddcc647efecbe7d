# SPDX-License-Identifier: GPL-2.0-or-later
"""D's printf."""

import ctypes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dscript import ValueKind, ValueType
from tracer.consumer.printf import Datum, render
from tracer.errors import DataError
from tracer.fakes import FakeSymbol, FakeSymbols

SYMBOLS = FakeSymbols([FakeSymbol("malloc", 0xC0300000)])
LIBC = ctypes.CDLL(None)


def number(value, size=8, signed=True):
    """Returns an integer argument."""
    raw = (value & (1 << 8 * size) - 1).to_bytes(size, "little")
    return Datum(ValueType(ValueKind.INTEGER, size, signed), raw)


def string(text):
    """Returns a string argument."""
    return Datum(ValueType(ValueKind.STRING, 256, name="string"), text.encode().ljust(256, b"\0"))


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("hello %%\n", [], "hello %\n"),
        ("%d %i", [number(-5), number(7)], "-5 7"),
        ("%u", [number(-1, 4)], "4294967295"),
        ("%d", [number(0xFFFFFFFF, 4, signed=False)], "4294967295"),
        ("%x %X %o %#x %#o", [number(255)] * 5, "ff FF 377 0xff 0377"),
        ("%p", [number(0xC0300000, 4, signed=False)], "c0300000"),
        ("%lld %hd %ld", [number(1), number(2), number(3)], "1 2 3"),
        ("[%8d] [%-8d] [%08d] [%+d]", [number(42)] * 4, "[      42] [42      ] [00000042] [+42]"),
        ("[%8.3d]", [number(7)], "[     007]"),
        ("[%10s] [%-10s] [%.2s]", [string("cat")] * 3, "[       cat] [cat       ] [ca]"),
        ("%c", [number(65, 1)], "A"),
        ("%*d", [number(6, 4), number(42)], "    42"),
        ("%-*d|", [number(6, 4), number(42)], "42    |"),
        ("%a", [number(0xC0300010, 4)], "kernel`malloc+0x10"),
        ("%A", [number(0xC0300000, 4)], "kernel`malloc"),
        ("%Y", [number(1_700_000_000 * 10**9)], "2023 Nov 14 22:13:20"),
        ("%s", [number(12)], "12"),
        ("%C%n%S", [number(10, 1), string("a\tb")], "\\n\na\\tb"),
        ("%T", [number(0)], "Thu, 01 Jan 1970 00:00:00 GMT"),
    ],
)
def test_renders(text, values, expected):
    """Each conversion prints what the DTrace guide says."""
    assert render(text, values, SYMBOLS) == expected


@given(
    st.text("-+ #0", max_size=3),
    st.one_of(st.none(), st.integers(1, 12)),
    st.one_of(st.none(), st.integers(0, 8)),
    st.sampled_from("dxXou"),
    st.integers(-(1 << 63), (1 << 63) - 1),
)
def test_integers_agree_with_c(flags, width, precision, verb, value):
    """The C library's printf is an authority for flags, width and precision of integers."""
    if verb == "o" and "#" in flags:
        flags = flags.replace("#", "")  # C lets # raise the precision; D's guide only promises a leading 0
    middle = flags + (str(width) if width else "") + (f".{precision}" if precision is not None else "")
    buffer = ctypes.create_string_buffer(64)
    LIBC.snprintf(buffer, 64, f"%{middle}ll{verb}".encode(), ctypes.c_longlong(value))
    assert render(f"%{middle}{verb}", [number(value)], SYMBOLS) == buffer.value.decode()


def test_missing_value_is_reported():
    """A format that wants more values than the record has is an error of ours."""
    with pytest.raises(DataError):
        render("%d", [], SYMBOLS)
