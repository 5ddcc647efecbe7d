# SPDX-License-Identifier: GPL-2.0-or-later
"""The fast way of charging memory accesses against the plain one: every counter, to the last digit.

The plain machine (``plain=True``) hears of each word from Unicorn's memory hook and shares neither the foreseeing of
accesses nor the hooks for what cannot be foreseen with the fast one.
"""

import pytest

from sim import Machine, Request, load_config
from sim.native import Stop
from tests.guest.conftest import build_test_program
from tests.sim.guests import boot, run_to_event
from tracer import Session

COMMANDS = [
    "time dd if=/dev/zero of=/dev/null bs=1m count=1 status=none",
    "/host/kerntest fork 3",
    "ls -l /bin",
    "cat /etc/motd",
]
TRACE = """
fbt:::malloc:entry { @traces[stack()] = count(); }
syscall:::entry { @calls[execname, probefunc] = count(); self->start = timestamp; }
syscall:::return /self->start/ { @times[probefunc] = quantize(timestamp - self->start); self->start = 0; }
fbt::vm_fault:entry { printf("%x", arg1); }
"""


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """A fast machine and a plain one, booted alike."""
    files = {"/host/kerntest": build_test_program(tmp_path_factory.mktemp("guest"))}
    config = load_config(overrides={"kernel.symbols": 3000})
    machines = Machine(config, files), Machine(config, files, plain=True)
    for machine in machines:
        machine.boot()
    yield machines
    for machine in machines:
        machine.close()


@pytest.mark.guest
@pytest.mark.parametrize("command", COMMANDS)
def test_workloads_cost_the_same_either_way(pair, command):
    """Faults, copies, forks and execs: every counter is the same."""
    fast, plain = pair
    for machine in pair:
        machine.submit(Request(tuple(command.split()), seed=3))
        list(machine.events())
    assert fast.counters() == plain.counters()


@pytest.mark.guest
def test_traced_workloads_cost_the_same_either_way(pair):
    """With traps, DIF, unwinding and aggregating on top, every counter is the same."""
    fast, plain = pair
    results = []
    for machine in pair:
        session = Session(machine)
        results.append(session.run(COMMANDS[0].split()[1:], session.compile(TRACE), seed=4))
    assert results[0].aggregations == results[1].aggregations
    assert fast.counters() == plain.counters()


ODD = """
main:
    bl set_stacks
    bl mmu_on
    ldr r8, =0x80800000
    ldr r9, =0x80900000
    mov r7, #60
again:
    mov r0, #0
    str r8, [r8, #4]                 @ a pointer that is stored and then followed in one block
    ldr r1, [r8, #4]
    ldr r2, [r1, r7, lsl #6]
    umlal r3, r4, r7, r7             @ an address that nothing foresees
    and r3, r3, #0xff0
    str r3, [r9, r3]
    swp r5, r3, [r9]
    cmp r2, #0
    ldreq r6, [r9, r7, lsl #7]       @ on flags that are known only at the end
    strne r6, [r9, r7, lsl #8]
    adcs r3, r3, r4
    strcc r3, [r8, r7, lsl #5]
    ldrdeq r2, r3, [r8, #8]
    bne 1f
    push {r0-r7, lr}
    pop {r0-r7, lr}
1:  mov r5, #0x48000000              @ a device in the middle: the clock is read between two misses
    orr r5, r5, #0x40000
    ldr r6, [r9, r7, lsl #9]
    ldr r10, [r5, #0x3c]
    ldr r6, [r8, r7, lsl #9]
    str r10, [r8, r7, lsl #2]
    mcr p15, 0, r8, c7, c14, 1       @ a line is cleaned between two stores to it
    str r10, [r8]
    ldmib r8, {r0-r3}
    stmdb r9, {r0-r3}
    mov r0, #64
    ldr r1, [r8, r0]!                @ the base is written back with a constant that is in a register
    ldr r1, [r8, #4]
    sub r8, r8, #64
    ldrexd r0, r1, [r9]
    strexd r2, r0, r1, [r9]
    ldrt r3, [r8], #4               @ which the emulator does as the kernel
    sub r8, r8, #4
    subs r7, r7, #1
    bne again
    announce 1, r10
    b .
"""


def test_odd_blocks_cost_the_same_either_way():
    """Blocks made of everything that cannot be foreseen: every counter is the same."""
    counters = []
    for plain in (0, 1):
        core = boot(ODD, cpu__plain=plain)
        run_to_event(core)
        counters.append(core.counters())
        core.close()
    assert counters[0] == counters[1]
    assert counters[0]["mem_read"] > 60 * 14


def test_blocks_may_be_forgotten_at_any_time():
    """When the room for scheduled blocks is used up they are scheduled again, and no count changes."""
    counters = []
    for exhausted in (False, True):
        core = boot(ODD)
        while (stop := core.run(2000)) is Stop.SLICE:
            if exhausted:
                core._lib.pc_test_exhaust(core._handle)
        assert stop is Stop.EVENT
        counters.append(core.counters())
        core.close()
    assert counters[0] == counters[1]
