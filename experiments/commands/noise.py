# SPDX-License-Identifier: GPL-2.0-or-later
"""``--noise``: which of the machine's sources of variation are on in a plan's runs."""

from __future__ import annotations

import argparse
from dataclasses import replace

from experiments.errors import ExperimentError
from experiments.plan import Plan


def add_noise(parser: argparse.ArgumentParser) -> None:
    """Describe the option."""
    parser.add_argument(
        "--noise",
        metavar="SOURCES",
        help="sources of variation: none (all runs of a set-up are the same), all, or names with commas",
    )


def limit_noise(plan: Plan, sources: str | None) -> Plan:
    """Return the plan with just these sources on in every set-up; raises ExperimentError for an unknown one."""
    if sources is None:
        return plan
    import sim

    try:
        changes = sim.parse_noise(sources)
    except sim.SimError as error:
        raise ExperimentError(str(error)) from error
    return replace(plan, setups=tuple(replace(setup, machine={**setup.machine, **changes}) for setup in plan.setups))
