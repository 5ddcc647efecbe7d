# SPDX-License-Identifier: GPL-2.0-or-later
"""The EABI unwinder on tables and stacks made by hand, at addresses a 32-bit machine could have."""

import ctypes
import mmap
import struct

import pytest

TABLE, STACK, SIZE = 0x30000000, 0x30008000, 0x10000
MAP_FIXED_NOREPLACE = 0x100000
CANTUNWIND = 1


class State(ctypes.Structure):
    """struct unwind_state of machine/stack.h, as this host lays it out."""

    _fields_ = [
        ("registers", ctypes.c_uint32 * 16),
        ("start_pc", ctypes.c_uint32),
        ("stack_low", ctypes.c_uint32),
        ("stack_high", ctypes.c_uint32),
        ("update_mask", ctypes.c_uint16),
        ("fault", ctypes.c_int),
    ]


@pytest.fixture(scope="module")
def low():
    """Memory below 4 GiB, for tables and stacks that hold 32-bit addresses."""
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | MAP_FIXED_NOREPLACE
    got = libc.mmap(TABLE, SIZE, mmap.PROT_READ | mmap.PROT_WRITE, flags, -1, 0)
    if got != TABLE:
        pytest.skip("the low addresses are taken on this host")
    return (ctypes.c_char * SIZE).from_address(TABLE)


def prel31(place, target):
    return (target - place) & 0x7FFFFFFF


def unwind(guest, low, functions, stack=(), **registers):
    """Unwind one frame; functions are (start, directive word or list of words for an extab entry)."""
    extab = TABLE + 0x1000
    for index, (start, words) in enumerate(functions):
        place = TABLE + 8 * index
        second = words
        if isinstance(words, list):
            second = prel31(place + 4, extab)
            struct.pack_into(f"<{len(words)}I", low, extab - TABLE, *words)
            extab += 4 * len(words)
        struct.pack_into("<2I", low, 8 * index, prel31(place, start), second)
    struct.pack_into(f"<{len(stack)}I", low, STACK - TABLE, *stack)
    guest.set("host_exidx", TABLE, ctypes.c_uint32)
    guest.set("host_exidx_end", TABLE + 8 * len(functions), ctypes.c_uint32)
    state = State(stack_low=STACK, stack_high=STACK + 0x1000)
    state.registers[13] = STACK
    for name, value in registers.items():
        state.registers[int(name[1:])] = value
    return guest.lib.unwind_stack_one(ctypes.byref(state), 1), state


def test_a_leaf_returns_through_lr(guest, low):
    """Finish at once: pc is lr, nothing else moves."""
    done, state = unwind(guest, low, [(0x1000, 0x80B0B0B0)], r15=0x1004, r14=0x2468)
    assert (done, state.registers[15], state.registers[13]) == (0, 0x2468, STACK)


def test_push_fp_lr(guest, low):
    """A frame of fp and lr: vsp = r11, then pop {r11, lr} as 0x84 0x80 says."""
    stack = (0, 0, 0xAAAA, 0x2000)
    done, state = unwind(guest, low, [(0x1000, 0x809B8480)], stack, r15=0x1010, r11=STACK + 8)
    assert (done, state.registers[11], state.registers[15], state.registers[13]) == (0, 0xAAAA, 0x2000, STACK + 16)


def test_pop_r4_upwards_with_lr(guest, low):
    """0xaa pops r4 to r6 and lr."""
    done, state = unwind(guest, low, [(0x1000, 0x80AAB0B0)], (4, 5, 6, 0x3000), r15=0x1010)
    assert (done, list(state.registers[4:7]), state.registers[15]) == (0, [4, 5, 6], 0x3000)


def test_stack_adjustments(guest, low):
    """vsp += 8, vsp += 0x204 + uleb, vsp -= 4."""
    _, state = unwind(guest, low, [(0x1000, 0x8001B202)], r15=0x1010, r14=1)
    assert state.registers[13] == STACK + 8 + 0x204 + 8
    _, state = unwind(guest, low, [(0x1000, 0x800140B0)], r15=0x1010, r14=1)
    assert state.registers[13] == STACK + 4


def test_long_tables_cross_a_trap_frame(guest, low):
    """The directives of exception_exit pop a whole trap frame: r0-r12, then sp, lr and pc."""
    words = [0x81020000 | 0x00B1, 0x0F81FF01, 0x8E00B0B0]  # spsr, r0-r3, r4-r12, usr sp and lr, sp lr pc
    frame = [0x60000013, *range(100, 113), 7, 8, STACK + 0x100, 0x5555, 0x4444]
    done, state = unwind(guest, low, [(0x1000, words)], frame, r15=0x1000)
    assert done == 0
    assert list(state.registers[0:13]) == list(range(100, 113))
    assert (state.registers[13], state.registers[14], state.registers[15]) == (STACK + 0x100, 0x5555, 0x4444)


@pytest.mark.parametrize(("pc", "want"), [(0x1000, 1), (0x1FFF, 1), (0x2000, 2), (0x3000, 3), (0x9000, 3)])
def test_the_search_finds_the_last_start_at_or_before(guest, low, pc, want):
    """Each pc is given to the function that starts closest before it."""
    functions = [(0x1000 * n, 0x8000B0B0 | (n - 1) << 16) for n in (1, 2, 3)]
    _, state = unwind(guest, low, functions, r15=pc, r14=1)
    assert state.registers[13] == STACK + 4 * want
    assert state.start_pc == 0x1000 * want


@pytest.mark.parametrize(
    ("word", "registers"),
    [
        (CANTUNWIND, {}),
        (0x82B0B0B0, {}),
        (0x80C0B0B0, {}),
        (0x808000B0, {}),
        (0x809DB0B0, {}),
        (0x80B100B0, {}),
        (0x80B280B0, {}),
        (0x80A8B0B0, {"r13": STACK + 0xFFC}),
        (0x80A8B0B0, {"r13": 0x100}),
        (0x80A8B0B0, {"r13": STACK + 2}),
    ],
)
def test_the_walk_stops_where_it_must(guest, low, word, registers):
    """No table, unknown personality or directive, refused masks, reads outside the stack: the walk ends."""
    done, _ = unwind(guest, low, [(0x1000, word)], r15=0x1004, r14=0x2000, **registers)
    assert done != 0


def test_an_address_before_the_table_has_no_entry(guest, low):
    """A pc below the first function ends the walk."""
    assert unwind(guest, low, [(0x1000, 0x80B0B0B0)], r15=0x500, r14=1)[0] != 0


def test_mode_modules_looks_the_bounds_up_by_name(guest, low):
    """Four lookups a frame in a kernel without the first names: two miss, two hit."""
    guest.set("host_lookups", 0)
    unwind(guest, low, [(0x1000, 0x80B0B0B0)], r15=0x1004, r14=1)
    assert guest.number("host_lookups") == 4


def test_a_held_linker_lock_ends_the_walk(guest, low):
    """Where kld_sx is held the walk must not wait: it ends, and says why."""
    guest.set("host_linker_busy", 1)
    done, state = unwind(guest, low, [(0x1000, 0x80B0B0B0)], r15=0x1004, r14=1)
    guest.set("host_linker_busy", 0)
    assert (done, state.fault) == (1, 3)
