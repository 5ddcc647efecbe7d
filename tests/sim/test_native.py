# SPDX-License-Identifier: GPL-2.0-or-later
"""The functional core: exceptions, translation, devices, stops."""

import os

import pytest

from sim.native import Stop
from tests.sim.guests import boot, run_to_event

SVC_UNDEF = """
main:
    bl set_stacks
    bl mmu_on
    mov r4, #5
    svc #3
after_svc:
    announce 1, r4
    .word 0xe7f000f0
    announce 2, r4
    b .
svc_vector:
    sub r5, lr, #0
    ldr r6, =after_svc
    cmp r5, r6
    addeq r4, r4, #1
    movs pc, lr
undef_vector:
    add r4, r4, #16
    movs pc, lr
"""


def test_svc_and_undefined_enter_and_return():
    """SVC and an undefined word enter their vectors with the return address in LR, and come back."""
    core = boot(SVC_UNDEF)
    assert run_to_event(core) == (1, 6)
    assert run_to_event(core) == (2, 22)
    core.close()


ABORTS = """
main:
    bl set_stacks
    bl mmu_on
    ldr r0, =0x00100ff8
    mov r3, #0
    ldr r1, [r0, #12]!              @ 0x00101004: not mapped
    announce 1, r8                  @ DFAR
    announce 2, r9                  @ DFSR
    ldr r0, =0xd0000123
    strb r0, [r0, #1]
    announce 1, r8
    announce 2, r9
    ldr r0, =0x00100ff8
    stmia r0, {r0-r3}               @ crosses into the unmapped page
    announce 1, r8
    announce 2, r9
    ldr r0, =0x00200000
    blx r0
    announce 1, r8                  @ IFAR
    announce 2, r9                  @ IFSR
    b .
dabt_vector:
    mrc p15, 0, r8, c6, c0, 0
    mrc p15, 0, r9, c5, c0, 0
    subs pc, lr, #4                 @ skip the instruction
pabt_vector:
    mrc p15, 0, r8, c6, c0, 2
    mrc p15, 0, r9, c5, c0, 1
    cps #0x13
    bx lr
"""


def test_aborts_report_address_and_status():
    """Data and prefetch aborts give the exact address, the fault kind and the write bit."""
    core = boot(ABORTS)
    seen = [run_to_event(core)[1] for _ in range(8)]
    assert seen == [0x00101004, 0x7, 0xD0000124, 0x805, 0x00101000, 0x807, 0x00200000, 0x5]
    core.close()


USER = """
main:
    bl set_stacks
    bl mmu_on
    ldr r0, =0x00100000
    ldr r1, =user_code
    mov r2, #64
1:  ldr r3, [r1], #4
    str r3, [r0], #4
    subs r2, r2, #4
    bne 1b
    mrs r0, cpsr
    bic r0, r0, #0xff
    orr r0, r0, #0x10
    msr spsr_cxsf, r0
    ldr lr, =0x00100000
    movs pc, lr
svc_vector:
    mrs r7, spsr
    announce 1, r7
    announce 2, sp
    announce 3, r0
    movs pc, lr
dabt_vector:
    mrc p15, 0, r9, c5, c0, 0
    announce 4, r9
    b .
user_code:
    mov sp, #0x77
    svc #0
    add r0, r0, #1
    svc #0
    ldr r1, =0x80200000
    ldr r0, [r1]
"""


def test_user_mode_has_its_own_stack_pointer_and_no_kernel_access():
    """A user-mode SVC banks SP and SPSR, and a user read of a privileged section is a permission fault."""
    core = boot(USER)
    event, spsr = run_to_event(core)
    assert (event, spsr & 0x1F) == (1, 0x10)
    assert run_to_event(core) == (2, 0x80430000 - 8)  # the announcement itself pushes two words
    first = run_to_event(core)[1]
    assert [run_to_event(core)[0] for _ in range(2)] == [1, 2]
    assert run_to_event(core) == (3, first + 1)
    assert run_to_event(core) == (4, 0xD)
    core.close()


TIMER = """
main:
    bl set_stacks
    bl mmu_on
    mov r4, #0
    ldr r0, =0x48042000
    ldr r1, =-24000                 @ 1 ms at 24 MHz
    str r1, [r0, #0x40]
    str r1, [r0, #0x3c]
    mov r1, #2
    str r1, [r0, #0x2c]
    mov r1, #3
    str r1, [r0, #0x38]
    ldr r0, =0x48200000
    mov r1, #1 << 5                 @ irq 69 = bank 2, bit 5
    str r1, [r0, #0xc8]
    cpsie i
1:  BODY
    cmp r4, #5
    blo 1b
    announce 1, r4
    b .
irq_vector:
    sub lr, lr, #4
    push {r0, r1, lr}
    add r4, r4, #1
    ldr r0, =0x48200000
    ldr r1, [r0, #0x40]
    cmp r1, #69
    bne .
    ldr r0, =0x48042000
    mov r1, #2
    str r1, [r0, #0x28]
    ldr r0, =0x48200000
    mov r1, #1
    str r1, [r0, #0x48]
    pop {r0, r1, lr}
    movs pc, lr
"""


