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
    """Check a definition and enter it; one that comes again may leave probes out and must not change any."""
    _check_name("provider", node.name, LIMITS[0], node)
    if node.name[-1].isdigit():
        raise Problem("D_PROV_BADNAME", node.span, f"provider name may not end with a digit: {node.name[:80]}")
    before, probes = scope.provided.get(node.name), dict[str, tuple[ProbeArgument, ...]]()
    for offered in node.probes:
        name = offered.name.replace("__", "-")
        _check_name("probe", name, LIMITS[3], offered)
        if name in probes:
            raise Problem("D_PROV_PRDUP", offered.span, f"probe redeclared: {node.name}:::{name}")
        probes[name] = _arguments(offered, f"{node.name}:::{name}", scope)
        if before is not None and (name not in before or not _same(before[name], probes[name])):
            message = f"provider interface mismatch: {node.name} was declared with another probe {name}, or without it"
            raise Problem("D_PROV_INCOMPAT", offered.span, message)
    scope.provided.setdefault(node.name, probes)


def _check_name(what: str, name: str, limit: int, node: nodes.Provider | nodes.Offered) -> None:
    if "`" in name:
        raise Problem("D_PROV_BADNAME", node.span, f"{what} name may not contain scoping operator: {name[:80]}")
    if len(name) >= limit:
        raise Problem("D_PROV_BADNAME", node.span, f"{what} name may not exceed {limit - 1} characters: {name[:80]}")


def _same(one: tuple[ProbeArgument, ...], other: tuple[ProbeArgument, ...]) -> bool:
    return len(one) == len(other) and all(
        same_type(a.native, b.native) and a.translated == b.translated and a.source == b.source
        for a, b in zip(one, other, strict=True)
    )


def _arguments(offered: nodes.Offered, probe: str, scope: Scope) -> tuple[ProbeArgument, ...]:
    native = _prototype(offered.native, probe, scope)
    if offered.translated is None:
        return tuple(ProbeArgument(kind, None, number) for number, (_, kind) in enumerate(native))
    names = [name for name, _ in native]
    arguments = []
    for number, (name, kind) in enumerate(_prototype(offered.translated, probe, scope, names), 1):
        source = names.index(name)
        given = native[source][1]
        _require_translator(offered, given, kind, f"{probe} output argument #{number}", scope)
        arguments.append(ProbeArgument(given, describe(kind), source))
    return tuple(arguments)


def _prototype(
    function: nodes.Function, probe: str, scope: Scope, formals: list[str] | None = None
) -> list[tuple[str, CType]]:
    parameters = function.parameters or ()
    what = "probe input" if formals is None else "probe output"
    if function.variadic:
        message = f"{what} prototype may not use a variable-length argument list"
        raise Problem("D_DECL_PROTO_VARARGS", function.span, message)
    types = read_prototype(parameters, what, scope, void=True, formals=formals)
    if len(types) > MAX_ARGUMENTS:
        message = f"probe {probe} prototype exceeds {MAX_ARGUMENTS} parameters: {len(types)} given"
        raise Problem("D_PROV_PRARGLEN", function.span, message)
    return list(zip((p.declarator.name if p.declarator else "" for p in parameters), types, strict=False))


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
