# SPDX-License-Identifier: GPL-2.0-or-later
"""D's printf."""

import ctypes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dscript import EmptyEnv, ValueKind, ValueType, compile_program
from tests.tracer.consuming import context
from tests.tracer.replay import show
from tracer.consumer.datum import Datum
from tracer.consumer.integers import to_bytes
from tracer.consumer.printf import Aggregated, render
from tracer.errors import DataError

CONTEXT = context()
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
        ("%A", [number(0x8000, 4)], "0x8000"),
        ("[%-20a]", [number(0xC0300000, 4)], "[kernel`malloc       ]"),
        ("%P %P", [number(80, 2), number(54321, 2, signed=False)], "http 54321"),
        ("%b %wc", [number(5), number(0x20AC)], "101 €"),
        ("%d %c%c", [number(-1, 1), number(0xC3, 1), number(0xA9, 1)], "-1 \udcc3\udca9"),
        ("%Y", [number(1_700_000_000 * 10**9)], "2023 Nov 14 22:13:20"),
        ("%s", [number(12)], "12"),
        ("%C%n%S", [number(10, 1), string('a\t"\x01')], '\\n\na\\t\\"\\001'),
        ("[%6s] [%.1s]", [string("é")] * 2, "[    é] [\udcc3]"),
        ("%T", [number(0)], "Thu, 01 Jan 1970 00:00:00 GMT"),
    ],
)
def test_renders(text, values, expected):
    """Each conversion prints what the DTrace guide says."""
    assert render(text, values, CONTEXT) == expected


@given(
    st.text("-+ #0", max_size=3),
    st.one_of(st.none(), st.integers(1, 12)),
    st.one_of(st.none(), st.integers(0, 8)),
    st.sampled_from("dxXou"),
    st.integers(-(1 << 63), (1 << 63) - 1),
)
def test_integers_agree_with_c(flags, width, precision, verb, value):
    """The C library's printf is an authority for flags, width and precision of integers."""
    middle = flags + (str(width) if width else "") + (f".{precision}" if precision is not None else "")
    buffer = ctypes.create_string_buffer(64)
    LIBC.snprintf(buffer, 64, f"%{middle}ll{verb}".encode(), ctypes.c_longlong(value))
    assert render(f"%{middle}{verb}", [number(value)], CONTEXT) == buffer.value.decode()


def test_bytes_of_a_format():
    """A format's bytes come out as they were written, whether they are characters or not."""
    program = compile_program(r'BEGIN { printf("\377\303\244%s", "\376"); }', EmptyEnv())
    assert to_bytes(show(program)) == b"\xff\xc3\xa4\xfe\n"


def test_missing_value_is_reported():
    """A format that wants more values than the record has is an error of ours."""
    with pytest.raises(DataError):
        render("%d", [], CONTEXT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%s=%@d\n", "dd=-7\n"),
        ("%@u %s", "18446744073709551609 dd"),
        ("%@8d|%-4s|%@-8d|", "      -7|dd  |-7      |"),
        ("%@d and %@d again", "-7 and -7 again"),
    ],
)
def test_aggregated_values(text, expected):
    """Conversions with @ take the aggregation's value, the others its keys; one value serves them all."""
    assert render(text, [string("dd")], CONTEXT, [Aggregated(-7)]) == expected


def test_several_aggregated_values_in_turn():
    """Of several aggregations each @ takes the next; a histogram is printed whole."""
    text = render("%@d %@d%@d", [], CONTEXT, [Aggregated(1), Aggregated(2), Aggregated(0, "\npicture\n")])
    assert text == "1 2\npicture\n"


def test_stack_in_a_format():
    """%k prints a frame a line, each as wide as said; with - the width is the indentation."""
    frames = Datum(ValueType(ValueKind.STACK, 8), bytes.fromhex("000030c000000000"))
    assert render("%k", [frames], CONTEXT) == "\nkernel`malloc\n"
    assert render("%15k", [frames], CONTEXT) == "\n  kernel`malloc\n"
    assert render("%-2k", [frames], CONTEXT) == "\n  kernel`malloc\n"
