# SPDX-License-Identifier: GPL-2.0-or-later
"""Actions on aggregations, which the consumer carries out: printa, trunc, clear, normalize, denormalize.

A clause may name an aggregation that only a later statement of it defines; ``require_defined`` is asked when the
clause is through. What they record is the number of the aggregation, and for trunc and normalize a value.
"""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check.aggregations import find_aggregation
from dscript.check.expressions import cook
from dscript.check.printf import match_format
from dscript.check.prototypes import length_problem, mismatch
from dscript.check.scope import Collected, Scope, describe_type
from dscript.ctype import INT64, UINT32, UINT64, is_scalar
from dscript.errors import Problem
from dscript.program import ActionKind, StatementKind, ValueKind, ValueType
from dscript.source import Span

_AGGID = ValueType(ValueKind.INTEGER, 4, False, "uint32_t")
_NUMBER = ValueType(ValueKind.INTEGER, 8, True, "int64_t")


def check_clear(call: nodes.Call, name: str, scope: Scope) -> tree.TypedStatement:
    """``clear(@a)`` and ``denormalize(@a)``."""
    if len(call.arguments) != 1:
        raise length_problem(name, call.span, len(call.arguments), "1", _tag(name, "PROTO"))
    found = _aggregation(call.arguments[0], 1, name, scope)
    return tree.TypedStatement(StatementKind(name), (_named(found, call.span),), aggid=found.id, name=name)


def check_normalize(call: nodes.Call, name: str, scope: Scope) -> tree.TypedStatement:
    """``normalize(@a, factor)``."""
    if len(call.arguments) != 2:
        raise length_problem(name, call.span, len(call.arguments), "2", _tag(name, "PROTO"))
    found = _aggregation(call.arguments[0], 1, name, scope)
    return _with_number(call, name, found, scope)


def check_trunc(call: nodes.Call, name: str, scope: Scope) -> tree.TypedStatement:
    """``trunc(@a[, n])``."""
    given = len(call.arguments)
    if not 1 <= given <= 2:
        expected = "at least 1" if given < 1 else "no more than 2"
        raise length_problem(name, call.span, given, expected, _tag(name, "PROTO"))
    found = _aggregation(call.arguments[0], 1, name, scope)
    if given == 1:
        return tree.TypedStatement(StatementKind.TRUNC, (_named(found, call.span),), aggid=found.id, name=name)
    return _with_number(call, name, found, scope)


def _with_number(call: nodes.Call, name: str, found: Collected, scope: Scope) -> tree.TypedStatement:
    value = cook(call.arguments[1], scope)
    if not is_scalar(value.type):
        raise Problem(_tag(name, "SCALAR"), value.span, f"{name}( ) argument #2 must be of scalar type")
    actions = (_named(found, call.span), tree.TypedAction(ActionKind.LIBACT, value, records=_NUMBER))
    return tree.TypedStatement(StatementKind(name), actions, aggid=found.id, name=name)


def check_printa(call: nodes.Call, name: str, scope: Scope) -> tree.TypedStatement:
    """``printa([format,] @a[, @b …])``."""
    first, *rest = call.arguments
    text = None
    if isinstance(first, nodes.String):
        text = first.value.partition(b"\0")[0].decode("utf-8", "surrogateescape")
    targets = [first, *rest] if text is None else rest
    if not targets:
        raise length_problem(name, call.span, len(call.arguments), "2", "D_PRINTA_PROTO")
    start = 1 if text is None else 2
    found = [_aggregation(node, number, name, scope) for number, node in enumerate(targets, start)]
    for other in found[1:]:
        _require_same_keys(found[0], other, call.span)
    if text is not None:
        match_format(name, call, text, found[0].keys, UINT64 if found[0].function == ActionKind.COUNT else INT64)
    action = tree.TypedAction(ActionKind.PRINTA, tree.IntConst(UINT32, call.span, found[0].id), records=_AGGID)
    ids = tuple(aggregation.id for aggregation in found)
    return tree.TypedStatement(StatementKind.PRINTA, (action,), text, found[0].id, ids, name=name)


def _tag(name: str, what: str) -> str:
    return f"D_{name.upper().removeprefix('DE')}_{what}"


def _named(found: Collected, span: Span) -> tree.TypedAction:
    return tree.TypedAction(ActionKind.LIBACT, tree.IntConst(UINT32, span, found.id), records=_AGGID)


def _aggregation(node: nodes.Expr, number: int, name: str, scope: Scope) -> Collected:
    """The aggregation that an argument names; raises Problem if it is none or nothing has filled it so far."""
    reference = find_aggregation(node)
    if reference is not None:
        cook(node, scope)  # a name that nothing has filled or given keys is none
    if reference is None:
        given = str(cook(node, scope).type)
        raise Problem(_tag(name, "AGGARG"), node.span, mismatch(name, number, "aggregation", given))
    base, _keys = reference
    found = scope.aggregations.get(base.name)
    if found is None:
        raise Problem(
            _tag(name, "AGGBAD"),
            base.span,
            f"undefined aggregation: @{base.name}",
            "an aggregation must be assigned a function before: @name = count()",
        )
    return found


def _require_same_keys(first: Collected, other: Collected, span: Span) -> None:
    if len(first.keys) != len(other.keys):
        one, two = (f"@{a.name} has {len(a.keys)} key{'' if len(a.keys) == 1 else 's'}" for a in (first, other))
        raise Problem(
            "D_PRINTA_AGGKEY",
            span,
            f"printa( ): @{first.name} and @{other.name} do not have matching key signatures: {one}, {two}",
        )
    for number, (one_type, two_type) in enumerate(zip(first.keys, other.keys, strict=True), 1):
        if not _same_key(one_type, two_type):
            raise Problem(
                "D_PRINTA_AGGPROTO",
                span,
                f"printa( ): @{other.name}[ ] key #{number} is incompatible with @{first.name}:\n"
                f"{first.name:>9} key #{number}: {describe_type(one_type)}\n"
                f"{other.name:>9} key #{number}: {describe_type(two_type)}",
            )


def _same_key(one: object, two: object) -> bool:
    if isinstance(one, ValueType) or isinstance(two, ValueType):
        return isinstance(one, ValueType) and isinstance(two, ValueType) and one.kind == two.kind
    return type(one) is type(two)
