# SPDX-License-Identifier: GPL-2.0-or-later
"""What every test may rely on: ^C interrupts, also where the tests were started in a shell's background."""

import signal

import pytest


@pytest.fixture(scope="session", autouse=True)
def interruptible():
    """A shell's background job ignores SIGINT, and so would every process that a test starts and interrupts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
