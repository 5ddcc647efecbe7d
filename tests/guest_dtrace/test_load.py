# SPDX-License-Identifier: GPL-2.0-or-later
"""Loading programs: the verifier, hostile blobs, layouts."""

import ctypes
import random
import struct

import pytest
from harness import BYREF, HEADER, NONE, STRING, Act, Blob, Clause, Difo, asm

FORMAT, DIF, PROBE, NOMEM, ACTION, DESTRUCTIVE, BUFSIZE, ENDSIZE, TARGET = range(1, 10)
RESIZE = 1
INT_GLOBAL = (0x500, 1, 0, 0, 0, 8)


def one(text, ints=(), strings=b"\0", variables=(), **result):
    return Blob([Clause([4], [Act(1, 0)])], [Difo(asm(text), ints, strings, **result)], list(variables))


GOOD = {
    "ret": "ret 0",
    "every register": "setx 0 7; mov 7 0 6; ret 6",
    "branch": "ba 2; nop; ret 0",
    "two rets": "ret 0; nop; ret 0",
}
BAD = {
    "no ret": ("nop", 1),
    "unknown opcode": (None, 0),
    "register 8": ("mov 8 0 1; ret 1", 0),
    "write to r0": ("mov 1 0 0; ret 1", 0),
    "reserved bits": ("mov 1 3 2; ret 1", 0),
    "branch to itself": ("nop; ba 1; ret 0", 1),
    "branch backward": ("nop; nop; ba 0; ret 0", 2),
    "branch past the end": ("ba 2; ret 0", 0),
    "integer out of range": ("setx 1 1; ret 1", 0),
    "string out of range": ("sets 9 1; ret 1", 0),
    "undeclared global": ("ldgs 0x501 1; ret 1", 0),
    "undeclared local": ("ldls 0x500 1; ret 1", 0),
    "store to a builtin": ("stgs 0x101 1; ret 1", 0),
    "array as scalar": ("ldgaa 0x500 1; ret 1", 0),
    "builtin that is not there": ("ldgs 0x1ff 1; ret 1", 0),
    "subroutine that is not there": ("call 55 1; ret 1", 0),
    "reserved ldta": (None, 0),
    "xlate": ("xlate 0 1; ret 1", 0),
    "xlarg": ("xlarg 0 1; ret 1", 0),
    "bad push type": ("pushtr 2 0 1; ret 0", 0),
    "store to address r0": ("stb 1 0 0; ret 0", 0),
}


@pytest.mark.parametrize("name", GOOD)
def test_good_programs_are_accepted(guest, name):
    """What obeys the rules loads."""
    assert guest.load(one(GOOD[name], ints=(1,), variables=[INT_GLOBAL])) == (0, 0, 0)


@pytest.mark.parametrize("name", BAD)
def test_the_verifier_refuses(guest, name):
    """Each broken rule is refused, with the instruction at fault."""
    text, pc = BAD[name]
    blob = one(text or "nop; ret 0", ints=(1,), variables=[INT_GLOBAL])
    if name == "unknown opcode":
        blob.difos[0].code[0] = 80 << 24
    if name == "reserved ldta":
        blob.difos[0].code[0] = 43 << 24 | 1
    assert guest.load(blob) == (DIF, 0, pc)


def test_an_empty_object_is_malformed(guest):
    """A DIFO without instructions is a format error."""
    assert guest.load(one(""))[0] == FORMAT


def test_results_must_fit(guest):
    """A by-value result has 0, 1, 2, 4 or 8 bytes; a by-reference one at most 1 MiB."""
    assert guest.load(one("ret 0", size=3))[0] == DIF
    assert guest.load(one("ret 0", size=0x200000, flags=BYREF))[0] == DIF
    assert guest.load(one("ret 0", size=0))[0] == 0


def test_string_tables_end(guest):
    """A string table without a final NUL is refused: sets could run off its end."""
    assert guest.load(one("sets 0 1; ret 1", strings=b"abc"))[0] == DIF


