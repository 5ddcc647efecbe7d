# SPDX-License-Identifier: GPL-2.0-or-later
"""Aggregations of the guest: functions, keys, the buffer's layout."""

import math
import struct

import pytest
from harness import BYREF, STRING, Act, Blob, Clause, Difo, asm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

COUNT, MIN, MAX, AVG, SUM, STDDEV, QUANTIZE, LQUANTIZE, LLQUANTIZE = range(0x701, 0x70A)
STACK = 0x401
ARG0 = Difo(asm("ldgs 0x106 1; ret 1"))
SIGNED = Difo(asm("ldgs 0x106 1; setx 0 2; sll 1 2 1; sra 1 2 1; ret 1"), (32,))  # arg0 as a 32-bit signed value
SMALL = st.lists(st.integers(-(2**31), 2**31 - 1), min_size=1, max_size=30)
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def aggregate(guest, kind, values, arg=0):
    """Aggregate 32-bit values without keys; return the value's 64-bit words."""
    assert guest.load(Blob([Clause([4], [Act(kind, 0, 0, 7, arg)])], [SIGNED]))[0] == 0
    guest.go()
    for value in values:
        guest.fire(value & 0xFFFFFFFF)
    (data,) = guest.aggregations()
    offset, size = guest.action(0)
    assert struct.unpack_from("<I", data)[0] == 7
    return struct.unpack_from(f"<{size // 8}q", data, offset)


@QUICK
@given(values=SMALL)
def test_simple_functions_agree_with_python(guest, values):
    """count, sum, min, max, avg and stddev hold what Python computes of the same values."""
    assert aggregate(guest, COUNT, values) == (len(values),)
    assert aggregate(guest, SUM, values) == (sum(values),)
    assert aggregate(guest, MIN, values) == (min(values),)
    assert aggregate(guest, MAX, values) == (max(values),)
    assert aggregate(guest, AVG, values) == (len(values), sum(values))
    count, total, low, high = aggregate(guest, STDDEV, values)
    assert (count, total) == (len(values), sum(values))
    assert (low % 2**64) + (high << 64) == sum(value * value for value in values)


@QUICK
@given(values=SMALL)
def test_quantize_buckets_are_powers_of_two(guest, values):
    """Each value counts in the bucket of the largest power of two that its magnitude reaches, zero in its own."""
    bounds = [-(2**n) for n in range(62, -1, -1)] + [0] + [2**n for n in range(63)]
    want = [0] * 127
    for value in values:
        reached = [bound for bound in bounds if bound * value >= 0 and abs(bound) <= abs(value)]
        want[bounds.index(max(reached, key=abs))] += 1
    assert aggregate(guest, QUANTIZE, values) == tuple(want)


