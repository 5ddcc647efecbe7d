# SPDX-License-Identifier: GPL-2.0-or-later
"""dd's arithmetic, compiled for the host and held against Python's integers."""

import ctypes
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

UNITS = {"": 1, "b": 512, "k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40, "p": 2**50, "w": 4}
OK, ILLEGAL, RANGE = 0, 1, 2
GLOBALS = '#include "bin/dd/dd.h"\nstruct counts counts; unsigned int options;\n'


@pytest.fixture(scope="module")
def parse(compile_host):
    library = ctypes.CDLL(str(compile_host("bin/dd/number.c")))

    def parse_number(text):
        value = ctypes.c_uint64()
        return library.parse_number(text.encode(), ctypes.byref(value)), value.value

    return parse_number


FACTORS = st.lists(st.tuples(st.integers(0, 2**40), st.sampled_from(sorted(UNITS))), min_size=1, max_size=3)


@given(FACTORS, st.booleans())
def test_products_with_units(parse, factors, upper):
    """A product of numbers with units, in either case, is exact or refused as too large."""
    text = "x".join(f"{number}{unit.upper() if upper else unit}" for number, unit in factors)
    wanted = 1
    for number, unit in factors:
        wanted *= number * UNITS[unit]
    error, value = parse(text)
    assert error == RANGE or (error, value) == (OK, wanted)
    assert error == OK or any(n == 0 for n, _ in factors) or wanted > 2**64 - 1


@pytest.mark.parametrize(("text", "value"), [("0x10", 16), ("010", 8), ("2x3*4", 24), ("1kx2", 2048), ("0x10k", 16384)])
def test_bases_and_products(parse, text, value):
    """Numbers may be hexadecimal or octal, and products use x or *."""
    assert parse(text) == (OK, value)


@pytest.mark.parametrize("text", ["", "k", "x2", "2x", "1kk", "1q", "1 "])
def test_what_is_no_number(parse, text):
    """Text that is not a number with its unit is illegal."""
    assert parse(text)[0] == ILLEGAL


@pytest.fixture(scope="module")
def rate(compile_host):
    library = ctypes.CDLL(str(compile_host("bin/dd/summary.c", extra=GLOBALS)))

    def transfer_rate(count, ns):
        out = (ctypes.c_uint64 * 2)()
        second = ctypes.byref(out, 8)
        library.transfer_rate(ctypes.c_uint64(count), ctypes.c_uint64(ns), out, second)
        return out[0], out[1]

    return transfer_rate


@given(st.integers(0, 2**40), st.integers(1000, 2**50))
def test_the_rate_is_exact(rate, count, ns):
    """Microseconds and bytes per second are rounded to nearest, without floating point."""
    microseconds, bytes_per_second = rate(count, ns)
    assert abs(Fraction(ns, 1000) - microseconds) <= Fraction(1, 2)
    assert abs(Fraction(count * 10**9, ns) - bytes_per_second) <= Fraction(1, 2)


def test_no_time_counts_as_a_microsecond(rate):
    """A transfer too quick for the clock is given a microsecond instead of a division by zero."""
    assert rate(512, 0) == (1, 512_000_000)
