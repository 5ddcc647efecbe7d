# SPDX-License-Identifier: GPL-2.0-or-later
"""``probelab run PLAN``: makes every run of a plan and leaves a results directory."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from experiments.catalog import load_plan
from experiments.commands.arguments import whole_number
from experiments.commands.noise import add_noise, limit_noise
from experiments.errors import ResultsError
from experiments.executor import Executor
from experiments.factors import format_level
from experiments.order import list_tasks
from experiments.plan import Plan
from experiments.planfile import MAX_RUNS, MAX_SEED
from experiments.resume import stored_numbers
from experiments.runner import RunTasks, Summary, run_plan
from experiments.streams import INTERRUPTED, complain, write
from experiments.workers import run_forked
from experiments.writer import refuse_used


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
    parser.add_argument("--resume", action="store_true", help="go on with a run that was cut short")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="make the runs on a Dask cluster: tcp://HOST:PORT")
    parser.add_argument("--dry-run", action="store_true", help="only print what would be run, in which order")
    parser.set_defaults(execute=execute)


def execute(args: argparse.Namespace) -> int:
    """Run the plan; 0 if every run succeeded, 1 if some failed, 130 after ^C."""
    plan = load_plan(args.plan)
    directory = args.out or (find_directory if args.resume else choose_directory)(Path("out"), plan.name)
    runs, seed = stored_numbers(directory) if args.resume else (None, None)
    plan = change_plan(plan, args.runs or runs, seed if args.seed is None else args.seed)
    plan = limit_noise(plan, args.noise)
    if args.dry_run:
        write(describe_plan(plan))
        return 0
    if not args.resume:
        refuse_used(directory)
    with choose_place(plan, args.scheduler) as (executor, run_tasks):
        jobs = args.jobs or count_cores()
        summary = make_runs(plan, executor, directory, jobs, resume=args.resume, run_tasks=run_tasks)
    return report(summary, directory)


@contextmanager
def choose_place(plan: Plan, scheduler: str | None) -> Iterator[tuple[Executor, RunTasks]]:
    """Give what runs the plan and where: on this computer, or on a cluster. Raises ClusterError."""
    if scheduler is None:
        yield make_executor(plan), run_forked
        return
    from experiments.cluster import connect

    with connect(scheduler, plan) as cluster:
        yield cluster, cluster.run_tasks


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


def find_directory(parent: Path, name: str) -> Path:
    """Return the last of name-001, name-002 … that exists; raises ResultsError if there is none."""
    found = sorted(path for path in parent.glob(f"{name}-[0-9][0-9][0-9]*") if path.is_dir())
    if not found:
        raise ResultsError(f"no {parent}/{name}-001 to resume; name the directory with --out")
    return found[-1]


def make_runs(
    plan: Plan,
    executor: Executor,
    directory: Path,
    jobs: int,
    *,
    resume: bool = False,
    run_tasks: RunTasks = run_forked,
) -> Summary:
    """Run the plan with a progress bar."""
    from experiments.progress import Bar

    show = lambda total: Bar(total, plan.name)  # noqa: E731
    return run_plan(plan, executor, directory, jobs, show, resume=resume, run_tasks=run_tasks)


def report(summary: Summary, directory: Path) -> int:
    """Tell on standard error how it went; every failed run and every lost record is shown. Return the exit status."""
    lines = [f"{summary.saved} of {summary.total} runs saved in {directory} ({summary.run_s:.1f} s)"]
    if summary.kept:
        lines.append(f"{summary.kept} of them were there already")
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
        lines.append("interrupted; the same command with --resume goes on")
    complain("".join(f"probelab: {line}\n" for line in lines))
    if summary.interrupted:
        return INTERRUPTED
    return 0 if summary.complete else 1


def describe_plan(plan: Plan) -> str:
    """Return what --dry-run prints: the set-ups, and every run in its order with its seed."""
    lines = [f"plan      {plan.name}", f"workload  {' '.join(plan.workload)}", f"runs      {plan.runs} of each set-up"]
    lines += [f"blocks    {plan.blocks}"] if 0 < plan.blocks < plan.runs else []
    lines += [f"seed      {plan.seed}", ""]
    for factor in plan.factors:
        values = ", ".join(format_level(table[factor.name]) for table in factor.values)
        lines.append(f"factor    {factor.name:16} {values}")
    width = max(16, *(len(setup.name) for setup in plan.setups))
    for setup in plan.setups:
        options = " ".join(f"{key}={format_level(value)}" for key, value in setup.machine.items())
        script = " ".join((setup.script or "(not traced)").split())
        lines.append(f"set-up    {setup.name:{width}} {options:28} {script}")
    lines += ["", "order  run  seed        set-up"]
    lines += [f"{task.order:5}  {task.run:3}  {task.seed:<10}  {task.setup}" for task in list_tasks(plan)]
    return "\n".join(lines) + "\n"
