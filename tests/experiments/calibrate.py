# SPDX-License-Identifier: GPL-2.0-or-later
"""Holds the tests against the truth: how often a set-up differs from itself, and how often known effects are found.

``python -m tests.experiments.calibrate [RUNS|DIR]`` makes so many runs of one set-up on the machine (2000 take eight
minutes) and prints both; with a results directory instead, it takes all its runs as those of one set-up. The functions
are used by ``test_calibration.py``, with made-up samples and with the machine's.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy import stats

from experiments.stats import Settings, find_difference, find_runs

PLAN = '[plan]\nname = "same"\nworkload = ["dd", "if=/dev/zero", "of=/dev/null", "{}", "{}", "status=none"]\n'
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


def resample(values, runs, comparisons, seed=1):
    """Yield so many pairs of samples, drawn from one pool: within a pair no run is drawn twice."""
    rng = np.random.default_rng(seed)
    for _ in range(comparisons):
        drawn = rng.choice(np.asarray(values), 2 * runs, replace=False)
        yield drawn[:runs], drawn[runs:]


def find_injected(values, effect, comparisons=400, seed=1, settings=SETTINGS):
    """Return the runs announced for an effect, and the share of comparisons in which Welch's test finds it."""
    needed = announce(values, effect, settings)
    rng = np.random.default_rng(seed)
    item, base = (rng.choice(np.asarray(values), (comparisons, needed)) for _ in range(2))
    p = stats.ttest_ind(item * (1 + effect), base, axis=1, equal_var=False).pvalue
    return needed, float(np.mean(p < settings.alpha))


def measure(runs, block="bs=3m", count="count=1"):
    """Return a frame of so many runs of one set-up on the machine, dd with these operands."""
    from experiments import Silence, load, parse_plan, run_plan
    from experiments.machine_executor import MachineExecutor

    plan = replace(parse_plan(PLAN.format(block, count) + '[[setup]]\nname = "a"\n'), runs=runs)
    with tempfile.TemporaryDirectory() as folder:
        run_plan(plan, MachineExecutor(plan.workload), Path(folder), 2, Silence)
        return load(folder)


def main():
    """Print what the tests make of the runs."""
    from experiments import load

    parser = argparse.ArgumentParser(prog="python -m tests.experiments.calibrate", description=main.__doc__)
    parser.add_argument("source", nargs="?", default="2000", metavar="RUNS|DIR", help="runs to make, or their results")
    source = parser.parse_args().source
    frame = measure(int(source)) if source.isdigit() else load(source)
    for metric in ("real_s", "sys_s", "cycles"):
        values = frame[metric].to_numpy()
        scatter = values.std(ddof=1) / values.mean() * 100
        print(f"{metric}: scatter {scatter:.2f} %, {len(np.unique(values))} different values of {len(values)}")
        size = max(3, len(values) // 400)
        welch, rank = reject(list(split(values, size, 200)))
        print(
            f"  against itself, {size} and {size} runs, 200 times: Welch rejects {welch:.1%}, the other test {rank:.1%}"
        )
        for effect in (0.01, 0.02, 0.05):
            needed, found = find_injected(values, effect)
            print(f"  {effect:.0%} more: announced {needed} runs at power 0.8; found in {found:.1%} of 400")


if __name__ == "__main__":
    main()
