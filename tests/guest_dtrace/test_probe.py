# SPDX-License-Identifier: GPL-2.0-or-later
"""Firing: predicates, the state machine, errors, buffers and their policies."""

import ctypes
import struct

import pytest
from harness import Act, Blob, Clause, Difo, asm

BEGIN, END, ERROR, PROBE = 1, 2, 3, 4
ARG0 = Difo(asm("ldgs 0x106 1; ret 1"))
EXIT = 2
RING, FILL = 1, 2


def values(guest):
    return [struct.unpack_from("<Q", data, 16)[0] for _, data in guest.records()]


def test_predicates_choose(guest):
    """A clause runs only where its predicate is true."""
    odd = Difo(asm("ldgs 0x106 1; setx 0 2; and 1 2 1; ret 1"), (1,), b"\0", 0, 4)
    guest.load(Blob([Clause([PROBE], [Act(1, 0)], 1)], [ARG0, odd]))
    guest.go()
    for n in range(6):
        guest.fire(n)
    assert values(guest) == [1, 3, 5]


def test_nothing_fires_before_go_or_after_stop(guest):
    """A probe counts only while tracing is active."""
    guest.load(Blob([Clause([PROBE], [Act(1, 0)])], [ARG0]))
    guest.fire(1)
    guest.go()
    guest.fire(2)
    guest.stop()
    guest.fire(3)
    assert values(guest) == [2]
    assert guest.number("host_state") == 3
    assert guest.number("host_enabled") == 0


def test_begin_and_end_fire_once(guest):
    """BEGIN fires at go, END at stop, in that order around all else."""
    guest.load(Blob([Clause([BEGIN], []), Clause([PROBE], []), Clause([END], [])]))
    guest.go()
    guest.fire()
    guest.stop()
    assert [epid for epid, _ in guest.records()] == [1, 2, 3]


def test_exit_in_begin_keeps_later_clauses_from_running(guest):
    """exit() in the first BEGIN clause: the second does not run, END does."""
    guest.load(
        Blob([Clause([BEGIN], [Act(EXIT, 0)]), Clause([BEGIN], []), Clause([PROBE], []), Clause([END], [])], [ARG0])
    )
    guest.go()
    guest.fire()
    assert guest.number("host_state") == 2
    guest.stop()
    assert [epid for epid, _ in guest.records()] == [1, 4]


def test_error_probe_tells_what_happened(guest):
    """A load of a bad address fires ERROR with epid, action, DIF offset, fault 1 and the address."""
    bad = Difo(asm("setx 0 1; nop; ldx 1 0 2; ret 2"), (0x8008,))
    args = [Difo(asm(f"ldgs {0x107 + n} 1; ret 1")) for n in range(5)]
    guest.load(
        Blob(
            [Clause([PROBE], [Act(1, 1), Act(1, 0)]), Clause([ERROR], [Act(1, n + 1) for n in range(5)])], [bad, *args]
        )
    )
    guest.go()
    guest.fire()
    ((epid, data),) = guest.records()
    assert epid == 2
    assert struct.unpack_from("<5Q", data, 16) == (1, 2, 8, 1, 0x8008)


def test_error_of_a_predicate_and_of_error_itself(guest):
    """A faulting predicate is action 0; a faulting ERROR clause counts and does not fire itself."""
    bad = Difo(asm("setx 0 1; sdiv 1 0 2; ret 2"), (1,))
    args = [Difo(asm(f"ldgs {0x107 + n} 1; ret 1")) for n in (1, 3)]
    clauses = [Clause([PROBE], [], 0), Clause([ERROR], [Act(1, 0)]), Clause([ERROR], [Act(1, 1), Act(1, 2)])]
    guest.load(Blob(clauses, [bad, *args]))
    guest.go()
    guest.fire()
    ((epid, data),) = guest.records()
    assert (epid, *struct.unpack_from("<2Q", data, 16)) == (3, 0, 4)
    assert guest.number("host_errors") == 2


