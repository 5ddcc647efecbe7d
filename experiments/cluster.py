# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs a plan on a running Dask cluster: ``connect("tcp://host:8786", plan)`` gives an executor whose runs it makes.

The tasks, their seeds and the code that runs them are the same as here, so the samples are too; a worker whose machine
image differs is refused. Needs the optional extra ``cluster``.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from experiments.errors import ClusterError
from experiments.order import Task
from experiments.plan import Plan, Setup
from experiments.sample import Sample
from experiments.station import Station
from experiments.workers import Outcome

CONNECT_S = 10

_idle: dict[tuple[str, str], list[Station]] = {}
_lock = threading.Lock()


@contextmanager
def connect(address: str, plan: Plan, kind: str = "machine") -> Iterator[Cluster]:
    """Give the cluster at ``address``; raises ClusterError if there is none, or it has no workers."""
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError("--scheduler needs Dask: pip install 'probelab[cluster]'") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=CONNECT_S)
    except (OSError, ValueError, TypeError) as error:  # TimeoutError is an OSError
        raise ClusterError(f"no Dask scheduler at {address}: {_describe(error)}") from None
    try:
        if not client.scheduler_info(n_workers=-1)["workers"]:
            raise ClusterError(f"the Dask scheduler at {address} has no workers; start some: dask worker {address}")
        yield Cluster(client, address, plan, kind)
    finally:
        with suppress(OSError, TimeoutError):
            client.close(timeout=CONNECT_S)


def _describe(error: Exception) -> str:
    """Return the first line of an error, or its kind."""
    return (str(error).splitlines() or [type(error).__name__])[0]


class Cluster:
    """An ``Executor`` whose runs are made by Dask's workers; ``run_tasks`` takes the place of ``run_forked``."""

    def __init__(self, client: Any, address: str, plan: Plan, kind: str) -> None:
        self._client = client
        self._address = address
        self._plan = plan
        self._kind = kind
        self._description: dict[str, Any] = {}

    def prepare(self, _setups: Sequence[Setup]) -> None:
        """Have every worker prepare the plan; raises ClusterError if one cannot, or has another machine image."""
        answers = self._client.run(prepare_remote, self._plan, self._kind, on_error="return")
        for worker, answer in answers.items():
            if isinstance(answer, BaseException):
                raise ClusterError(f"worker {worker}: {_describe(Exception(str(answer)))}")
        first, *others = answers.values()
        if any(other != first for other in others):
            raise ClusterError("the workers do not run the same machine image; install the same version on all")
        self._description = first

    def run(self, setup: Setup, seed: int) -> Sample:
        """Is never called here: ``run_tasks`` hands the tasks over whole."""
        raise ClusterError(f"set-up {setup.name} with seed {seed} is to be run by a worker")

    def describe(self) -> dict[str, Any]:
        """Return what the workers say of the machine; it is the same as a local run's."""
        return self._description

    def run_tasks(
        self, tasks: Sequence[Task], _work: Callable[[Task], Sample], _jobs: int
    ) -> Generator[Outcome, None, None]:
        """Yield the outcome of every task as it ends; closing the generator calls off what has not begun."""
        from distributed import as_completed

        futures = {
            self._client.submit(run_remote, self._plan, self._kind, task, pure=False, priority=-task.order): task
            for task in tasks
        }
        try:
            for future in as_completed(list(futures), raise_errors=False):
                error = future.exception()
                if error is None:
                    yield future.result()
                else:
                    yield Outcome(futures[future], None, f"the cluster: {_describe(error)}")
                future.release()
        finally:
            with suppress(OSError, TimeoutError):
                self._client.cancel([future for future in futures if not future.done()])


def prepare_remote(plan: Plan, kind: str) -> dict[str, Any]:
    """Return the machine's description, on a worker; the prepared station is kept for its tasks."""
    station = _take(plan, kind)
    _put_back(plan, kind, station)
    return station.description


def run_remote(plan: Plan, kind: str, task: Task) -> Outcome:
    """Return the outcome of one task, on a worker."""
    station = _take(plan, kind)
    outcome = station.run(task)  # a station that has died is not put back
    _put_back(plan, kind, station)
    return outcome


def _take(plan: Plan, kind: str) -> Station:
    """Return a station that nobody else uses, prepared for the plan."""
    key = (repr(plan), kind)
    with _lock:
        for old in [item for item in _idle if item != key]:
            for station in _idle.pop(old):
                station.close()
        if found := _idle.get(key):
            return found.pop()
    return Station(plan, kind)


def _put_back(plan: Plan, kind: str, station: Station) -> None:
    """Keep a station for the next task."""
    with _lock:
        _idle.setdefault((repr(plan), kind), []).append(station)
