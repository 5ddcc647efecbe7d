# SPDX-License-Identifier: GPL-2.0-or-later
"""Probe descriptions against the machine: every one must match a probe, unless zdefs allows none."""

from __future__ import annotations

from dscript import nodes
from dscript.check.scope import Scope
from dscript.errors import Problem
from dscript.probedesc import read_description
from dscript.program import ProbeDescription


def check_descriptions(clause: nodes.Clause, scope: Scope) -> tuple[tuple[ProbeDescription, ...], tuple[int, ...]]:
    """The clause's descriptions and the ids of the probes they match, each once; problems are collected."""
    descriptions: list[ProbeDescription] = []
    ids: dict[int, None] = {}
    for written in clause.descriptions:
        try:
            description, matched = _match(written, scope)
        except Problem as problem:
            scope.report(problem)
            continue
        descriptions.append(description)
        ids.update(dict.fromkeys(matched))
    return tuple(descriptions), tuple(ids)


def _match(written: nodes.Description, scope: Scope) -> tuple[ProbeDescription, list[int]]:
    description, note = read_description(written, scope.level)
    if note and note not in scope.notes:
        scope.notes.append(note)
    ids = list(scope.env.match(description)) if description.id != 0 else []
    if not ids and description.id is not None:
        reason = f"invalid probe identifier {description.id}: No probe matches description"
        raise Problem("D_PDESC_INVAL", written.span, reason)
    if not ids and not scope.options.zdefs:
        raise Problem("D_PDESC_ZERO", written.span, f"probe description {description} does not match any probes")
    return description, ids
