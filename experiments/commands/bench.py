# SPDX-License-Identifier: GPL-2.0-or-later
"""``probelab bench``: how fast the emulation is on this host."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from experiments.errors import ExperimentError
from experiments.streams import write

GROWTH = 1_000_000_000


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "bench",
        help="measure the emulator on this host",
        description="Measure guest instructions a CPU second with the bare CPU and with the timed core, in turn, and "
        "how long booting and one dd take on this host.",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--growth",
        action="store_true",
        help="also hold a machine that has executed 10^9 instructions against a new one",
    )
    parser.set_defaults(execute=execute)


def execute(args: argparse.Namespace) -> int:
    """Print the figures."""
    import sim

    try:
        figures = asdict(sim.run_bench())
        if args.growth:
            figures |= {f"growth_{name}": value for name, value in asdict(sim.run_growth(GROWTH)).items()}
    except sim.SimError as error:
        raise ExperimentError(str(error)) from error
    if args.json:
        write(json.dumps(figures, indent=2) + "\n")
    else:
        write("".join(f"{name:36} {value:,.6g}\n" for name, value in figures.items()))
    return 0