def test_unknown_probes_and_actions(guest):
    """An unknown probe id and an unknown action are named in the answer."""
    assert guest.load(Blob([Clause([4, 999], [])]))[:2] == (PROBE, 999)
    assert guest.load(Blob([Clause([4], [Act(0x602)])]))[:2] == (ACTION, 0x602)
    assert guest.load(Blob([Clause([4], [Act(0x604)])]))[:2] == (ACTION, 0x604)
    assert guest.load(Blob([Clause([4], [Act(1)])]))[:2] == (ACTION, 1)
    assert guest.number("host_enabled") == 0


@pytest.mark.parametrize(
    "variable",
    [
        (0x4FF, 1, 0, 0, 0, 8),
        (0x500, 2, 0, 0, 0, 8),
        (0x500, 1, 3, 0, 0, 8),
        (0x500, 0, 2, 0, 0, 8),
        (0x500, 1, 0, 1, 0, 8),
        (0x500, 1, 0, 0, 1, 0),
        (0x500, 1, 0, 0, 1, 0x8000),
        (0x10000, 1, 0, 0, 0, 8),
    ],
)
def test_bad_declarations_are_refused(guest, variable):
    """A variable with a wrong number, kind, scope or size is a format error."""
    assert guest.load(one("ret 0", variables=[variable]))[0] == FORMAT


def test_too_small_buffers_are_refused(guest):
    """A record larger than the buffer can never be stored: the program does not load."""
    assert guest.load(Blob([Clause([4], [Act(0x401, arg=200)])], bufsize=256))[0] == BUFSIZE


def test_an_aggregation_buffer_may_be_too_small(guest):
    """An aggregation buffer that holds nothing is no reason to refuse the program: what comes is dropped."""
    for size in (0, 1, 64, 512):
        assert guest.load(Blob([Clause([4], [Act(0x701, aggid=1)])], aggsize=size))[0] == 0


def test_sizes_are_halved_where_memory_is_short(guest):
    """With the resize flag what does not fit is halved until it does, down to the largest record, and told back."""
    agg = [Clause([4], [Act(0x701, aggid=1)])]
    huge = {"bufsize": 1 << 40, "aggsize": 100_000}

    def sizes():
        return struct.unpack_from("<3Q", guest.blob.raw, 40)

    guest.set("host_largest", 40_000, ctypes.c_size_t)
    try:
        assert guest.load(Blob(agg, **huge))[0] == NOMEM
        assert guest.load(Blob(agg, **huge, flags=RESIZE))[0] == 0
        assert sizes() == (1 << 15, 25_000, 65536)  # no dynamic variables: their size is not touched
        assert guest.load(Blob([Clause([4], [Act(0x401, arg=200)])], bufsize=1 << 16, flags=RESIZE))[0] == 0
        guest.set("host_largest", 800, ctypes.c_size_t)
        assert guest.load(Blob([Clause([4], [Act(0x401, arg=200)])], bufsize=1 << 16, flags=RESIZE))[0] == NOMEM
        assert guest.load(Blob(agg, bufsize=512, flags=RESIZE))[0] == 0
        guest.set("host_largest", 24, ctypes.c_size_t)
        assert guest.load(Blob(agg, bufsize=16, flags=RESIZE))[0] == NOMEM
    finally:
        guest.set("host_largest", 1 << 30, ctypes.c_size_t)


def test_layout_of_a_record(guest):
    """Values are aligned to their size behind the 12-byte header."""
    sizes = [1, 8, 2, 4]
    difos = [Difo(asm("ret 0"), size=size) for size in sizes]
    assert guest.load(Blob([Clause([4], [Act(1, n) for n in range(4)])], difos))[0] == 0
    assert [guest.action(n) for n in range(4)] == [(12, 1), (16, 8), (24, 2), (28, 4)]
    assert guest.clause() == (1, 32, 32)


