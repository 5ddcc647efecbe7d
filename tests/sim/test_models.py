# SPDX-License-Identifier: GPL-2.0-or-later
"""Parts of the timing model against slow Python models on random traces, and schedules against hand-worked ones."""

import ctypes as ct
import random

import pytest

from sim.native import Core, library
from tests.sim.guests import parameters
from tests.sim.models import (
    BRANCH,
    CALL,
    CONDITIONAL,
    EXCEPTION,
    RETURN,
    CacheModel,
    MemoryModel,
    PredictorModel,
    TlbModel,
)


@pytest.fixture(scope="module")
def core():
    """A machine that is never run; it holds the parameters."""
    made = Core(parameters())
    yield made
    made.close()


def words(values):
    """Return a C array of 32-bit words."""
    return (ct.c_uint32 * len(values))(*values)


@pytest.mark.parametrize(("size", "ways"), [(32 << 10, 4), (256 << 10, 8), (1 << 10, 1)])
@pytest.mark.parametrize("spread", [300, 3000, 30_000])
def test_cache_hits_are_the_models(size, ways, spread):
    """On a random trace the cache hits exactly where an obvious model does."""
    source = random.Random(size + spread)
    trace = [int(source.random() ** 2 * spread) for _ in range(20_000)]
    out = (ct.c_uint8 * len(trace))()
    assert library().pc_test_cache(ct.c_uint64(size), ct.c_uint64(ways), words(trace), len(trace), out)
    model = CacheModel(size, ways)
    assert [bool(hit) for hit in out] == [model.access(line) for line in trace]


@pytest.mark.parametrize("entries", [1, 32])
def test_tlb_hits_are_the_models(entries):
    """On a random trace with removals and flushes the TLB hits exactly where an obvious model does."""
    source = random.Random(entries)
    trace = [int(source.random() * 60) | (0x40000000 if source.random() < 0.05 else 0) for _ in range(20_000)]
    out = (ct.c_uint8 * len(trace))()
    library().pc_test_tlb(entries, words(trace), len(trace), out)
    model, expected = TlbModel(entries), []
    for key in trace:
        if key == 0:
            model.flush()
        elif key & 0x40000000:
            model.remove(key & ~0x40000000)
        expected.append(bool(key) and not key & 0x40000000 and model.access(key))
    assert [bool(hit) for hit in out] == expected


def random_accesses(seed, spread, count=20_000):
    """Return accesses (address, words, store): runs upwards, repeats and jumps within ``spread`` bytes of RAM."""
    source, trace, address = random.Random(seed), [], 0x80800000
    for _ in range(count):
        step = source.random()
        if step < 0.5:
            address += 4 * int(source.random() * 9)
        elif step < 0.7:
            address = 0x80800000 + 4 * int(source.random() ** 2 * spread / 4)
        address = 0x80800000 + (address - 0x80800000) % spread
        trace.append((address, 1 + int(source.random() ** 3 * 12), source.random() < 0.4))
    return trace


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("spread", [20_000, 200_000, 4_000_000])
def test_memory_takes_the_models_time(seed, spread):
    """On a random trace of loads and stores the clock is the obvious model's after every single access."""
    values = parameters()
    made = Core(values)
    trace = random_accesses(seed, spread)
    out = (ct.c_uint64 * len(trace))()
    flat = words([int(word) for access in trace for word in access])
    library().pc_test_memory(ct.c_void_p(made._handle), flat, len(trace), out)
    made.close()
    model = MemoryModel(values)
    assert list(out) == [model.access(*access) for access in trace]


def random_branches(count):
    """Return branches (kind, pc, actual) of a made-up program with loops, calls and returns."""
    source = random.Random(8)
    kinds = [
        BRANCH,
        BRANCH | CONDITIONAL,
        BRANCH | CALL,
        BRANCH | RETURN,
        BRANCH | RETURN | CONDITIONAL,
        BRANCH | EXCEPTION,
    ]
    program = [(kinds[int(source.random() * 6)], 0xC0200000 + 4 * int(source.random() * 9000)) for _ in range(700)]
    trace = []
    for _ in range(count):
        kind, pc = program[int(source.random() ** 3 * len(program))]
        if kind & CONDITIONAL and source.random() < 0.4:
            trace.append((kind, pc, pc + 4))
        elif kind & RETURN:
            trace.append((kind, pc, program[int(source.random() * 20)][1] + 4))
        else:
            trace.append((kind, pc, pc + 0x100 + 8 * (pc % 7)))
    return trace


