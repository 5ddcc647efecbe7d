# SPDX-License-Identifier: GPL-2.0-or-later
"""Forked workers: results come home, failures stay contained, nothing is left behind."""

import os
import signal
import time
from contextlib import closing

import pytest

from experiments import RunError, Sample, Task
from experiments.workers import run_forked

TASKS = [Task(order, "a", order + 1, 1000 + order) for order in range(6)]


def work(task):
    """Return a sample that tells which task it is."""
    return Sample(0.1, 0.0, 0.1, task.seed, 1, output="x" * 200_000)


@pytest.mark.parametrize("jobs", [1, 2, 10])
def test_every_task_comes_home(jobs):
    """All samples arrive whole, however many run at once, and the work is done in other processes."""
    outcomes = list(run_forked(TASKS, work, jobs))
    assert sorted(outcome.sample.cycles for outcome in outcomes) == [task.seed for task in TASKS]
    assert all(len(outcome.sample.output) == 200_000 for outcome in outcomes)


def test_failures_are_contained():
    """A refused run, a bug, a killed worker and one that exits cost their own run only, each with its reason."""

    def misbehave(task):
        match task.order:
            case 0:
                raise RunError("pid 7 exited with status 1")
            case 1:
                raise ZeroDivisionError("oops")
            case 2:
                os.kill(os.getpid(), signal.SIGKILL)
            case 3:
                os._exit(3)
        return work(task)

    outcomes = {outcome.task.order: outcome for outcome in run_forked(TASKS, misbehave, 2)}
    assert outcomes[0].error == "pid 7 exited with status 1"
    assert outcomes[1].error == "internal error: ZeroDivisionError: oops"
    assert "misbehave" in outcomes[1].trace
    assert outcomes[2].error == "the worker was killed by SIGKILL"
    assert outcomes[3].error == "the worker ended with status 3"
    assert [outcomes[n].sample is not None for n in (4, 5)] == [True, True]


def test_closing_ends_the_children():
    """When the caller stops listening, running children are ended and waited for."""

    def dawdle(task):
        if task.order:
            time.sleep(60)
        return work(task)

    started = time.monotonic()
    with closing(run_forked(TASKS, dawdle, 3)) as outcomes:
        next(outcomes)
    assert time.monotonic() - started < 10
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
