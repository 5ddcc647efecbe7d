# SPDX-License-Identifier: GPL-2.0-or-later
"""libkern and printf against Python's arithmetic and formatting."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
u32 = st.one_of(st.integers(0, 2**32 - 1), st.integers(0, 100))
u64 = st.one_of(st.integers(0, 2**64 - 1), st.integers(0, 2**33))
BUFFER = 0x60000


def signed(value, bits):
    """Read an unsigned number as two's complement."""
    return value - (1 << bits) if value >> (bits - 1) else value


def truncated(n, d):
    """Divide as C does: towards zero."""
    q = abs(n) // abs(d)
    return q if (n < 0) == (d < 0) else -q


@quick
@given(u64, u64.filter(bool))
def test_unsigned_64_bit_division(bare, n, d):
    """__aeabi_uldivmod returns quotient and remainder."""
    quotient = bare.call("__aeabi_uldivmod", n, n >> 32, d, d >> 32)
    assert (quotient, bare.reg(2) | bare.reg(3) << 32) == divmod(n, d)


@quick
@given(u64, u64.filter(bool))
def test_signed_64_bit_division(bare, n, d):
    """__aeabi_ldivmod truncates towards zero."""
    quotient = bare.call("__aeabi_ldivmod", n, n >> 32, d, d >> 32)
    assert quotient == truncated(signed(n, 64), signed(d, 64)) % 2**64


@quick
@given(u32, u32.filter(bool))
def test_32_bit_division(bare, n, d):
    """The 32-bit helpers give quotient in r0 and remainder in r1."""
    assert bare.call("__aeabi_uidivmod", n, d) == (n // d) | (n % d) << 32
    sn, sd = signed(n, 32), signed(d, 32)
    assert bare.call("__aeabi_idivmod", n, d) & 0xFFFFFFFF == truncated(sn, sd) % 2**32


@quick
@given(u64, st.integers(0, 63))
def test_64_bit_shifts(bare, value, by):
    """Shifts cross the word boundary both ways and keep the sign."""
    assert bare.call("__aeabi_llsl", value, value >> 32, by) == (value << by) % 2**64
    assert bare.call("__aeabi_llsr", value, value >> 32, by) == value >> by
    assert bare.call("__aeabi_lasr", value, value >> 32, by) == (signed(value, 64) >> by) % 2**64


@quick
@given(st.binary(min_size=200, max_size=200), st.integers(0, 60), st.integers(0, 60), st.integers(0, 140))
def test_memmove_and_memcpy(bare, data, src, dst, count):
    """Any alignment and overlap copies what bytes slicing copies."""
    at = bare.write(data)
    bare.call("memmove", at + dst, at + src, count)
    expected = bytearray(data)
    expected[dst : dst + count] = data[src : src + count]
    assert bare.read(at, 200) == bytes(expected)
    bare.write(bytes(200), BUFFER)
    assert bare.call("memcpy", BUFFER + dst % 4, at, count) & 0xFFFFFFFF == BUFFER + dst % 4
    assert bare.read(BUFFER + dst % 4, count + 1) == bytes(expected[:count]) + b"\0"


@quick
@given(st.integers(0, 20), st.integers(0, 150), st.integers(0, 255))
def test_memset(bare, start, count, value):
    """memset fills exactly the bytes it is told to."""
    at = bare.write(b"\xee" * 200)
    bare.call("memset", at + start, value, count)
    assert bare.read(at, 200) == b"\xee" * start + bytes([value]) * count + b"\xee" * (200 - start - count)


@quick
@given(st.binary(max_size=20), st.binary(max_size=20))
def test_comparison(bare, a, b):
    """strcmp orders as bytes do."""
    a, b = a.split(b"\0")[0], b.split(b"\0")[0]
    first, second = bare.write(a + b"\0"), bare.write(b + b"\0", BUFFER)
    result = signed(bare.call("strcmp", first, second) & 0xFFFFFFFF, 32)
    assert (result > 0) - (result < 0) == (a > b) - (a < b)


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("%d", -5), ("%5d|", 42), ("%-5d|", 42), ("%05d", -42), ("%+d", 7), ("%x", 0xBEEF), ("%#x", 0xBEEF),
        ("%08x", 0xBEEF), ("%X", 0xABC), ("%o", 8), ("%.3d", 7), ("%6.3d|", -7), ("%u", 4294967295), ("%c", 65),
        ("%%%d", 1),
    ],
)  # fmt: skip
def test_printf_numbers(bare, form, value):
    """Conversions, flags, width and precision agree with Python's."""
    length = bare.call("snprintf", BUFFER, 64, bare.write(form.encode() + b"\0"), value) & 0xFFFFFFFF
    expected = (form.replace("%u", "%d") % value).encode()
    assert (bare.read_string(BUFFER), length) == (expected, len(expected))


def test_printf_strings_and_long_numbers(bare):
    """Strings are cut and padded; 64-bit numbers print whole."""
    text = bare.write(b"abcdef\0", BUFFER + 256)
    bare.call("snprintf", BUFFER, 64, bare.write(b"[%8.3s|%-5s]\0"), text, text)
    assert bare.read_string(BUFFER) == b"[     abc|abcdef]"
    value = 12345678901234567890
    bare.call("snprintf", BUFFER, 64, bare.write(b"%s %llu\0"), text, value, value >> 32)
    assert bare.read_string(BUFFER) == b"abcdef 12345678901234567890"


def test_snprintf_cuts(bare):
    """A short buffer holds a NUL-ended beginning, and the result is the full length."""
    length = bare.call("snprintf", BUFFER, 4, bare.write(b"hello\0")) & 0xFFFFFFFF
    assert (bare.read_string(BUFFER), length) == (b"hel", 5)


@pytest.mark.parametrize(
    ("text", "base", "value"), [("0x1f", 0, 31), ("077", 0, 63), ("123abc", 10, 123), ("ff", 16, 255)]
)
def test_strtouq(bare, text, base, value):
    """Prefixes choose the base; the first foreign character ends the number."""
    assert bare.call("strtouq", bare.write(text.encode() + b"\0"), 0, base) == value
