# SPDX-License-Identifier: GPL-2.0-or-later
"""``probelab fidelity``: the lecture's numbers as predictions of the emulated machine."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from experiments.commands.arguments import whole_number
from experiments.errors import ExperimentError
from experiments.streams import write

RUNS, MAX_RUNS, MAX_JOBS = 6, 1000, 64


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "fidelity",
        help="hold the machine against the lecture's numbers",
        description="Make the lecture's runs and print its numbers beside ours, with the ratio and the mechanism. None "
        "of the machine's parameters is set from them. What is more than 10 % off is marked * and explained below.",
    )
    parser.add_argument("--runs", type=whole_number(1, MAX_RUNS), default=RUNS, metavar="N", help="runs of each set-up")
    parser.add_argument("--jobs", type=whole_number(1, MAX_JOBS), default=2, metavar="J", help="machines at once")
    parser.add_argument("--machine", metavar="MACHINE", help="a machine or .toml file (default: the lecture's)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(execute=execute)


def execute(args: argparse.Namespace) -> int:
    """Print the table or the JSON object."""
    import sim
    import tracer
    from experiments.fidelity import render_table, run_fidelity

    try:
        config = sim.load_config(args.machine or sim.DEFAULT_MACHINE)
        predictions = run_fidelity(args.machine or sim.DEFAULT_MACHINE, args.runs, args.jobs)
    except (sim.SimError, tracer.TracerError) as error:
        raise ExperimentError(str(error)) from error
    if args.json:
        found = [asdict(entry) | {"ratio": entry.ratio, "agrees": entry.agrees} for entry in predictions]
        write(json.dumps({"machine": config.name, "runs": args.runs, "predictions": found}, indent=2) + "\n")
    else:
        write(render_table(config, predictions, args.runs))
    return 0