@pytest.mark.parametrize("body", ["nop", "wfi", "mcr p15, 0, r0, c7, c0, 4"])
def test_timer_interrupts_arrive_on_time(body):
    """Five 1 ms timer periods take 5 ms of cycles, whether the CPU loops or waits for interrupt."""
    core = boot(TIMER.replace("BODY", body))
    assert run_to_event(core) == (1, 5)
    counters = core.counters()
    assert counters["cycles"] == pytest.approx(5_000_000, rel=0.01)
    assert counters["interrupts"] == 5
    core.close()


@pytest.mark.parametrize("slice_cycles", [1, 17, 1000, 99_991])
def test_slices_do_not_change_the_cycle_count(slice_cycles):
    """However often the run is interrupted by the host, it takes the same cycles and instructions."""
    whole = boot(TIMER.replace("BODY", "nop").replace("cmp r4, #5", "cmp r4, #1"))
    run_to_event(whole)
    sliced = boot(TIMER.replace("BODY", "nop").replace("cmp r4, #5", "cmp r4, #1"))
    for _ in range(10_000_000):
        if sliced.run(slice_cycles) is Stop.EVENT:
            break
    assert sliced.counters() == whole.counters()
    whole.close()
    sliced.close()


def test_fork_continues_with_the_same_cycles():
    """A forked copy of a running machine ends at the same cycle as its parent."""
    core = boot(TIMER.replace("BODY", "nop"))
    core.run(1_500_000)
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        run_to_event(core)
        os.write(write_end, str(core.counters()).encode())
        os._exit(0)
    os.waitpid(child, 0)
    run_to_event(core)
    assert os.read(read_end, 4096).decode() == str(core.counters())
    core.close()


def test_wfi_without_a_timer_is_a_hang():
    """Waiting for an interrupt that nothing will raise is reported, not waited for."""
    core = boot("main:\n wfi\n b .\n")
    assert core.run(1000) is Stop.HANG
    core.close()


PATCH = """
main:
    bl set_stacks
    bl mmu_on
    mov r4, #0
    bl victim
    ldr r0, =victim
    ldr r5, [r0]
    ldr r1, =0xe7f000f0
    str r1, [r0]
    mcr p15, 0, r0, c7, c5, 1
    bl victim
    announce 1, r4
    ldr r0, =victim
    str r5, [r0]
    mcr p15, 0, r0, c7, c5, 1
    bl victim
    announce 2, r4
    b .
victim:
    push {r4, lr}
    pop {r4, lr}
    add r4, r4, #1
    bx lr
undef_vector:
    add r4, r4, #16
    push {r4}
    ldr r4, =victim + 8
    str r4, [sp, #-4]
    pop {r4}
    ldr lr, [sp, #-8]
    movs pc, lr
"""


def test_patched_text_takes_effect_at_once():
    """An undefined word written over a function's first instruction traps at the next call, until undone."""
    core = boot(PATCH)
    assert run_to_event(core) == (1, 1 + 16 + 1)
    assert run_to_event(core) == (2, 19)
    core.close()


CONSOLE = """
main:
    bl set_stacks
    ldr r0, =0x44e09000
    ldr r1, =0x48022000
    ldr r2, =text
1:  ldrb r3, [r2], #1
    cmp r3, #0
    beq 2f
    strb r3, [r0]
    str r3, [r1]
    b 1b
2:  ldr r3, [r1, #0x14]
    announce 1, r3
    ldr r3, [r1]
    announce 2, r3
    b .
text: .asciz "ab"
"""


def test_uarts_keep_the_order_of_their_bytes():
    """Console and terminal bytes come out in the order written, and input is seen in LSR and RHR."""
    core = boot(CONSOLE)
    core.feed_input(b"x")
    assert run_to_event(core) == (1, 0x61)
    assert [core.take_console() for _ in range(5)] == [(2, b"a"), (1, b"a"), (2, b"b"), (1, b"b"), None]
    assert run_to_event(core) == (2, ord("x"))
    core.close()


def test_host_interrupt_reaches_the_guest():
    """interrupt() sets the status bit and raises line 77."""
    core = boot("""
main:
    bl set_stacks
    ldr r0, =0x48200000
    mov r1, #1 << 13
    str r1, [r0, #0xc8]
    announce 1, r0
    cpsie i
1:  b 1b
irq_vector:
    ldr r0, =0x48200000
    ldr r1, [r0, #0x40]
    announce 2, r1
    b .
""")
    assert run_to_event(core)[0] == 1
    core.run(10_000)
    core.interrupt()
    assert run_to_event(core) == (2, 77)
    core.close()


def test_undevised_physical_address_is_an_error():
    """A load from a physical address where nothing is ends the run with the place."""
    core = boot("main:\n mov r0, #0x20000000\n ldr r1, [r0]\n b .\n")
    assert core.run(1000) is Stop.ERROR
    assert "0x80200" in core.error()
    core.close()
