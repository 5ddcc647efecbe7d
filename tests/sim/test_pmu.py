# SPDX-License-Identifier: GPL-2.0-or-later
"""The performance monitor: its registers, and the kernel's sharing of it among processes."""

import pytest

from sim import ConsoleOutput, Machine, Request, load_config
from tests.sim.guests import boot, run_to_event

REGISTERS = """
main:
    bl set_stacks
    mov r0, #0
    mcr p15, 0, r0, c9, c12, 5       @ counter 0
    mov r0, #0x07
    mcr p15, 0, r0, c9, c13, 1       @ counts stores
    mov r0, #3
    mcr p15, 0, r0, c9, c12, 5       @ counter 3
    mov r0, #0x08
    mcr p15, 0, r0, c9, c13, 1       @ counts instructions
    ldr r0, =0x8000000f
    mcr p15, 0, r0, c9, c12, 1
    mov r0, #7
    mcr p15, 0, r0, c9, c12, 0
    b 1f
1:  mov r5, #100
    ldr r6, =0x80800000
2:  str r5, [r6]
    subs r5, r5, #1
    bne 2b
    mrc p15, 0, r2, c9, c13, 2
    mov r0, #0
    mcr p15, 0, r0, c9, c12, 5
    mrc p15, 0, r1, c9, c13, 2
    mov r0, #8
    mcr p15, 0, r0, c9, c12, 2       @ counter 3 stops
    mov r0, #3
    mcr p15, 0, r0, c9, c12, 5
    mrc p15, 0, r3, c9, c13, 2
    nop
    mrc p15, 0, r4, c9, c13, 2
    sub r4, r4, r3
    mrc p15, 0, r7, c9, c13, 0
    mrc p15, 0, r8, c9, c12, 0
    mrc p15, 0, r9, c9, c13, 1
    announce 1, r1
    announce 1, r2
    announce 1, r4
    announce 1, r7
    announce 1, r8
    announce 1, r9
    b .
"""


@pytest.mark.parametrize("plain", [0, 1])
def test_registers_count_what_they_are_told(plain):
    """Stores and instructions are counted from the reset on, a stopped counter stands, the cycle counter runs."""
    core = boot(REGISTERS, cpu__plain=plain)
    stores, instructions, moved, cycles, control, event = (run_to_event(core)[1] for _ in range(6))
    before = core.counters()["cycles"]
    core.close()
    assert stores == 100
    assert 300 < instructions < 330
    assert moved == 0
    assert 100 < cycles < before
    assert control >> 11 & 31 == 4
    assert event == 0x08


def run(machine, *command):
    """Return what a command printed, as a mapping of names to numbers, and the counters' differences."""
    before = machine.counters()
    machine.submit(Request(command, seed=1))
    text = b"".join(event.data for event in machine.events() if isinstance(event, ConsoleOutput)).decode()
    after = machine.counters()
    return dict(line.split() for line in text.splitlines()), {name: after[name] - before[name] for name in after}


@pytest.mark.guest
def test_a_process_counts_what_it_causes():
    """pmcstat's counts of a dd are nearly all that the machine did meanwhile, and an idle wait is not among them."""
    machine = Machine(load_config())
    machine.boot()
    dd = ("dd", "if=/dev/zero", "of=/dev/null", "bs=1m", "count=1")
    found, whole = run(machine, "pmcstat", *dd, "status=none")
    for name, counter in (("CLOCK_CYCLES", "cycles"), ("INSTR_EXECUTED", "instructions"), ("MEM_WRITE", "mem_write")):
        assert 0.6 * whole[counter] < int(found[name]) < whole[counter]
    sleep, whole = run(machine, "pmcstat", "-p", "L2_ACCESS", "-p", "AXI_READ", "sleep", "0.2")
    machine.close()
    assert int(sleep["CLOCK_CYCLES"]) < 0.1 * whole["cycles"]
    assert 0 < int(sleep["AXI_READ"]) <= int(sleep["L2_ACCESS"]) < whole["l2_access"]
