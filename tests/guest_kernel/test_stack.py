# SPDX-License-Identifier: GPL-2.0-or-later
"""Kernel stacks: the page below is not mapped, and running into it is told."""

import struct

import pytest

import sim

pytestmark = pytest.mark.guest

PUSH_FOREVER = struct.pack("<2I", 0xE92D5FFF, 0xEAFFFFFD)  # push {r0-r12, lr}; b .-4
CALL_FOREVER = struct.pack("<3I", 0xE24DDC07, 0xE58DE000, 0xEAFFFFFC)  # sub sp, sp, #0x700; str lr, [sp]; b .-8


@pytest.mark.parametrize("code", [PUSH_FOREVER, CALL_FOREVER], ids=["push", "frame"])
def test_overflow_panics(code):
    """A kernel stack that runs over is a panic that says so, with the instruction, not a silent standstill."""
    machine = sim.Machine(sim.load_config(), timed=False)
    machine.boot()
    at = machine.symbols.find_name("sys_nanosleep").address
    machine._core.memory(machine._core.find_physical(at), len(code))[:] = code
    machine.submit(sim.Request(("sleep", "1"), seed=1))
    with pytest.raises(sim.GuestPanic, match=r"the kernel stack ran over at 0x(\w+)") as caught:
        list(machine.events())
    assert at <= int(str(caught.value).split(" at 0x")[1][:8], 16) < at + len(code)
    machine.close()