def test_layout_of_a_tuple(guest):
    """Keys start at 4 behind the aggid, the value is 8-aligned; the tuple needs scratch, not record space."""
    difos = [Difo(asm("ret 0"), size=8), Difo(asm("ret 0"), (), b"\0", STRING, 0, BYREF)]
    assert guest.load(Blob([Clause([4], [Act(1, 0), Act(1, 1), Act(0x704, 0, 2, 1)])], difos))[0] == 0
    assert [guest.action(n) for n in range(3)] == [(8, 8), (16, 256), (272, 16)]
    assert guest.clause() == (1, 0, 272)


def test_clauses_without_data_store_nothing(guest):
    """A clause evaluated for its effect has size 0; an empty one, and a bare printf, a header to show."""
    effect = Difo(asm("ret 0"), size=0)
    guest.load(Blob([Clause([4], [Act(1, 0)]), Clause([4], []), Clause([4], [Act(3)])], [effect]))
    assert [guest.clause(n)[1] for n in range(3)] == [0, 12, 12]


def test_epids_count_clause_by_clause(guest):
    """EPIDs run from 1 through each clause's probes in order."""
    guest.load(Blob([Clause([4, 5, 6], []), Clause([5], []), Clause([1, 4], [])]))
    assert [guest.clause(n)[0] for n in range(3)] == [1, 4, 5]
    guest.go()
    guest.fire(probe=5)
    guest.fire(probe=4)
    assert [epid for epid, _ in guest.records()] == [5, 2, 4, 1, 6]


def test_random_damage_never_crashes(guest):
    """Two thousand blobs with flipped bytes are all accepted or refused in good order, and can be fired."""
    text = "ldgs 0x500 1; setx 0 2; add 1 2 1; stgs 0x500 1; flushts; pushtv 0 0 1; sets 1 3; pushtr 1 0 3;"
    text += "stgaa 0x501 1; ret 1"
    variables = [INT_GLOBAL, (0x501, 0, 0, 0, 0, 8)]
    actions = [Act(1, 0), Act(1, 0), Act(0x401, arg=3), Act(0x707, 0, 2, 1)]
    others = [Act(kind, 1, arg=8) for kind in (6, 7, 0x103, 0x402, 0x601, 0x602, 0x603, 0x503)]
    others += [Act(8, 2), Act(0x101, arg=4), Act(0x102, arg=2 | 64 << 32), Act(0x202, 1)]
    good = Blob(
        [Clause([4, 5], actions, 0), *(Clause([4], [action]) for action in others), Clause([3], [Act(1, 1)])],
        [
            Difo(asm(text), (1,), b"\0k\0"),
            Difo(asm("call 10 1; ret 1")),
            Difo(asm("call 46 1; ret 1"), size=64, flags=BYREF),
        ],
        variables,
        bufsize=4096,
        aggsize=8192,
        dynvarsize=4096,
        specsize=512,
        destructive=1,
    ).build()
    assert guest.load(good)[0] == 0
    dice = random.Random(1)
    accepted = 0
    for _ in range(2000):
        data = bytearray(good)
        for _ in range(dice.choice([1, 1, 2, 5])):
            at = dice.randrange(len(data)) & ~3
            struct.pack_into(
                "<I", data, at, dice.choice([0, 1, 7, 0xFF, 0x7FFFFFFF, NONE, len(data), dice.getrandbits(32)])
            )
        error = guest.load(bytes(data))[0]
        assert 0 <= error <= TARGET
        if error == 0:
            accepted += 1
            guest.go()
            guest.fire(1, 2, 3)
            guest.stop()
    assert accepted > 100


def test_short_and_foreign_blobs(guest):
    """Nothing, a wrong magic, and a length beyond what there is are format errors."""
    good = Blob([Clause([4], [])]).build()
    for damaged in (good[:40] + bytes(100), b"X" + good[1:], good[:-8]):
        padded = damaged + bytes(max(0, HEADER - len(damaged)))
        assert guest.load(padded)[0] == FORMAT