def test_predictions_are_the_models(core):
    """On a random program's branches the predictor is right exactly where an obvious model is."""
    trace = random_branches(30_000)
    out = (ct.c_uint8 * len(trace))()
    flat = words([word for branch in trace for word in branch])
    assert library().pc_test_predictor(ct.c_void_p(core._handle), flat, len(trace), out)
    model = PredictorModel(512, 2, 4096, 10, 8)
    expected = [model.predict(*branch) for branch in trace]
    assert [bool(right) for right in out] == expected
    assert 0.2 < sum(expected) / len(expected) < 0.95


# Worked by hand with the rules of sim/core/issue.c: results leave E2 (arithmetic), E3 (loads), E5 (multiply).
ADD_R0_R0_R1 = 0xE0800001
ADD_R2_R3_R4 = 0xE0832004
ADD_R5_R0_R1 = 0xE0805001
LDR_R0_R1 = 0xE5910000
LDR_R0_R0 = 0xE5900000
LDR_R6_R7 = 0xE5976000
STR_R0_R1 = 0xE5810000
MUL_R0_R0_R1 = 0xE0000190
LDM_R13_8 = 0xE89D00FF
CMP_R0_0 = 0xE3500000
BNE = 0x1AFFFFFE
MOVEQ_R0_1 = 0x03A00001


@pytest.mark.parametrize(
    ("block", "cycles"),
    [
        ([], 0),
        ([ADD_R0_R0_R1], 1),
        ([ADD_R0_R0_R1, ADD_R2_R3_R4], 1),  # independent: a pair
        ([ADD_R0_R0_R1, ADD_R5_R0_R1], 2),  # the second needs the first's result
        ([ADD_R2_R3_R4, ADD_R2_R3_R4], 2),  # both write r2
        ([LDR_R0_R1, LDR_R6_R7], 2),  # one load a cycle
        ([LDR_R0_R1, ADD_R2_R3_R4], 1),
        ([LDR_R0_R1, ADD_R5_R0_R1], 3),  # load to use in E2: one cycle lost
        ([LDR_R0_R1, LDR_R0_R0], 4),  # load to address in E1: 3 cycles
        ([ADD_R0_R0_R1, LDR_R0_R0], 3),  # arithmetic to address: one cycle lost
        ([LDR_R0_R1, STR_R0_R1], 2),  # a store needs its data late
        ([MUL_R0_R0_R1], 2),
        ([MUL_R0_R0_R1, MUL_R0_R0_R1], 8),  # 6 cycles apart, the last one takes 2
        ([ADD_R2_R3_R4, MUL_R0_R0_R1], 3),  # a multiply starts in pipe 0
        ([LDM_R13_8], 4),  # two registers a cycle
        ([CMP_R0_0, BNE], 1),  # a branch pairs with what sets its flags
        ([CMP_R0_0, MOVEQ_R0_1], 2),  # another conditional does not
        ([0xE0800211], 1),  # add r0, r0, r1, lsl r2: shifts take no cycle of their own ...
        ([ADD_R0_R0_R1, 0xE0832200], 3),  # ... but want their operand in E1: add r2, r3, r0, lsl #4
        ([ADD_R0_R0_R1, 0xE1A02100], 3),  # mov r2, r0, lsl #2 likewise
        ([LDR_R0_R1, 0xE0832200], 4),  # load to shift: two cycles lost
        ([0xE4910004, 0xE4912004], 3),  # post-indexed loads: the base is there a cycle late, in E2
        ([0xE0822190], 3),  # umull takes three cycles to issue
        ([0xE0822190, ADD_R5_R0_R1], 3),  # an add that wants neither result pairs with its last
        ([MUL_R0_R0_R1, ADD_R5_R0_R1], 6),  # multiply to add in E2: result after E5
        ([0xE0200291, 0xE0200391], 6),  # mla, mla: the accumulator is wanted in E3, two cycles later than a factor
        ([0xE16000C2], 1),  # a 16-bit multiply issues in one
        ([0xE92D000F, ADD_R2_R3_R4], 2),  # push {r0-r3}: two cycles; an add pairs with its last
        ([0xE92D0007], 2),  # three registers are two cycles, too
        ([0xF57FF04F], 13),  # dsb drains
        ([0xE10F0000], 8),  # mrs
        ([BNE, ADD_R2_R3_R4], 1),  # a branch is no obstacle to pairing in pipe 1
    ],
)
def test_schedule_is_the_hand_worked_one(core, block, cycles):
    """Blocks take the cycles that the pairing and latency rules give on paper."""
    assert library().pc_test_schedule(ct.c_void_p(core._handle), words(block), len(block)) == cycles
