# SPDX-License-Identifier: GPL-2.0-or-later
"""Tiny guests for the core's tests: assembly in, a machine standing at its first instruction out.

The image starts at 0x80200000 with a common prelude: vectors, page tables (identity for RAM, RAM again
at 0xc0000000, devices, one user page of 4 KiB at 0x00100000) and macros to announce values to the host.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from sim.build import OBJECTS
from sim.native import Core, Stop

BASE = 0x80200000
RAM = {"ram.base": 0x80000000, "ram.bytes": 32 << 20, "ram.mailbox_bytes": 1 << 20}

PRELUDE = """
.syntax unified
.arch armv7-a
.arch_extension sec
.text
.macro announce event, reg          @ host sees event number and the register as arg0
    push {r10, r11}
    mov r10, #0x4f000000
    str \\reg, [r10, #0x10]
    mov r11, #\\event
    str r11, [r10, #0x04]
    pop {r10, r11}
.endm
_start:
    b main
.balign 32
vectors:
    b .
    b undef_vector
    b svc_vector
    b pabt_vector
    b dabt_vector
    b .
    b irq_vector
    b .
@ not all guests handle all exceptions
.weak undef_vector, svc_vector, pabt_vector, dabt_vector, irq_vector
set_stacks:                          @ r0-r2 clobbered; returns in SVC mode
    ldr r0, =vectors
    mcr p15, 0, r0, c12, c0, 0
    mov r1, lr
    cps #0x17
    ldr sp, =0x80400000
    cps #0x1b
    ldr sp, =0x80410000
    cps #0x12
    ldr sp, =0x80420000
    cps #0x13
    ldr sp, =0x80430000
    bx r1
mmu_on:                              @ L1 table at 0x80600000, one L2 table at 0x80604000
    ldr r0, =0x80600000
    mov r1, #0
    mov r2, #0x1400
1:  str r1, [r0], #4
    subs r2, r2, #1
    bne 1b
    ldr r0, =0x80600000
    ldr r1, =0x80000c0e              @ section, AP=11? see below: privileged and user
    bic r1, r1, #0x800               @ AP=01: privileged only
    ldr r2, =0x80600000 + 0x800 * 4
    mov r3, #32
2:  str r1, [r2], #4
    add r1, r1, #0x100000
    subs r3, r3, #1
    bne 2b
    ldr r1, =0x8000040e
    ldr r2, =0x80600000 + 0xc00 * 4
    mov r3, #32
3:  str r1, [r2], #4
    add r1, r1, #0x100000
    subs r3, r3, #1
    bne 3b
    .irp dev, 0x44e, 0x480, 0x482, 0x4f0
    ldr r1, =\\dev * 0x100000 + 0x412
    ldr r2, =0x80600000 + \\dev * 4
    str r1, [r2]
    .endr
    ldr r1, =0x80604001              @ 0x00100000: page table
    ldr r2, =0x80600000 + 0x001 * 4
    str r1, [r2]
    ldr r1, =0x80700000 + 0x3e       @ user page 0x00100000 -> 0x80700000, AP=11
    ldr r2, =0x80604000
    str r1, [r2]
    mov r1, #1
    mcr p15, 0, r1, c3, c0, 0        @ domain 0 client
    mcr p15, 0, r0, c2, c0, 0
    mcr p15, 0, r0, c8, c7, 0
    mrc p15, 0, r1, c1, c0, 0
    orr r1, r1, #1
    mcr p15, 0, r1, c1, c0, 0
    isb
    bx lr
.ltorg
"""


@cache
def assemble(source: str) -> bytes:
    """Return the raw image of prelude and ``source``."""
    with tempfile.TemporaryDirectory() as folder:
        asm, script, elf, raw = (Path(folder, name) for name in ("g.S", "g.ld", "g", "g.bin"))
        asm.write_text(PRELUDE + source + "\n.ltorg\n")
        script.write_text(f"ENTRY(_start) SECTIONS {{ . = {BASE:#x}; .text : {{ *(.text) }} }}")
        zig("cc", "-target", "arm-freestanding-eabi", "-mcpu=cortex_a8", "-marm", "-nostdlib", f"-Wl,-T,{script}",
            "-Wl,--build-id=none", str(asm), "-o", str(elf))  # fmt: skip
        zig("objcopy", "-O", "binary", "--only-section=.text", str(elf), str(raw))
        return raw.read_bytes()


def zig(*args: str) -> None:
    """Run the packaged compiler."""
    cache_dir = str(OBJECTS / "zig-cache")
    env = os.environ | {"ZIG_GLOBAL_CACHE_DIR": cache_dir, "ZIG_LOCAL_CACHE_DIR": cache_dir}
    done = subprocess.run(
        [sys.executable, "-m", "ziglang", *args], capture_output=True, text=True, env=env, check=False
    )
    assert done.returncode == 0, done.stderr


def parameters(**changes: int) -> dict[str, int]:
    """Return core parameters of the default machine with little RAM; keys as in params.def with _ for dots."""
    from sim.config import core_parameters, load_config

    values = {**core_parameters(load_config("beaglebone-black-1ghz")), **RAM}
    return values | {key.replace("__", "."): value for key, value in changes.items()}


def boot(source: str, **changes: int) -> Core:
    """Return a machine with the assembled guest in RAM, standing at _start."""
    core = Core(parameters(**changes))
    image = assemble(source)
    core.memory(BASE, len(image))[:] = image
    core.watch_text(BASE, BASE, len(image))
    core.reset(BASE, 0x1234)
    return core


def run_to_event(core: Core, slice_cycles: int = 10_000_000) -> tuple[int, int]:
    """Run to the guest's next announcement and return (event, arg0); anything else fails the test."""
    for _ in range(100_000):
        if (event := core.take_event()) is not None:
            return event[0], event[1][0]
        stop = core.run(slice_cycles)
        assert stop in (Stop.EVENT, Stop.SLICE, Stop.CONSOLE), (stop, core.error(), core.registers())
    raise AssertionError("no event")
