# SPDX-License-Identifier: GPL-2.0-or-later
"""The bench: the timed core keeps at least a quarter of the bare CPU's speed."""

import pytest

from sim import run_bench, run_growth


@pytest.mark.guest
def test_timed_reaches_a_quarter_of_bare():
    """On the same guest work the timing model costs less than three quarters of the speed."""
    figures = run_bench()
    assert figures.ratio == pytest.approx(figures.timed_instructions_per_s / figures.bare_instructions_per_s)
    assert figures.ratio > 0.25
    assert figures.instructions > 10_000_000


@pytest.mark.guest
def test_long_runs_need_no_more_memory():
    """A run four times as long as a dd keeps its memory, well under 400 MB."""
    figures = run_growth(80_000_000)
    assert figures.instructions >= 80_000_000
    assert figures.late_over_early == pytest.approx(figures.late_instructions_per_s / figures.early_instructions_per_s)
    assert figures.late_resident_mb < min(400, figures.early_resident_mb + 40)
