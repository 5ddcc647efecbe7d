# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs tasks in forked children of a prepared process, so many at a time, and yields what becomes of each.

A child shares the booted machine copy-on-write, makes one run, sends the sample through a pipe and ends without
returning. A child that dies, or raises, costs its own run only. Closing the generator ends all children.
"""

from __future__ import annotations

import ctypes
import json
import os
import selectors
import signal
import time
import traceback
from collections.abc import Callable, Generator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from experiments.errors import ExperimentError
from experiments.order import Task
from experiments.sample import Sample


@dataclass(frozen=True)
class Outcome:
    """What became of a task: a sample, or an error of one line (``trace`` is its traceback if it was a bug)."""

    task: Task
    sample: Sample | None
    error: str = ""
    trace: str = ""
    host_s: float = 0.0


@dataclass
class _Child:
    """A running child: what it works on, its process, and what it has sent so far."""

    task: Task
    pid: int
    pipe: int
    started: float
    received: bytearray


def run_forked(tasks: Sequence[Task], work: Callable[[Task], Sample], jobs: int) -> Generator[Outcome]:
    """Yield the outcome of every task as it ends, at most ``jobs`` at once; they start in the order given."""
    waiting = list(reversed(tasks))
    children: dict[int, _Child] = {}
    with selectors.DefaultSelector() as selector:
        try:
            while waiting or children:
                while waiting and len(children) < max(1, jobs):
                    child = _start(waiting.pop(), work)
                    children[child.pipe] = child
                    selector.register(child.pipe, selectors.EVENT_READ)
                for key, _ in selector.select():
                    child = children[key.fd]
                    if data := os.read(child.pipe, 1 << 16):
                        child.received += data
                        continue
                    selector.unregister(child.pipe)
                    os.close(child.pipe)
                    outcome = _finish(child)
                    del children[key.fd]
                    yield outcome
        finally:
            for child in children.values():
                _end(child)


def _start(task: Task, work: Callable[[Task], Sample]) -> _Child:
    """Fork a child for one task."""
    reader, writer = os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        _be_child(writer, parent, task, work)
    os.close(writer)
    return _Child(task, pid, reader, time.monotonic(), bytearray())


def _be_child(writer: int, parent: int, task: Task, work: Callable[[Task], Sample]) -> None:
    """Make one run, send the result and end the process, whatever happens."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # ^C reaches the whole process group; the parent tells
        _die_with(parent)
        with os.fdopen(writer, "wb") as stream:
            stream.write(json.dumps(_attempt(task, work)).encode())
        status = 0
    finally:
        os._exit(status)


def _die_with(parent: int) -> None:
    """Have this process killed when its parent ends, however that ends (prctl(2), PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _attempt(task: Task, work: Callable[[Task], Sample]) -> dict[str, object]:
    """Return the message for the parent: a sample, or what went wrong."""
    try:
        return {"sample": asdict(work(task))}
    except ExperimentError as error:
        return {"error": str(error)}
    except Exception as error:
        return {"error": f"internal error: {type(error).__name__}: {error}", "trace": traceback.format_exc()}


def _finish(child: _Child) -> Outcome:
    """Return the outcome of a child that has closed its pipe."""
    _, status = os.waitpid(child.pid, 0)
    host_s = time.monotonic() - child.started
    code = os.waitstatus_to_exitcode(status)
    try:
        message = json.loads(child.received.decode())
    except ValueError:
        reason = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with status {code}"
        return Outcome(child.task, None, f"the worker {reason}", host_s=host_s)
    return read_message(child.task, message, host_s)


def read_message(task: Task, message: dict[str, Any], host_s: float) -> Outcome:
    """Return the outcome in a worker's message."""
    if "sample" in message:
        return Outcome(task, Sample(**message["sample"]), host_s=host_s)
    return Outcome(task, None, message["error"], message.get("trace", ""), host_s)


def _end(child: _Child) -> None:
    """Kill a child and wait for it."""
    os.kill(child.pid, signal.SIGKILL)
    os.waitpid(child.pid, 0)
    os.close(child.pipe)
