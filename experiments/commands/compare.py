# SPDX-License-Identifier: GPL-2.0-or-later
"""``probelab compare DIR``: the set-ups of a results directory side by side: ministat's block, then what it hides."""

from __future__ import annotations

import argparse
from pathlib import Path

from experiments.commands.arguments import percentage, whole_number
from experiments.compare import compare_results
from experiments.ministat import DEFAULT_VINTAGE, LEVELS, VINTAGES, Options
from experiments.results import Results, read_results
from experiments.sample import DESCRIPTIONS
from experiments.streams import complain, write


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    metrics = "".join(f"  {name:14} {text}\n" for name, text in DESCRIPTIONS.items())
    parser = commands.add_parser(
        "compare",
        help="compare the set-ups of a results directory: ministat's block, then what it hides",
        description="Compare each set-up with the first one of the plan: ministat's plot, vital numbers and Student's "
        "t; then intervals, equivalence within a margin, what so many runs could have shown, and doubts.",
        epilog=f"measurements:\n{metrics}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("directory", metavar="DIR", type=Path, help="where `probelab run` saved its samples")
    parser.add_argument("--metric", metavar="NAME", help="measurement to compare (default: the plan's first)")
    parser.add_argument("-c", dest="confidence", type=float, choices=LEVELS, default=95.0, help="confidence in percent")
    parser.add_argument("-w", dest="width", type=whole_number(2, 10_000), default=74, help="width of the plot")
    parser.add_argument("-s", dest="separate", action="store_true", help="a bar of its own for each set-up")
    parser.add_argument("-A", dest="plot", action="store_false", help="no plot")
    parser.add_argument("-n", dest="raw", action="store_true", help="vital numbers only")
    parser.add_argument("--brief", action="store_true", help="ministat's block only")
    parser.add_argument("--full", action="store_true", help="of a sweep, too, every comparison in full")
    parser.add_argument(
        "--margin", type=percentage, default=5.0, metavar="PERCENT", help="margin of equivalence, of the first's mean"
    )
    parser.add_argument("--vintage", choices=tuple(VINTAGES), default=DEFAULT_VINTAGE.name, help="whose ministat")
    parser.set_defaults(execute=execute)


def execute(args: argparse.Namespace) -> int:
    """Print the comparison; what the numbers leave out is told on standard error."""
    results = read_results(args.directory)
    options = Options(
        confidence=args.confidence,
        width=args.width,
        plot=args.plot,
        raw=args.raw,
        separate=args.separate,
        vintage=VINTAGES[args.vintage],
    )
    text = compare_results(results, args.metric, options)
    if not args.brief and len(results.setups) > 1:
        text += "\n" + explain_results(results, args)
    complain(describe_losses(results))
    write(text)
    return 0


def explain_results(results: Results, args: argparse.Namespace) -> str:
    """Return what the block hides; brings in the statistics libraries."""
    from experiments.analysis import analyse
    from experiments.explain import explain
    from experiments.stats import Settings

    settings = Settings(confidence=args.confidence, margin=args.margin)
    return explain(analyse(results, args.metric, settings), args.full)


def describe_losses(results: Results) -> str:
    """Return a line for everything that is missing from the samples; empty if nothing is."""
    lines = []
    if results.torn:
        lines.append(f"the last line of {results.directory / 'samples.csv'} is torn and left out")
    if results.bad:
        numbers = ", ".join(map(str, results.bad[:5]))
        lines.append(f"{len(results.bad)} damaged lines of samples.csv are left out (line {numbers})")
    if results.failures:
        lines.append(f"{len(results.failures)} failed runs are not among the samples (failures.csv)")
    for setup in results.setups:
        if drops := sum(results.values(setup, "drops")):
            lines.append(f"{setup}: {drops:.0f} records were dropped")
    return "".join(f"probelab: {line}\n" for line in lines)