@QUICK
@given(values=st.lists(st.integers(-50, 250), min_size=1, max_size=20))
def test_lquantize(guest, values):
    """lquantize(x, -10, 90, 10): underflow, ten levels, overflow, after the packed argument."""
    arg = 10 << 48 | 10 << 32 | (-10 & 0xFFFFFFFF)
    want = [0] * 12
    for value in values:
        want[0 if value < -10 else 11 if value >= 90 else (value + 10) // 10 + 1] += 1
    assert aggregate(guest, LQUANTIZE, values, arg)[1:] == tuple(want)


def test_llquantize(guest):
    """llquantize(x, 10, 0, 2, 10): one bucket a step, below, and above 1000."""
    arg = 10 << 48 | 0 << 32 | 2 << 16 | 10
    data = aggregate(guest, LLQUANTIZE, [0, 1, 9, 10, 19, 20, 99, 100, 999, 1000, 10**6], arg)[1:]
    filled = {index: count for index, count in enumerate(data) if count}
    # below 1 | 1..9 | 10..90 | 100..900 | above
    assert filled == {0: 1, 1: 1, 9: 1, 10: 2, 11: 1, 18: 1, 19: 1, 27: 1, 28: 2}
    assert len(data) == 29


@pytest.mark.parametrize(
    "arg", [0, 10 << 48 | 2 << 32 | 2 << 16 | 10, 10 << 48 | 0 << 32 | 40 << 16 | 10, 10 << 48 | 2 << 16 | 7]
)
def test_llquantize_refuses_bad_arguments(guest, arg):
    """A factor below 2, no magnitudes, magnitudes past 64 bits, or uneven steps: an action error."""
    assert guest.load(Blob([Clause([4], [Act(LLQUANTIZE, 0, 0, 1, arg)])], [ARG0]))[0] == 5


def test_keys_make_entries(guest):
    """@[arg1, "name"] = count(): one entry a key, keys at their offsets behind the aggid."""
    key1 = Difo(asm("ldgs 0x107 1; ret 1"), (), b"\0", 0, 4)
    key2 = Difo(asm("sets 1 1; ret 1"), (), b"\0name\0", STRING, 256, BYREF)
    actions = [Act(1, 0), Act(1, 1), Act(COUNT, ntuple=2, aggid=3)]
    assert guest.load(Blob([Clause([4], actions)], [key1, key2]))[0] == 0
    guest.go()
    for key in (5, 6, 5, 5):
        guest.fire(0, key)
    (at1, _), (at2, _), (value, _) = (guest.action(n) for n in range(3))
    assert at1 == 4
    found = {}
    for data in guest.aggregations():
        assert data[at2:].split(b"\0")[0] == b"name"
        found[struct.unpack_from("<I", data, at1)[0]] = struct.unpack_from("<Q", data, value)[0]
    assert found == {5: 3, 6: 1}
    assert guest.principal() == b""


def test_stack_keys(guest):
    """@[stack(4)] = count(): the frames are 32-bit words, zeroes after the last."""
    assert guest.load(Blob([Clause([4], [Act(STACK, arg=4), Act(COUNT, ntuple=1, aggid=1)])]))[0] == 0
    guest.go()
    guest.fire()
    guest.fire()
    (data,) = guest.aggregations()
    offset, size = guest.action(0)
    assert size == 16
    assert struct.unpack_from("<4I", data, offset) == (0xC0200000, 0xC0200010, 0xC0200020, 0)
    assert struct.unpack_from("<Q", data, guest.action(1)[0])[0] == 2


def test_string_keys_count_to_their_nul(guest):
    """The same string is the same key whatever lies behind its NUL in memory."""
    first, second = (Difo(asm(f"sets {at} 1; ret 1"), (), b"\0ab\0zz\0ab\0yy\0", STRING, 8, BYREF) for at in (1, 7))
    clauses = [Clause([4], [Act(1, n), Act(SUM, 2, 1, 1)]) for n in (0, 1)]
    guest.run(Blob(clauses, [first, second, ARG0]), 21)
    (data,) = guest.aggregations()
    assert struct.unpack_from("<Q", data, guest.action(1)[0])[0] == 42


def test_a_snapshot_starts_afresh(guest):
    """After a switch the aggregation buffer counts from zero: the host adds the snapshots up."""
    guest.run(Blob([Clause([4], [Act(COUNT, aggid=1)])]), times=3)
    assert len(guest.aggregations()) == 1
    assert guest.aggregations() == []
    guest.fire()
    (data,) = guest.aggregations()
    assert struct.unpack_from("<Q", data, guest.action(0)[0])[0] == 1


def test_a_full_buffer_drops_and_counts(guest):
    """Keys that find no room are dropped, and the drops are reported with the snapshot."""
    assert guest.load(Blob([Clause([4], [Act(1, 0), Act(COUNT, ntuple=1, aggid=1)])], [ARG0], aggsize=4096))[0] == 0
    guest.go()
    for key in range(500):
        guest.fire(key)
    kept = guest.aggregations()
    assert 20 < len(kept) < 100
    assert guest.number("host_drops") == 500 - len(kept)


def test_the_average_of_many_keys(guest):
    """Hundreds of keys keep their own sums: chains in the hash do not mix."""
    assert (
        guest.load(Blob([Clause([4], [Act(1, 0), Act(AVG, 1, 1, 1)])], [ARG0, Difo(asm("ldgs 0x107 1; ret 1"))]))[0]
        == 0
    )
    guest.go()
    for n in range(1000):
        guest.fire(n % 250, n)
    offset = guest.action(1)[0]
    sums = {struct.unpack_from("<Q", d, 8)[0]: struct.unpack_from("<2Q", d, offset) for d in guest.aggregations()}
    assert sums == {key: (4, sum(range(key, 1000, 250))) for key in range(250)}
    assert math.isclose(sums[0][1] / 4, 375)
