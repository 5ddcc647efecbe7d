# SPDX-License-Identifier: GPL-2.0-or-later
"""``dtrace -l``: the probes in dtrace's columns, all or those that descriptions match; with -v all about them."""

from __future__ import annotations

from collections.abc import Iterable

from dscript import Clause, TypeEnv, describe_probe_stability
from tracer.registry import Probe, Registry

HEADING = f"{'ID':>5} {'PROVIDER':>10} {'MODULE':>17} {'FUNCTION':>33} NAME\n"


def describe_probe(probe: Probe) -> str:
    """Returns one probe's line."""
    return f"{probe.id:>5} {probe.provider:>10} {probe.module:>17} {probe.function:>33} {probe.name}\n"


def describe_details(probe: Probe, env: TypeEnv) -> str:
    """Returns a probe's stability and the types of its arguments."""
    arguments = env.find_arguments(probe.id) or ()
    types = [f"\t\targs[{n}]: {argument.translated or argument.native}\n" for n, argument in enumerate(arguments)]
    shown = "".join(types) or "\t\tNone\n"
    return f"{describe_probe_stability(probe.provider)}\n\tArgument Types\n{shown}\n"


def find_listed(registry: Registry, clauses: Iterable[Clause] | None) -> tuple[tuple[Probe, ...], list[str]]:
    """Returns the probes to list, each once, and the descriptions that match none; None stands for all probes."""
    if clauses is None:
        return registry.probes, []
    found: dict[int, Probe] = {}
    missing = []
    for clause in clauses:
        for description in clause.descriptions:
            probes = registry.match(description)
            found.update((probe.id, probe) for probe in probes)
            if not probes:
                missing.append(str(description))
    return tuple(found.values()), missing
