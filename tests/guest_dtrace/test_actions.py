# SPDX-License-Identifier: GPL-2.0-or-later
"""Actions beyond plain data: user stacks and addresses, memory, destructive ones, faults and the predicate cache."""

import ctypes
import struct

import pytest
from harness import Act, Blob, Clause, Difo, asm

PROBE = 4
USTACK, JSTACK, USYM, UMOD, UADDR, SYM, MOD = 0x101, 0x102, 0x103, 0x104, 0x105, 0x402, 0x403
TRACEMEM, DYNSIZE, PRINTM = 6, 7, 8
STOP, RAISE, SYSTEM, FREOPEN, BREAKPOINT, PANIC, CHILL = 0x201, 0x202, 0x203, 0x204, 0x501, 0x502, 0x503
ACTION, DESTRUCTIVE = 5, 6
ARG0 = Difo(asm("ldgs 0x106 1; ret 1"))
BYTES = ctypes.create_string_buffer(b"0123456789abcdef")
ADDRESS = ctypes.addressof(BYTES)


def stored(guest, action, difos=(ARG0,), fire=(), **options):
    """Run one action at a firing; return what it stored."""
    guest.run(Blob([Clause([PROBE], [action])], list(difos), **options), *fire)
    records = guest.records()
    offset, size = guest.action(0)
    return records[0][1][offset : offset + size] if records else None


def test_user_stacks_are_pid_frames_and_room_for_strings(guest):
    """ustack(5) stores six words; jstack's strings follow, zero here."""
    assert struct.unpack("<6Q", stored(guest, Act(USTACK, arg=5))) == (4321, 0x8004, 0x8008, 0x800C, 0, 0)
    data = stored(guest, Act(JSTACK, arg=2 | 16 << 32))
    assert struct.unpack("<3Q16s", data) == (4321, 0x8004, 0x8008, bytes(16))


@pytest.mark.parametrize("arg", [0, 5000, 1 | 1 << 49, 1 | 4 << 32])
def test_user_stacks_without_a_sane_size_are_refused(guest, arg):
    """The host gives the frames, within bounds, and the bytes for strings, in eights."""
    assert guest.load(Blob([Clause([PROBE], [Act(USTACK, arg=arg)])]))[:2] == (ACTION, USTACK)


@pytest.mark.parametrize("kind", [USYM, UMOD, UADDR])
def test_user_addresses_come_with_their_process(guest, kind):
    """usym, umod and uaddr store pid and address."""
    assert struct.unpack("<2Q", stored(guest, Act(kind, 0), fire=(0x8123,))) == (4321, 0x8123)


@pytest.mark.parametrize("kind", [SYM, MOD, DYNSIZE])
def test_kernel_addresses_are_eight_bytes(guest, kind):
    """sym, mod and tracemem's dynamic size store the value whole."""
    assert stored(guest, Act(kind, 0), fire=(0xC0201234,)) == struct.pack("<Q", 0xC0201234)


def test_tracemem_stores_memory(guest):
    """tracemem stores as many bytes from the address as it says."""
    assert stored(guest, Act(TRACEMEM, 0, arg=10), fire=(ADDRESS,)) == b"0123456789"


def test_printm_stores_size_and_memory(guest):
    """printm stores a memref's size and bytes, zeroes after them; more than it has room for is dropped."""
    word = struct.calcsize("P")
    text = "flushts; ldgs 0x106 1; pushtv 0 0 1; ldgs 0x107 1; pushtv 0 0 1; call 46 1; ret 1"
    action, difo = Act(PRINTM, 0), Difo(asm(text), size=word + 8, flags=1)
    assert stored(guest, action, [difo], (ADDRESS, 6)) == struct.pack("P", 6) + b"012345\0\0"
    assert stored(guest, action, [difo], (ADDRESS, 9)) is None


@pytest.mark.parametrize("kind", [STOP, RAISE, SYSTEM, FREOPEN, BREAKPOINT, PANIC, CHILL])
def test_destructive_actions_need_leave(guest, kind):
    """A program with a destructive action loads only as a destructive one."""
    blob = Blob([Clause([PROBE], [Act(kind, 0)])], [ARG0])
    assert guest.load(blob)[:2] == (DESTRUCTIVE, kind)
    blob.destructive = 1
    assert guest.load(blob)[0] == 0


def test_copyout_makes_a_program_destructive(guest):
    """So do the subroutines that write to the user."""
    for number in (13, 14):
        code = asm(f"call {number} 1; ret 1")
        assert guest.load_one(code)[0] == DESTRUCTIVE
        assert guest.load_one(code, destructive=1)[0] == 0


def test_signals_are_left_for_the_way_out(guest):
    """raise() and stop() have the thread sent a signal; panic() panics; breakpoint() goes on."""
    guest.run(Blob([Clause([PROBE], [Act(RAISE, 0)])], [ARG0], destructive=1), 30)
    assert guest.number("host_signal", ctypes.c_int) == 30
    guest.run(Blob([Clause([PROBE], [Act(STOP)])], destructive=1))
    assert guest.number("host_signal", ctypes.c_int) == 17
    guest.set("host_panics", 0)
    guest.run(Blob([Clause([PROBE], [Act(PANIC)])], destructive=1))
    assert guest.number("host_panics") == 1


