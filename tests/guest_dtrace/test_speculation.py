# SPDX-License-Identifier: GPL-2.0-or-later
"""Speculations: what is kept aside, committed, discarded, and when a buffer is free again."""

import struct

from harness import Act, Blob, Clause, Difo, asm

PROBE = 4
SPECULATE, COMMIT, DISCARD = 0x601, 0x602, 0x603
LOST_SPEC, LOST_BUSY, LOST_UNAVAILABLE = 2, 3, 4
ID = (0x500, 1, 0, 0, 0, 8)  # the global that holds the speculation's id
NEW = Difo(asm("call 10 1; stgs 0x500 1; ret 1"))
SAVED = Difo(asm("ldgs 0x500 1; ret 1"))
ARG0 = Difo(asm("ldgs 0x106 1; ret 1"))
DIFOS = [NEW, SAVED, ARG0]
# one probe for each thing to do
GET, SPEC, KEEP, DROP = (PROBE + n for n in range(4))
CLAUSES = [
    Clause([GET], [Act(1, 0)]),
    Clause([SPEC], [Act(SPECULATE, 1), Act(1, 2)]),
    Clause([KEEP], [Act(COMMIT, 1)]),
    Clause([DROP], [Act(DISCARD, 1)]),
]


def start(guest, **options):
    assert guest.load(Blob(CLAUSES, DIFOS, [ID], **options))[0] == 0
    guest.go()


def do(guest, *steps):
    """Fire the probes of these steps; a step of SPEC may be (SPEC, value)."""
    for step in steps:
        probe, value = step if isinstance(step, tuple) else (step, 0)
        guest.fire(value, probe=probe)


def kept(guest):
    """Return (what speculation() gave, what was recorded under speculation)."""
    records = guest.records()
    ids = [struct.unpack_from("<Q", data, 16)[0] for epid, data in records if epid == 1]
    return ids, [struct.unpack_from("<Q", data, 16)[0] for epid, data in records if epid == 2]


def test_committed_records_appear_and_discarded_ones_do_not(guest):
    """Records wait for the commit, in their order; those of a discarded speculation are gone."""
    start(guest)
    do(guest, GET, (SPEC, 7), (SPEC, 8))
    assert kept(guest) == ([1], [])
    do(guest, KEEP)
    assert kept(guest) == ([], [7, 8])
    do(guest, GET, (SPEC, 9), DROP, KEEP)
    assert kept(guest) == ([1], [])


def test_a_commit_stamps_its_records(guest):
    """Committed records carry the time of the commit, so that the buffer's times rise."""
    start(guest)
    do(guest, GET, (SPEC, 1), GET, (SPEC, 2))
    do(guest, KEEP)
    times = [struct.unpack_from("<2I", data, 4) for _, data in guest.records()]
    assert times == sorted(times)


def test_speculating_nowhere_drops_the_clause_silently(guest):
    """speculate(0) records nothing, and nothing is counted."""
    start(guest)
    do(guest, (SPEC, 1), KEEP, DROP)
    assert kept(guest) == ([], [])
    assert (guest.number("host_drops"), guest.number("host_errors")) == (0, 0)


def test_an_id_beyond_nspec_is_an_illegal_operation(guest):
    """speculate, commit and discard of an id that cannot be are faults."""
    seven = Difo(asm("setx 0 1; ret 1"), (7,))
    for kind in (SPECULATE, COMMIT, DISCARD):
        guest.run(Blob([Clause([PROBE], [Act(kind, 0)])], [seven]))
        guest.records()
        assert guest.number("host_errors") == 1


def test_failed_speculations_are_counted_by_reason(guest):
    """None free: unavailable; one that waits to be cleaned: busy, until cleanrate has passed."""
    start(guest, nspec=2, cleanrate=10**6)
    do(guest, GET, GET, GET)
    assert kept(guest)[0] == [1, 2, 0]
    assert (guest.lost(LOST_BUSY), guest.lost(LOST_UNAVAILABLE)) == (0, 1)
    do(guest, KEEP, DROP)  # the saved id is 0: nothing happens
    do(guest, GET)
    start(guest, nspec=1, cleanrate=10**6)
    do(guest, GET, DROP, GET)  # never speculated into: it has to be cleaned
    assert kept(guest)[0] == [1, 0]
    assert (guest.lost(LOST_BUSY), guest.lost(LOST_UNAVAILABLE)) == (1, 0)
    guest.skip(2 * 10**6)
    do(guest, GET)
    assert kept(guest)[0] == [1]


def test_a_full_speculation_drops_and_counts(guest):
    """What does not fit the speculative buffer is a speculative drop; the rest can be committed."""
    start(guest, specsize=24 * 3)
    do(guest, GET, *[(SPEC, n) for n in range(5)], KEEP)
    assert kept(guest)[1] == [0, 1, 2]
    assert guest.lost(LOST_SPEC) == 2


def test_a_commit_that_does_not_fit_is_a_drop(guest):
    """A speculation too large for the principal buffer is dropped whole, and free again."""
    start(guest, specsize=24 * 9, bufsize=24 * 6)
    do(guest, GET, *[(SPEC, n) for n in range(8)], KEEP, GET)
    assert kept(guest) == ([1, 1], [])
    assert guest.number("host_drops") == 1


def test_a_clause_that_only_speculates_has_a_record(guest):
    """Its header is recorded, for the default action; a clause that only commits has none."""
    guest.load(Blob([Clause([PROBE], [Act(SPECULATE, 0)]), Clause([PROBE], [Act(COMMIT, 0)])], [SAVED], [ID]))
    assert [guest.clause(n)[1] for n in range(2)] == [12, 0]
