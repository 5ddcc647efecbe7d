# SPDX-License-Identifier: GPL-2.0-or-later
"""Experiments: plans, runs, results and their comparison. The commands are ``probelab`` and ``ministat``.

    plan = load_plan("lecture3-malloc")
    run_plan(plan, FakeExecutor(), Path("out/x"), jobs=2, progress=Silence)
    print(compare_results(read_results(Path("out/x")), "sys_s", Options()))

Importing this package loads neither the machine nor any library for statistics; ``load`` and
``measure`` bring in pandas and more.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from experiments.catalog import iter_builtin_plans, load_plan, parse_plan, read_plan
from experiments.compare import compare_results
from experiments.errors import (
    ClusterError,
    CompareError,
    ExperimentError,
    OutputError,
    PlanError,
    ReportError,
    ResultsError,
    RunError,
)
from experiments.executor import Executor, FakeExecutor
from experiments.order import Task, list_tasks
from experiments.plan import Plan, Setup
from experiments.results import Results, read_results
from experiments.runner import Progress, Silence, Summary, run_plan
from experiments.sample import METRICS, Sample
from experiments.writer import ResultsWriter

if TYPE_CHECKING:
    from experiments.frame import load
    from experiments.lab import Lab, measure

__all__ = [
    "METRICS",
    "ClusterError",
    "CompareError",
    "Executor",
    "ExperimentError",
    "FakeExecutor",
    "Lab",
    "OutputError",
    "Plan",
    "PlanError",
    "Progress",
    "ReportError",
    "Results",
    "ResultsError",
    "ResultsWriter",
    "RunError",
    "Sample",
    "Setup",
    "Silence",
    "Summary",
    "Task",
    "compare_results",
    "iter_builtin_plans",
    "list_tasks",
    "load",
    "load_plan",
    "measure",
    "parse_plan",
    "read_plan",
    "read_results",
    "run_plan",
]

_LATER = {"load": "experiments.frame", "Lab": "experiments.lab", "measure": "experiments.lab"}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)
