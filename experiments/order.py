# SPDX-License-Identifier: GPL-2.0-or-later
"""Which run comes when, and with which seed: randomised complete blocks, all derived from the plan's seed.

A block holds every set-up once, in an order of its own, so that a drift of the machine falls on all alike. Each run
has a seed of its own: the samples are independent, as Student's t asks. Choices come from SHA-256, so they are the
same on every version of Python.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from experiments.plan import Plan


@dataclass(frozen=True)
class Task:
    """One run to be made: ``order`` counts from 0 over the whole plan, ``run`` from 1 within its set-up."""

    order: int
    setup: str
    run: int
    seed: int


def derive(seed: int, *names: object) -> int:
    """Return a 32-bit number that depends on the seed and the names alone."""
    digest = hashlib.sha256(":".join(map(str, (seed, *names))).encode()).digest()
    return int.from_bytes(digest[:4], "big")


def list_tasks(plan: Plan) -> list[Task]:
    """Return all runs of the plan in the order they are to be made."""
    tasks: list[Task] = []
    for run in range(1, plan.runs + 1):
        shuffled = sorted(plan.setups, key=lambda setup, run=run: derive(plan.seed, "order", run, setup.name))  # type: ignore[misc]
        for setup in shuffled:
            tasks.append(Task(len(tasks), setup.name, run, derive(plan.seed, "run", run, setup.name)))
    return tasks
