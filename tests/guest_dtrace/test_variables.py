# SPDX-License-Identifier: GPL-2.0-or-later
"""User variables: globals, thread-local ones, associative arrays, and the space they live in."""

from harness import BYREF, STRING, Act, Blob, Clause, Difo, asm

GLOBAL, THREAD, LOCAL = 0, 1, 2
ARRAY, SCALAR = 0, 1
DYNVAR_DIRTY = 6  # PV_LOST_*
INT, STR = (0, 0, 8), (1, BYREF, 256)


def var(number, kind, scope, typ):
    return (0x500 + number, kind, scope, *typ)


def stored(guest, text, variables, *fires, ints=(), strings=b"\0", **options):
    """Run one integer DIFO at each of several firings; return the values stored."""
    blob = Blob([Clause([4], [Act(1, 0)])], [Difo(asm(text), ints, strings)], variables, **options)
    assert guest.load(blob)[0] == 0
    guest.go()
    for args in fires:
        guest.fire(*args)
    offset, size = guest.action(0)
    return [int.from_bytes(data[offset : offset + size], "little") for _, data in guest.records()]


def test_globals_last_from_firing_to_firing(guest):
    """A global counter counts the firings."""
    text = "ldgs 0x500 1; setx 0 2; add 1 2 1; stgs 0x500 1; ret 1"
    assert stored(guest, text, [var(0, SCALAR, GLOBAL, INT)], (), (), (), ints=(1,)) == [1, 2, 3]


def test_clause_locals_and_globals_are_apart(guest):
    """The same number names different variables in different scopes."""
    text = "setx 0 1; stgs 0x500 1; setx 1 2; stls 0x500 2; ldgs 0x500 3; ldls 0x500 4; sub 4 3 1; ret 1"
    variables = [var(0, SCALAR, GLOBAL, INT), var(0, SCALAR, LOCAL, INT)]
    assert stored(guest, text, variables, (), ints=(30, 72)) == [42]


def test_strings_are_copied_into_globals(guest):
    """A string global keeps the characters, not the address; before any store it is empty."""
    show = Difo(asm("ldgs 0x500 1; ret 1"), (), b"\0", STRING, 256, BYREF)
    store = Difo(asm("sets 1 2; stgs 0x500 2; ret 0"), (), b"\0hello\0", size=0)
    blob = Blob([Clause([4], [Act(1, 0), Act(1, 1)])], [show, store], [var(0, SCALAR, GLOBAL, STR)])
    guest.run(blob, times=2)
    offset, _ = guest.action(0)
    assert [data[offset:].split(b"\0")[0] for _, data in guest.records()] == [b"", b"hello"]


def test_thread_locals_belong_to_their_thread(guest):
    """self->x holds what this thread stored; storing 0 frees it."""
    text = "ldts 0x500 1; ldgs 0x106 2; stts 0x500 2; ret 1"
    variables = [var(0, SCALAR, THREAD, INT)]
    assert stored(guest, text, variables, (7,), (0,), (9,), (1,)) == [0, 7, 0, 9]


def test_arrays_are_keyed_by_their_tuple(guest):
    """a[arg0, "key"] counts for each tuple by itself."""
    key = "flushts; ldgs 0x106 1; pushtv 0 0 1; sets 1 2; pushtr 1 0 2; "
    text = key + "ldgaa 0x500 3; setx 0 4; add 3 4 3; stgaa 0x500 3; ret 3"
    variables = [var(0, ARRAY, GLOBAL, INT)]
    assert stored(guest, text, variables, (1,), (2,), (1,), (1,), ints=(1,), strings=b"\0key\0") == [1, 1, 2, 3]


def test_string_keys_compare_by_value(guest):
    """Equal characters at different addresses are the same key."""
    text = "sets 1 1; pushtr 1 0 1; setx 0 2; stgaa 0x500 2; flushts;sets 5 1; pushtr 1 0 1; ldgaa 0x500 3; ret 3"
    assert stored(guest, text, [var(0, ARRAY, GLOBAL, INT)], (), ints=(42,), strings=b"\0abc\0abc\0") == [42]


def test_running_out_of_space_drops_and_counts(guest):
    """New variables beyond dynvarsize are dropped: the firing stores nothing, and the drop is reported."""
    text = "flushts; ldgs 0x106 1; pushtv 0 0 1; stgaa 0x500 1; ret 1"
    fires = [(n,) for n in range(1, 101)]
    kept = stored(guest, text, [var(0, ARRAY, GLOBAL, INT)], *fires, dynvarsize=2048)
    drops = guest.number("host_dynvar_drops")
    assert 5 < len(kept) < 40
    assert len(kept) + drops == 100


def test_freed_space_is_used_again(guest):
    """Storing and freeing in turn never runs out, if freed chunks are cleaned in time."""
    text = "flushts; ldgs 0x106 1; pushtv 0 0 1; stgaa 0x500 1; setx 0 2; stgaa 0x500 2; ret 1"
    fires = [(n,) for n in range(1, 201)]
    options = {"ints": (0,), "dynvarsize": 2048}
    assert len(stored(guest, text, [var(0, ARRAY, GLOBAL, INT)], *fires, **options, cleanrate=500)) == 200
    assert guest.lost(DYNVAR_DIRTY) == 0


def test_uncleaned_space_is_dropped_by_its_own_name(guest):
    """What finds only freed chunks that no cleaning has reached is dropped, and leaves no record."""
    text = "flushts; ldgs 0x106 1; pushtv 0 0 1; stgaa 0x500 1; setx 0 2; stgaa 0x500 2; ret 1"
    fires = [(n,) for n in range(1, 201)]
    kept = stored(guest, text, [var(0, ARRAY, GLOBAL, INT)], *fires, ints=(0,), dynvarsize=2048, cleanrate=10**9)
    assert 0 < len(kept) < 200
    assert guest.lost(DYNVAR_DIRTY) == 200 - len(kept)
    assert guest.number("host_dynvar_drops") == 0


def test_tuple_overflow_is_an_error(guest):
    """Nine keys do not fit the eight tuple registers: a fault, and no record."""
    text = "pushtv 0 0 1;" * 9 + "ret 1"
    assert stored(guest, text, [], ()) == []
    assert guest.number("host_errors") == 1


def test_a_thread_local_load_keeps_the_tuple(guest):
    """A self-> load between two pushes leaves the keys alone."""
    text = (
        "setx 0 1; stts 0x500 1; flushts; setx 1 2; pushtv 0 0 2; ldts 0x500 3; pushtv 0 0 3; stgaa 0x501 1;"
        "flushts; pushtv 0 0 2; pushtv 0 0 1; ldgaa 0x501 4; ret 4"
    )
    variables = [var(0, SCALAR, THREAD, INT), var(1, ARRAY, GLOBAL, INT)]
    assert stored(guest, text, variables, (), ints=(42, 5)) == [42]
