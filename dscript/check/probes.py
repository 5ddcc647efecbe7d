# SPDX-License-Identifier: GPL-2.0-or-later
"""Probe descriptions against the machine: every one must match a probe, unless zdefs allows none.

A clause is checked once for all its descriptions, unless ``args[ ]`` has other types in one than in another: then once
for each, as DTrace always does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from dscript import nodes
from dscript.check.scope import Scope
from dscript.check.stability import iter_nodes
from dscript.env import ProbeArgument
from dscript.errors import Problem
from dscript.probedesc import read_description
from dscript.program import ProbeDescription
from dscript.record import replace

_LAST_PID = 0x7FFFFFFF
_PROCESS = re.compile(r"pid[0-9]+")


def check_descriptions(clause: nodes.Clause, scope: Scope) -> tuple[tuple[ProbeDescription, ...], tuple[int, ...]]:
    """The clause's descriptions and the ids of the probes they match, each once; problems are collected."""
    descriptions: list[ProbeDescription] = []
    ids: dict[int, None] = {}
    for written in clause.descriptions:
        try:
            description, matched, foreign = _match(written, scope)
        except Problem as problem:
            scope.report(problem)
            continue
        if foreign is not None:
            if matched and all(probe in ids for probe in matched):
                continue  # another system's second name of what the clause traces anyway
            _remark(foreign, scope)
        descriptions.append(description)
        ids.update(dict.fromkeys(matched))
    return tuple(descriptions), tuple(ids)


def split_by_arguments(clause: nodes.Clause, scope: Scope) -> Sequence[nodes.Clause]:
    """The clause; as several clauses of one description each if it speaks of args[ ] and their types differ."""
    if len(clause.descriptions) < 2 or not any(map(_is_args, iter_nodes(clause))):
        return (clause,)
    shapes = set()
    for written in clause.descriptions:
        try:
            _, ids, _ = _match(written, scope)
        except Problem:  # it will be reported with the clause
            return (clause,)
        shapes |= {get_shape(scope.env.find_arguments(probe) or ()) for probe in ids}
    if len(shapes) < 2:
        return (clause,)
    return [replace(clause, descriptions=(written,)) for written in clause.descriptions]


def _is_args(node: object) -> bool:
    return isinstance(node, nodes.Name) and node.name == "args"


def get_shape(types: Sequence[ProbeArgument]) -> tuple[object, ...]:
    """What has to be equal for two probes to have the same args[ ]."""
    return tuple((str(argument.native), argument.translated, argument.source) for argument in types)


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


def _match(written: nodes.Description, scope: Scope) -> tuple[ProbeDescription, list[int], str | None]:
    """The description, the ids of its probes, and a remark if it was in another system's names."""
    description, note = read_description(written, scope.level)
    _remark(note, scope)
    offered = list(_iter_offered(description, scope))
    if offered:  # by a provider that the script declares: nobody else knows these probes
        scope.offered += offered
        return description, [], None
    ids = list(scope.env.match(description)) if description.id != 0 else []
    native = scope.env.find_native(description) if not ids else None
    if native is not None and (ids := list(scope.env.match(native))):
        return native, ids, f"probe description {description} is in Solaris's names; read as {native}"
    if not ids and description.id is not None:
        reason = f"invalid probe identifier {description.id}: No probe matches description"
        raise Problem("D_PDESC_INVAL", written.span, reason)
    if not ids and _PROCESS.fullmatch(description.provider):
        if not 0 < int(description.provider[3:]) <= _LAST_PID:
            message = f"'{description.provider}' does not contain a valid pid"
            raise Problem("D_PROC_BADPID", written.span, message)
        raise Problem(
            "D_PROC_NODEV",
            written.span,
            f"failed to create probe in process {description.provider[3:]}: there is no pid provider on this machine",
        )
    if not ids and not scope.options.zdefs:
        reason = f"probe description {description} does not match any probes"
        raise Problem("D_PDESC_ZERO", written.span, reason, scope.env.suggest(description))
    return description, ids, None
