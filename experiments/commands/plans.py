# SPDX-License-Identifier: GPL-2.0-or-later
"""``probelab plans``: the built-in plans and what they ask; with a name or file, that plan checked and described."""

from __future__ import annotations

import argparse

from experiments.catalog import iter_builtin_plans, load_plan
from experiments.commands.run import describe_plan
from experiments.streams import write


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "plans",
        help="list the built-in plans, or check one",
        description="List the built-in plans; with an argument, check that plan and show what it would run.",
    )
    parser.add_argument("plan", metavar="PLAN", nargs="?", help="a plan's name, or a .toml file")
    parser.set_defaults(execute=execute)


def execute(args: argparse.Namespace) -> int:
    """Print the list, or one plan."""
    if args.plan:
        write(describe_plan(load_plan(args.plan)))
        return 0
    for plan in iter_builtin_plans():
        setups = ", ".join(plan.families)
        crossed = "".join(f" × {len(factor.values)} {factor.name}" for factor in plan.factors)
        write(f"{plan.name:16} {plan.question}\n{'':16} {setups}{crossed}; {plan.runs} runs of each\n")
    return 0
