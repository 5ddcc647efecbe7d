# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs a plan: prepares the machines, makes every run in a worker, saves each the moment it ends.

``run_plan`` returns a summary; it does not print. Progress goes to an object with ``advance`` and ``close``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from experiments.executor import Executor
from experiments.metadata import collect_metadata, now
from experiments.order import Task, list_tasks
from experiments.plan import Plan
from experiments.results import read_metadata
from experiments.resume import validate_same
from experiments.sample import Sample
from experiments.workers import Outcome, run_forked
from experiments.writer import ResultsWriter

RunTasks = Callable[[Sequence[Task], Callable[[Task], Sample], int], Generator[Outcome]]


class Progress(Protocol):
    """Is told of the runs as they end."""

    def advance(self, outcome: Outcome) -> None:
        """One run has ended."""

    def close(self) -> None:
        """No more runs will end."""


class Silence:
    """No progress shown; what tests and other programs pass."""

    def __init__(self, total: int = 0) -> None:
        self.total = total

    def advance(self, outcome: Outcome) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


@dataclass
class Summary:
    """How a plan went: runs saved (``kept`` of them from before), failures, host seconds for preparing and running."""

    total: int
    saved: int = 0
    kept: int = 0
    failures: list[Outcome] = field(default_factory=list)
    drops: int = 0
    interrupted: bool = False
    prepare_s: float = 0.0
    run_s: float = 0.0

    @property
    def complete(self) -> bool:
        """True if every run was made and none failed."""
        return self.saved == self.total


def run_plan(
    plan: Plan,
    executor: Executor,
    directory: Path,
    jobs: int,
    progress: Callable[[int], Progress],
    *,
    resume: bool = False,
    run_tasks: RunTasks = run_forked,
) -> Summary:
    """Run the whole plan into ``directory``; raises ExperimentError. On ^C what has ended is kept.

    ``progress`` is called with the number of runs to be made, when the machines are ready and the first is about to
    start. With ``resume`` the runs that are there already are kept, and only the others are made. ``run_tasks`` makes
    the runs (here, or elsewhere).
    """
    tasks = list_tasks(plan)
    summary = Summary(len(tasks))
    started = time.monotonic()
    writer = ResultsWriter(directory, plan)
    try:
        try:
            executor.prepare(plan.setups)
            metadata = collect_metadata(plan, tasks, executor.describe(), jobs)
            done = _begin(writer, metadata, resume)
        except BaseException:
            writer.discard()
            raise
        summary.saved = summary.kept = len(done)
        summary.prepare_s = time.monotonic() - started
        waiting = [task for task in tasks if (task.setup, task.run) not in done]

        def work(task: Task) -> Sample:
            return executor.run(plan.get_setup(task.setup), task.seed)

        try:
            with closing(progress(len(waiting))) as shown, closing(run_tasks(waiting, work, jobs)) as outcomes:
                for outcome in outcomes:
                    _save(writer, outcome, summary)
                    shown.advance(outcome)
        except KeyboardInterrupt:
            summary.interrupted = True
        summary.run_s = time.monotonic() - started - summary.prepare_s
        writer.finish()
        writer.describe(metadata | _describe_end(summary))
    finally:
        writer.close()
    return summary


def _begin(writer: ResultsWriter, metadata: dict[str, Any], resume: bool) -> set[tuple[str, int]]:
    """Start the directory, or go on in it; return the runs that are there by set-up and number."""
    if not resume:
        writer.refuse_used()
        writer.describe(metadata)
        writer.begin()
        return set()
    if before := read_metadata(writer.directory):
        validate_same(before, metadata, writer.directory)
    writer.describe(metadata)
    return writer.resume()


def _save(writer: ResultsWriter, outcome: Outcome, summary: Summary) -> None:
    """Save one outcome and count it."""
    if outcome.sample is None:
        summary.failures.append(outcome)
        writer.fail(outcome.task, outcome.error)
    else:
        writer.add(outcome.task, outcome.sample)
        summary.saved += 1
        summary.drops += outcome.sample.drops


def _describe_end(summary: Summary) -> dict[str, Any]:
    """Return what is only known at the end."""
    return {
        "finished": now(),
        "saved": summary.saved,
        "failed": len(summary.failures),
        "interrupted": summary.interrupted,
        "host_seconds": {"prepare": round(summary.prepare_s, 3), "run": round(summary.run_s, 3)},
    }
