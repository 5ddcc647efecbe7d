# SPDX-License-Identifier: GPL-2.0-or-later
"""``--noise``: sources of variation by name, and none of them."""

import csv
from pathlib import Path

import pytest

from experiments import ExperimentError, load_plan
from experiments.cli import main
from experiments.commands.noise import limit_noise

SMALL = """
[plan]
name = "small"
question = "Are all runs the same?"
workload = ["dd", "if=/dev/zero", "of=/dev/null", "bs=64k", "count=1", "status=none"]
runs = 3
metrics = ["cycles"]
machine = { "kernel.unwind" = "static" }

[[setup]]
name = "plain"
"""


def test_sources_are_switched_in_every_setup():
    """The named sources are on, the others off, whatever else a set-up changes; without the option nothing changes."""
    plan = load_plan("lecture3-malloc")
    assert limit_noise(plan, None) is plan
    for setup in limit_noise(plan, "page_order,background").setups:
        assert setup.machine["noise.page_order"] is setup.machine["noise.background"] is True
        assert setup.machine["noise.timer_phase"] is setup.machine["noise.stack_gap"] is False
        assert "kernel.unwind" in setup.machine


def test_unknown_sources_are_refused():
    """A source that does not exist is one line with those that do."""
    with pytest.raises(ExperimentError, match="noise 'moon'; expected none, all, or some of page_order,"):
        limit_noise(load_plan("lecture3-malloc"), "page_order,moon")


@pytest.mark.guest
def test_without_noise_all_runs_are_the_same(tmp_path):
    """``--noise none`` gives the same cycles in every run, ``--noise all`` does not."""
    plan = Path(tmp_path, "small.toml")
    plan.write_text(SMALL)
    cycles = {}
    for sources in ("none", "all"):
        out = tmp_path / sources
        assert main(["run", str(plan), "--noise", sources, "--out", str(out)]) == 0
        with (out / "samples.csv").open() as file:
            cycles[sources] = {row["cycles"] for row in csv.DictReader(file)}
    assert len(cycles["none"]) == 1
    assert len(cycles["all"]) == 3
