# SPDX-License-Identifier: GPL-2.0-or-later
"""The order of runs and their seeds."""

from dataclasses import replace

from experiments import list_tasks, load_plan

PLAN = replace(load_plan("lecture3-malloc"), runs=40, seed=1)


def test_blocks_are_complete():
    """Every block holds each set-up once, and runs are numbered through."""
    tasks = list_tasks(PLAN)
    names = {setup.name for setup in PLAN.setups}
    for start in range(0, len(tasks), len(names)):
        block = tasks[start : start + len(names)]
        assert {task.setup for task in block} == names
        assert len({task.run for task in block}) == 1
    assert [task.order for task in tasks] == list(range(120))


def test_order_is_shuffled_and_no_seed_repeats():
    """Each set-up comes first in some blocks, and all runs have seeds of their own that fit 32 bits."""
    tasks = list_tasks(PLAN)
    assert len({task.setup for task in tasks[::3]}) == 3
    assert len({task.seed for task in tasks}) == 120
    assert all(0 <= task.seed < 2**32 for task in tasks)


def test_order_depends_on_the_seed_alone():
    """The same seed gives the same list, more runs extend it, another seed gives another."""
    assert list_tasks(PLAN) == list_tasks(PLAN)
    assert list_tasks(replace(PLAN, runs=80))[:120] == list_tasks(PLAN)
    assert list_tasks(replace(PLAN, seed=2)) != list_tasks(PLAN)


def test_seeds_never_change():
    """The first tasks of the lecture's plan are pinned: published results must stay repeatable."""
    assert [(task.setup, task.seed) for task in list_tasks(PLAN)[:3]] == [
        ("dtrace-better", 506737521),
        ("no-dtrace", 829907113),
        ("dtrace", 1377445817),
    ]
