# SPDX-License-Identifier: GPL-2.0-or-later
"""``probelab calibrate``: the emulated machine's microbenchmarks beside the published ones."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from experiments.errors import ExperimentError
from experiments.streams import write

BOARD = "beaglebone-black-1ghz"
PARTS = ("latency", "bandwidth", "operations", "kernel", "processes")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "calibrate",
        help="hold the machine against published measurements",
        description="Run microbenchmarks in the guest (load latency, bandwidth, integer operations, system calls, "
        "faults, processes) and print each beside the figure published for the real board, with the ratio. Figures of "
        "the hardware that differ by more than 10 % are marked *, or ~ if the published one lies within what several "
        "orders of the free physical pages give; those of the kernel are only reported.",
    )
    parser.add_argument("part", metavar="PART", nargs="*", choices=[[], *PARTS], help="only: " + ", ".join(PARTS))
    parser.add_argument("--machine", metavar="MACHINE", default=BOARD, help=f"a machine or .toml file ({BOARD})")
    parser.add_argument("--json", action="store_true", help="print one JSON object, with every latency")
    parser.add_argument("--plot", metavar="FILE", type=Path, help="draw the load latencies (.png, .svg, .pdf)")
    parser.set_defaults(execute=execute)


def execute(args: argparse.Namespace) -> int:
    """Print the table or the JSON object, and draw the plot."""
    import sim
    from experiments.calibrate import render_table, run_calibration

    try:
        calibration = run_calibration(sim.load_config(args.machine), tuple(args.part))
    except sim.SimError as error:
        raise ExperimentError(str(error)) from error
    write(json.dumps(calibration.to_json(), indent=2) + "\n" if args.json else render_table(calibration))
    if args.plot:
        from experiments.calibrate_plot import plot_latency

        plot_latency(calibration, args.plot)
    return 0
