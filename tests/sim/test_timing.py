# SPDX-License-Identifier: GPL-2.0-or-later
"""The timed CPU against what is published of the real one: TI's LMBench figures for AM335x at 1 GHz (cycles are ns)."""

import pytest

from tests.sim.guests import boot, run_to_event

# A pointer chase: BYTES of memory at 0x80800000 linked with STRIDE, walked LOADS times.
CHASE = """
main:
    bl set_stacks
    bl mmu_on
    ldr r0, =0x80800000
    ldr r1, =BYTES
    add r1, r0, r1
    mov r2, r0
1:  add r3, r2, #STRIDE
    cmp r3, r1
    movhs r3, r0
    str r3, [r2]
    mov r2, r3
    cmp r2, r0
    bne 1b
    ldr r1, =BYTES / STRIDE * 3 / 8 + 8
2:  .rept 8
    ldr r0, [r0]
    .endr
    subs r1, r1, #1
    bne 2b
    announce 1, r0
    ldr r1, =LOADS / 8
3:  .rept 8
    ldr r0, [r0]
    .endr
    subs r1, r1, #1
    bne 3b
    announce 2, r0
    b .
"""


def cycles_between_events(source, **changes):
    """Return (cycles between the guest's first two announcements, all counters' differences)."""
    core = boot(source, **changes)
    run_to_event(core)
    before = core.counters()
    run_to_event(core)
    after = core.counters()
    core.close()
    return {name: after[name] - before[name] for name in after}


def chase(kilobytes, stride=64, loads=40_000):
    """Return the mean cycles of a dependent load."""
    text = CHASE.replace("BYTES", str(kilobytes << 10)).replace("STRIDE", str(stride)).replace("LOADS", str(loads))
    return cycles_between_events(text)["cycles"] / loads


@pytest.mark.parametrize(
    ("kilobytes", "stride", "low", "high"),
    [
        (16, 64, 2.9, 3.3),  # TI: 3.0 ns in L1
        (64, 64, 7, 14),  # TI: 8.7 ns at 62 KB to 11.7 ns at 125 KB
        (1024, 128, 180, 240),  # TI: 221 ns at 1 MB, stride 128
    ],
)
def test_load_latency_is_the_published_one(kilobytes, stride, low, high):
    """A dependent load takes what LMBench measured on the board, in L1, in L2 and in DRAM."""
    assert low < chase(kilobytes, stride) < high


BANDWIDTH = """
main:
    bl set_stacks
    bl mmu_on
    mov r12, #2
again:
    ldr r0, =0x80800000
    ldr r1, =0x80c00000
    ldr r2, =2 << 20
    announce 1, r0
1:  BODY
    subs r2, r2, #64
    bne 1b
    subs r12, r12, #1
    bne again
    announce 2, r0
    b .
"""
READ = "ldmia r0!, {r3-r10}\n ldmia r0!, {r3-r10}"
WRITE = "stmia r0!, {r3-r10}\n stmia r0!, {r3-r10}"
COPY = "ldmia r0!, {r3-r10}\n stmia r1!, {r3-r10}\n ldmia r0!, {r3-r10}\n stmia r1!, {r3-r10}"


@pytest.mark.parametrize(("body", "megabytes_per_s"), [(READ, 250), (WRITE, 996), (COPY, 203)])
def test_memory_bandwidth_is_the_published_one(body, megabytes_per_s):
    """Reading, clearing and copying go at LMBench's rates, to within a fifth."""
    spent = cycles_between_events(BANDWIDTH.replace("BODY", body))["cycles"]
    assert (2 << 20) / spent * 1000 == pytest.approx(megabytes_per_s, rel=0.2)


OPS = """
main:
    bl set_stacks
    bl mmu_on
    announce 1, r0
    ldr r1, =1000
    mov r0, #3
1:  .rept 20
    OP
    .endr
    subs r1, r1, #1
    bne 1b
    announce 2, r0
    b .
"""


@pytest.mark.parametrize(("op", "cycles"), [("add r0, r0, r0", 1.0), ("mul r0, r0, r0", 6.06), ("eor r0, r0, #1", 1.0)])
def test_dependent_operations_take_the_published_time(op, cycles):
    """A chain of dependent operations advances as LMBench measured."""
    spent = cycles_between_events(OPS.replace("OP", op))["cycles"]
    assert spent / 20_000 == pytest.approx(cycles, rel=0.08)


def test_independent_operations_issue_in_pairs():
    """Two independent adds go in one cycle."""
    spent = cycles_between_events(OPS.replace("OP", "add r2, r3, r4\n add r5, r6, r7"))["cycles"]
    assert spent / 20_000 == pytest.approx(1.0, rel=0.08)
