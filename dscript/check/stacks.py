# SPDX-License-Identifier: GPL-2.0-or-later
"""Actions that record where the program is: stack, ustack, jstack, and the names of addresses.

All of them also stand as keys of aggregations; ``find_key_action`` is for these.
"""

from __future__ import annotations

from dataclasses import replace

from dscript import nodes, tree
from dscript.check.expressions import cook
from dscript.check.prototypes import check_arguments, check_length, is_integer, is_positive_constant
from dscript.check.scope import Scope
from dscript.errors import Problem
from dscript.idents import ACTIONS
from dscript.program import ActionKind, StatementKind, ValueKind, ValueType

MAX_FRAMES = 0xFFFF
SYMBOLS = {
    "sym": ActionKind.SYM, "func": ActionKind.SYM, "mod": ActionKind.MOD, "uaddr": ActionKind.UADDR,
    "usym": ActionKind.USYM, "ufunc": ActionKind.USYM, "umod": ActionKind.UMOD,
}  # fmt: skip
_STACKS = frozenset({"stack", "ustack", "jstack"})
_PID_BYTES, _USER_FRAME_BYTES, _FRAME_BYTES = 8, 8, 4


def check_stack(call: nodes.Call, name: str, scope: Scope) -> tree.TypedStatement:
    """``stack([frames])``, ``ustack([frames[, bytes]])``, ``jstack([frames[, bytes]])``."""
    return tree.TypedStatement(StatementKind.STACK, (_stack_action(call, name, scope),), name=name)


def check_symbol(call: nodes.Call, name: str, scope: Scope) -> tree.TypedStatement:
    """``sym(address)`` and its kin."""
    return tree.TypedStatement(StatementKind.SYMBOL, (_symbol_action(call, name, scope),), name=name)


def find_key_action(node: nodes.Expr, scope: Scope) -> tree.TypedAction | None:
    """The action of a key that is a call of one of these functions, else None."""
    if not isinstance(node, nodes.Call) or not isinstance(node.function, nodes.Name):
        return None
    name = node.function.name
    if name in _STACKS:
        return _stack_action(node, name, scope)
    return _symbol_action(node, name, scope) if name in SYMBOLS else None


def with_record(action: tree.TypedAction, record: ValueType) -> tree.TypedAction:
    """The action storing a record of another size: an aggregation's keys are all as deep as those of its first use."""
    match record.kind:
        case ValueKind.STACK:
            return replace(action, records=record, arg=record.size // _FRAME_BYTES)
        case ValueKind.USTACK if record != action.records:
            return replace(action, records=record, arg=(record.size - _PID_BYTES) // _USER_FRAME_BYTES)
    return action


def _stack_action(call: nodes.Call, name: str, scope: Scope) -> tree.TypedAction:
    arguments = [cook(a, scope) for a in call.arguments]
    if name == "stack":
        frames = _kernel_frames(arguments, scope)
        record = ValueType(ValueKind.STACK, _FRAME_BYTES * frames, False, name)
        return tree.TypedAction(ActionKind.STACK, arg=frames, records=record)
    frames, text = _user_frames(name, arguments, scope)
    size = _PID_BYTES + _USER_FRAME_BYTES * frames + text
    kind = ActionKind.USTACK if name == "ustack" else ActionKind.JSTACK
    return tree.TypedAction(kind, arg=frames | text << 32, records=ValueType(ValueKind.USTACK, size, False, name))


def _kernel_frames(arguments: list[tree.Expr], scope: Scope) -> int:
    if not arguments:
        return scope.options.stackframes
    if len(arguments) > 1:
        raise Problem("D_STACK_PROTO", arguments[0].span, "stack( ) prototype mismatch: too many arguments")
    size = arguments[0]
    if not is_positive_constant(size):
        raise Problem(
            "D_STACK_SIZE", size.span, "stack( ) size must be a non-zero positive integral constant expression"
        )
    return _limited(size, "D_STACK_SIZE")


def _user_frames(name: str, arguments: list[tree.Expr], scope: Scope) -> tuple[int, int]:
    """Frames, and bytes for the strings of a jstack."""
    options = scope.options
    frames, text = (options.ustackframes, 0) if name == "ustack" else (options.jstackframes, options.jstackstrsize)
    if arguments:
        if not is_positive_constant(arguments[0]):
            raise Problem(
                "D_USTACK_FRAMES",
                arguments[0].span,
                f"{name}( ) argument #1 must be a non-zero positive integer constant",
            )
        frames = _limited(arguments[0], "D_USTACK_FRAMES")
    if len(arguments) > 1:
        size = arguments[1]
        if not isinstance(size, tree.IntConst) or not is_integer(size.type) or size.value < 0:
            raise Problem("D_USTACK_STRSIZE", size.span, f"{name}( ) argument #2 must be a positive integer constant")
        if len(arguments) > 2:
            raise Problem("D_USTACK_PROTO", arguments[2].span, f"{name}( ) prototype mismatch: too many arguments")
        text = _limited(size, "D_USTACK_STRSIZE")
    return frames, text


def _limited(value: tree.Expr, tag: str) -> int:
    assert isinstance(value, tree.IntConst)
    if value.value > MAX_FRAMES:
        raise Problem(tag, value.span, f"{value.value} is too large; at most {MAX_FRAMES}")
    return value.value


def _symbol_action(call: nodes.Call, name: str, scope: Scope) -> tree.TypedAction:
    check_length(name, call.span, len(call.arguments), ACTIONS[name])
    address = cook(call.arguments[0], scope)
    check_arguments(name, (address,), ACTIONS[name])
    kind = SYMBOLS[name]
    if kind in (ActionKind.SYM, ActionKind.MOD):
        record = ValueType(ValueKind.SYMBOL, 8, False, "_symaddr")
    else:
        record = ValueType(ValueKind.USYMBOL, 16, False, "_usymaddr")
    return tree.TypedAction(kind, address, records=record)
