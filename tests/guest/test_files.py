# SPDX-License-Identifier: GPL-2.0-or-later
"""Files, directories, devices, descriptors and pipes."""

import pytest

pytestmark = pytest.mark.guest


def test_zero_and_null(check):
    """/dev/zero gives zeroes, /dev/null swallows everything."""
    check("zero_and_null")


def test_open_errors(check):
    """Paths that cannot be opened fail with the right error; the root is read-only."""
    check("open_errors")


def test_offsets(check):
    """File offsets move with read and lseek, not with pread, and are shared by dup."""
    check("offsets")


def test_descriptors(check):
    """Descriptors run out, are reused lowest first, and bad ones are refused."""
    check("descriptors")


def test_attributes(check):
    """stat tells devices, directories and files apart."""
    check("attributes")


def test_directories(check):
    """Directories can be listed and walked, across the mount point too."""
    check("directories")


def test_pipes(check):
    """A pipe carries bytes between processes and ends when its writer closes."""
    check("pipes")


def test_broken_pipe(check):
    """Writing to a pipe nobody reads is SIGPIPE, or EPIPE if that is ignored."""
    check("broken_pipe")


def test_cloexec(check):
    """A descriptor marked close-on-exec is closed by exec, others are not."""
    check("cloexec")
