# SPDX-License-Identifier: GPL-2.0-or-later
"""Statements that are actions: trace, printf, stack, exit, tracemem."""

from __future__ import annotations

from collections.abc import Callable

from dscript import nodes, tree
from dscript.check.expressions import cook
from dscript.check.printf import check_printf, read_format
from dscript.check.scope import Scope
from dscript.ctype import IntType, VoidType, is_scalar
from dscript.errors import Problem
from dscript.program import ActionKind, StatementKind

MAX_FRAMES = 0xFFFF


def check_action(call: nodes.Call, name: str, scope: Scope) -> tree.TypedStatement:
    """The typed statement of an action call."""
    return _ACTIONS[name](call, scope)


def stack_frames(call: nodes.Call, scope: Scope) -> int:
    """The number of frames that ``stack(n)`` records; the stackframes option if not said."""
    if len(call.arguments) > 1:
        raise Problem(
            "D_STACK_PROTO",
            call.span,
            f"stack( ) prototype mismatch: {len(call.arguments)} args passed, at most 1 expected",
        )
    if not call.arguments:
        return scope.options.stackframes
    size = cook(call.arguments[0], scope)
    if not isinstance(size, tree.IntConst) or not 0 < size.value <= MAX_FRAMES:
        raise Problem("D_STACK_SIZE", size.span, "stack( ) size must be a positive integer constant")
    return size.value


def _one(call: nodes.Call, name: str, scope: Scope, tag: str = "D_PROTO_LEN") -> tree.Expr:
    if len(call.arguments) != 1:
        raise Problem(tag, call.span, f"{name}( ) prototype mismatch: {len(call.arguments)} args passed, 1 expected")
    return cook(call.arguments[0], scope)


def _trace(call: nodes.Call, scope: Scope) -> tree.TypedStatement:
    argument = call.arguments[0] if len(call.arguments) == 1 else None
    base = argument.base if isinstance(argument, nodes.Index) else argument
    if isinstance(base, nodes.Aggregate):
        raise Problem(
            "D_TRACE_DYN",
            base.span,
            f"trace( ) cannot be applied to aggregation @{base.name}",
            "aggregations are printed when tracing ends",
        )
    value = _one(call, "trace", scope)
    if isinstance(value.type, VoidType):
        raise Problem("D_TRACE_VOID", value.span, "trace( ) argument has no value: its type is void")
    return tree.TypedStatement(StatementKind.TRACE, (tree.TypedAction(ActionKind.DIFEXPR, value),))


def _printf(call: nodes.Call, scope: Scope) -> tree.TypedStatement:
    read_format(call)
    return check_printf(call, tuple(cook(a, scope) for a in call.arguments[1:]))


def _stack(call: nodes.Call, scope: Scope) -> tree.TypedStatement:
    action = tree.TypedAction(ActionKind.STACK, arg=stack_frames(call, scope))
    return tree.TypedStatement(StatementKind.STACK, (action,))


def _exit(call: nodes.Call, scope: Scope) -> tree.TypedStatement:
    status = _one(call, "exit", scope)
    if not isinstance(status.type, IntType):
        raise Problem(
            "D_PROTO_ARG",
            status.span,
            f'exit( ) argument #1 is incompatible with prototype: expected integer, got "{status.type}"',
        )
    return tree.TypedStatement(StatementKind.EXIT, (tree.TypedAction(ActionKind.EXIT, status),))


def _tracemem(call: nodes.Call, scope: Scope) -> tree.TypedStatement:
    if len(call.arguments) != 2:
        raise Problem(
            "D_PROTO_LEN", call.span, f"tracemem( ) prototype mismatch: {len(call.arguments)} args passed, 2 expected"
        )
    address, size = (cook(a, scope) for a in call.arguments)
    if not is_scalar(address.type):
        raise Problem(
            "D_TRACEMEM_ADDR", address.span, f'tracemem( ) argument #1 must be an address, not "{address.type}"'
        )
    if not isinstance(size, tree.IntConst) or not 0 < size.value <= 1 << 20:
        raise Problem("D_TRACEMEM_SIZE", size.span, "tracemem( ) argument #2 must be a positive integer constant")
    action = tree.TypedAction(ActionKind.TRACEMEM, address, arg=size.value)
    return tree.TypedStatement(StatementKind.TRACE, (action,))


_ACTIONS: dict[str, Callable[[nodes.Call, Scope], tree.TypedStatement]] = {
    "trace": _trace, "printf": _printf, "stack": _stack, "exit": _exit, "tracemem": _tracemem,
}  # fmt: skip
