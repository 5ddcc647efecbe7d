# SPDX-License-Identifier: GPL-2.0-or-later
"""Processes: fork, exit, wait4, their time and their times."""

import pytest

pytestmark = pytest.mark.guest


def test_exit_status(check):
    """A child's exit status reaches its parent through wait4, all 8 bits of it."""
    check("exit_status")


def test_fork_isolates(check):
    """What a child writes, its parent does not see."""
    check("fork_isolates")


def test_parent_writes(check):
    """What a parent writes after fork, the child does not see."""
    check("parent_writes")


def test_vfork_shares(check):
    """A vfork child writes its parent's memory, and the parent waits for it."""
    check("vfork_shares")


def test_wait_errors(check):
    """wait4 refuses what it cannot do, and WNOHANG does not wait."""
    check("wait_errors")


def test_orphans_go_to_init(check):
    """A process whose parent ends becomes a child of process 1."""
    check("orphans_go_to_init")


def test_many_children(check):
    """When no more processes fit, fork fails, and all that were made can be waited for."""
    check("many_children")


def test_usage_is_measured(check):
    """wait4 tells a busy child's user time, and no more than real time."""
    check("usage_is_measured")


def test_time_is_shared(check):
    """Two busy processes get about the same share of the CPU."""
    check("time_is_shared")


def test_sleep_is_not_short(check):
    """nanosleep never ends early and refuses malformed times."""
    check("sleep_is_not_short")
