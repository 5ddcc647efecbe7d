# SPDX-License-Identifier: GPL-2.0-or-later
"""Virtual memory seen from programs: faults, copy-on-write, bad pointers, and nothing lost afterwards."""

import pytest

pytestmark = pytest.mark.guest

SIGILL, SIGKILL, SIGSEGV = 4, 9, 11

FATAL = {
    "write-null": SIGSEGV,
    "jump-null": SIGSEGV,
    "write-kernel": SIGSEGV,
    "read-kernel": SIGSEGV,
    "jump-kernel": SIGSEGV,
    "jump-vectors": SIGSEGV,
    "jump-data": SIGSEGV,
    "write-text": SIGSEGV,
    "undefined": SIGILL,
    "coprocessor": SIGILL,
    "recursion": SIGSEGV,
    "kernel-stack": SIGSEGV,
    "no-execute": SIGSEGV,
}
HARMLESS = ("mode", "execute", "stack", "pointers", "copies", "maps")


@pytest.mark.parametrize(("what", "signal"), FATAL.items())
def test_a_wild_program_gets_a_signal(guest, what, signal):
    """A bad access ends the program with its signal, and the kernel serves the next request."""
    status, _ = guest.run("/host/hostile", what)
    assert status & 0x7F == signal


@pytest.mark.parametrize("what", HARMLESS)
def test_memory_behaves(guest, what):
    """Protection changes, deep stacks, bad pointers to system calls, copy-on-write and partial unmapping work."""
    status, said = guest.run("/host/hostile", what)
    assert (status, said) == (0, b"")


@pytest.mark.parametrize("what", ["recursion", "copies", "maps", "pointers"])
def test_no_page_is_lost(guest, what):
    """Once the kernel's caches are warm, a run leaves exactly as many free pages as there were."""
    guest.run("/host/hostile", what)
    before = guest.free_pages()
    guest.run("/host/hostile", what)
    assert guest.free_pages() == before


def test_a_memory_hog_is_killed(guest):
    """A program that wants more memory than there is gets SIGKILL; its pages serve the next ones."""
    status, _ = guest.run("/host/hostile", "hog")
    assert status & 0x7F == SIGKILL
    assert guest.run("/host/hostile", "copies") == (0, b"")
