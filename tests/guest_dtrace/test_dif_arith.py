# SPDX-License-Identifier: GPL-2.0-or-later
"""DIF arithmetic, comparison and branches of the guest's interpreter, against Python's integers."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MASK = 2**64 - 1
WORDS = st.integers(0, MASK)
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def signed(value):
    return value - 2**64 if value >> 63 else value


def quotient(a, b):
    return abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)


MODEL = {
    "or": lambda a, b: a | b,
    "xor": lambda a, b: a ^ b,
    "and": lambda a, b: a & b,
    "sll": lambda a, b: a << (b & 63),
    "srl": lambda a, b: a >> (b & 63),
    "sra": lambda a, b: signed(a) >> (b & 63),
    "sub": lambda a, b: a - b,
    "add": lambda a, b: a + b,
    "mul": lambda a, b: a * b,
    "udiv": lambda a, b: a // b if b else None,
    "urem": lambda a, b: a % b if b else None,
    "sdiv": lambda a, b: quotient(signed(a), signed(b)) if b else None,
    "srem": lambda a, b: signed(a) - quotient(signed(a), signed(b)) * signed(b) if b else None,
}


@pytest.mark.parametrize("op", MODEL)
@QUICK
@given(a=WORDS, b=st.one_of(WORDS, st.integers(0, 70)))
def test_binary_operations_agree_with_python(guest, op, a, b):
    """Each two-operand instruction gives Python's answer modulo 2^64; division by zero faults."""
    want = MODEL[op](a, b)
    got = guest.integer(f"setx 0 1; setx 1 2; {op} 1 2 3; ret 3", ints=(a, b))
    assert got == (None if want is None else signed(want & MASK))


def test_division_overflow_wraps(guest):
    """INT64_MIN / -1 wraps as two's complement does, without a trap."""
    assert guest.integer("setx 0 1; setx 1 2; sdiv 1 2 3; ret 3", ints=(1 << 63, MASK)) == -(2**63)


BRANCHES = {
    "be": lambda a, b: a == b,
    "bne": lambda a, b: a != b,
    "bgu": lambda a, b: a > b,
    "bgeu": lambda a, b: a >= b,
    "blu": lambda a, b: a < b,
    "bleu": lambda a, b: a <= b,
    "bg": lambda a, b: not (a == b or signed((a - b) & MASK) < 0),
    "bge": lambda a, b: signed((a - b) & MASK) >= 0,
    "bl": lambda a, b: signed((a - b) & MASK) < 0,
    "ble": lambda a, b: a == b or signed((a - b) & MASK) < 0,
}


@pytest.mark.parametrize("op", BRANCHES)
@QUICK
@given(a=WORDS, b=WORDS, same=st.booleans())
def test_branches_follow_the_published_flags(guest, op, a, b, same):
    """A branch is taken as cmp's n, z and c say; v is always 0, so signed tests look at the difference's sign."""
    b = a if same else b
    text = f"setx 0 1; setx 1 2; cmp 1 2 0; {op} 6; mov 0 0 3; ba 7; setx 2 3; ret 3"
    assert guest.integer(text, ints=(a, b, 1)) == int(BRANCHES[op](a, b))


def test_tst_sets_zero_only(guest):
    """tst of zero makes be taken, of anything else not."""
    text = "ldgs 0x106 1; tst 1 0 0; be 4; ret 0; setx 0 2; ret 2"
    assert guest.integer(text, 0, ints=(1,)) == 1
    assert guest.integer(text, 2**31, ints=(1,)) == 0


def test_not_and_mov(guest):
    """not is the complement, mov copies, and %r0 is always zero."""
    assert guest.integer("setx 0 1; not 1 0 2; mov 2 0 3; add 3 0 3; ret 3", ints=(5,)) == ~5


def test_scmp_orders_strings(guest):
    """scmp compares up to the NUL, and stops there."""
    text = "sets 1 1; sets {} 2; scmp 1 2 0; bl 7; be 9; setx 0 3; ba 10; setx 1 3; ba 10; setx 2 3; ret 3"
    strings = b"\0abc\0abd\0ab\0abc\0"
    answers = [guest.integer(text.format(at), ints=(1, MASK, 0), strings=strings) for at in (5, 9, 12)]
    assert answers == [-1, 1, 0]
