# SPDX-License-Identifier: GPL-2.0-or-later
"""``provider name { probe p(native) : (translated); };``: checked, and its probes made known to the clauses.

No probe comes into being: the declaration says what the arguments of probes are that a program of the user has.
"""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check.convert import assign_convert
from dscript.check.inlines import stand_in
from dscript.check.scope import Scope
from dscript.check.translators import translate_value
from dscript.check.typenames import read_prototype
from dscript.ctype import CType, describe, same_type
from dscript.env import ProbeArgument
from dscript.errors import Problem
from dscript.probedesc import LIMITS

MAX_ARGUMENTS = 255


def define_provider(node: nodes.Provider, scope: Scope) -> None:
    """Check a definition and enter it."""
    if len(node.name) >= LIMITS[0] or node.name[-1].isdigit():
        reason = (
            "may not end with a digit" if node.name[-1].isdigit() else f"must have less than {LIMITS[0]} characters"
        )
        raise Problem("D_PROV_BADNAME", node.span, f"provider name {node.name[:80]} {reason}")
    probes: dict[str, tuple[ProbeArgument, ...]] = {}
    for offered in node.probes:
        name = offered.name.replace("__", "-")
        if name in probes:
            raise Problem("D_PROV_PRDUP", offered.span, f"probe {node.name}:::{name} has already been declared")
        if len(name) >= LIMITS[3]:
            raise Problem("D_PROV_BADNAME", offered.span, f"probe name {name[:80]} is too long")
        probes[name] = _arguments(offered, f"{node.name}:::{name}", scope)
    before = scope.provided.get(node.name)
    if before is not None and not _same(before, probes):
        message = f"provider {node.name} has already been declared with other probes"
        raise Problem("D_PROV_INCOMPAT", node.span, message)
    scope.provided[node.name] = probes


def _same(one: dict[str, tuple[ProbeArgument, ...]], other: dict[str, tuple[ProbeArgument, ...]]) -> bool:
    return one.keys() == other.keys() and all(
        len(one[name]) == len(other[name])
        and all(
            same_type(a.native, b.native) and a.translated == b.translated and a.source == b.source
            for a, b in zip(one[name], other[name], strict=True)
        )
        for name in one
    )


def _arguments(offered: nodes.Offered, probe: str, scope: Scope) -> tuple[ProbeArgument, ...]:
    native = _prototype(offered.native, probe, scope)
    if offered.translated is None:
        return tuple(ProbeArgument(kind, None, number) for number, (_, kind) in enumerate(native))
    arguments = []
    for number, (name, kind) in enumerate(_prototype(offered.translated, probe, scope)):
        source = _source(number, name, native, offered, probe)
        given = native[source][1]
        _require_translator(offered, given, kind, f"{probe} translated argument #{number + 1}", scope)
        arguments.append(ProbeArgument(given, describe(kind), source))
    return tuple(arguments)


def _prototype(function: nodes.Function, probe: str, scope: Scope) -> list[tuple[str, CType]]:
    parameters = function.parameters or ()
    if len(parameters) > MAX_ARGUMENTS:
        message = f"probe {probe} prototype exceeds {MAX_ARGUMENTS} parameters: {len(parameters)} given"
        raise Problem("D_PROV_PRARGLEN", function.span, message)
    if function.variadic:
        message = "probe prototype may not use a variable-length argument list"
        raise Problem("D_DECL_PROTO_VARARGS", function.span, message)
    types = read_prototype(parameters, "probe", scope, void=True)
    return list(zip((p.declarator.name if p.declarator else "" for p in parameters), types, strict=False))


def _source(number: int, name: str, native: list[tuple[str, CType]], node: nodes.Offered, probe: str) -> int:
    """Which native argument a translated one is made of: that of the same name, or else of the same place."""
    names = [known for known, _ in native]
    if name and name in names:
        return names.index(name)
    if name and any(names):
        message = f"probe {probe} translated argument {name} is not among its native arguments"
        raise Problem("D_PROV_PRXLATOR", node.span, message)
    if number >= len(native):
        message = f"probe {probe} has more translated arguments than native ones"
        raise Problem("D_PROV_PRARGLEN", node.span, message)
    return number


def _require_translator(node: nodes.Offered, given: CType, kind: CType, what: str, scope: Scope) -> None:
    value: tree.Expr = stand_in(given, node.span)
    try:
        assign_convert(value, kind, node.span)
    except Problem:
        try:
            translate_value(value, kind, node.span, scope, "D_PROV_PRXLATOR")
        except Problem as problem:
            message = f'translator for {what} from "{describe(given)}" to "{describe(kind)}" is not defined'
            raise Problem(problem.diagnostic.tag, node.span, message) from None