def test_a_firing_inside_a_firing_is_refused_and_counted(guest):
    """The guard refuses a nested firing; the snapshot reports how many."""
    guest.run(Blob([Clause([PROBE], [])]))
    guest.lib.host_fire_nested(PROBE)
    assert len(guest.records()) == 1
    assert guest.number("host_refused") == 1


def test_a_full_buffer_drops_and_counts(guest):
    """Policy switch: what does not fit is dropped until the buffer is switched."""
    guest.run(Blob([Clause([PROBE], [Act(1, 0)])], [ARG0], bufsize=24 * 10), 5, times=13)
    assert len(values(guest)) == 10
    assert guest.number("host_drops") == 3
    guest.fire(6)
    assert values(guest) == [6]


def test_fill_policy_closes_for_good(guest):
    """Policy fill keeps the oldest records and takes no more, which is no drop."""
    guest.load(Blob([Clause([PROBE], [Act(1, 0)])], [ARG0], bufsize=24 * 10, policy=FILL))
    guest.go()
    for n in range(15):
        guest.fire(n)
    guest.stop()
    assert values(guest) == list(range(10))
    assert guest.number("host_drops") == 0


def test_fill_policy_keeps_room_for_end(guest):
    """What END records is stored although the buffer was full; a buffer that END alone would fill is refused."""
    clauses = [Clause([PROBE], [Act(1, 0)]), Clause([END], [Act(1, 0)])]
    guest.load(Blob(clauses, [ARG0], bufsize=24 * 10, policy=FILL))
    guest.go()
    for n in range(15):
        guest.fire(n)
    guest.stop()
    assert [epid for epid, _ in guest.records()] == [1] * 8 + [2]
    assert guest.load(Blob(clauses, [ARG0], bufsize=32, policy=FILL))[0] == 8


@pytest.mark.parametrize("policy", [FILL, RING])
def test_what_is_not_switched_is_told_at_the_end(guest, policy):
    """Policies fill and ring: a snapshot before the end hands nothing over."""
    guest.load(Blob([Clause([PROBE], [Act(1, 0)])], [ARG0], policy=policy))
    guest.go()
    guest.fire(7)
    guest.set("host_out_bytes", 0, ctypes.c_size_t)
    assert guest.principal() == b""
    guest.stop()
    assert values(guest) == [7]


def test_ring_policy_keeps_the_newest(guest):
    """Policy ring keeps the newest records, handed out oldest first."""
    for count in (5, 10, 11, 37):
        guest.load(Blob([Clause([PROBE], [Act(1, 0)])], [ARG0], bufsize=24 * 10, policy=RING))
        guest.go()
        for n in range(count):
            guest.fire(n)
        guest.stop()
        kept = values(guest)
        assert kept == list(range(count))[-len(kept) :]
        assert len(kept) == min(count, 10)


def test_ring_with_records_of_different_sizes(guest):
    """Records of two sizes wrap without tearing one."""
    small = Difo(asm("ldgs 0x106 1; ret 1"), size=4)
    guest.load(
        Blob([Clause([PROBE], [Act(1, 0)]), Clause([PROBE + 1], [Act(1, 1)])], [ARG0, small], bufsize=200, policy=RING)
    )
    guest.go()
    for n in range(60):
        guest.fire(n, probe=PROBE + n % 2)
    guest.stop()
    found = []
    for epid, data in guest.records():
        found.append(struct.unpack_from("<Q", data, 16)[0] if epid == 1 else struct.unpack_from("<I", data, 12)[0])
    assert found == list(range(60))[-len(found) :]
    assert len(found) >= 8


def test_timestamps_are_in_the_header(guest):
    """The header's two words are the nanoseconds of the firing, and they rise."""
    guest.run(Blob([Clause([PROBE], [])]), times=3)
    times = [struct.unpack_from("<2I", data, 4) for _, data in guest.records()]
    stamps = [high << 32 | low for high, low in times]
    assert stamps == sorted(stamps)
    assert stamps[0] > 0
