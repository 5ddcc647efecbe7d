# SPDX-License-Identifier: GPL-2.0-or-later
"""``probelab demo``: the lecture's experiment from beginning to end, as ``make demo`` shows it.

First the lecture's one-liner and its stacks, then the three set-ups run side by side and compared.
"""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from experiments.catalog import load_plan
from experiments.commands.arguments import whole_number
from experiments.commands.run import (
    change_plan,
    choose_directory,
    count_cores,
    make_executor,
    make_runs,
    report,
)
from experiments.compare import compare_results
from experiments.errors import ExperimentError
from experiments.ministat import Options
from experiments.plan import Plan
from experiments.planfile import MAX_SEED
from experiments.reading import describe_reading
from experiments.results import read_results
from experiments.streams import write
from experiments.writer import refuse_used

LECTURE_LINE = "fbt:::malloc:entry { @traces[stack()] = count(); }"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "demo",
        help="the lecture's experiment, from the one-liner to the comparison",
        description="Trace malloc(9) in one dd, then measure what that costs: without DTrace, with it, and with the "
        "unwinder that does not search modules.",
    )
    parser.add_argument("--runs", type=whole_number(3, 1000), default=10, metavar="N", help="runs of each set-up")
    parser.add_argument("--seed", type=whole_number(0, MAX_SEED), default=1, metavar="S", help="origin of all chance")
    parser.add_argument("--out", type=Path, metavar="DIR", help="results directory (default: a new one under out/)")
    parser.add_argument("--jobs", type=whole_number(1, 1024), metavar="J", help="runs at once (default: one a core)")
    parser.set_defaults(execute=execute)


def execute(args: argparse.Namespace) -> int:
    """Show the experiment; 0 if all of it worked."""
    plan = change_plan(load_plan("lecture3-malloc"), args.runs, args.seed)
    directory = args.out or choose_directory(Path("out"), "demo")
    refuse_used(directory)
    trace_once(plan)
    say(f"$ probelab run {plan.name} --runs {plan.runs} --seed {plan.seed} --out {directory}")
    summary = make_runs(plan, make_executor(plan), directory, args.jobs or count_cores())
    status = report(summary, directory)
    if status != 0:
        return status
    results = read_results(directory)
    say(f"\n$ probelab compare {directory}")
    say(compare_results(results, None, Options()))
    say(describe_reading(results))
    return 0


def trace_once(plan: Plan) -> None:
    """Run the lecture's line, its colon too many included, as a user would type it; raises ExperimentError."""
    from tracer.cli import main as dtrace

    words = ["-n", LECTURE_LINE, "-c", " ".join(plan.workload)]
    say(f"$ dtrace {shlex.join(words)}")
    if dtrace(words) != 0:
        raise ExperimentError("dtrace failed; see above")
    say("")


def say(text: str) -> None:
    """Print a line, which keeps its place among the lines on standard error."""
    write(f"{text}\n")
