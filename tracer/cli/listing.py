# SPDX-License-Identifier: GPL-2.0-or-later
"""``dtrace -l``: the probes in dtrace's columns, all of them or those that descriptions match."""

from __future__ import annotations

from collections.abc import Iterable

from dscript import Clause
from tracer.registry import Probe, Registry

HEADING = f"{'ID':>5} {'PROVIDER':>10} {'MODULE':>17} {'FUNCTION':>33} NAME\n"


def describe_probe(probe: Probe, *, verbose: bool = False) -> str:
    """Returns one probe's line; ``verbose`` adds how many arguments it has."""
    line = f"{probe.id:>5} {probe.provider:>10} {probe.module:>17} {probe.function:>33} {probe.name}\n"
    return line + f"\n\targuments: {probe.nargs}\n\n" if verbose else line


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
