# SPDX-License-Identifier: GPL-2.0-or-later
"""``probelab machines``: the machine files that come with the package."""

from __future__ import annotations

import argparse

from experiments.errors import ExperimentError
from experiments.streams import write


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "machines",
        help="list the emulated machines, or show one",
        description="List the machines; with a name or .toml file, print every option with its value. "
        'A plan changes options with machine = { "section.key" = value }.',
    )
    parser.add_argument("machine", metavar="MACHINE", nargs="?", help="a machine's name, or a .toml file")
    parser.set_defaults(execute=execute)


def execute(args: argparse.Namespace) -> int:
    """Print the list, or one machine's options; the default machine is marked."""
    import sim

    try:
        if args.machine:
            config = sim.load_config(args.machine)
            write(f"{config.name}: {config.description}\n")
            write("".join(f"  {key:24} {value}\n" for key, value in sorted(config.values.items())))
            return 0
        for name in sim.list_machines():
            mark = " (default)" if name == sim.DEFAULT_MACHINE else ""
            write(f"{name:24} {sim.load_config(name).description}{mark}\n")
    except sim.SimError as error:
        raise ExperimentError(str(error)) from error
    return 0
