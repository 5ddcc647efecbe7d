# SPDX-License-Identifier: GPL-2.0-or-later
"""Collects what must be known to repeat a run: versions, machine, image, plan, host, seeds and order."""

from __future__ import annotations

import datetime
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib import metadata
from typing import Any

from experiments.order import Task
from experiments.plan import Plan

FORMAT = 2
PACKAGES = (
    "probelab",
    "unicorn",
    "lark",
    "pyelftools",
    "numpy",
    "scipy",
    "statsmodels",
    "pandas",
    "pyarrow",
    "matplotlib",
)


def collect_metadata(plan: Plan, tasks: Sequence[Task], machine: dict[str, Any], jobs: int) -> dict[str, Any]:
    """Return everything to be recorded before the first run."""
    return {
        "format": FORMAT,
        "started": now(),
        "plan": describe_plan(plan),
        "design": "randomised complete blocks",
        "order": [asdict(task) for task in tasks],
        "machine": machine,
        "versions": describe_versions(),
        "host": {"system": platform.platform(), "cpus": os.cpu_count(), "jobs": jobs},
        "command": sys.argv,
    }


def describe_plan(plan: Plan) -> dict[str, Any]:
    """Return the plan as plain data; its set-ups are the cells, each with its set-up's name and its levels."""
    return {
        "name": plan.name,
        "question": plan.question,
        "workload": list(plan.workload),
        "runs": plan.runs,
        "seed": plan.seed,
        "blocks": plan.blocks or plan.runs,
        "metrics": list(plan.metrics),
        "board": plan.board,
        "factors": [{"name": item.name, "values": [dict(value) for value in item.values]} for item in plan.factors],
        "costs": {name: list(words) for name, words in plan.costs.items()},
        "setups": [
            {
                "name": setup.name,
                "setup": setup.family,
                "levels": dict(setup.levels),
                "workload": list(setup.workload or plan.workload),
                "script": setup.script,
                "machine": dict(setup.machine),
                "dtrace_options": list(setup.dtrace_options),
                "env": dict(setup.env),
            }
            for setup in plan.setups
        ],
        "text": plan.text,
    }


def describe_versions() -> dict[str, str]:
    """Return the versions of Python and of the packages a result depends on."""
    versions = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = "not installed"
    return versions


def now() -> str:
    """Return the time in UTC, to the second."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
