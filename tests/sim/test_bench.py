# SPDX-License-Identifier: GPL-2.0-or-later
"""The bench: the timed core keeps at least three tenths of the bare CPU's speed, also in long runs."""

import sys

import pytest

from sim import ConfigError, SimError, load_config, run_bench, run_growth
from sim.ownprocess import run_apart


@pytest.mark.guest
def test_timed_reaches_three_tenths_of_bare():
    """On the same guest work the timing model costs at most seven tenths of the speed."""
    figures = run_bench(turns=3)
    assert figures.ratio_min <= figures.ratio <= figures.ratio_max
    assert figures.ratio >= 0.30
    assert figures.instructions > 10_000_000


@pytest.mark.guest
def test_long_runs_need_no_more_memory():
    """A run four times as long as a dd keeps its memory, well under 400 MB, whatever the calling process holds."""
    ballast = bytearray(600_000_000)
    ballast[::4096] = b"x" * len(ballast[::4096])
    figures = run_growth(80_000_000, turns=1)
    assert figures.early_instructions < 12_000_000
    assert figures.instructions >= 80_000_000
    assert figures.late_resident_mb < min(400, figures.early_resident_mb + 40)


def test_a_process_of_its_own_reports_its_errors():
    """A SimError in the other process is raised here; one that dies is a SimError, too."""
    assert run_apart(divmod, 7, 2) == (3, 1)
    with pytest.raises(ConfigError, match="no machine"):
        run_apart(load_config, "no-such-board")
    with pytest.raises(SimError, match="ended with status 3"):
        run_apart(sys.exit, 3)
