# SPDX-License-Identifier: GPL-2.0-or-later
"""What happens when memory or sense runs out."""

import pytest

pytestmark = pytest.mark.guest


def test_memory_runs_out(boot):
    """A program that takes more memory than there is dies, and everything it had comes back."""
    guest = boot(overrides={"ram.bytes": 64 << 20})
    assert guest.run("/host/kerntest memory_runs_out").status == 0
    before = guest.leaks()
    assert guest.run("/host/kerntest memory_runs_out").status == 0
    assert guest.leaks() == before


@pytest.mark.parametrize("seed", [1, 2])
def test_senseless_calls(guest, check, seed):
    """System calls with senseless arguments neither stop the kernel nor leave anything behind."""
    check("fuzz 99 20")
    before = guest.leaks()
    check(f"fuzz {seed} 60")
    after = guest.leaks()
    pages = before.pop("free pages") - after.pop("free pages")
    assert after == before
    assert pages < 16  # a cached slab or page-table page here and there
