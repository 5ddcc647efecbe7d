# SPDX-License-Identifier: GPL-2.0-or-later
"""fbt's reading and emulation of ARM instructions, against the real decoder and a real (emulated) CPU."""

import ctypes
import struct

import capstone
import pytest
import unicorn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unicorn import arm_const

BASE, SIZE = 0x31000000, 0x10000
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
REGS = [getattr(arm_const, f"UC_ARM_REG_R{n}") for n in range(13)] + [
    arm_const.UC_ARM_REG_SP,
    arm_const.UC_ARM_REG_LR,
    arm_const.UC_ARM_REG_PC,
]
DISASSEMBLER = capstone.Cs(capstone.CS_ARCH_ARM, capstone.CS_MODE_ARM)


class Frame(ctypes.Structure):
    """struct trapframe of machine/frame.h."""

    _fields_ = [
        (name, ctypes.c_uint32)
        for name in ("spsr", *(f"r{n}" for n in range(13)), "usr_sp", "usr_lr", "svc_sp", "svc_lr", "pc", "pad")
    ]


def text(word):
    found = list(DISASSEMBLER.disasm(struct.pack("<I", word), 0))
    return f"{found[0].mnemonic} {found[0].op_str}" if found else ""


@pytest.fixture(scope="module")
def low():
    """A stack at an address a 32-bit machine could have."""
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
    if libc.mmap(BASE, SIZE, 3, 0x100022, -1, 0) != BASE:
        pytest.skip("the low addresses are taken on this host")
    return (ctypes.c_char * SIZE).from_address(BASE)


def on_cpu(word, registers, memory, cpsr):
    """Execute one instruction on Unicorn; return registers and memory after it."""
    machine = unicorn.Uc(unicorn.UC_ARCH_ARM, unicorn.UC_MODE_ARM)
    machine.mem_map(BASE, SIZE)
    machine.mem_map(0x1000, 0x1000)
    machine.mem_write(BASE, memory)
    machine.mem_write(0x1000, struct.pack("<I", word))
    machine.reg_write(arm_const.UC_ARM_REG_CPSR, cpsr)
    for reg, value in zip(REGS, registers, strict=False):
        machine.reg_write(reg, value)
    machine.emu_start(0x1000, 0x1FF0, count=1)
    return [machine.reg_read(reg) for reg in REGS], bytes(machine.mem_read(BASE, SIZE))


def emulated(guest, low, word, registers, memory, cpsr):
    ctypes.memmove(BASE, memory, SIZE)
    frame = Frame(cpsr, *registers[:13], 0, 0, registers[13], registers[14], 0x1000, 0)
    guest.lib.fbt_emulate(ctypes.byref(frame), word)
    values = [getattr(frame, f"r{n}") for n in range(13)] + [frame.svc_sp, frame.svc_lr, frame.pc]
    return values, bytes(low.raw)


@QUICK
@given(
    mask=st.integers(0, 0x1FFF),
    pop=st.booleans(),
    into=st.sampled_from([1 << 14, 1 << 15]),
    cond=st.integers(0, 14),
    flags=st.integers(0, 15),
    seed=st.binary(min_size=64, max_size=64),
)
def test_emulation_is_what_the_cpu_does(guest, low, mask, pop, into, cond, flags, seed):
    """A displaced push or pop, under any condition and flags, leaves registers and stack as the CPU would."""
    word = (cond << 28 | 0x08BD0000 | into if pop else 0xE92D0000 | 1 << 14) | mask
    # Every word on the stack is an address of code, as a popped pc must be.
    memory = bytes(SIZE // 2) + struct.pack("<64I", *(0x1000 + 4 * byte for byte in seed)) + bytes(SIZE // 2 - 256)
    registers = [0x100 * n + 1 for n in range(13)] + [BASE + SIZE // 2, 0xCAFE0000]
    cpsr = flags << 28 | 0x10
    want, after = on_cpu(word, registers, memory, cpsr)
    got, seen = emulated(guest, low, word, registers, memory, cpsr)
    assert got == want
    assert seen == after


@QUICK
@given(word=st.one_of(st.integers(0, 2**32 - 1), st.integers(0xE92D0000, 0xE92DFFFF)))
def test_push_is_what_the_disassembler_calls_push(guest, word):
    """fbt takes for a push exactly what is one and saves lr."""
    shown = text(word)
    want = shown.startswith("push {") and "lr" in shown and "," in shown
    if word >> 16 == 0xE92D and (word & 0xFFFF).bit_count() == 1:
        return  # one register: another encoding is usual, either answer serves
    assert bool(guest.lib.fbt_is_push(word)) == want


@pytest.mark.parametrize(
    ("word", "push", "want"),
    [
        (0xE8BD8830, 0xE92D4830, 1),  # pop {r4, r5, fp, pc}
        (0xE8BD4830, 0xE92D4830, 1),  # pop {r4, r5, fp, lr}: varargs
        (0x08BD8830, 0xE92D4830, 1),  # popeq
        (0xE8BD8830, 0xE92D483C, 1),  # r2, r3 were pushed for alignment only
        (0xE8BD8810, 0xE92D4830, 0),  # another set
        (0xE8BD0830, 0xE92D4830, 0),  # neither lr nor pc
        (0xF8BD8830, 0xE92D4830, 0),  # no ldm at all
    ],
)
def test_pops_undo_their_push(guest, word, push, want):
    """A return is a pop of the push's registers into pc or lr."""
    assert guest.lib.fbt_is_pop_of(word, push) == want


@pytest.mark.parametrize(("word", "want"), [(0xE24DD00C, 12), (0xE24DD010, 16), (0xE24DDB02, None), (0xE24DC00C, None)])
def test_varargs_prologues(guest, word, want):
    """sub sp, sp, #12 makes room for three register arguments; larger frames are no such thing."""
    count = ctypes.c_uint()
    found = guest.lib.fbt_is_sub_sp(word, ctypes.byref(count))
    assert (count.value if found else None) == want
