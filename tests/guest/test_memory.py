# SPDX-License-Identifier: GPL-2.0-or-later
"""Address spaces: mapping, protection, growth, wild pointers."""

import pytest

pytestmark = pytest.mark.guest


def test_wild_access(check):
    """A program that touches memory it does not have dies by SIGSEGV."""
    check("wild_access")


def test_bad_pointers(check):
    """A system call given a pointer that leads nowhere fails with EFAULT."""
    check("bad_pointers")


def test_transfer_across_end(check):
    """A read that runs off the end of a mapping fails with EFAULT."""
    check("transfer_across_end")


def test_anonymous(check):
    """Anonymous memory starts as zeroes and is gone after munmap."""
    check("anonymous")


def test_protection(check):
    """mprotect takes rights away and gives them back."""
    check("protection")


def test_file_mapping(check):
    """A private file mapping shows the file, zeroes after its end, and keeps writes to itself."""
    check("file_mapping")


def test_map_errors(check):
    """mmap and munmap refuse nonsense with the right error."""
    check("map_errors")


def test_stack_grows(check):
    """The stack grows by itself, up to its limit."""
    check("stack_grows")


def test_shadow_chain(check):
    """Memory stays right through many forks of the same pages."""
    check("shadow_chain")
