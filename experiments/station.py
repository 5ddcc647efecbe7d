# SPDX-License-Identifier: GPL-2.0-or-later
"""A process that makes runs on request: what a Dask worker starts, so that runs are forked from one booted machine.

``python -m experiments.station`` reads JSON lines and answers each with one: first a plan, then tasks. It has one
thread, which is what forking asks for; a Dask worker has many. It ends when its standard input does.
``Station(plan, kind)`` is the other end.
"""

from __future__ import annotations

import base64
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import asdict
from typing import Any, TextIO

from experiments.errors import ClusterError, ExperimentError
from experiments.executor import Executor, FakeExecutor
from experiments.order import Task
from experiments.plan import Plan
from experiments.workers import Outcome, read_message, run_forked


def make_machine(plan: Plan) -> Executor:
    """Return what runs a plan on the machine."""
    from experiments.machine_executor import MachineExecutor

    return MachineExecutor(plan.workload, plan.board)


EXECUTORS: dict[str, Callable[[Plan], Executor]] = {"machine": make_machine, "fake": lambda _plan: FakeExecutor()}


class Station:
    """A running station, prepared for a plan; ``description`` is what its executor says of the machine."""

    def __init__(self, plan: Plan, kind: str) -> None:
        command = [sys.executable, "-m", "experiments.station"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        answer = self._ask({"plan": base64.b64encode(pickle.dumps(plan)).decode(), "kind": kind})
        if "error" in answer:
            self.close()
            raise ClusterError(answer["error"])
        self.description: dict[str, Any] = answer["ready"]

    def run(self, task: Task) -> Outcome:
        """Return the outcome of one task."""
        answer = self._ask({"task": asdict(task)})
        return read_message(task, answer, answer["host_s"])

    def _ask(self, message: dict[str, Any]) -> dict[str, Any]:
        """Send one line and return the answer; raises ClusterError if the station has died."""
        sending, answers = self._process.stdin, self._process.stdout
        if sending is None or answers is None:
            raise ClusterError("the station has no pipes")
        try:
            sending.write(json.dumps(message) + "\n")
            sending.flush()
            found: dict[str, Any] = json.loads(answers.readline())
        except (OSError, ValueError):
            raise ClusterError("the process that makes the runs has died") from None
        return found

    def close(self) -> None:
        """End the process."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()


def serve(requests: TextIO, answers: TextIO) -> None:
    """Answer requests until there are no more."""
    plan: Plan | None = None
    executor: Executor | None = None
    for line in requests:
        message = json.loads(line)
        if "plan" in message:
            plan = pickle.loads(base64.b64decode(message["plan"]))
            executor, answer = _prepare(plan, EXECUTORS[message["kind"]](plan))
        elif plan is not None and executor is not None:
            answer = _run(plan, executor, Task(**message["task"]))
        else:
            answer = {"error": "a plan is expected first"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _prepare(plan: Plan, executor: Executor) -> tuple[Executor, dict[str, Any]]:
    """Prepare the executor and return it with the answer."""
    try:
        executor.prepare(plan.setups)
    except ExperimentError as error:
        return executor, {"error": str(error)}
    return executor, {"ready": executor.describe()}


def _run(plan: Plan, executor: Executor, task: Task) -> dict[str, Any]:
    """Return the answer to one task, made in a fork."""
    with closing(run_forked([task], lambda t: executor.run(plan.get_setup(t.setup), t.seed), 1)) as outcomes:
        outcome = next(outcomes)
    if outcome.sample is None:
        return {"error": outcome.error, "trace": outcome.trace, "host_s": outcome.host_s}
    return {"sample": asdict(outcome.sample), "host_s": outcome.host_s}


def main() -> int:
    """Serve on the standard streams; nothing else may write to what was standard output."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    serve(sys.stdin, answers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
