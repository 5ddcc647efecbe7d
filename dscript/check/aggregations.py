# SPDX-License-Identifier: GPL-2.0-or-later
"""Aggregation statements: ``@name[keys] = function(arguments)``.

The first use of a name fixes its function, its parameters and the types of its keys; later uses must agree.
"""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check import calls
from dscript.check.actions import stack_frames
from dscript.check.convert import compatible_key
from dscript.check.expressions import cook
from dscript.check.names import is_reserved
from dscript.check.quantize import pack_llquantize, pack_lquantize
from dscript.check.scope import Collected, Scope, describe_type
from dscript.ctype import CType, StringType, is_scalar
from dscript.errors import Problem
from dscript.idents import AGGREGATING
from dscript.program import ActionKind, StatementKind, ValueKind, ValueType
from dscript.source import Span

_NAMES = {kind: name for name, kind in AGGREGATING.items()}


def find_aggregation(node: nodes.Expr) -> tuple[nodes.Aggregate, tuple[nodes.Expr, ...]] | None:
    """The aggregation and its keys if the node refers to one, else None."""
    match node:
        case nodes.Aggregate():
            return node, ()
        case nodes.Index(base=nodes.Aggregate() as base, keys=keys):
            return base, keys
        case nodes.Index(base=nodes.Index(base=nodes.Aggregate() as base)):
            raise Problem(
                "D_AGG_MDIM",
                node.span,
                f"improper use of @{base.name} as multi-dimensional array",
                f"put all keys into one list: @{base.name}[a, b]",
            )
    return None


def check_aggregation(node: nodes.Assign, name: str, keys: tuple[nodes.Expr, ...], scope: Scope) -> tree.TypedStatement:
    """The statement's key actions and its aggregating action."""
    kind, call = _function(node, scope)
    value, arg, shape = _arguments(kind, call, scope)
    keyed = [_key(key, scope) for key in keys]
    collected = _agree(Collected(0, name, kind, tuple(k for k, _ in keyed), arg, shape), node, scope)
    actions = _convert_keys(name, keyed, collected.keys, node.target.span)
    actions.append(tree.TypedAction(kind, value, ntuple=len(keyed), aggid=collected.id, arg=arg))
    return tree.TypedStatement(StatementKind.AGGREGATE, tuple(actions), aggid=collected.id)


def _function(node: nodes.Assign, scope: Scope) -> tuple[ActionKind, nodes.Call]:
    call = node.value
    if node.operator is None and isinstance(call, nodes.Call) and isinstance(call.function, nodes.Name):
        name = call.function.name
        if name in AGGREGATING:
            return AGGREGATING[name], call
        if not is_reserved(name):
            raise calls.unknown_function(call, scope)
    raise Problem(
        "D_AGG_FUNC",
        node.span,
        "an aggregation must be assigned an aggregating function",
        f"one of {', '.join(AGGREGATING)}",
    )


def _arguments(kind: ActionKind, call: nodes.Call, scope: Scope) -> tuple[tree.Expr | None, int, tuple[int, ...]]:
    name = _NAMES[kind]
    least, most = {ActionKind.COUNT: (0, 0), ActionKind.LQUANTIZE: (3, 4), ActionKind.LLQUANTIZE: (5, 5)}.get(
        kind, (1, 1)
    )
    given = len(call.arguments)
    if not least <= given <= most:
        expected = str(most) if least == most else f"{least} to {most}"
        tag = "D_QUANT_PROTO" if kind == ActionKind.QUANTIZE else "D_PROTO_LEN"
        raise Problem(tag, call.span, f"{name}( ) prototype mismatch: {given} args passed, {expected} expected")
    if kind == ActionKind.COUNT:
        return None, 0, ()
    value, *rest = (cook(a, scope) for a in call.arguments)
    if not is_scalar(value.type):
        raise Problem("D_AGG_SCALAR", value.span, f'{name}( ) argument #1 must be of scalar type, not "{value.type}"')
    if kind == ActionKind.LQUANTIZE:
        return value, *pack_lquantize(rest, call.span)
    if kind == ActionKind.LLQUANTIZE:
        return value, *pack_llquantize(rest, call.span)
    return value, 0, ()


