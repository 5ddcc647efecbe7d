# SPDX-License-Identifier: GPL-2.0-or-later
"""Aggregation statements: ``@name[keys] = function(arguments)``.

The first use of a name fixes its function, its parameters and the types of its keys; later uses must agree.
"""

from __future__ import annotations

from dataclasses import dataclass

from dscript import nodes, tree
from dscript.check import calls
from dscript.check.convert import compatible_key
from dscript.check.definitions import DYNAMIC
from dscript.check.expressions import cook
from dscript.check.prototypes import check_arguments, check_length, length_problem
from dscript.check.quantize import pack_llquantize, pack_lquantize, require_same_shape
from dscript.check.scope import Collected, Scope, describe_type
from dscript.check.stacks import find_key_action, with_record
from dscript.ctype import VOID, ArrayType, CType, FloatType, FunctionType, StructType, is_scalar, same_type
from dscript.errors import Problem
from dscript.idents import ACTIONS, AGGREGATING, AGGREGATING_PROTOTYPES, SUBROUTINES
from dscript.program import ActionKind, StatementKind, ValueKind, ValueType
from dscript.source import Span

_NAMES = {kind: name for name, kind in AGGREGATING.items()}
_NOTHING = ValueType(ValueKind.INTEGER, 0, True, "void")


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
    """The statement's key actions and its aggregating action; an increment goes in front of that, as a void key."""
    kind, call = _function(node, scope)
    parsed = _arguments(kind, call, scope)
    keyed = [_key(key, number, scope) for number, key in enumerate(keys, 1)]
    collected = _agree(Collected(0, name, kind, tuple(k for k, _ in keyed), parsed.arg, parsed.shape), node, scope)
    actions = _convert_keys(name, keyed, collected.keys, node.target.span)
    if parsed.increment is not None:
        actions.append(tree.TypedAction(ActionKind.DIFEXPR, parsed.increment, records=_NOTHING))
    actions.append(tree.TypedAction(kind, parsed.value, ntuple=len(actions), aggid=collected.id, arg=parsed.arg))
    return tree.TypedStatement(StatementKind.AGGREGATE, tuple(actions), aggid=collected.id, name=name)


def _function(node: nodes.Assign, scope: Scope) -> tuple[ActionKind, nodes.Call]:
    call = node.value
    if node.operator is None and isinstance(call, nodes.Call) and isinstance(call.function, nodes.Name):
        name = call.function.name
        if name in AGGREGATING and not scope.hides(name):
            return AGGREGATING[name], call
        if name not in SUBROUTINES and name not in ACTIONS:
            raise calls.unknown_function(call, scope)
    scope.cook(node.value)
    scope.tracing = None
    raise Problem(
        "D_AGG_FUNC",
        node.span,
        "an aggregation must be assigned an aggregating function",
        f"one of {', '.join(AGGREGATING)}",
    )


@dataclass(frozen=True)
class _Parsed:
    """The arguments of an aggregating function: value, packed parameters and what they were, increment."""

    value: tree.Expr | None = None
    arg: int = 0
    shape: tuple[int, ...] = ()
    increment: tree.Expr | None = None


# how many parameters follow the value, and which functions take an increment behind them
_PARAMETERS = {ActionKind.QUANTIZE: 0, ActionKind.LQUANTIZE: 3, ActionKind.LLQUANTIZE: 4}


def _arguments(kind: ActionKind, call: nodes.Call, scope: Scope) -> _Parsed:
    name, prototype = _NAMES[kind], AGGREGATING_PROTOTYPES[_NAMES[kind]]
    check_length(name, call.span, len(call.arguments), prototype)
    arguments = tuple(cook(a, scope) for a in call.arguments)
    check_arguments(name, arguments, prototype)
    if not arguments:
        return _Parsed()
    value, *rest = arguments
    if not is_scalar(value.type):
        raise Problem("D_AGG_SCALAR", call.span, f"{name}( ) argument #1 must be of scalar type")
    if kind not in _PARAMETERS:
        return _Parsed(value)
    parameters, more = rest[: _PARAMETERS[kind]], rest[_PARAMETERS[kind] :]
    arg, shape = 0, tuple[int, ...]()
    if kind == ActionKind.LQUANTIZE:
        arg, shape = pack_lquantize(parameters, call.span)
    elif kind == ActionKind.LLQUANTIZE:
        arg, shape = pack_llquantize(parameters, call.span)
    return _Parsed(value, arg, shape, _increment(name, _PARAMETERS[kind] + 2, more, call))


def _increment(name: str, number: int, more: list[tree.Expr], call: nodes.Call) -> tree.Expr | None:
    if not more:
        return None
    if not is_scalar(more[0].type):
        raise Problem(
            "D_PROTO_ARG", more[0].span, f"{name}( ) increment value (argument #{number}) must be of scalar type"
        )
    if len(more) > 1:
        raise length_problem(name, more[1].span, len(call.arguments), f"at most {number}")
    return more[0]


def _key(node: nodes.Expr, number: int, scope: Scope) -> tuple[CType | ValueType, tree.TypedAction]:
    """A key's type and the action that records it."""
    action = find_key_action(node, scope)
    if action is not None and action.records is not None:
        return action.records, action
    value = cook(node, scope)
    if value.type in (VOID, DYNAMIC) or isinstance(value.type, FloatType | FunctionType):
        raise Problem(
            "D_KEY_TYPE", node.span, f"{value.type} expression may not be used as aggregation index: key #{number}"
        )
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
                f"@{name}[ ] key #{number} is incompatible with prototype:\n"
                f"\tprototype: {describe_type(kind)}\n\t      key: {describe_type(given)}",
            )
        actions.append(converted)
    return actions


def _convert_key(
    action: tree.TypedAction, given: CType | ValueType, wanted: CType | ValueType
) -> tree.TypedAction | None:
    if isinstance(given, ValueType) or isinstance(wanted, ValueType):
        alike = isinstance(given, ValueType) and isinstance(wanted, ValueType) and given.kind == wanted.kind
        return with_record(action, wanted) if alike and isinstance(wanted, ValueType) else None
    assert action.value is not None
    if isinstance(wanted, StructType | ArrayType):
        return action if same_type(wanted, given) else None
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
            f"aggregation redefined: @{new.name}\n\t current: @{new.name} = {_NAMES[new.function]}( )\n"
            f"\tprevious: @{new.name} = {_NAMES[first.function]}( )",
        )
    if len(first.keys) != len(new.keys):
        keys = "key" if len(new.keys) == 1 else "keys"
        raise Problem(
            "D_PROTO_LEN",
            node.target.span,
            f"@{new.name}[ ] prototype mismatch: {len(new.keys)} {keys} passed, {len(first.keys)} expected",
        )
    require_same_shape(_NAMES[new.function], first.shape, new.shape, node.span)
    return first
