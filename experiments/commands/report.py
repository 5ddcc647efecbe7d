# SPDX-License-Identifier: GPL-2.0-or-later
"""``probelab report DIR -o FILE``: a report of a results directory, or its stacks."""

from __future__ import annotations

import argparse
from pathlib import Path

from experiments.commands.arguments import percentage
from experiments.ministat import LEVELS
from experiments.results import read_results
from experiments.streams import complain


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "report",
        help="write a report of a results directory",
        description="Write a report; the file's name decides its format: .html (one self-contained page), .pdf, .md "
        "(with a folder of figures), or the stacks the scripts took: .folded (folded text for flame graphs) and "
        ".speedscope.json.",
    )
    parser.add_argument("directory", metavar="DIR", type=Path, help="where `probelab run` saved its samples")
    parser.add_argument("-o", dest="output", metavar="FILE", type=Path, required=True, help="what to write")
    parser.add_argument("--metric", metavar="NAME", help="measurement to report (default: the plan's first)")
    parser.add_argument("-c", dest="confidence", type=float, choices=LEVELS, default=95.0, help="confidence in percent")
    parser.add_argument("--margin", type=percentage, default=5.0, metavar="PERCENT", help="margin of equivalence")
    parser.set_defaults(execute=execute)


def execute(args: argparse.Namespace) -> int:
    """Write the report and say so."""
    results = read_results(args.directory)
    from experiments.report import find_format, write_report
    from experiments.stats import Settings

    find_format(args.output)  # before any time is spent
    write_report(results, args.output, args.metric, Settings(confidence=args.confidence, margin=args.margin))
    complain(f"probelab: {args.output} written\n")
    return 0
