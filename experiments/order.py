# SPDX-License-Identifier: GPL-2.0-or-later
"""Which run comes when, and with which seed: randomised complete blocks, all derived from the plan's seed.

A block holds every set-up equally often (once, unless the plan asks for fewer blocks than runs), in an order of its
own, so that a drift of the machine falls on all alike. Each run has a seed of its own: the samples are independent, as
Student's t asks. Choices come from SHA-256, so they are the same on every version of Python.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import groupby

from experiments.plan import Plan


@dataclass(frozen=True)
class Task:
    """One run to be made: ``order`` counts from 0 over the whole plan, ``run`` (and ``block``) from 1 in its set-up."""

    order: int
    setup: str
    run: int
    seed: int
    block: int = 1


def derive(seed: int, *names: object) -> int:
    """Return a 32-bit number that depends on the seed and the names alone."""
    digest = hashlib.sha256(":".join(map(str, (seed, *names))).encode()).digest()
    return int.from_bytes(digest[:4], "big")


def list_tasks(plan: Plan) -> list[Task]:
    """Return all runs of the plan in the order they are to be made."""
    names = [setup.name for setup in plan.setups]
    tasks: list[Task] = []
    for block, runs in groupby(range(1, plan.runs + 1), lambda run: find_block(plan, run)):
        cells = [(derive(plan.seed, "order", run, name), run, name) for run in runs for name in names]
        for _, run, name in sorted(cells, key=lambda cell: cell[:1]):
            tasks.append(Task(len(tasks), name, run, derive(plan.seed, "run", run, name), block))
    return tasks


def find_block(plan: Plan, run: int) -> int:
    """Return the block a run falls into, from 1; blocks are as even as they can be."""
    blocks = min(plan.blocks or plan.runs, plan.runs)
    return (run - 1) * blocks // plan.runs + 1
