# SPDX-License-Identifier: GPL-2.0-or-later
"""Probe descriptions against the machine: every one must match a probe, unless zdefs allows none."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from fnmatch import fnmatchcase

from dscript import nodes
from dscript.check.scope import Scope
from dscript.env import ProbeArgument
from dscript.errors import Problem
from dscript.probedesc import read_description
from dscript.program import ProbeDescription

_PROCESS = re.compile(r"pid[0-9]+")


def check_descriptions(clause: nodes.Clause, scope: Scope) -> tuple[tuple[ProbeDescription, ...], tuple[int, ...]]:
    """The clause's descriptions and the ids of the probes they match, each once; problems are collected."""
    descriptions: list[ProbeDescription] = []
    ids: dict[int, None] = {}
    for written in clause.descriptions:
        try:
            description, matched = _match(written, scope, ids)
        except Problem as problem:
            scope.report(problem)
            continue
        descriptions.append(description)
        ids.update(dict.fromkeys(matched))
    return tuple(descriptions), tuple(ids)


def _remark(note: str | None, scope: Scope) -> None:
    if note and note not in scope.notes:
        scope.notes.append(note)


def _iter_offered(description: ProbeDescription, scope: Scope) -> Iterator[tuple[ProbeArgument, ...]]:
    """The arguments of the probes that a description matches among those the script's own providers declare."""
    for provider, probes in scope.provided.items():
        if description.provider and fnmatchcase(provider, description.provider.rstrip("0123456789")):
            for name, arguments in probes.items():
                if not description.name or fnmatchcase(name, description.name):
                    yield arguments


def _match(written: nodes.Description, scope: Scope, before: Container[int]) -> tuple[ProbeDescription, list[int]]:
    description, note = read_description(written, scope.level)
    _remark(note, scope)
    offered = list(_iter_offered(description, scope))
    if offered:  # by a provider that the script declares: nobody else knows these probes
        scope.offered += offered
        return description, []
    ids = list(scope.env.match(description)) if description.id != 0 else []
    native = scope.env.find_native(description) if not ids else None
    if native is not None and (ids := list(scope.env.match(native))):
        if any(probe not in before for probe in ids):  # else it is another name of what the clause traces anyway
            _remark(f"probe description {description} is in Solaris's names; read as {native}", scope)
        return native, ids
    if not ids and description.id is not None:
        reason = f"invalid probe identifier {description.id}: No probe matches description"
        raise Problem("D_PDESC_INVAL", written.span, reason)
    if not ids and _PROCESS.fullmatch(description.provider):
        raise Problem(
            "D_PROC_NODEV",
            written.span,
            f"failed to create probe in process {description.provider[3:]}: there is no pid provider on this machine",
        )
    if not ids and not scope.options.zdefs:
        raise Problem("D_PDESC_ZERO", written.span, f"probe description {description} does not match any probes")
    return description, ids