def _key(node: nodes.Expr, scope: Scope) -> tuple[CType | ValueType, tree.TypedAction]:
    """A key's type and the action that records it."""
    if isinstance(node, nodes.Call) and isinstance(node.function, nodes.Name) and node.function.name == "stack":
        frames = stack_frames(node, scope)
        return ValueType(ValueKind.STACK, 4 * frames, False, "stack"), tree.TypedAction(ActionKind.STACK, arg=frames)
    value = cook(node, scope)
    if not is_scalar(value.type) and not isinstance(value.type, StringType):
        raise Problem("D_KEY_TYPE", value.span, f'"{value.type}" cannot be the type of a key')
    return value.type, tree.TypedAction(ActionKind.DIFEXPR, value)


def _convert_keys(
    name: str,
    keyed: list[tuple[CType | ValueType, tree.TypedAction]],
    wanted: tuple[CType | ValueType, ...],
    span: Span,
) -> list[tree.TypedAction]:
    """The key actions, converted to the types of the first use; raises Problem if one does not convert."""
    actions = []
    for number, ((given, action), kind) in enumerate(zip(keyed, wanted, strict=True), 1):
        converted = _convert_key(action, given, kind)
        if converted is None:
            raise Problem(
                "D_PROTO_ARG",
                span,
                f"@{name}[ ] key #{number} is incompatible with its prototype: "
                f'expected "{describe_type(kind)}", got "{describe_type(given)}"',
            )
        actions.append(converted)
    return actions


def _convert_key(
    action: tree.TypedAction, given: CType | ValueType, wanted: CType | ValueType
) -> tree.TypedAction | None:
    if action.value is None or isinstance(wanted, ValueType):
        return action if given == wanted else None
    value = compatible_key(action.value, wanted)
    return None if value is None else tree.TypedAction(action.kind, value)


def _agree(new: Collected, node: nodes.Assign, scope: Scope) -> Collected:
    """The aggregation as first defined; raises Problem if this use differs."""
    first = scope.aggregations.get(new.name)
    if first is None:
        number = len(scope.aggregations) + 1
        first = Collected(number, new.name, new.function, new.keys, new.arg, new.shape)
        scope.aggregations[new.name] = first
        return first
    if first.function != new.function:
        raise Problem(
            "D_AGG_REDEF",
            node.span,
            f"aggregation redefined: @{new.name} is {_NAMES[first.function]}( ), not {_NAMES[new.function]}( )",
        )
    _agree_keys(first, new, node.target.span)
    _agree_shape(first, new, node.span)
    return first


def _agree_keys(first: Collected, new: Collected, span: Span) -> None:
    if len(first.keys) != len(new.keys):
        raise Problem(
            "D_PROTO_LEN",
            span,
            f"@{new.name}[ ] prototype mismatch: {len(new.keys)} keys passed, {len(first.keys)} expected",
        )


def _agree_shape(first: Collected, new: Collected, span: Span) -> None:
    if first.shape == new.shape:
        return
    tags = ("D_LQUANT_MATCHBASE", "D_LQUANT_MATCHLIM", "D_LQUANT_MATCHSTEP")
    if new.function == ActionKind.LLQUANTIZE:
        tags = ("D_LLQUANT_FACTORMATCH", "D_LLQUANT_LOWMATCH", "D_LLQUANT_HIGHMATCH", "D_LLQUANT_NSTEPMATCH")  # type: ignore[assignment]
    which = next(n for n, (a, b) in enumerate(zip(first.shape, new.shape, strict=True)) if a != b)
    raise Problem(
        tags[which],
        span,
        f"{_NAMES[new.function]}( ) argument #{which + 2} of @{new.name} is "
        f"{new.shape[which]}, but was {first.shape[which]} before",
    )
