# SPDX-License-Identifier: GPL-2.0-or-later
"""The bench: the timed core keeps at least a quarter of the bare CPU's speed."""

import pytest

from sim import run_bench


@pytest.mark.guest
def test_timed_reaches_a_quarter_of_bare():
    """On the same guest work the timing model costs less than three quarters of the speed."""
    figures = run_bench()
    assert figures.ratio == pytest.approx(figures.timed_instructions_per_s / figures.bare_instructions_per_s)
    assert figures.ratio > 0.25
    assert figures.instructions > 10_000_000
