# SPDX-License-Identifier: GPL-2.0-or-later
"""``probelab run PLAN``: makes every run of a plan and leaves a results directory."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from pathlib import Path

from experiments.catalog import load_plan
from experiments.commands.arguments import whole_number
from experiments.commands.noise import add_noise, limit_noise
from experiments.errors import ResultsError
from experiments.executor import Executor
from experiments.order import list_tasks
from experiments.plan import Plan
from experiments.planfile import MAX_RUNS, MAX_SEED
from experiments.runner import Summary, run_plan
from experiments.streams import INTERRUPTED, complain, write


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "run",
        help="run a plan and save its samples",
        description="Run a plan: every set-up, many times, each run with a seed of its own, in randomised blocks. "
        "Every run is saved the moment it ends. The same command gives the same cycle counts, whatever --jobs says.",
    )
    parser.add_argument("plan", metavar="PLAN", help="name of a built-in plan (see `probelab plans`), or a .toml file")
    parser.add_argument("--runs", type=whole_number(1, MAX_RUNS), metavar="N", help="runs of each set-up")
    parser.add_argument("--seed", type=whole_number(0, MAX_SEED), metavar="S", help="origin of all random choices")
    parser.add_argument("--out", type=Path, metavar="DIR", help="results directory (default: a new one under out/)")
    parser.add_argument("--jobs", type=whole_number(1, 1024), metavar="J", help="runs at once (default: one a core)")
    add_noise(parser)
    parser.add_argument("--dry-run", action="store_true", help="only print what would be run, in which order")
    parser.set_defaults(execute=execute)


def execute(args: argparse.Namespace) -> int:
    """Run the plan; 0 if every run succeeded, 1 if some failed, 130 after ^C."""
    plan = limit_noise(change_plan(load_plan(args.plan), args.runs, args.seed), args.noise)
    if args.dry_run:
        write(describe_plan(plan))
        return 0
    directory = args.out or choose_directory(Path("out"), plan.name)
    refuse_used(directory)
    summary = make_runs(plan, make_executor(plan), directory, args.jobs or count_cores())
    return report(summary, directory)


def make_executor(plan: Plan) -> Executor:
    """Return what runs the plan on the machine."""
    from experiments.machine_executor import MachineExecutor

    return MachineExecutor(plan.workload, plan.board)


def change_plan(plan: Plan, runs: int | None, seed: int | None) -> Plan:
    """Return the plan with the command line's numbers of runs and seed, where given."""
    return replace(plan, runs=runs or plan.runs, seed=plan.seed if seed is None else seed)


def count_cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0))


def choose_directory(parent: Path, name: str) -> Path:
    """Return the first of name-001, name-002 … that does not exist."""
    number = 1
    while (directory := parent / f"{name}-{number:03d}").exists():
        number += 1
    return directory


def refuse_used(directory: Path) -> None:
    """Raise ResultsError if the directory holds samples already, before any time is spent."""
    if (directory / "samples.csv").exists():
        raise ResultsError(f"{directory} already holds samples; choose another --out, or remove it")


def make_runs(plan: Plan, executor: Executor, directory: Path, jobs: int) -> Summary:
    """Run the plan with a progress bar."""
    from experiments.progress import Bar

    return run_plan(plan, executor, directory, jobs, lambda: Bar(plan.runs * len(plan.setups), plan.name))


def report(summary: Summary, directory: Path) -> int:
    """Tell on standard error how it went; every failed run and every lost record is shown. Return the exit status."""
    lines = [f"{summary.saved} of {summary.total} runs saved in {directory} ({summary.run_s:.1f} s)"]
    if summary.failures:
        first = summary.failures[0]
        lines.append(
            f"{len(summary.failures)} runs failed (see {directory / 'failures.csv'}); the first: "
            f"{first.task.setup}, run {first.task.run}: {first.error}"
        )
        if first.trace:
            lines.append(first.trace.rstrip())
    if summary.drops:
        lines.append(f"{summary.drops} records were dropped (column drops)")
    if summary.interrupted:
        lines.append("interrupted")
    complain("".join(f"probelab: {line}\n" for line in lines))
    if summary.interrupted:
        return INTERRUPTED
    return 0 if summary.complete else 1


def describe_plan(plan: Plan) -> str:
    """Return what --dry-run prints: the set-ups, and every run in its order with its seed."""
    lines = [f"plan      {plan.name}", f"workload  {' '.join(plan.workload)}", f"runs      {plan.runs} of each set-up"]
    lines += [f"seed      {plan.seed}", ""]
    for setup in plan.setups:
        options = " ".join(f"{key}={value}" for key, value in setup.machine.items())
        lines.append(f"set-up    {setup.name:16} {options:28} {(setup.script or '(not traced)').strip()}")
    lines += ["", "order  run  seed        set-up"]
    lines += [f"{task.order:5}  {task.run:3}  {task.seed:<10}  {task.setup}" for task in list_tasks(plan)]
    return "\n".join(lines) + "\n"
