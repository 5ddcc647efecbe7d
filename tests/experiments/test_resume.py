# SPDX-License-Identifier: GPL-2.0-or-later
"""A plan that was cut short goes on, to the same bytes as one that was not."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from experiments import FakeExecutor, ResultsError, Silence, load_plan, read_results, run_plan

ROOT = Path(__file__).resolve().parents[2]
PLAN = replace(load_plan("lecture3-malloc"), runs=8, seed=3)
# a runner of its own, in a process that can be killed; its runs take a little time
RUNNER = """
import sys, time
from dataclasses import replace
from pathlib import Path
from experiments import FakeExecutor, Silence, load_plan, run_plan

class Slow(FakeExecutor):
    def run(self, setup, seed):
        time.sleep(0.01)
        return super().run(setup, seed)

plan = replace(load_plan("lecture3-malloc"), runs=8, seed=3)
run_plan(plan, Slow(), Path(sys.argv[1]), 2, Silence, resume=True)
"""
KILLS = 20


def read_bytes(folder):
    """Return everything a run leaves but the metadata, which hold times."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "metadata.json"
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """What the plan leaves when nothing disturbs it."""
    folder = tmp_path_factory.mktemp("whole")
    run_plan(PLAN, FakeExecutor(), folder, 1, Silence)
    return read_bytes(folder)


def start(folder):
    """Start a runner and wait until it has begun to save."""
    process = subprocess.Popen([sys.executable, "-c", RUNNER, folder], cwd=ROOT, start_new_session=True)
    while not (folder / "samples.csv").exists() and process.poll() is None:
        time.sleep(0.01)
    return process


def test_killed_at_any_moment(undisturbed, tmp_path):
    """Killed at twenty random moments, a plan that is resumed leaves the same files, byte for byte."""
    rng = random.Random(5)
    for case in range(KILLS):
        folder = tmp_path / str(case)
        process = start(folder)
        time.sleep(rng.uniform(0, 0.35))
        process.kill()
        process.wait()
        for left in folder.rglob("*.tmp"):
            left.unlink()
        run_plan(PLAN, FakeExecutor(), folder, 2, Silence, resume=True)
        assert read_bytes(folder) == undisturbed, case


def test_workers_die_with_their_runner(tmp_path):
    """Killing the runner leaves no worker behind."""
    code = RUNNER.replace("time.sleep(0.01)", "time.sleep(60)")
    process = subprocess.Popen([sys.executable, "-c", code, tmp_path / "r"], cwd=ROOT, start_new_session=True)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while not (found := children.read_text().split()):
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    time.sleep(0.3)
    assert [pid for pid in found if is_running(int(pid))] == []


def is_running(pid):
    """Tell whether a process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("cut", [1, 40, 200, 500])
def test_torn_at_the_end(cut, undisturbed, tmp_path):
    """A samples file cut short anywhere, and an output file that is empty, are made good."""
    run_plan(PLAN, FakeExecutor(), tmp_path, 1, Silence)
    path = tmp_path / "samples.csv"
    path.write_bytes(path.read_bytes()[:-cut])
    (tmp_path / "output" / "dtrace-0001.txt").write_bytes(b"")
    summary = run_plan(PLAN, FakeExecutor(), tmp_path, 1, Silence, resume=True)
    assert summary.complete
    assert 0 < summary.kept < 24
    assert read_bytes(tmp_path) == undisturbed


@pytest.mark.parametrize("head", ["", "setup,run,se"])
def test_torn_at_the_beginning(head, undisturbed, tmp_path):
    """A samples file without even its head whole is no obstacle, with --resume or without."""
    for name, resume in (("one", True), ("two", False)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "samples.csv").write_text(head)
        run_plan(PLAN, FakeExecutor(), tmp_path / name, 1, Silence, resume=resume)
        assert read_bytes(tmp_path / name) == undisturbed


def test_failed_runs_are_tried_again(undisturbed, tmp_path):
    """Runs that failed are made again when the plan is resumed; those that worked are not."""
    run_plan(PLAN, FakeExecutor(fails=["dtrace"]), tmp_path, 1, Silence)
    assert read_results(tmp_path).failures
    run_plan(PLAN, FakeExecutor(), tmp_path, 1, Silence, resume=True)
    assert read_bytes(tmp_path) == undisturbed


def test_more_runs_may_be_asked_for(undisturbed, tmp_path):
    """A finished run is extended to more runs, and the result is that of all at once."""
    run_plan(replace(PLAN, runs=3), FakeExecutor(), tmp_path, 1, Silence)
    run_plan(PLAN, FakeExecutor(), tmp_path, 1, Silence, resume=True)
    assert read_bytes(tmp_path) == undisturbed


class Other(FakeExecutor):
    """A machine with another image."""

    def describe(self):
        return {"executor": "fake", "image_sha256": "other"}


CHANGED = {
    "seed": (replace(PLAN, seed=4), FakeExecutor(), "seed has changed from 3 to 4"),
    "fewer runs": (replace(PLAN, runs=2), FakeExecutor(), "was begun with 8 runs"),
    "workload": (replace(PLAN, workload=("ls",)), FakeExecutor(), "workload has changed"),
    "image": (PLAN, Other(), "the machine or its image has changed"),
}


@pytest.mark.parametrize("case", CHANGED)
def test_another_experiment_is_refused(case, tmp_path):
    """Samples of different experiments are not mixed, and what is there is left alone."""
    plan, executor, message = CHANGED[case]
    run_plan(PLAN, FakeExecutor(), tmp_path, 1, Silence)
    before = read_bytes(tmp_path) | {"m": (tmp_path / "metadata.json").read_bytes()}
    with pytest.raises(ResultsError, match=message):
        run_plan(plan, executor, tmp_path, 1, Silence, resume=True)
    assert read_bytes(tmp_path) | {"m": (tmp_path / "metadata.json").read_bytes()} == before


def test_resuming_where_nothing_is(undisturbed, tmp_path):
    """``--resume`` of an empty or missing directory starts from the beginning."""
    run_plan(PLAN, FakeExecutor(), tmp_path / "new", 1, Silence, resume=True)
    assert read_bytes(tmp_path / "new") == undisturbed
    assert os.listdir(tmp_path) == ["new"]
