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

PACKAGES = ("probelab", "unicorn", "lark", "pyelftools")


def collect_metadata(plan: Plan, tasks: Sequence[Task], machine: dict[str, Any], jobs: int) -> dict[str, Any]:
    """Return everything to be recorded before the first run."""
    return {
        "format": 1,
        "started": now(),
        "plan": {
            "name": plan.name,
            "question": plan.question,
            "workload": list(plan.workload),
            "runs": plan.runs,
            "seed": plan.seed,
            "metrics": list(plan.metrics),
            "board": plan.board,
            "setups": [
                {
                    "name": setup.name,
                    "script": setup.script,
                    "machine": dict(setup.machine),
                    "dtrace_options": list(setup.dtrace_options),
                }
                for setup in plan.setups
            ],
            "text": plan.text,
        },
        "design": "randomised complete blocks",
        "order": [asdict(task) for task in tasks],
        "machine": machine,
        "versions": describe_versions(),
        "host": {"system": platform.platform(), "cpus": os.cpu_count(), "jobs": jobs},
        "command": sys.argv,
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
