# SPDX-License-Identifier: GPL-2.0-or-later
"""A function in a fresh process: what it measures of its process is its own.

A fork would start with its parent's memory, and multiprocessing's spawn would run the caller's script again.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from sim.errors import SimError

P = ParamSpec("P")
T = TypeVar("T")


def run_apart(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return ``function``'s result from a new interpreter; it, its arguments and the result can be pickled.

    Raises the SimError that the function raised, and SimError if the process ended otherwise; its stderr is ours.
    """
    root = str(Path(__file__).resolve().parents[1])
    path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
    done = subprocess.run(
        [sys.executable, "-c", "from sim.ownprocess import serve; serve()"],
        input=pickle.dumps((function, args, kwargs)),
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": path},
        check=False,
    )
    if done.returncode != 0:
        raise SimError(f"the process that was to run {function.__name__} ended with status {done.returncode}")
    result, error = pickle.loads(done.stdout)
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]


def serve() -> None:
    """Run what the parent sent and send back the result, or the SimError."""
    function, args, kwargs = pickle.load(sys.stdin.buffer)
    answer: tuple[object, SimError | None]
    try:
        answer = function(*args, **kwargs), None
    except SimError as error:
        answer = None, error
    sys.stdout.buffer.write(pickle.dumps(answer))
