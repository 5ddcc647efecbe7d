# SPDX-License-Identifier: GPL-2.0-or-later
"""Holds the tests against the truth: how often a set-up differs from itself, and how often known effects are found.

``python -m tests.experiments.calibrate [RUNS]`` makes so many runs of one set-up on the machine (2000 take about five
minutes) and prints both; the functions are used by ``test_calibration.py`` with made-up samples.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from experiments.stats import Settings, find_difference, find_runs

PLAN = '[plan]\nname = "same"\nworkload = ["dd", "if=/dev/zero", "of=/dev/null", "bs=4k", "count=64", "status=none"]\n'
SETTINGS = Settings()


def split(values, runs, comparisons):
    """Yield so many pairs of samples, none of which shares a value with another."""
    for start in range(0, 2 * runs * comparisons, 2 * runs):
        part = values[start : start + 2 * runs]
        if len(part) == 2 * runs:
            yield part[:runs], part[runs:]


def reject(pairs, effect=0.0, settings=SETTINGS):
    """Return the share of pairs in which Welch's test and the other one see a difference, the effect injected."""
    found = [find_difference(np.asarray(item) * (1 + effect), base, settings) for item, base in pairs]
    welch = [item is not None and item.p < settings.alpha for item in found]
    rank = [item is not None and item.rank_p < settings.alpha for item in found]
    return float(np.mean(welch)), float(np.mean(rank))


def announce(values, effect, settings=SETTINGS):
    """Return the runs of each set-up at which the tool says the effect is found with the power asked for."""
    return find_runs(float(np.mean(values)) * effect, float(np.std(values, ddof=1)), settings)


def main(runs):
    """Measure, and print what the tests make of it."""
    from experiments import Silence, load, parse_plan, run_plan
    from experiments.machine_executor import MachineExecutor

    plan = replace(parse_plan(PLAN + '[[setup]]\nname = "a"\n'), runs=runs)
    with tempfile.TemporaryDirectory() as folder:
        run_plan(plan, MachineExecutor(plan.workload), Path(folder), 2, Silence)
        frame = load(folder)
    for metric in ("real_s", "sys_s", "cycles"):
        values = frame[metric].to_numpy()
        scatter = values.std(ddof=1) / values.mean() * 100
        print(f"{metric}: scatter {scatter:.2f} %, {len(np.unique(values))} different values of {len(values)}")
        size = max(3, runs // 400)
        welch, rank = reject(list(split(values, size, 200)))
        print(f"  against itself, {size} and {size} runs: Welch rejects {welch:.1%}, the other test {rank:.1%}")
        for effect in (0.01, 0.02, 0.05):
            needed = announce(values, effect)
            rng = np.random.default_rng(1)
            pairs = [(rng.choice(values, needed), rng.choice(values, needed)) for _ in range(400)]
            welch, rank = reject(pairs, effect)
            print(f"  {effect:.0%} more: announced {needed} runs at power 0.8; found {welch:.1%} (Welch), {rank:.1%}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
