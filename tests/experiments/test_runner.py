# SPDX-License-Identifier: GPL-2.0-or-later
"""Running a whole plan with the instant executor."""

import json
import os
import signal
from dataclasses import replace

import pytest

from experiments import FakeExecutor, PlanError, Sample, Silence, list_tasks, load_plan, read_results, run_plan

PLAN = replace(load_plan("lecture3-malloc"), runs=5, seed=3)


def test_every_run_is_saved(tmp_path):
    """A plan leaves a row and an output file for every run, with the seeds of the plan's order."""
    executor = FakeExecutor()
    summary = run_plan(PLAN, executor, tmp_path, 2, Silence)
    assert (summary.saved, summary.total, summary.complete) == (15, 15, True)
    assert executor.prepared == ["no-dtrace", "dtrace", "dtrace-better"]
    rows = read_results(tmp_path).rows
    assert [(row["setup"], int(row["seed"])) for row in rows] == [(task.setup, task.seed) for task in list_tasks(PLAN)]
    assert len(list((tmp_path / "output").iterdir())) == 15


def test_jobs_do_not_change_the_samples(tmp_path):
    """The samples file is the same to the last byte, whatever the number of workers; another seed gives another."""
    for name, jobs, seed in (("a", 1, 3), ("b", 4, 3), ("c", 4, 4)):
        run_plan(replace(PLAN, seed=seed), FakeExecutor(), tmp_path / name, jobs, Silence)
    texts = [(tmp_path / name / "samples.csv").read_bytes() for name in "abc"]
    assert texts[0] == texts[1] != texts[2]


def test_metadata_tell_how_to_repeat(tmp_path):
    """Versions, plan, order, host and machine are recorded, and at the end how it went."""
    run_plan(PLAN, FakeExecutor(), tmp_path, 2, Silence)
    found = json.loads((tmp_path / "metadata.json").read_text())
    assert found["plan"]["text"] == PLAN.text
    assert len(found["order"]) == 15
    assert found["machine"] == {"executor": "fake"}
    assert {"python", "unicorn"} <= set(found["versions"])
    assert (found["saved"], found["failed"], found["interrupted"], found["host"]["jobs"]) == (15, 0, False, 2)


def test_failed_runs_are_counted(tmp_path):
    """Failed runs are counted and kept with their reason; the others are saved."""
    summary = run_plan(PLAN, FakeExecutor(fails=["dtrace"]), tmp_path, 2, Silence)
    failed = sum(task.seed % 2 for task in list_tasks(PLAN) if task.setup == "dtrace")
    assert 0 < failed == len(summary.failures) == 15 - summary.saved
    assert [row["reason"] for row in read_results(tmp_path).failures] == ["pid 7 exited with status 1"] * failed
    assert not summary.complete


def test_interrupt_keeps_what_has_ended(tmp_path):
    """After ^C the runs that had ended are on disk in order, and the metadata say that it was cut short."""

    class Impatient(Silence):
        def advance(self, outcome):
            if outcome.task.order == 6:
                os.kill(os.getpid(), signal.SIGINT)

    summary = run_plan(PLAN, FakeExecutor(), tmp_path, 1, Impatient)
    assert summary.interrupted
    results = read_results(tmp_path)
    assert [row["order"] for row in results.rows] == [str(n) for n in range(summary.saved)]
    assert summary.saved == 7
    assert results.metadata["interrupted"] is True


def test_nothing_is_written_when_preparing_fails(tmp_path):
    """A plan that cannot be prepared leaves no directory behind."""

    class Broken(FakeExecutor):
        def prepare(self, _):
            raise PlanError("setup 'a': no probes matched")

    with pytest.raises(PlanError):
        run_plan(PLAN, Broken(), tmp_path / "r", 1, Silence)
    assert not (tmp_path / "r").exists()


def test_drops_are_summed(tmp_path):
    """Lost records are counted over the whole plan."""

    class Lossy(FakeExecutor):
        def run(self, _, seed):
            return Sample(1.0, 0.0, 1.0, seed, 1, drops=2)

    assert run_plan(PLAN, Lossy(), tmp_path, 2, Silence).drops == 30