def test_chill_has_a_limit(guest):
    """500 ms of every second may be chilled away; more is an illegal operation."""
    chill = Blob([Clause([PROBE], [Act(CHILL, 0)])], [ARG0], destructive=1)
    guest.skip(2 * 10**9)
    guest.run(chill, 500_000_001)
    guest.principal()
    assert guest.number("host_errors") == 1
    for nanoseconds in (300_000_000, 200_000_000):
        before = guest.number("host_clock", ctypes.c_uint64)
        guest.fire(nanoseconds)
        assert guest.number("host_clock", ctypes.c_uint64) - before >= nanoseconds
    guest.principal()
    assert guest.number("host_errors") == 0
    guest.fire(1)
    guest.principal()
    assert guest.number("host_errors") == 1
    guest.skip(10**9)
    guest.fire(500_000_000)
    guest.principal()
    assert guest.number("host_errors") == 0


def test_copyout_writes_to_the_user(guest):
    """copyout copies bytes, copyoutstr a string with its NUL as far as the limit goes."""
    source, target = ctypes.create_string_buffer(b"hello"), ctypes.create_string_buffer(b"........")
    text = (
        "flushts; ldgs 0x106 1; pushtv 0 0 1; ldgs 0x107 1; pushtv 0 0 1; ldgs 0x108 1; pushtv 0 0 1; call {} 1; ret 1"
    )
    where = (ctypes.addressof(source), ctypes.addressof(target))
    guest.integer(text.format(13), *where, 3, destructive=1)
    assert target.raw == b"hel.....\0"
    guest.integer(text.format(14), *where, 100, destructive=1)
    assert target.raw == b"hello\0..\0"


def test_faults_in_error_are_counted(guest):
    """A fault in a clause of ERROR is told as such: an error in the ERROR probe's enabling."""
    bad = Difo(asm("setx 0 1; sdiv 1 0 2; ret 2"), (1,))
    guest.run(Blob([Clause([PROBE], [Act(1, 0)]), Clause([3], [Act(1, 0)])], [bad]), times=3)
    guest.principal()
    assert guest.lost(5) == 3


def cached(guest, predicate, clauses=1, between=()):
    """Fire twice with a false predicate; return how often it was worked out. Each working out calls rand()."""
    blob = Blob([Clause([PROBE], [], 0)] * clauses, [predicate], [(0x500, 1, 1, 0, 0, 8)])
    assert guest.load(blob)[0] == 0
    guest.go()
    guest.fire()
    before = guest.number("host_clock", ctypes.c_uint64)
    guest.fire()
    return guest.number("host_clock", ctypes.c_uint64) == before  # not even the clock was read


def test_a_false_predicate_on_the_thread_is_remembered(guest):
    """execname, pid and thread-local variables are cached; arguments, loads and calls are not; nor with two clauses."""
    name = Difo(asm("ldgs 0x118 1; sets 1 2; scmp 1 2 0; be 6; setx 0 1; ba 7; setx 1 1; ret 1"), (0, 1), b"\0x\0")
    assert cached(guest, name)
    assert not cached(guest, name, clauses=2)
    assert cached(guest, Difo(asm("ldts 0x500 1; ret 1")))
    assert not cached(guest, Difo(asm("ldgs 0x106 1; ret 1")))
    assert not cached(guest, Difo(asm("call 0 1; mov 0 0 1; ret 1")))


def test_a_store_to_the_thread_forgets_it(guest):
    """After a store to a thread-local variable the predicate is worked out again."""
    clauses = [Clause([PROBE], [Act(1, 1)], 0), Clause([PROBE + 1], [Act(1, 1)])]
    store = Difo(asm("ldgs 0x106 1; stts 0x500 1; ret 1"))
    guest.load(Blob(clauses, [Difo(asm("ldts 0x500 1; ret 1")), store], [(0x500, 1, 1, 0, 0, 8)]))
    guest.go()
    guest.fire(1)
    guest.fire(1)
    guest.fire(5, probe=PROBE + 1)
    guest.fire(6)
    assert [epid for epid, _ in guest.records()] == [2, 1]


def test_a_silent_consumer_ends_the_tracing(guest):
    """Ten seconds without a word from the consumer kill the tracing, but not a destructive one."""
    for destructive in (0, 1):
        guest.load(Blob([Clause([PROBE], []), Clause([2], [])], destructive=destructive))
        guest.go()
        guest.fire()
        guest.skip(11 * 10**9)
        guest.fire()
        guest.stop()
        assert [epid for epid, _ in guest.records()] == ([1, 1, 2] if destructive else [1])


def test_the_target_must_be_the_process(guest):
    """A program compiled for another pid than the command's is refused, with the command's."""
    blob = Blob([Clause([PROBE], [])], target=55)
    assert guest.load(blob, target=55)[0] == 0
    assert guest.load(blob, target=56)[:2] == (9, 56)
    assert guest.load(Blob([Clause([PROBE], [])]), target=56)[0] == 0


def test_distributions_count_by_an_increment(guest):
    """The value of a last key without bytes is the increment of a distribution."""
    increment = Difo(asm("ldgs 0x107 1; ret 1"), size=0)
    guest.run(Blob([Clause([PROBE], [Act(1, 1), Act(0x707, 0, 1, 1)])], [ARG0, increment]), 5, 40, times=2)
    (entry,) = guest.aggregations()
    words = struct.unpack_from("<127q", entry, 8)
    assert {row: count for row, count in enumerate(words) if count} == {66: 80}
