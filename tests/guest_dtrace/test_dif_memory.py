# SPDX-License-Identifier: GPL-2.0-or-later
"""What a program may read and write: loads fault softly, stores stay in the program's own memory."""

import ctypes
import struct

import pytest
from harness import BYREF, CTF, Act, Blob, Clause, Difo, asm

BUFFER = ctypes.create_string_buffer(struct.pack("<QQ", 0x8182838485868788, 7) + b"user text\0", 64)
ADDRESS = ctypes.addressof(BUFFER)


@pytest.mark.parametrize(
    ("op", "want"),
    [
        ("ldub", 0x88),
        ("lduh", 0x8788),
        ("lduw", 0x85868788),
        ("ldx", 0x8182838485868788 - 2**64),
        ("ldsb", 0x88 - 2**8),
        ("ldsh", 0x8788 - 2**16),
        ("ldsw", 0x85868788 - 2**32),
        ("uldub", 0x88),
        ("uldsh", 0x8788 - 2**16),
        ("ulduw", 0x85868788),
        ("uldx", 0x8182838485868788 - 2**64),
        ("rldub", 0x88),
        ("rldsw", 0x85868788 - 2**32),
    ],
)
def test_loads_widen_as_their_names_say(guest, op, want):
    """Signed loads extend the sign, unsigned ones zeroes; user and restricted loads do the same."""
    assert guest.integer(f"setx 0 1; {op} 1 0 2; ret 2", ints=(ADDRESS,)) == want


@pytest.mark.parametrize("op", ["ldub", "lduw", "ldx", "uldx"])
def test_a_bad_address_is_an_error_not_a_crash(guest, op):
    """A load that aborts drops the record and counts one error."""
    assert guest.integer(f"setx 0 1; {op} 1 0 2; ret 2", ints=(0x8000,)) is None
    assert guest.number("host_errors") == 1


def test_misaligned_loads_fault(guest):
    """A word load off its alignment is a fault even where the CPU could do it."""
    assert guest.integer("setx 0 1; lduw 1 0 2; ret 2", ints=(ADDRESS + 2,)) is None


def test_stores_reach_scratch_only(guest):
    """A store into allocated scratch is read back; one into foreign memory faults and leaves it alone."""
    text = "setx 0 1; allocs 1 0 2; setx 1 3; stx 3 0 2; ldx 2 0 4; ret 4"
    assert guest.integer(text, ints=(16, 0x1122334455667788)) == 0x1122334455667788
    assert guest.integer("setx 0 1; setx 1 2; stx 2 0 1; ret 2", ints=(ADDRESS + 8, 99)) is None
    assert struct.unpack_from("<Q", BUFFER, 8)[0] == 7


def test_scratch_is_zeroed_and_bounded(guest):
    """allocs clears what it gives, and asking for more than there is faults NOSCRATCH."""
    assert guest.integer("setx 0 1; allocs 1 0 2; ldx 2 0 3; ret 3", ints=(8,)) == 0
    assert guest.integer("setx 0 1; allocs 1 0 2; ret 2", ints=(2**40,)) is None


def test_copys_copies_into_scratch(guest):
    """copys moves bytes from anywhere readable into scratch."""
    text = "setx 0 1; setx 1 2; allocs 2 0 3; copys 1 2 3; ldx 3 0 4; ret 4"
    assert guest.integer(text, ints=(ADDRESS, 8)) == 0x8182838485868788 - 2**64


def test_trace_of_a_structure_copies_its_bytes(guest):
    """A by-reference result of a fixed size is stored whole."""
    difo = Difo(asm("setx 0 1; ret 1"), (ADDRESS,), b"\0", CTF, 16, BYREF)
    assert guest.value(difo) == BUFFER.raw[:16]


def test_a_fault_in_one_clause_spares_the_next(guest):
    """A faulting clause loses its record; the other clause on the same probe keeps its own."""
    bad, good = Difo(asm("setx 0 1; ldx 1 0 2; ret 2"), (0x8000,)), Difo(asm("setx 0 1; ret 1"), (42,))
    guest.run(Blob([Clause([4], [Act(1, 0)]), Clause([4], [Act(1, 1)])], [bad, good]))
    assert [epid for epid, _ in guest.records()] == [2]
