# SPDX-License-Identifier: GPL-2.0-or-later
"""The stability of a clause: the weakest of its probe descriptions', and of all names its predicate and body use.

With the option ``amin`` a name or a description below that minimum is an error (D_ATTR_MIN).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dscript import nodes
from dscript.check.scope import Scope
from dscript.errors import Problem
from dscript.program import ProbeDescription
from dscript.source import Span
from dscript.stability import PRIVATE, STABLE, Attributes, get_name, get_provider, join

_GLOB = frozenset("*?[\\")


def find_stability(
    clause: nodes.Clause, descriptions: Iterable[ProbeDescription], scope: Scope
) -> tuple[Attributes, Attributes]:
    """The attributes of the clause's descriptions and of its statements; what is below ``amin`` is reported."""
    described = [describe_probes(description, scope) for description in descriptions]
    for written, attributes in zip(clause.descriptions, described, strict=False):
        _require(attributes, written.span, f"probe description {written.text}", scope)
    arguments = join(_arguments(description, scope) for description in descriptions)
    used = []
    for node in iter_nodes(clause):
        if (found := _attributes_of(node, arguments, scope)) is not None:
            attributes, what = found
            _require(attributes, node.span, what, scope)
            used.append(attributes)
    return join(described, described[0] if described else STABLE), join(used)


def _require(attributes: Attributes, span: Span, what: str, scope: Scope) -> None:
    least = scope.options.amin
    if least is not None and attributes.below(least):
        message = f"attributes for {what} ({attributes}) are less than predefined minimum"
        scope.report(Problem("D_ATTR_MIN", span, message))


def describe_probes(description: ProbeDescription, scope: Scope) -> Attributes:
    """The attributes of a description: of each part that it names."""
    if description.id is not None or not description.provider or _GLOB & set(description.provider):
        provider, named = _provider_of(description), (True, True, True, True)
        if description.id is None:
            named = (True, bool(description.module), bool(description.function), bool(description.name))
    else:
        provider = description.provider
        named = (True, bool(description.module), bool(description.function), bool(description.name))
    parts = scope.provider_attributes.get(provider) or get_provider(provider)
    return join((part for part, used in zip(parts, named, strict=False) if used), parts[0])


def _provider_of(description: ProbeDescription) -> str:
    """The provider that is meant where none is named: that of BEGIN, END and ERROR, else any."""
    if description.name in ("BEGIN", "END", "ERROR") and not description.module and not description.function:
        return "dtrace"
    return ""


def _arguments(description: ProbeDescription, scope: Scope) -> Attributes:
    provider = description.provider or _provider_of(description)
    return (scope.provider_attributes.get(provider) or get_provider(provider))[4]


def iter_nodes(clause: nodes.Clause) -> Iterator[nodes.Expr | nodes.TypeName]:
    """Every expression and type name of the predicate and the body."""
    waiting: list[object] = [clause.body or (), clause.predicate]
    while waiting:
        match waiting.pop():
            case tuple() as items:
                waiting.extend(reversed(items))
            case (nodes.Expr() | nodes.TypeName() | nodes.If()) as node:
                if not isinstance(node, nodes.If):
                    yield node
                waiting.extend(value for value in vars(node).values() if isinstance(value, tuple | nodes.Expr))
                waiting.extend(value for value in vars(node).values() if isinstance(value, nodes.TypeName))


def _attributes_of(
    node: nodes.Expr | nodes.TypeName, arguments: Attributes, scope: Scope
) -> tuple[Attributes, str] | None:
    match node:
        case nodes.Name(name="args") | nodes.Index(base=nodes.Name(name="args")):
            return arguments, "args[ ]"
        case nodes.Name(name=name):
            return scope.name_attributes.get(name) or get_name(name), f"identifier {name}"
        case nodes.Symbol(name=name):
            return PRIVATE, f"symbol `{name}"
        case nodes.TypeName(specifiers=specifiers):
            for item in specifiers.items:
                if isinstance(item, nodes.Structure | nodes.Enumeration) and item.tag:
                    return PRIVATE, f"type {item.tag}"
    return None
