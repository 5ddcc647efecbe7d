# SPDX-License-Identifier: GPL-2.0-or-later
"""Signals: defaults, handlers, masks, interrupted sleeps."""

import pytest

pytestmark = pytest.mark.guest


def test_signal_defaults(check):
    """Signals end running and sleeping processes, but not init."""
    check("signal_defaults")


def test_signal_handlers(check):
    """A handler runs and the program goes on where it was."""
    check("signal_handlers")


def test_signal_masks(check):
    """A blocked signal waits until it is let through."""
    check("signal_masks")


def test_interrupted_sleep(check):
    """A caught signal ends nanosleep, which tells what is left."""
    check("interrupted_sleep")


def test_restarted_read(check):
    """A read interrupted by a handler with SA_RESTART goes on."""
    check("restarted_read")


def test_faults(check):
    """Faults, undefined instructions and unknown system calls are signals of their own."""
    check("faults")
